package org.anodyne.plugins.bandpower;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.StreamInfo;

/** The parameters, in hertz and seconds. */
record Settings(
        double low,
        double high,
        double referenceLow,
        double referenceHigh,
        double peakLow,
        double peakHigh,
        double window,
        double step,
        List<String> channels) {

    static Settings of(Parameters parameters) {
        return new Settings(
                parameters.number("low"),
                parameters.number("high"),
                parameters.number("referenceLow"),
                parameters.number("referenceHigh"),
                parameters.number("peakLow"),
                parameters.number("peakHigh"),
                parameters.number("window"),
                parameters.number("step"),
                parameters.list("channels").stream().map(String::valueOf).toList());
    }

    int windowSamples(double rateHz) {
        return (int) Math.round(window * rateHz);
    }

    /** 0 for one value per block. */
    int stepSamples(double rateHz) {
        return step == 0 ? 0 : (int) Math.max(1, Math.round(step * rateHz));
    }

    /** What no stream could satisfy. */
    void check() throws PluginException {
        checkBand("low", low, "high", high);
        checkBand("referenceLow", referenceLow, "referenceHigh", referenceHigh);
        checkBand("peakLow", peakLow, "peakHigh", peakHigh);
    }

    private void checkBand(String lowName, double from, String highName, double to) throws PluginException {
        double bins = Math.floor(to * window) - Math.ceil(from * window) + 1;
        if (!(from < to)) {
            throw new PluginException("band-power: '" + lowName + "' is " + from + " Hz and '" + highName + "' " + to
                    + " Hz; a band goes from the lower to the higher frequency.");
        }
        if (bins < 2) {
            throw new PluginException("band-power: the band from " + lowName + " " + from + " Hz to " + highName + " "
                    + to + " Hz holds fewer than two frequencies at a resolution of 1/" + window
                    + " Hz; widen the band or lengthen the window.");
        }
    }

    /** What this stream cannot satisfy. */
    void check(StreamInfo stream) throws PluginException {
        double highest = Math.max(Math.max(high, referenceHigh), peakHigh);
        if (highest > stream.rateHz() / 2) {
            throw new PluginException("band-power: stream '" + stream.name() + "' is sampled at " + stream.rateHz()
                    + " Hz and holds nothing above " + stream.rateHz() / 2 + " Hz, but a band goes up to " + highest
                    + " Hz; lower 'high', 'referenceHigh' or 'peakHigh'.");
        }
        select(stream);
    }

    /** Positions of the channels to average over. */
    int[] select(StreamInfo stream) throws PluginException {
        List<String> labels =
                stream.channels().stream().map(StreamInfo.Channel::label).toList();
        if (channels.isEmpty()) {
            return all(labels.size());
        }
        List<Integer> positions = new ArrayList<>();
        for (String label : channels) {
            int position = labels.indexOf(label);
            if (position < 0) {
                throw new PluginException("band-power: stream '" + stream.name() + "' has no channel '" + label
                        + "'; it has " + String.join(", ", labels) + ".");
            }
            positions.add(position);
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    static int[] all(int channels) {
        int[] positions = new int[channels];
        for (int i = 0; i < channels; i++) {
            positions[i] = i;
        }
        return positions;
    }
}
