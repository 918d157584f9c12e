package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.BrokerAddress;
import org.anodyne.bench.measure.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Random faults, drawn by a seed, while all actuators of a session give output: of the engine, the device host, the network
 * to the broker, the amplifier, and of each device. After each it is measured how long the output of each simulated device
 * lasts from when the fault can be known:
 *
 * <ul>
 *   <li>a silent controller or bus when the lease runs out, 500 ms after the last heartbeat, or after the fault, which is
 *       later;
 *   <li>a silent amplifier 500 ms after its last sample;
 *   <li>a dead or stopped device host never; the device's own watchdog has to end the output;
 *   <li>a fault of a device when the first reply that shows it has left the device, by its trace, or when a reply that does
 *       not come is overdue; and after what an adapter waits for by design;
 *   <li>a cable that is pulled at once, but only the device's watchdog can do anything.
 * </ul>
 */
@Component
public final class FaultsBenchmark implements Benchmark {
    private static final double LEASE_MILLIS = 500;
    private static final double SILENT_MILLIS = 500;
    private static final long ON_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long OFF_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final int GARBAGE_ROUNDS = 5;

    private static final List<String> PROCESS_FAULTS = List.of(
            "engine-killed",
            "engine-stopped",
            "host-killed",
            "host-stopped",
            "broker-cut",
            "broker-frozen",
            "garbage-and-engine-killed",
            "amplifier-silent");

    /** By simulator; what is not here cannot be switched off by software (stuck output) or is no fault of a device. */
    private static final Map<String, List<String>> DEVICE_FAULTS = Map.of(
            "rehastim",
            List.of("electrode-off", "emergency-stop", "module-error", "cable-pulled", "reset", "watchdog-expiry"),
            "tdcs",
            List.of(
                    "bad-crc",
                    "lost-byte",
                    "split",
                    "merge",
                    "late-reply=700",
                    "no-reply",
                    "electrode-off",
                    "emergency-stop",
                    "cable-pulled",
                    "reset"),
            "magstim",
            List.of(
                    "bad-crc",
                    "lost-byte",
                    "half-frame",
                    "split",
                    "merge",
                    "late-reply=700",
                    "no-reply",
                    "wrong-state",
                    "unknown-command",
                    "coil-off",
                    "emergency-stop",
                    "silence",
                    "cable-pulled",
                    "reset"),
            "magventure",
            List.of("coil-off", "emergency-stop", "silence", "split", "merge", "cable-pulled", "reset"),
            "tcs2",
            List.of(
                    "lost-byte",
                    "half-frame",
                    "split",
                    "merge",
                    "no-reply",
                    "silence",
                    "emergency-stop",
                    "cable-pulled",
                    "reset"));

    private static final Set<String> HARMLESS = Set.of("split", "merge");
    private static final Set<String> REPLY_MISSING =
            Set.of("no-reply", "late-reply", "lost-byte", "half-frame", "silence", "bad-crc");
    private static final Pattern SHOWN = Pattern.compile(
            "\"event\":\"(tx|not-sent|output|state|watchdog|reset)\"|\"event\":\"line\",\"connected\":false");
    private static final Pattern STRUCK = Pattern.compile("\"faults\":\\[|\"event\":\"not-sent\"");

    private final BundleContext context;

    @Activate
    public FaultsBenchmark(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public String title() {
        return "random faults while all actuators give output, until each simulated device is off";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("count", "seed"));
        int count = settings.whole("count", 1_000, 100_000);
        Random random = new Random(settings.whole("seed", 1, Integer.MAX_VALUE));
        Tally tally = new Tally();
        Path home = Path.of(context.getProperty("anodyne.home"));
        Path jar = Path.of(context.getProperty("anodyne.jar"));
        try (Setup setup = new Setup(home, jar, BrokerAddress.of(context), folder)) {
            while (tally.faults() < count) {
                boolean ofDevices = random.nextBoolean();
                String fault = PROCESS_FAULTS.get(random.nextInt(PROCESS_FAULTS.size()));
                progress.accept(
                        tally.faults() + " of " + count + " faults; now " + (ofDevices ? "one of each device" : fault));
                setup.start();
                awaitOutput(setup);
                if (ofDevices) {
                    ofDevices(setup, random, tally);
                } else {
                    ofProcesses(setup, fault, tally);
                }
                setup.end();
            }
        }
        return tally.figures();
    }

    private static void awaitOutput(Setup setup) throws IOException {
        long until = System.nanoTime() + ON_NANOS;
        List<DeviceCase> off = new ArrayList<>(setup.simulators().keySet());
        while (!off.isEmpty()) {
            off.removeIf(c -> on(setup.simulators().get(c)));
            if (System.nanoTime() - until > 0 || !setup.engine().isAlive()) {
                throw new IllegalStateException(
                        "no output of " + off.stream().map(DeviceCase::plugin).toList() + " came.\n" + setup.said());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean on(Simulator simulator) {
        try {
            return simulator.outputOn();
        } catch (IOException e) {
            throw new IllegalStateException("a simulator cannot be asked", e);
        }
    }

    /** When each of these went off, {@link System#nanoTime()}; those that did not are missing. */
    private static Map<DeviceCase, Long> awaitOff(Setup setup, Collection<DeviceCase> wanted) {
        Map<DeviceCase, Long> off = new HashMap<>();
        long until = System.nanoTime() + OFF_NANOS;
        while (off.size() < wanted.size() && System.nanoTime() - until < 0) {
            for (DeviceCase c : wanted) {
                if (!off.containsKey(c) && !on(setup.simulators().get(c))) {
                    off.put(c, System.nanoTime());
                }
            }
            LockSupport.parkNanos(2_000_000);
        }
        return off;
    }

    private void ofProcesses(Setup setup, String fault, Tally tally) throws IOException, InterruptedException {
        if (fault.startsWith("garbage")) {
            for (int i = 0; i < GARBAGE_ROUNDS; i++) {
                collectGarbage(setup.host());
            }
        }
        long at = System.nanoTime();
        switch (fault) {
            case "engine-killed", "garbage-and-engine-killed" -> setup.engine().destroyForcibly();
            case "engine-stopped" -> Setup.signal(setup.engine(), "STOP");
            case "host-killed" -> setup.host().destroyForcibly();
            case "host-stopped" -> Setup.signal(setup.host(), "STOP");
            case "broker-cut" -> setup.toHost().cut(true);
            case "broker-frozen" -> setup.toHost().freeze(true);
            case "amplifier-silent" -> setup.amplifier().ask("fault silence");
            default -> throw new IllegalArgumentException(fault);
        }
        boolean hostGone = fault.startsWith("host-");
        Map<DeviceCase, Long> off = awaitOff(
                setup,
                setup.simulators().keySet().stream()
                        .filter(c -> !hostGone || c.watchdogMillis() > 0)
                        .toList());
        double knowable = fault.equals("amplifier-silent") ? SILENT_MILLIS : LEASE_MILLIS;
        for (DeviceCase c : setup.simulators().keySet()) {
            double millis = off.containsKey(c) ? (off.get(c) - at) / 1e6 : Double.POSITIVE_INFINITY;
            if (!hostGone) {
                tally.off(fault, c, millis - knowable);
            } else if (c.watchdogMillis() == 0) {
                tally.withoutWatchdog(fault, c);
            } else {
                tally.off(fault, c, millis - c.watchdogMillis());
            }
            limit(setup, c, fault, tally);
        }
        if (fault.equals("engine-stopped")) {
            Setup.signal(setup.engine(), "CONT");
        } else if (fault.equals("host-stopped")) {
            Setup.signal(setup.host(), "CONT");
        }
    }

    /** Full collections, asked for from outside where the JDK's tool for it is there. */
    private static void collectGarbage(Process process) throws IOException, InterruptedException {
        Path jcmd = Setup.java("jcmd");
        if (java.nio.file.Files.isExecutable(jcmd)) {
            new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void ofDevices(Setup setup, Random random, Tally tally) throws IOException {
        Map<DeviceCase, String> drawn = new HashMap<>();
        for (DeviceCase c : setup.simulators().keySet()) {
            List<String> kinds = DEVICE_FAULTS.get(c.simulator());
            drawn.put(c, kinds.get(random.nextInt(kinds.size())));
        }
        Map<DeviceCase, Long> at = new HashMap<>();
        for (Map.Entry<DeviceCase, String> e : drawn.entrySet()) {
            at.put(e.getKey(), System.nanoTime());
            setup.simulators().get(e.getKey()).ask("fault " + e.getValue());
        }
        Map<DeviceCase, Long> off = awaitOff(
                setup,
                drawn.entrySet().stream()
                        .filter(e -> endsByItself(e.getKey(), e.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
        for (DeviceCase c : setup.simulators().keySet()) {
            String kind = drawn.get(c).replaceAll("=.*", "");
            long began = at.get(c);
            List<String> after = setup.simulators().get(c).trace().stream()
                    .filter(l -> Simulator.time(l) >= began)
                    .toList();
            judge(c, kind, began, off.get(c), after, tally);
            limit(setup, c, kind, tally);
        }
    }

    /** Whether there is an end to wait for: what is harmless goes on, and so does what nobody can reach. */
    private static boolean endsByItself(DeviceCase c, String kind) {
        return !HARMLESS.contains(kind) && !(kind.equals("cable-pulled") && c.watchdogMillis() == 0);
    }

    private static void judge(DeviceCase c, String kind, long began, Long off, List<String> after, Tally tally) {
        if (HARMLESS.contains(kind)) {
            tally.harmless(kind, c);
            return;
        }
        if (kind.equals("cable-pulled")) {
            if (c.watchdogMillis() == 0) {
                tally.withoutWatchdog(kind, c);
            } else {
                tally.off(kind, c, off == null ? Double.POSITIVE_INFINITY : (off - began) / 1e6 - c.watchdogMillis());
            }
            return;
        }
        boolean reply = REPLY_MISSING.contains(kind) || kind.equals("wrong-state") || kind.equals("unknown-command");
        Pattern shows = reply && !kind.equals("silence") ? STRUCK : SHOWN;
        Long shown = after.stream()
                .filter(l -> shows.matcher(l).find())
                .map(Simulator::time)
                .findFirst()
                .orElse(null);
        if (shown == null && off == null && !kind.equals("silence")) {
            tally.unseen();
            return;
        }
        double known = ((shown == null ? began : shown) - began) / 1e6
                + (REPLY_MISSING.contains(kind) ? c.replyMillis() : 0)
                + c.holdMillis().getOrDefault(kind, 0);
        tally.off(kind, c, off == null ? Double.POSITIVE_INFINITY : (off - began) / 1e6 - known);
    }

    private static void limit(Setup setup, DeviceCase c, String fault, Tally tally) throws IOException {
        double greatest = setup.simulators().get(c).number(c.greatest());
        if (greatest > c.most() * 1.02) {
            tally.aboveLimit(fault, c, greatest);
        }
    }
}
