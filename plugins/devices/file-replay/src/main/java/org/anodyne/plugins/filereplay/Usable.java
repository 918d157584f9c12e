package org.anodyne.plugins.filereplay;

import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.PluginException;

/** Looks at a whole selection before it is played, so that a useless recording is refused before the session begins. */
final class Usable {
    private static final int CHUNK = 8192;

    /** How far the mean distance of samples may be from the one that the stated rate gives. */
    private static final double RATE_TOLERANCE = 0.05;

    private Usable() {}

    static void check(Recording recording, Selection selection, double gapSeconds, Deadline deadline)
            throws PluginException {
        checkNotAllNaN(recording, selection, deadline);
        checkRate(recording, selection, gapSeconds, deadline);
    }

    private static void checkNotAllNaN(Recording recording, Selection selection, Deadline deadline)
            throws PluginException {
        SignalGroup group = recording.groups().get(selection.group());
        double[][] block = new double[group.signals().size()][CHUNK];
        boolean[] alive = new boolean[block.length];
        long at = 0;
        for (int n = recording.read(group.index(), 0, block); n > 0; n = recording.read(group.index(), at, block)) {
            at += n;
            boolean all = true;
            for (int signal : selection.signals()) {
                for (int i = 0; i < n && !alive[signal]; i++) {
                    alive[signal] = Double.isFinite(block[signal][i]);
                }
                all &= alive[signal];
            }
            if (all) {
                return;
            }
            checkTime(recording, deadline);
        }
        for (int signal : selection.signals()) {
            if (!alive[signal]) {
                throw new PluginException(recording.file() + ": not one of the " + group.samples()
                        + " samples of signal '" + group.signals().get(signal).name()
                        + "' is a number (all NaN); choose other 'signals' or another recording.");
            }
        }
    }

    private static void checkRate(Recording recording, Selection selection, double gapSeconds, Deadline deadline)
            throws PluginException {
        double[] times = new double[CHUNK];
        double before = Double.NaN;
        double sum = 0;
        long steps = 0;
        long at = 0;
        for (int n = recording.readTimes(selection.group(), 0, times);
                n > 0;
                n = recording.readTimes(selection.group(), at, times)) {
            at += n;
            for (int i = 0; i < n; i++) {
                double step = times[i] - before;
                if (step <= gapSeconds) {
                    sum += step;
                    steps++;
                }
                before = times[i];
            }
            checkTime(recording, deadline);
        }
        double stated = selection.stream().rateHz();
        double measured = steps / sum;
        if (steps > 0 && !(Math.abs(measured / stated - 1) <= RATE_TOLERANCE)) {
            throw new PluginException(recording.file() + ": stream '"
                    + selection.stream().name() + "' states a sampling rate of " + stated
                    + " Hz, but its time stamps make it " + measured
                    + " Hz; correct the rate in the file or choose another recording.");
        }
    }

    private static void checkTime(Recording recording, Deadline deadline) throws PluginException {
        if (deadline.passed()) {
            throw new PluginException(
                    recording.file()
                            + ": reading it through took longer than a preparation may; split the recording or copy it to a faster disk.");
        }
    }
}
