package org.anodyne.plugins.filereplay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Signals of one group that are played as one stream.
 *
 * @param group index of the group in the recording
 * @param signals positions of the signals in the group
 * @param stream what they are called in the session
 */
record Selection(int group, int[] signals, StreamInfo stream) {
    private static final int MOST_LABELS = 40;

    /** A stream before it has a name. */
    private record Part(SignalGroup group, String type, List<Integer> signals) {}

    /**
     * Chooses what to play.
     *
     * @param labels signals wanted; empty for all
     * @param type what they are; empty to go by the file
     */
    static List<Selection> of(Recording recording, List<String> labels, String type) throws PluginException {
        List<Part> parts = new ArrayList<>();
        for (SignalGroup group : recording.groups()) {
            if (group.regular() && group.samples() > 0) {
                parts.addAll(split(recording, group, labels, type));
            }
        }
        checkFound(recording, labels, parts);
        if (!labels.isEmpty()) {
            checkOneRate(recording, parts);
        }
        Set<String> names = new HashSet<>();
        List<Selection> selections = new ArrayList<>();
        for (Part part : parts) {
            selections.add(new Selection(
                    part.group().index(),
                    part.signals().stream().mapToInt(Integer::intValue).toArray(),
                    stream(part, names)));
        }
        return selections;
    }

    private static List<Part> split(Recording recording, SignalGroup group, List<String> labels, String type) {
        Map<String, List<Integer>> byType = new LinkedHashMap<>();
        for (int i = 0; i < group.signals().size(); i++) {
            String label = group.signals().get(i).name();
            if (labels.isEmpty() || labels.contains(label)) {
                byType.computeIfAbsent(typeOf(recording, group, label, type), t -> new ArrayList<>())
                        .add(i);
            }
        }
        return byType.entrySet().stream()
                .map(e -> new Part(group, e.getKey(), e.getValue()))
                .toList();
    }

    private static String typeOf(Recording recording, SignalGroup group, String label, String type) {
        if (!type.isEmpty()) {
            return type;
        }
        // An XDF stream states its type; elsewhere signals of one rate may be of many types.
        boolean stated = recording.format().equals("XDF") && !group.type().isBlank();
        return stated ? SignalTypes.spelled(group.type()) : SignalTypes.ofLabel(label);
    }

    private static StreamInfo stream(Part part, Set<String> names) {
        String base = part.type().toLowerCase(Locale.ROOT);
        String name = base;
        for (int n = 2; !names.add(name); n++) {
            name = base + "-" + n;
        }
        List<StreamInfo.Channel> channels = part.signals().stream()
                .map(i -> part.group().signals().get(i))
                .map(s -> new StreamInfo.Channel(s.name(), SignalTypes.unit(s.unit())))
                .toList();
        return new StreamInfo("", name, part.type(), part.group().rate(), channels, false);
    }

    private static void checkFound(Recording recording, List<String> labels, List<Part> parts) throws PluginException {
        Set<String> playable = recording.groups().stream()
                .filter(SignalGroup::regular)
                .flatMap(g -> g.signals().stream())
                .map(SignalGroup.Signal::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String label : labels) {
            if (!playable.contains(label)) {
                throw new PluginException(recording.file() + ": there is no signal '" + label
                        + "' with a fixed sampling rate; choose 'signals' among "
                        + playable.stream().limit(MOST_LABELS).collect(Collectors.joining(", "))
                        + (playable.size() > MOST_LABELS ? " ..." : "") + ".");
            }
        }
        if (parts.isEmpty()) {
            throw new PluginException(
                    recording.file()
                            + ": no signal in it has a fixed sampling rate, so it cannot be replayed; choose another recording.");
        }
    }

    private static void checkOneRate(Recording recording, List<Part> parts) throws PluginException {
        Map<Double, List<String>> byRate = new LinkedHashMap<>();
        for (Part part : parts) {
            part.signals().forEach(i -> byRate.computeIfAbsent(part.group().rate(), r -> new ArrayList<>())
                    .add(part.group().signals().get(i).name()));
        }
        if (byRate.size() > 1) {
            throw new PluginException(recording.file() + ": the chosen signals have different sampling rates ("
                    + byRate.entrySet().stream()
                            .map(e -> String.join(", ", e.getValue()) + " at " + e.getKey() + " Hz")
                            .collect(Collectors.joining("; "))
                    + "); choose 'signals' of one rate.");
        }
    }
}
