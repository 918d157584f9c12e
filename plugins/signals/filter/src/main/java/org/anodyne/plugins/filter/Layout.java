package org.anodyne.plugins.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.dsp.spatial.Reference;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Which channels of a stream are worked on, and how they are referenced.
 *
 * @param touched whether each channel is filtered and referenced
 * @param neighbours for each channel the positions of its neighbours; empty without a Laplacian
 * @param reference positions of the channels whose mean is the reference; empty without one
 */
record Layout(boolean[] touched, int[][] neighbours, int[] reference) {

    /** Of a stream whose labels are known. */
    static Layout of(Settings settings, StreamInfo stream) throws PluginException {
        List<String> labels =
                stream.channels().stream().map(StreamInfo.Channel::label).toList();
        boolean[] touched = new boolean[labels.size()];
        Arrays.fill(touched, true);
        for (String label : settings.untouched()) {
            touched[position(label, "untouched", stream, labels)] = false;
        }
        int[][] neighbours = new int[0][];
        if (settings.reference() == Settings.Kind.LAPLACIAN) {
            neighbours = new int[labels.size()][0];
            for (Map.Entry<String, List<String>> entry : settings.neighbours().entrySet()) {
                int channel = position(entry.getKey(), "neighbours", stream, labels);
                int[] near = positions(entry.getValue(), "neighbours", stream, labels);
                if (near.length == 0
                        || !touched[channel]
                        || Arrays.stream(near).anyMatch(n -> n == channel || !touched[n])) {
                    throw new PluginException("filter: the neighbours of '" + entry.getKey()
                            + "' must be one or more other channels, none of them 'untouched'.");
                }
                neighbours[channel] = near;
            }
        }
        int[] reference = positions(settings.referenceChannels(), "referenceChannels", stream, labels);
        for (int c : reference) {
            if (!touched[c]) {
                throw new PluginException("filter: channel '" + labels.get(c)
                        + "' is named in 'referenceChannels' and in 'untouched'; take it out of one.");
            }
        }
        if (settings.reference() == Settings.Kind.AVERAGE && reference.length == 0) {
            reference = all(touched);
        }
        if (all(touched).length == 0) {
            throw new PluginException("filter: every channel of stream '" + stream.name() + "' is 'untouched'.");
        }
        return new Layout(touched, neighbours, reference);
    }

    /** Of a stream whose labels are not known, so that all channels are treated alike. */
    static Layout ofAll(Settings settings, int channels) {
        boolean[] touched = new boolean[channels];
        Arrays.fill(touched, true);
        int[] reference = settings.reference() == Settings.Kind.AVERAGE ? all(touched) : new int[0];
        return new Layout(touched, new int[0][], reference);
    }

    int channels() {
        return touched.length;
    }

    Optional<Reference> made() {
        if (neighbours.length > 0) {
            return Optional.of(Reference.laplacian(neighbours));
        }
        return reference.length == 0
                ? Optional.empty()
                : Optional.of(Reference.mean(channels(), reference, all(touched)));
    }

    private static int[] all(boolean[] touched) {
        List<Integer> positions = new ArrayList<>();
        for (int c = 0; c < touched.length; c++) {
            if (touched[c]) {
                positions.add(c);
            }
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] positions(List<String> chosen, String parameter, StreamInfo stream, List<String> labels)
            throws PluginException {
        int[] positions = new int[chosen.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position(chosen.get(i), parameter, stream, labels);
        }
        return positions;
    }

    private static int position(String label, String parameter, StreamInfo stream, List<String> labels)
            throws PluginException {
        int position = labels.indexOf(label);
        if (position < 0) {
            throw new PluginException("filter: '" + parameter + "' names the channel '" + label + "', but stream '"
                    + stream.name() + "' has " + String.join(", ", labels) + ".");
        }
        return position;
    }
}
