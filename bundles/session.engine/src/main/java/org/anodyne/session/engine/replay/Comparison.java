package org.anodyne.session.engine.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anodyne.bus.Payload;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.session.SessionEngine.ReplayReport;
import org.anodyne.session.engine.plan.PlanDocument.PlannedSlot;
import org.anodyne.session.engine.replay.Recorded.Output;

/** Compares what plug-ins made of a record now with what they made of it then, bit for bit. */
final class Comparison {
    private final Recorded recorded;
    private final PluginRegistry registry;
    private long decisions;
    private long features;
    private long blocks;
    private long differences;
    private Optional<String> first = Optional.empty();

    Comparison(Recorded recorded, PluginRegistry registry) {
        this.recorded = recorded;
        this.registry = registry;
    }

    /** Compares; stages in the order in which data flows through them. */
    ReplayReport of(Map<String, Map<String, List<Output>>> now) {
        for (PlannedSlot slot : recorded.replayed()) {
            String name = slot.spec().slot();
            Map<String, List<Output>> was = recorded.outputs().getOrDefault(name, Map.of());
            Map<String, List<Output>> is = now.getOrDefault(name, Map.of());
            Set<String> topics = new LinkedHashSet<>(was.keySet());
            topics.addAll(is.keySet());
            Found earliest = null;
            for (String topic : topics) {
                Found found = compare(was.getOrDefault(topic, List.of()), is.getOrDefault(topic, List.of()));
                if (found != null && (earliest == null || found.nanos < earliest.nanos)) {
                    earliest = found;
                }
            }
            if (earliest != null && first.isEmpty()) {
                first = Optional.of(stage(slot) + ": " + earliest.text);
            }
        }
        return new ReplayReport(decisions, features, blocks, first, differences);
    }

    /** How much was played, nothing compared. */
    ReplayReport count() {
        recorded.outputs().values().forEach(topics -> topics.values().forEach(l -> l.forEach(this::counted)));
        return new ReplayReport(decisions, features, blocks, Optional.empty(), 0);
    }

    private record Found(long nanos, String text) {}

    private Found compare(List<Output> was, List<Output> is) {
        Found earliest = null;
        for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
            if (i >= was.size() && !recorded.whole()) {
                break; // The record broke off; what would have come next is no difference.
            }
            if (i < was.size()) {
                counted(was.get(i));
            }
            String text;
            long nanos;
            if (i >= is.size()) {
                nanos = was.get(i).nanos();
                text = what(was.get(i)) + " is missing now";
            } else if (i >= was.size()) {
                nanos = is.get(i).nanos();
                text = what(is.get(i)) + " was not there when it was recorded";
            } else {
                nanos = was.get(i).nanos();
                text = difference(was.get(i), is.get(i));
            }
            if (!text.isEmpty()) {
                differences++;
                earliest = earliest == null ? new Found(nanos, text) : earliest;
            }
        }
        return earliest;
    }

    private void counted(Output output) {
        if (output.payload() instanceof Payload.FeatureValue) {
            features++;
        } else if (block(output)) {
            blocks++;
        } else {
            decisions++;
        }
    }

    private static String difference(Output was, Output is) {
        if (was.nanos() != is.nanos()) {
            return what(was) + " comes now at " + seconds(is.nanos());
        }
        if (was.payload() instanceof Payload.FeatureValue a && is.payload() instanceof Payload.FeatureValue b) {
            double[] then = a.feature().values();
            double[] now = b.feature().values();
            if (then.length != now.length) {
                return what(was) + " had " + then.length + " components, has now " + now.length;
            }
            for (int i = 0; i < then.length; i++) {
                if (Double.doubleToRawLongBits(then[i]) != Double.doubleToRawLongBits(now[i])) {
                    String component = then.length > 1 ? ", component " + (i + 1) + "," : "";
                    return what(was) + component + " was " + then[i] + ", is now " + now[i];
                }
            }
            return "";
        }
        Map<String, Object> then = ((Payload.Document) was.payload()).attributes();
        Map<String, Object> now = ((Payload.Document) is.payload()).attributes();
        Set<String> names = new TreeSet<>(then.keySet());
        names.addAll(now.keySet());
        // Who computed it then is a fact of the record; whether the installed ones compute the same is asked.
        names.remove("version");
        if (!then.containsKey("feature")) {
            names.remove("feature"); // an older record does not tell it
        }
        if (block(was)) {
            return then.equals(now)
                    ? ""
                    : what(was)
                            + (then.get("samples").equals(now.get("samples"))
                                            && then.get("index").equals(now.get("index"))
                                    ? " has other values now"
                                    : " had " + then.get("samples") + " samples from " + then.get("index")
                                            + " on, has now " + now.get("samples") + " from " + now.get("index")
                                            + " on");
        }
        for (String name : names) {
            if (!same(then.get(name), now.get(name))) {
                return what(was) + ": '" + name + "' was " + then.get(name) + ", is now " + now.get(name);
            }
        }
        return "";
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
        }
        return a == null ? b == null : a.equals(b);
    }

    private static String what(Output output) {
        String at = " at " + seconds(output.nanos());
        if (block(output)) {
            return "block of " + output.name() + at;
        }
        if (output.payload() instanceof Payload.Document d) {
            return "decision of trigger '" + d.attributes().get("trigger") + "'" + at;
        }
        return "feature '" + output.name() + "'" + at;
    }

    private static boolean block(Output output) {
        return output.payload() instanceof Payload.Document d && d.type().equals("block");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    private String stage(PlannedSlot slot) {
        Optional<InstalledPlugin> plugin = registry.find(slot.spec().plugin());
        String now = plugin.map(InstalledPlugin::version).orElse("");
        boolean other = !now.equals(slot.version())
                || plugin.filter(p -> !p.sha256().equals(slot.sha256())).isPresent();
        String then = other ? ", recorded with " + slot.version() + hash(slot.sha256()) : "";
        String with = other ? now + hash(plugin.map(InstalledPlugin::sha256).orElse("")) : now;
        return slot.spec().slot() + " (" + slot.spec().plugin() + " " + with + then + ")";
    }

    private static String hash(String sha256) {
        return sha256.length() < 8 ? "" : " " + sha256.substring(0, 8);
    }
}
