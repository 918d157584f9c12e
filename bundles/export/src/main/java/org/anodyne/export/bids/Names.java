package org.anodyne.export.bids;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.export.facts.StreamFacts;

/** Names and units as BIDS wants them. */
final class Names {
    private static final Map<String, String> TYPES = Map.of(
            "EOG", "EOG", "VEOG", "VEOG", "HEOG", "HEOG", "ECG", "ECG", "EKG", "ECG", "EMG", "EMG", "TRIG", "TRIG");

    private Names() {}

    /** A label: letters and digits only. */
    static String label(String text, String otherwise) {
        String label = text.replaceAll("[^A-Za-z0-9]", "");
        return label.isEmpty() ? otherwise : label;
    }

    /** One label per stream, all different: the slot's name, with the stream's where the slot has several. */
    static List<String> labels(List<StreamFacts> streams) {
        Map<String, Integer> perSlot = new HashMap<>();
        streams.forEach(s -> perSlot.merge(s.key().slot(), 1, Integer::sum));
        Map<String, Integer> used = new HashMap<>();
        List<String> labels = new ArrayList<>();
        for (StreamFacts s : streams) {
            String base = label(s.key().slot() + (perSlot.get(s.key().slot()) > 1 ? s.key().stream() : ""), "signal");
            int n = used.merge(base.toLowerCase(Locale.ROOT), 1, Integer::sum);
            labels.add(n == 1 ? base : base + "x" + n);
        }
        return labels;
    }

    /** Channel names, all different. */
    static List<String> channels(StreamFacts stream) {
        Map<String, Integer> used = new HashMap<>();
        List<String> names = new ArrayList<>();
        stream.info().channels().forEach(c -> {
            String name = c.label().isBlank() ? "channel" : c.label().strip();
            int n = used.merge(name, 1, Integer::sum);
            names.add(n == 1 ? name : name + "-" + n);
        });
        return names;
    }

    /** Type of an EEG stream's channel; auxiliary channels are known by their labels alone. */
    static String channelType(String label) {
        String letters = label.toUpperCase(Locale.ROOT).replaceAll("[^A-Z].*", "");
        return TYPES.getOrDefault(letters, "EEG");
    }

    /** A unit; {@code n/a} where it is not known. */
    static String unit(String unit) {
        return switch (unit) {
            case "", "a.u.", "au", "n/a", "?" -> "n/a";
            case "1" -> "n/a";
            default -> unit.matches("u[A-Z].*") ? "µ" + unit.substring(1) : unit;
        };
    }

    /** Factor that makes microvolts of a unit of voltage; 0 when it is none. */
    static double toMicrovolts(String unit) {
        return switch (unit) {
            case "uV", "µV", "μV" -> 1;
            case "nV" -> 1e-3;
            case "mV" -> 1e3;
            case "V" -> 1e6;
            default -> 0;
        };
    }
}
