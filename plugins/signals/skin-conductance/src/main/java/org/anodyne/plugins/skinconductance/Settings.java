package org.anodyne.plugins.skinconductance;

import java.util.List;
import java.util.Map;
import org.anodyne.dsp.ScrSettings;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * The parameters; times in seconds.
 *
 * @param minimumAmplitude smallest response of a conductance, µS
 * @param minimumCounts smallest response of any other signal, in its unit
 */
record Settings(String channel, double minimumAmplitude, double minimumCounts, double rateWindow, double step) {
    /** Microsiemens in the units of conductance. */
    private static final Map<String, Double> CONDUCTANCE = Map.of("S", 1e6, "mS", 1e3, "uS", 1.0, "nS", 1e-3);

    static Settings of(Parameters parameters) {
        return new Settings(
                parameters.text("channel"),
                parameters.number("minimumAmplitude"),
                parameters.number("minimumCounts"),
                parameters.number("rateWindow"),
                parameters.number("step"));
    }

    /** Settings of the detector for a signal of this rate and unit. */
    ScrSettings detector(double rateHz, String unit) {
        Double microsiemens = CONDUCTANCE.get(unit);
        return ScrSettings.of(rateHz, microsiemens == null ? minimumCounts : minimumAmplitude / microsiemens);
    }

    int stepSamples(double rateHz) {
        return (int) Math.max(1, Math.round(step * rateHz));
    }

    /** Refuses a stream that cannot be analysed. */
    void check(StreamInfo stream) throws PluginException {
        int position = position(stream);
        try {
            detector(stream.rateHz(), stream.channels().get(position).unit());
        } catch (IllegalArgumentException e) {
            throw new PluginException(
                    "skin-conductance: stream '" + stream.name() + "' of " + stream.rateHz()
                            + " Hz cannot be analysed: " + e.getMessage()
                            + " Use a faster stream.",
                    e);
        }
    }

    /** Position of the channel to analyse. */
    int position(StreamInfo stream) throws PluginException {
        List<String> labels =
                stream.channels().stream().map(StreamInfo.Channel::label).toList();
        int position = channel.isEmpty() ? 0 : labels.indexOf(channel);
        if (position < 0) {
            throw new PluginException("skin-conductance: stream '" + stream.name() + "' has no channel '" + channel
                    + "'; it has " + String.join(", ", labels) + ".");
        }
        return position;
    }
}
