package org.anodyne.safety;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.safety.limit.ThetaBurst;

/** What kind of stimulation a command asks for, and how much it can deliver at most. */
final class Dose {
    static final String TMS = "tms";
    static final String TES = "tes";
    static final String TENS = "tens";
    static final String THERMAL = "thermal";
    /** Stimulates nobody: a marker box, a counter. */
    static final String NONE = "none";

    static final String PULSES = "pulses";
    static final String SECONDS = "seconds";
    static final String COMMANDS = "commands";
    static final String SECONDS_WARM = "secondsFrom44";
    static final String SECONDS_HOT = "secondsFrom48";
    static final String THETA_BURSTS = "thetaBursts";
    static final String MICROCOULOMB = "chargeMicrocoulomb";
    static final String MILLICOULOMB = "chargeMillicoulomb";

    private static final double WARM = 44;
    private static final double HOT = 48;

    private Dose() {}

    /**
     * The kind of stimulation, by action and arguments; empty when it cannot be told.
     *
     * @param bySite what the site's policy says of plug-ins; goes before everything else
     */
    static String modality(String plugin, Command c, Map<String, String> bySite) {
        String said = bySite.get(plugin);
        if (said != null) {
            return said;
        }
        Map<String, Double> a = c.arguments();
        return switch (c.action()) {
            case "train", "pairedPulse" -> TMS;
            case "pulse" -> a.containsKey("intensity") ? TMS : TENS;
            case "burst" -> TENS;
            case "stimulate" -> TES;
            case "heat" -> THERMAL;
            case "mark", "marker", "count" -> a.keySet().stream().allMatch(Dose::harmless) ? NONE : "";
            default -> ThetaBurst.of(c.action()).isPresent() ? TMS : "";
        };
    }

    private static boolean harmless(String argument) {
        return switch (argument) {
            case "code", "value", "line", "lines", "marker", "width", "duration" -> true;
            default -> false;
        };
    }

    /** The most that a command can deliver. An argument that is missing or no number leaves no room. */
    static Map<String, Double> most(String modality, Command c) {
        Map<String, Double> most = new HashMap<>();
        most.put(COMMANDS, 1.0);
        switch (modality) {
            case TMS -> {
                Optional<ThetaBurst> preset = ThetaBurst.of(c.action());
                double single = c.action().equals("pairedPulse") ? 2 : 1;
                most.put(PULSES, c.action().equals("train") ? pulses(c) : single);
                preset.ifPresent(p -> {
                    most.put(PULSES, (double) p.pulses());
                    most.put(THETA_BURSTS, 1.0);
                });
            }
            case TES -> {
                double seconds = argument(c, "duration");
                most.put(SECONDS, seconds);
                most.put(MILLICOULOMB, magnitude(c, "current") * seconds);
            }
            case TENS -> {
                boolean one = !c.arguments().containsKey("frequency")
                        && !c.arguments().containsKey("duration");
                double pulses = one ? 1 : Math.ceil(argument(c, "frequency") * argument(c, "duration") - 1e-9);
                most.put(PULSES, Math.max(1, pulses));
                most.put(
                        MICROCOULOMB, Math.max(1, pulses) * argument(c, "amplitude") * argument(c, "pulseWidth") / 1e3);
                most.put(SECONDS, one ? argument(c, "pulseWidth") * 1e-6 : argument(c, "duration"));
            }
            case THERMAL -> {
                most.put(SECONDS, argument(c, "duration"));
                hot(c).forEach(quantity -> most.put(quantity, argument(c, "duration")));
            }
            default -> {
                // Nothing more is known of it.
            }
        }
        return most;
    }

    /**
     * What a command has delivered: what the actuator told, and what it cannot know of. A theta burst that gave one pulse
     * was one; the seconds of a hot stimulus are hot.
     */
    static Map<String, Double> part(String modality, Command c, Map<String, Double> told) {
        Map<String, Double> all = new HashMap<>(told);
        boolean any = told.getOrDefault(PULSES, 0.0) > 0;
        if (modality.equals(TMS) && any && ThetaBurst.of(c.action()).isPresent()) {
            all.put(THETA_BURSTS, 1.0);
        }
        if (modality.equals(THERMAL) && told.containsKey(SECONDS)) {
            hot(c).forEach(quantity -> all.put(quantity, told.get(SECONDS)));
        }
        return all;
    }

    /** The quantities that count the time of a stimulus that is so hot; all of them where its temperature is no number. */
    private static List<String> hot(Command c) {
        double celsius = argument(c, "temperature");
        return celsius >= HOT
                ? List.of(SECONDS_WARM, SECONDS_HOT)
                : celsius >= WARM ? List.of(SECONDS_WARM) : List.of();
    }

    /** Pulses of a train, from {@code pulses} or from duration and frequency. */
    static double pulses(Command c) {
        return c.arguments().containsKey("pulses")
                ? argument(c, "pulses")
                : Math.ceil(argument(c, "frequency") * argument(c, "duration") - 1e-9);
    }

    private static double argument(Command c, String name) {
        Double value = c.arguments().get(name);
        return value == null || !Double.isFinite(value) || value < 0 ? Double.POSITIVE_INFINITY : value;
    }

    /** A current may be negative, which is its direction. */
    private static double magnitude(Command c, String name) {
        Double value = c.arguments().get(name);
        return value == null || !Double.isFinite(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
    }

    /** Whether the actuator goes on after it has acknowledged and tells what it delivers by events. */
    static boolean goesOn(String modality) {
        return modality.equals(TES);
    }
}
