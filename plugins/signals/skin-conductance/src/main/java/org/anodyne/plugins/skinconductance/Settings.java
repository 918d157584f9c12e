package org.anodyne.plugins.skinconductance;

import java.util.List;
import org.anodyne.dsp.ScrSettings;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.StreamInfo;

/** The parameters; times in seconds. */
record Settings(String channel, double minimumAmplitude, double rateWindow, double step) {
    static Settings of(Parameters parameters) {
        return new Settings(
                parameters.text("channel"),
                parameters.number("minimumAmplitude"),
                parameters.number("rateWindow"),
                parameters.number("step"));
    }

    ScrSettings detector(double rateHz) {
        return ScrSettings.of(rateHz, minimumAmplitude);
    }

    int stepSamples(double rateHz) {
        return (int) Math.max(1, Math.round(step * rateHz));
    }

    /** Refuses a stream that cannot be analysed. */
    void check(StreamInfo stream) throws PluginException {
        try {
            detector(stream.rateHz());
        } catch (IllegalArgumentException e) {
            throw new PluginException(
                    "skin-conductance: stream '" + stream.name() + "' of " + stream.rateHz()
                            + " Hz cannot be analysed: " + e.getMessage()
                            + " Use a faster stream.",
                    e);
        }
        position(stream);
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
