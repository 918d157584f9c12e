package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.BrokerAddress;
import org.anodyne.bench.measure.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Random faults, drawn by a seed, while all actuators of a session give output: of the engine, the device host, the network
 * to the broker, the amplifier, and of each device. After each it is measured how long the output of each simulated device
 * lasts from when the fault can be known; {@link Verdict} says when that is for a device's own fault. A silent controller or bus can be known when the lease
 * runs out, 500 ms after the fault at the latest; a silent amplifier 500 ms after its last sample; a dead or stopped device
 * host never, the device's own watchdog has to end the output.
 *
 * <p>Settings: {@code count} of faults, {@code seed}, {@code only} some kinds (names by commas), {@code traces}: a folder for
 * what the simulators traced when the output was not off in time.
 */
@Component
public final class FaultsBenchmark implements Benchmark {
    private static final double LEASE_MILLIS = 500;
    private static final double SILENT_MILLIS = 500;
    private static final long ON_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int ATTEMPTS = 5;
    private static final double TOLERANCE = 1.02;
    /** How long an output is looked at. */
    static final double WATCHED_MILLIS = 8_000;

    /** How long garbage is made before the engine is killed; it goes on until all is off. */
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Faults by which a device itself gives more than it was ordered; for it what is absolute holds. */
    private static final Map<String, Double> BEYOND =
            Map.of("tcs2 over-temperature", 50.0, "tdcs module-error", 2.0 + 0.5);

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
        Settings settings = new Settings(typed, Set.of("count", "seed", "only", "traces"));
        int count = settings.whole("count", 1_000, 100_000);
        Draw draw = new Draw(settings.whole("seed", 1, Integer.MAX_VALUE), settings.text("only"));
        Tally tally = new Tally();
        Path home = Path.of(context.getProperty("anodyne.home"));
        Path jar = Path.of(context.getProperty("anodyne.jar"));
        try (Setup setup = new Setup(home, jar, BrokerAddress.of(context), folder)) {
            while (tally.faults() < count) {
                Map<DeviceCase, String> ofDevices = draw.ofDevices() ? draw.ofEachDevice() : Map.of();
                String ofProcesses = ofDevices.isEmpty() ? draw.ofProcesses() : "";
                progress.accept(tally.faults() + " of " + count + " faults, " + tally.late() + " late; now "
                        + (ofDevices.isEmpty() ? ofProcesses : String.join(", ", ofDevices.values())));
                begin(setup);
                List<DeviceCase> renewed = List.of();
                if (ofDevices.isEmpty()) {
                    ofProcesses(setup, ofProcesses, tally);
                } else {
                    renewed = ofDevices(setup, ofDevices, tally, settings.text("traces"));
                }
                setup.end();
                for (DeviceCase c : renewed) {
                    setup.renew(c);
                }
            }
        }
        return tally.figures();
    }

    /** Starts until every device gives output: on a busy machine a first command may come too late and is refused. */
    private static void begin(Setup setup) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            setup.start();
            List<String> off = awaitOutput(setup);
            if (off.isEmpty()) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("no output of " + off + " came.\n" + setup.said());
            }
            setup.end();
        }
    }

    /** Plug-ins whose output did not come. */
    private static List<String> awaitOutput(Setup setup) {
        long until = System.nanoTime() + ON_NANOS;
        List<DeviceCase> off = new ArrayList<>(setup.simulators().keySet());
        while (!off.isEmpty() && System.nanoTime() - until < 0 && setup.engine().isAlive()) {
            off.removeIf(c -> on(setup.simulators().get(c)));
            LockSupport.parkNanos(20_000_000);
        }
        return off.stream().map(DeviceCase::plugin).toList();
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
        long until = System.nanoTime() + (long) (WATCHED_MILLIS * 1e6);
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
        boolean garbage = fault.startsWith("garbage");
        boolean stuck = fault.startsWith("stuck");
        if (garbage) {
            setup.storm().begin();
            LockSupport.parkNanos(STORM_NANOS);
        }
        if (stuck) {
            for (Simulator simulator : setup.simulators().values()) {
                simulator.ask("fault stuck-output");
            }
        }
        long at = System.nanoTime();
        switch (fault) {
            case "engine-killed", "garbage-and-engine-killed", "stuck-output-and-engine-killed" ->
                setup.engine().destroyForcibly();
            case "engine-stopped" -> Setup.signal(setup.engine(), "STOP");
            case "host-killed" -> setup.host().destroyForcibly();
            case "host-stopped" -> Setup.signal(setup.host(), "STOP");
            case "broker-cut" -> setup.toHost().cut(true);
            case "broker-frozen" -> setup.toHost().freeze(true);
            case "amplifier-silent" -> setup.amplifier().ask("fault silence");
            default -> throw new IllegalArgumentException(fault);
        }
        if (stuck) {
            for (Map.Entry<DeviceCase, Simulator> e : setup.simulators().entrySet()) {
                Long ordered = awaitOrder(e.getKey(), e.getValue(), at);
                tally.add(fault, e.getKey(), Verdict.ordered(at, LEASE_MILLIS, ordered));
                limit(setup, e.getKey(), fault, tally);
            }
        } else {
            judge(setup, fault, at, tally);
        }
        if (garbage) {
            long[] collected = setup.storm().end();
            tally.collected(collected[0], collected[1]);
        }
        if (fault.equals("engine-stopped")) {
            Setup.signal(setup.engine(), "CONT");
        } else if (fault.equals("host-stopped")) {
            Setup.signal(setup.host(), "CONT");
        }
    }

    private static void judge(Setup setup, String fault, long at, Tally tally) throws IOException {
        boolean hostGone = fault.startsWith("host-");
        Map<DeviceCase, Long> off = awaitOff(
                setup,
                setup.simulators().keySet().stream()
                        .filter(c -> !hostGone || c.watchdogMillis() > 0)
                        .toList());
        double knowable = fault.equals("amplifier-silent") ? SILENT_MILLIS : LEASE_MILLIS;
        for (DeviceCase c : setup.simulators().keySet()) {
            tally.add(
                    fault, c, hostGone ? Verdict.byWatchdog(c, at, off.get(c)) : Verdict.off(at, knowable, off.get(c)));
            limit(setup, c, fault, tally);
        }
    }

    /** When the command came that was to end all output, {@link System#nanoTime()}; null when it did not. */
    private static Long awaitOrder(DeviceCase c, Simulator simulator, long at) throws IOException {
        while (true) {
            boolean over = System.nanoTime() - at > (long) (WATCHED_MILLIS * 1e6);
            for (long time : Simulator.times(simulator.trace(), c.madeSafe())) {
                if (time >= at) {
                    return time;
                }
            }
            if (over) {
                return null;
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Gives the devices that are to be renewed. */
    private static List<DeviceCase> ofDevices(Setup setup, Map<DeviceCase, String> drawn, Tally tally, String traces)
            throws IOException {
        List<DeviceCase> renewed = new ArrayList<>();
        Map<DeviceCase, Long> at = new HashMap<>();
        for (Map.Entry<DeviceCase, String> e : drawn.entrySet()) {
            at.put(e.getKey(), System.nanoTime());
            setup.simulators().get(e.getKey()).ask("fault " + e.getValue());
        }
        Map<DeviceCase, Long> off = awaitOff(
                setup,
                drawn.entrySet().stream()
                        .filter(e -> Verdict.ends(e.getKey(), Draw.name(e.getValue())))
                        .map(Map.Entry::getKey)
                        .toList());
        for (DeviceCase c : drawn.keySet()) {
            String kind = Draw.name(drawn.get(c));
            long began = at.get(c);
            List<String> after = setup.simulators().get(c).trace().stream()
                    .filter(l -> Simulator.time(l) >= began)
                    .toList();
            Verdict verdict = Verdict.of(c, kind, began, off.get(c), after);
            tally.add(kind, c, verdict);
            if (verdict instanceof Verdict.Off v && v.millis() > Tally.ALLOWED_MILLIS && !traces.isEmpty()) {
                Files.write(
                        Files.createDirectories(Path.of(traces))
                                .resolve(tally.faults() + "-" + kind + "-" + c.plugin() + ".jsonl"),
                        after);
            }
            limit(setup, c, kind, tally);
            if (BEYOND.containsKey(c.simulator() + " " + kind)) {
                renewed.add(c);
            }
        }
        return renewed;
    }

    @Override
    public List<String> table(Map<String, Object> figures) {
        return Tally.table(figures);
    }

    /** Neither more at once than was ordered, nor more in all than the order gives in this time. */
    private static void limit(Setup setup, DeviceCase c, String fault, Tally tally) throws IOException {
        Double beyond = BEYOND.get(c.simulator() + " " + fault);
        double most = (beyond == null ? c.most() : beyond) * TOLERANCE;
        double greatest = setup.simulators().get(c).number(c.greatest());
        if (greatest > most) {
            tally.aboveLimit(fault, c, c.greatest(), greatest, most);
        }
        if (beyond == null) {
            DeviceCase.DoseLimit dose = c.dose();
            double ordered = dose.perSecond() * setup.seconds() * TOLERANCE + dose.once();
            double delivered = setup.delivered(c);
            if (delivered > ordered + 1e-9) {
                tally.aboveLimit(fault, c, dose.field(), delivered, ordered);
            }
        }
    }
}
