package org.anodyne.plugins.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.Sos;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/** The parameters; frequencies in hertz, 0 where a filter is not wanted. */
record Settings(
        double highPass,
        double lowPass,
        int order,
        double notch,
        double notchQuality,
        int notchHarmonics,
        Kind reference,
        List<String> referenceChannels,
        Map<String, List<String>> neighbours,
        List<String> untouched) {

    /** Which reference the channels get. */
    enum Kind {
        NONE,
        AVERAGE,
        LINKED,
        LAPLACIAN
    }

    static Settings of(Parameters p) {
        Map<String, List<String>> neighbours = new TreeMap<>();
        p.object("neighbours").forEach((channel, near) -> neighbours.put(channel, labels((List<?>) near)));
        return new Settings(
                p.number("highPass"),
                p.number("lowPass"),
                p.integer("order"),
                p.number("notch"),
                p.number("notchQuality"),
                p.integer("notchHarmonics"),
                Kind.valueOf(p.text("reference").toUpperCase(Locale.ROOT)),
                labels(p.list("referenceChannels")),
                neighbours,
                labels(p.list("untouched")));
    }

    private static List<String> labels(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    /** Whether channels are named, so that their labels must be known. */
    boolean namesChannels() {
        return !referenceChannels.isEmpty() || !neighbours.isEmpty() || !untouched.isEmpty();
    }

    /** What no stream could satisfy. */
    void check() throws PluginException {
        if (highPass > 0 && lowPass > 0 && !(highPass < lowPass)) {
            throw new PluginException("filter: 'highPass' is " + highPass + " Hz and 'lowPass' " + lowPass
                    + " Hz, so nothing would pass; the high-pass lies below the low-pass.");
        }
        if (reference == Kind.LINKED && referenceChannels.isEmpty()) {
            throw new PluginException(
                    "filter: 'reference' is linked, but 'referenceChannels' names none; name the mastoids, for example.");
        }
        if (reference == Kind.LAPLACIAN && neighbours.isEmpty()) {
            throw new PluginException(
                    "filter: 'reference' is laplacian, but 'neighbours' names none; write for each channel its neighbours.");
        }
        if (reference != Kind.LAPLACIAN && !neighbours.isEmpty()) {
            throw new PluginException("filter: 'neighbours' are for a reference that is laplacian, not "
                    + reference.name().toLowerCase(Locale.ROOT) + ".");
        }
        if ((reference == Kind.NONE || reference == Kind.LAPLACIAN) && !referenceChannels.isEmpty()) {
            throw new PluginException("filter: 'referenceChannels' are for a reference that is average or linked, not "
                    + reference.name().toLowerCase(Locale.ROOT) + ".");
        }
        if (highPass == 0 && lowPass == 0 && notch == 0 && reference == Kind.NONE) {
            throw new PluginException(
                    "filter: there is nothing to do; set 'highPass', 'lowPass', 'notch' or 'reference',"
                            + " or take the stream as it is.");
        }
    }

    /**
     * The filters one after the other.
     *
     * @throws PluginException when a frequency does not lie below half the sampling rate
     */
    List<Sos> designs(double rateHz) throws PluginException {
        check("highPass", highPass, rateHz);
        check("lowPass", lowPass, rateHz);
        check("notch", notch, rateHz);
        List<Sos> designs = new ArrayList<>();
        if (highPass > 0 && lowPass > 0) {
            designs.add(Butterworth.bandPass(order, highPass, lowPass, rateHz));
        } else if (highPass > 0) {
            designs.add(Butterworth.highPass(order, highPass, rateHz));
        } else if (lowPass > 0) {
            designs.add(Butterworth.lowPass(order, lowPass, rateHz));
        }
        for (int k = 1; notch > 0 && k <= 1 + notchHarmonics && k * notch < rateHz / 2; k++) {
            designs.add(Butterworth.notch(k * notch, notchQuality, rateHz));
        }
        return designs;
    }

    /** A frequency that passes, Hz: the middle of the band by ratio, an octave inside a single edge, else 10 Hz as of alpha. */
    double typicalFrequency() {
        if (highPass > 0 && lowPass > 0) {
            return Math.sqrt(highPass * lowPass);
        }
        return highPass > 0 ? 2 * highPass : lowPass > 0 ? lowPass / 2 : 10;
    }

    private static void check(String name, double frequency, double rateHz) throws PluginException {
        if (frequency >= rateHz / 2) {
            throw new PluginException("filter: '" + name + "' is " + frequency + " Hz, but a stream sampled at "
                    + rateHz + " Hz holds nothing from " + rateHz / 2 + " Hz on; lower it or leave it out.");
        }
    }
}
