package org.anodyne.bench.device;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The faults there are, and which comes next: drawn by a seed, so that the same seed gives the same faults. */
final class Draw {
    private static final List<String> PROCESS_FAULTS = List.of(
            "engine-killed",
            "engine-stopped",
            "host-killed",
            "host-stopped",
            "broker-cut",
            "broker-frozen",
            "garbage-and-engine-killed",
            "stuck-output-and-engine-killed",
            "amplifier-silent");

    /** Of a reply's bytes. */
    private static final List<String> OF_BYTES = List.of("lost-byte", "split", "merge");

    /** By simulator: every fault that it has, a stuck output excepted, which shows only when something is to end it. */
    private static final Map<String, List<String>> DEVICE_FAULTS = Map.of(
            "rehastim",
            with(
                    OF_BYTES,
                    "bad-crc",
                    "late-reply=700",
                    "no-reply",
                    "wrong-state",
                    "busy",
                    "unknown-command",
                    "electrode-off",
                    "emergency-stop",
                    "module-error",
                    "cable-pulled",
                    "reset",
                    "watchdog-expiry"),
            "tdcs",
            with(
                    OF_BYTES,
                    "bad-crc",
                    "half-frame",
                    "late-reply=700",
                    "no-reply",
                    "wrong-state",
                    "unknown-command",
                    "electrode-off",
                    "impedance-rise",
                    "emergency-stop",
                    "silence",
                    "cable-pulled",
                    "module-error",
                    "watchdog-expiry",
                    "reset"),
            "magstim",
            with(
                    OF_BYTES,
                    "bad-crc",
                    "half-frame",
                    "late-reply=700",
                    "no-reply",
                    "wrong-state",
                    "unknown-command",
                    "coil-off",
                    "over-temperature",
                    "emergency-stop",
                    "silence",
                    "cable-pulled",
                    "module-error",
                    "watchdog-expiry",
                    "reset"),
            "magventure",
            with(
                    OF_BYTES,
                    "bad-crc",
                    "half-frame",
                    "late-reply=700",
                    "no-reply",
                    "wrong-state",
                    "coil-off",
                    "over-temperature",
                    "emergency-stop",
                    "silence",
                    "cable-pulled",
                    "reset"),
            "tcs2",
            with(
                    OF_BYTES,
                    "half-frame",
                    "late-reply=700",
                    "no-reply",
                    "over-temperature",
                    "silence",
                    "emergency-stop",
                    "cable-pulled",
                    "module-error",
                    "reset"));

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private final Random random;
    private final List<String> processFaults;
    private final Map<String, List<String>> deviceFaults;

    /**
     * @param seed of the draws
     * @param only names of faults, by commas, as in the result; empty for all
     * @throws IllegalArgumentException when there is no such fault
     */
    Draw(long seed, String only) {
        random = new Random(seed);
        Set<String> wanted = only.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(only.split(",")));
        Set<String> known = new TreeSet<>(PROCESS_FAULTS);
        DEVICE_FAULTS.values().forEach(kinds -> kinds.forEach(k -> known.add(name(k))));
        wanted.stream().filter(w -> !known.contains(w)).findFirst().ifPresent(w -> {
            throw new IllegalArgumentException("there is no fault '" + w + "'; there are " + known);
        });
        processFaults = among(PROCESS_FAULTS, wanted);
        deviceFaults = new LinkedHashMap<>();
        for (DeviceCase c : DeviceCase.ALL) {
            deviceFaults.put(c.simulator(), among(DEVICE_FAULTS.get(c.simulator()), wanted));
        }
    }

    private static List<String> among(List<String> all, Set<String> wanted) {
        return wanted.isEmpty()
                ? all
                : all.stream().filter(f -> wanted.contains(name(f))).toList();
    }

    /** Name of a fault without what goes with it. */
    static String name(String fault) {
        return fault.replaceAll("=.*", "");
    }

    /** Whether the next fault is one of each device, rather than one of a process. */
    boolean ofDevices() {
        boolean coin = random.nextBoolean();
        return processFaults.isEmpty() || coin && deviceFaults.values().stream().anyMatch(k -> !k.isEmpty());
    }

    String ofProcesses() {
        return processFaults.get(random.nextInt(processFaults.size()));
    }

    /** A fault for each device that has one to draw. */
    Map<DeviceCase, String> ofEachDevice() {
        Map<DeviceCase, String> drawn = new LinkedHashMap<>();
        for (DeviceCase c : DeviceCase.ALL) {
            List<String> kinds = deviceFaults.get(c.simulator());
            if (!kinds.isEmpty()) {
                drawn.put(c, kinds.get(random.nextInt(kinds.size())));
            }
        }
        return drawn;
    }
}
