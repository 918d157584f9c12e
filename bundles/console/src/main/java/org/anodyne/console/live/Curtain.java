package org.anodyne.console.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of one session stays from whoever operates it. Where a sealed allocation code decides what a slot publishes, its
 * features beside those that it rests on would tell the arm; so would whatever is driven by them: a world's dials, the picture
 * of what the participant sees, what another slot computes or decides from them. Those are behind the curtain. What the slot
 * rests on, and all that has to be seen for safety's sake, is before it. Actuators with a code of their own tell the same in
 * both arms and stay visible. Thread: any.
 */
public final class Curtain {
    /** Of a session without a code. */
    public static final Curtain OPEN = new Curtain(Set.of(), Set.of(), Set.of(), false);

    /** Of a slot behind the curtain: how it fares, not what it shows. */
    private static final List<String> HARMLESS = List.of(
            "armed-again",
            "ask",
            "calibrated",
            "calibration-failed",
            "device-fault",
            "end-of-input",
            "finished",
            "gap",
            "made-safe",
            "panic",
            "safety-alert",
            "series",
            "series-again",
            "slot-lost",
            "stream-back",
            "stream-silent",
            "swap");

    /**
     * Of a display that shows a world behind the curtain. Not its frames: what drawing costs follows what is drawn, and that
     * follows the feature.
     */
    private static final List<String> HARMLESS_OF_DISPLAYS = List.of(
            "display-back",
            "display-failed",
            "display-lost",
            "display-opened",
            "flash-limit",
            "fms-pause",
            "fms-stop",
            "message-gone",
            "message-shown",
            "panic",
            "recentred",
            "resolution",
            "scene-failed",
            "slot-lost",
            "swap");

    private final Set<String> before;
    private final Set<String> behind;
    private final Set<String> displays;
    private final boolean pictured;

    private Curtain(Set<String> before, Set<String> behind, Set<String> displays, boolean pictured) {
        this.before = before;
        this.behind = behind;
        this.displays = displays;
        this.pictured = pictured;
    }

    /** @param plan attributes of the event {@code plan} */
    public static Curtain of(Map<String, Object> plan) {
        List<Map<?, ?>> slots = new ArrayList<>();
        if (plan.get("slots") instanceof List<?> list) {
            list.forEach(s -> {
                if (s instanceof Map<?, ?> slot) {
                    slots.add(slot);
                }
            });
        }
        Set<String> behind = new TreeSet<>();
        slots.stream().filter(Curtain::sealed).forEach(s -> behind.add(name(s)));
        if (behind.isEmpty()) {
            return OPEN;
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Map<?, ?> s : slots) {
                grew |= !kind(s).equals("ACTUATOR") && restsOn(s, behind) && behind.add(name(s));
            }
        }
        Set<String> displays = new HashSet<>();
        boolean scene = slots.stream().anyMatch(s -> kind(s).equals("SCENE") && behind.contains(name(s)));
        Set<String> before = new LinkedHashSet<>();
        for (Map<?, ?> s : slots) {
            if (scene && kind(s).equals("DISPLAY")) {
                displays.add(name(s));
            } else if (!behind.contains(name(s))) {
                before.add(name(s));
            }
        }
        before.add("session");
        return new Curtain(before, behind, displays, scene);
    }

    private static boolean sealed(Map<?, ?> slot) {
        return !kind(slot).equals("ACTUATOR")
                && slot.get("parameters") instanceof Map<?, ?> p
                && p.get("allocation") instanceof String code
                && !code.isEmpty();
    }

    private static boolean restsOn(Map<?, ?> slot, Set<String> behind) {
        for (String kind : List.of("features", "streams")) {
            if (slot.get(kind) instanceof Map<?, ?> ports
                    && ports.values().stream()
                            .filter(List.class::isInstance)
                            .flatMap(refs -> ((List<?>) refs).stream())
                            .anyMatch(ref -> behind.contains(String.valueOf(ref).split("/", 2)[0]))) {
                return true;
            }
        }
        return false;
    }

    private static String name(Map<?, ?> slot) {
        return String.valueOf(slot.get("slot"));
    }

    private static String kind(Map<?, ?> slot) {
        return String.valueOf(slot.get("kind"));
    }

    /** Whether anything is hidden. */
    public boolean drawn() {
        return !behind.isEmpty();
    }

    /** Whether a slot's features may be seen. */
    public boolean showsFeatures(String slot) {
        return !behind.contains(slot) && !displays.contains(slot);
    }

    /** Whether an event may be seen. */
    public boolean showsEvent(String slot, String type) {
        return showsFeatures(slot) || (displays.contains(slot) ? HARMLESS_OF_DISPLAYS : HARMLESS).contains(type);
    }

    /**
     * What may be heard of the session's features, events and picture.
     *
     * @return topic filters behind {@code anodyne/1/<site>/}
     */
    public List<String> hear(String session) {
        if (!drawn()) {
            return List.of(session + "/feature/#", session + "/event/#", "mirror/" + session);
        }
        List<String> filters = new ArrayList<>();
        for (String slot : before) {
            filters.add(session + "/feature/" + slot + "/#");
            filters.add(session + "/event/" + slot + "/#");
        }
        // One by one: who hears a message by two filters may be given it twice.
        for (String slot : behind) {
            HARMLESS.forEach(type -> filters.add(session + "/event/" + slot + "/" + type));
        }
        for (String slot : displays) {
            HARMLESS_OF_DISPLAYS.forEach(type -> filters.add(session + "/event/" + slot + "/" + type));
        }
        if (!pictured) {
            filters.add("mirror/" + session);
        }
        return filters;
    }
}
