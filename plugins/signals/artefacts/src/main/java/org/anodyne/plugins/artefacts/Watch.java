package org.anodyne.plugins.artefacts;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anodyne.dsp.artefact.ArtefactDetector;
import org.anodyne.dsp.artefact.ArtefactKind;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;

/** The watched channels of one stream, and which artefacts there are in each. */
final class Watch {
    private static final ArtefactKind[] KINDS = ArtefactKind.values();

    private final Outlet outlet;
    private final Settings settings;
    private final double rateHz;
    private final List<String> labels;
    private final int[] watched;
    private final int[] sought;
    private final ArtefactDetector[] detectors;
    private final int[] present;

    /** Samples since the newest artefact anywhere; what is not learnt yet counts as one. */
    private long quiet;

    Watch(Outlet outlet, Settings settings, double rateHz, List<String> labels) {
        this.outlet = outlet;
        this.settings = settings;
        this.rateHz = rateHz;
        this.labels = labels;
        watched = settings.watched(labels);
        sought = settings.kinds(labels, watched);
        detectors = new ArtefactDetector[watched.length];
        present = new int[watched.length];
        for (int k = 0; k < watched.length; k++) {
            detectors[k] = new ArtefactDetector(settings.detector(rateHz));
        }
    }

    double rateHz() {
        return rateHz;
    }

    int channels() {
        return labels.size();
    }

    /** Position in the stream of a watched channel. */
    int position(int k) {
        return watched[k];
    }

    int size() {
        return watched.length;
    }

    /**
     * One sample of a watched channel; marks what is over. All watched channels get their sample before {@link #next} is called.
     *
     * @return kinds that there are now
     */
    int add(int k, double value, long timeNanos) {
        ArtefactDetector detector = detectors[k];
        int now = detector.add(value) & sought[k];
        int over = present[k] & ~now;
        for (ArtefactKind kind : KINDS) {
            if ((over & kind.bit()) != 0) {
                mark(k, kind, timeNanos);
            }
        }
        present[k] = now;
        if (now != 0 || !detector.learnt()) {
            quiet = 0;
        }
        return now;
    }

    /** Time goes on by one sample; whether this one is clean. */
    boolean next() {
        return ++quiet > settings.hold() * rateHz + 1;
    }

    private void mark(int k, ArtefactKind kind, long timeNanos) {
        long samples = detectors[k].samples() - detectors[k].since(kind);
        long from = timeNanos - Math.round(samples * 1e9 / rateHz);
        outlet.event(new Event(
                "artefact",
                timeNanos,
                Map.of(
                        "kind",
                        Settings.name(kind),
                        "channel",
                        labels.get(watched[k]),
                        "fromNanos",
                        from,
                        "toNanos",
                        timeNanos)));
    }

    /** Marks what is still there: its end is not known, but nothing more will come to tell it. */
    void markAll(long timeNanos) {
        for (int k = 0; k < watched.length; k++) {
            for (ArtefactKind kind : KINDS) {
                if ((present[k] & kind.bit()) != 0) {
                    mark(k, kind, timeNanos);
                }
            }
            present[k] = 0;
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(quiet);
        for (int k = 0; k < watched.length; k++) {
            byte[] state = detectors[k].state();
            out.writeInt(state.length);
            out.write(state);
            out.writeInt(present[k]);
        }
    }

    void read(DataInputStream in) throws IOException {
        quiet = in.readLong();
        for (int k = 0; k < watched.length; k++) {
            detectors[k].restore(in.readNBytes(in.readInt()));
            present[k] = in.readInt();
        }
    }
}
