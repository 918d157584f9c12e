package org.anodyne.console.dryrun;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.console.visit.SimulatedDevices;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.SessionEngine.SlotReading;

/**
 * Which protocols a dry run takes: those in whose slots is nothing that could reach a device, a network or a person. What is
 * not known to be harmless is refused, for a plug-in may have an address of the site's own settings. The safety gate refuses
 * commands to devices elsewhere in a session that was declared simulated; but by then an adapter may have opened its line.
 */
final class Harmless {
    /** Computes its signals. */
    private static final String SYNTHETIC = "synthetic";
    /** Plays a recording. */
    private static final String REPLAY = "file-replay";

    private static final String MODE = "mode";
    private static final String NOWHERE = "headless";
    /** Each is a process of its own. */
    private static final int MOST_SIMULATORS = 8;

    private Harmless() {}

    /**
     * Why a slot cannot be in a dry run.
     *
     * @param needs what would help: {@code recording}, {@code headless}, {@code without}, {@code nothing}
     * @param message the same for a person
     */
    record Objection(String slot, String needs, String message) {
        Map<String, Object> told() {
            return Map.of("slot", slot, "needs", needs, "message", message, "where", "slots." + slot, "line", 0);
        }
    }

    /**
     * Everything against a dry run of these slots.
     *
     * @param simulators where the simulators of devices are
     */
    static List<Objection> objections(List<SlotReading> slots, Path simulators) {
        List<Objection> all = new ArrayList<>();
        slots.forEach(s -> objection(s, simulators).ifPresent(all::add));
        long devices =
                slots.stream().filter(s -> s.kind() == PluginKind.ACTUATOR).count();
        if (devices > MOST_SIMULATORS) {
            all.add(new Objection(
                    "",
                    "nothing",
                    "a dry run simulates at most " + MOST_SIMULATORS + " devices, this protocol has " + devices));
        }
        return all;
    }

    private static Optional<Objection> objection(SlotReading s, Path simulators) {
        return switch (s.kind()) {
            case SOURCE -> source(s);
            case ACTUATOR ->
                SimulatedDevices.of(simulators, s.plugin()).isPresent()
                        ? Optional.empty()
                        : objection(
                                s,
                                "nothing",
                                "there is no simulator of it here; leave it out of the text for the dry run, or run a session"
                                        + " with simulated devices at your own simulator");
            case SINK ->
                objection(
                        s,
                        "without",
                        "it hands on what happens to other programs or devices; a dry run goes without it");
            case DISPLAY ->
                NOWHERE.equals(s.parameters().get(MODE))
                        ? Optional.empty()
                        : objection(s, NOWHERE, "it would be seen on a screen or in a headset; set mode: headless");
            case PROCESSOR, INTERVENTION, OUTCOME, SCENE, SAFETY_RULE -> Optional.empty();
        };
    }

    private static Optional<Objection> source(SlotReading s) {
        boolean recording = s.input().map(Path::of).filter(Files::isRegularFile).isPresent();
        return s.plugin().equals(SYNTHETIC) || (s.plugin().equals(REPLAY) && recording)
                ? Optional.empty()
                : objection(
                        s,
                        "recording",
                        s.plugin().equals(REPLAY)
                                ? "it plays a recording; give the path of one on the platform's computer"
                                : "it measures or hears other programs; give a recording for it, or let synthetic signals"
                                        + " stand in");
    }

    private static Optional<Objection> objection(SlotReading s, String needs, String why) {
        return Optional.of(
                new Objection(s.name(), needs, "slot '" + s.name() + "' (" + s.plugin() + ") cannot be tried: " + why));
    }
}
