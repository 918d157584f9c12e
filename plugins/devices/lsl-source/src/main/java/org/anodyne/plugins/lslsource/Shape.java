package org.anodyne.plugins.lslsource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.StreamInfo;
import org.anodyne.plugin.Parameters;

/** What a stream of the Lab Streaming Layer is called here. */
final class Shape {
    private static final String UNKNOWN = "a.u.";

    /** How amplifiers write units, and how we do. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("microvolts", "uV"),
            Map.entry("microvolt", "uV"),
            Map.entry("uv", "uV"),
            Map.entry("µv", "uV"),
            Map.entry("μv", "uV"),
            Map.entry("millivolts", "mV"),
            Map.entry("millivolt", "mV"),
            Map.entry("mv", "mV"),
            Map.entry("volts", "V"),
            Map.entry("volt", "V"),
            Map.entry("v", "V"),
            Map.entry("nanovolts", "nV"),
            Map.entry("microsiemens", "uS"),
            Map.entry("us", "uS"),
            Map.entry("µs", "uS"),
            Map.entry("siemens", "S"),
            Map.entry("celsius", "Cel"),
            Map.entry("degc", "Cel"),
            Map.entry("°c", "Cel"),
            Map.entry("percent", "%"),
            Map.entry("%", "%"),
            Map.entry("g", "[g]"),
            Map.entry("hz", "Hz"),
            Map.entry("bpm", "1/min"));

    private Shape() {}

    /** Whether its samples become blocks; the others become events. */
    static boolean continuous(StreamInfo info) {
        return info.rateHz() > 0 && info.format() != ChannelFormat.STRING;
    }

    static String name(StreamInfo info, Parameters parameters) {
        String wanted = parameters.text("stream");
        if (!wanted.isEmpty()) {
            return wanted;
        }
        String type = info.type()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return type.isEmpty() || !Character.isLetter(type.charAt(0)) ? "lsl" : type;
    }

    /** The stream as this platform describes one; labels are made different from each other. */
    static org.anodyne.plugin.signal.StreamInfo stream(StreamInfo info, Parameters parameters) {
        List<org.anodyne.plugin.signal.StreamInfo.Channel> channels = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        List<StreamInfo.Channel> told = info.channels();
        for (int i = 0; i < info.channelCount(); i++) {
            String label = told.isEmpty() ? "" : told.get(i).label();
            if (label.isBlank() || !labels.add(label)) {
                label = "ch" + (i + 1);
                labels.add(label);
            }
            String unit = parameters.text("unit");
            if (unit.isEmpty()) {
                unit = told.isEmpty() ? UNKNOWN : unit(told.get(i).unit());
            }
            channels.add(new org.anodyne.plugin.signal.StreamInfo.Channel(label, unit));
        }
        String type = info.type().isBlank() ? "MISC" : info.type();
        return new org.anodyne.plugin.signal.StreamInfo(
                "", name(info, parameters), type, info.rateHz(), channels, false);
    }

    static String unit(String text) {
        String known = UNITS.get(text.strip().toLowerCase(Locale.ROOT));
        return known != null ? known : UNKNOWN;
    }
}
