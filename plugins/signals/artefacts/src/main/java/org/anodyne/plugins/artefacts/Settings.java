package org.anodyne.plugins.artefacts;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.anodyne.dsp.artefact.ArtefactKind;
import org.anodyne.dsp.artefact.ArtefactSettings;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.StreamInfo;

/** The parameters; times in seconds. */
record Settings(
        List<String> channels,
        List<String> blinkChannels,
        List<String> kinds,
        double hold,
        double learning,
        double blink,
        double muscle,
        double movement,
        double flat) {
    /** Where blinks are seen: the forehead and electrodes at the eyes. */
    private static final Pattern FRONT = Pattern.compile("(?:Fp|AF|.*EOG).*", Pattern.CASE_INSENSITIVE);

    static Settings of(Parameters parameters) {
        return new Settings(
                texts(parameters, "channels"),
                texts(parameters, "blinkChannels"),
                texts(parameters, "kinds"),
                parameters.number("hold"),
                parameters.number("learning"),
                parameters.number("blink"),
                parameters.number("muscle"),
                parameters.number("movement"),
                parameters.number("flat"));
    }

    private static List<String> texts(Parameters parameters, String name) {
        return parameters.list(name).stream().map(String::valueOf).toList();
    }

    ArtefactSettings detector(double rateHz) {
        return new ArtefactSettings(rateHz, learning, blink, muscle, movement, flat);
    }

    /** Refuses a stream that cannot be watched. */
    void check(StreamInfo stream) throws PluginException {
        List<String> labels = labels(stream);
        for (List<String> chosen : List.of(channels, blinkChannels)) {
            for (String label : chosen) {
                if (!labels.contains(label)) {
                    throw new PluginException("artefacts: stream '" + stream.name() + "' has no channel '" + label
                            + "'; it has " + String.join(", ", labels) + ".");
                }
            }
        }
        try {
            detector(stream.rateHz());
        } catch (IllegalArgumentException e) {
            throw new PluginException(
                    "artefacts: stream '" + stream.name() + "' cannot be watched: " + e.getMessage(), e);
        }
    }

    static List<String> labels(StreamInfo stream) {
        return stream.channels().stream().map(StreamInfo.Channel::label).toList();
    }

    /** Positions of the channels to watch. */
    int[] watched(List<String> labels) {
        return IntStream.range(0, labels.size())
                .filter(i -> channels.isEmpty() || channels.contains(labels.get(i)))
                .toArray();
    }

    /**
     * Kinds to look for in each of the watched channels, as sums of bits. Blinks are looked for in the channels named, else in those
     * of the forehead and the eyes, else in all.
     */
    int[] kinds(List<String> labels, int[] watched) {
        int all = 0;
        for (ArtefactKind kind : ArtefactKind.values()) {
            if (kinds.contains(name(kind))) {
                all |= kind.bit();
            }
        }
        boolean front =
                IntStream.of(watched).anyMatch(i -> FRONT.matcher(labels.get(i)).matches());
        int[] sought = new int[watched.length];
        for (int k = 0; k < watched.length; k++) {
            String label = labels.get(watched[k]);
            boolean eyes =
                    blinkChannels.isEmpty() ? !front || FRONT.matcher(label).matches() : blinkChannels.contains(label);
            sought[k] = eyes ? all : all & ~ArtefactKind.BLINK.bit();
        }
        return sought;
    }

    static String name(ArtefactKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
