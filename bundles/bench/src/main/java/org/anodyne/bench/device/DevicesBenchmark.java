package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.SafetyDesk;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.session.SessionEngine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Each adapter with its simulator in another process, over TCP and over a pair of pseudo-terminals: the round trip of a
 * request on its line; in whole sessions from a command on the bus to its first byte at the device, to its acknowledgement
 * and to the byte of a marker box, and from what a simulated amplifier sends to the block on the bus; and, with all cores
 * busy and all actuators giving output in one session, from the stop topic to the command at each device that ends it.
 *
 * <p>Settings: {@code seconds} of each session with commands, {@code stops} in all, {@code roundTrips} and {@code signals}
 * for each line, {@code lines}: tcp, pty or both by a comma.
 */
@Component
public final class DevicesBenchmark implements Benchmark {
    private static final String MARKERS = "markers";
    private static final String MARKER_BOX = "marker-box";
    private static final Pattern MARKER = Pattern.compile("\"event\":\"lines\",\"code\":10\\b");
    private static final Pattern ELECTRODE_OFF = Pattern.compile("\"event\":\"fault\",\"name\":\"electrode-off\"");
    private static final Pattern SAID = Pattern.compile("\"event\":\"tx\"");
    private static final long ON_NANOS = 15_000_000_000L;
    private static final int ATTEMPTS = 10;
    /** How long after stop was pressed its byte may come and still be taken for one. */
    private static final long STOP_NANOS = 10_000_000_000L;

    private final BundleContext context;
    private final MessageBus bus;
    private final SafetyDesk safety;
    private final ConfigurationAdmin settings;
    private final DeviceSessions sessions;
    private final Map<String, DeviceTimes> times = new LinkedHashMap<>();

    @Activate
    public DevicesBenchmark(
            BundleContext context,
            @Reference MessageBus bus,
            @Reference SessionEngine engine,
            @Reference SafetyDesk safety,
            @Reference ConfigurationAdmin settings) {
        this.context = context;
        this.bus = bus;
        this.safety = safety;
        this.settings = settings;
        this.sessions = new DeviceSessions(bus, engine);
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String title() {
        return "round trip, command to first byte, acknowledgement and stop of each adapter, with its simulator in another"
                + " process";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings wanted = new Settings(typed, Set.of("seconds", "stops", "roundTrips", "signals", "lines"));
        int seconds = wanted.whole("seconds", 30, 3600);
        int stops = wanted.whole("stops", 200, 100_000);
        int roundTrips = wanted.whole("roundTrips", 200, 100_000);
        int signals = wanted.whole("signals", 50, 10_000);
        List<LineKind> lines = lines(wanted.text("lines"));
        times.clear();
        for (LineKind line : lines) {
            Path here = folder.resolve(line.label());
            for (LineProbe probe : LineProbe.ALL) {
                progress.accept(probe.plugin() + " over " + line.label() + ", round trips");
                DeviceTimes of = of(probe.plugin());
                probe.ask(
                        home(),
                        made(here.resolve("trip-" + probe.plugin())),
                        line,
                        roundTrips,
                        nanos -> of.add(line, DeviceTimes.Figure.ROUND_TRIP, nanos));
            }
            for (SourceCase source : SourceCase.ALL) {
                progress.accept(source.plugin() + " over " + line.label() + ", signals");
                signals(source, line, signals, made(here.resolve("signal-" + source.plugin())));
            }
            for (DeviceCase device : DeviceCase.ALL) {
                if (!device.shortAction().isEmpty()) {
                    progress.accept(device.plugin() + " over " + line.label() + ", commands");
                    commandsOf(device, line, seconds, here.resolve("commands-" + device.plugin()));
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            int share = stops / lines.size() + (i < stops % lines.size() ? 1 : 0);
            stops(lines.get(i), share, folder.resolve("stops-" + lines.get(i).label()), progress);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        times.forEach((plugin, of) -> figures.put(plugin, of.figures()));
        figures.put("coresBusyDuringStops", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    @Override
    public List<String> table(Map<String, Object> figures) {
        return DeviceTimes.table(figures);
    }

    private static List<LineKind> lines(String text) {
        List<LineKind> lines = new ArrayList<>();
        for (String name : (text.isEmpty() ? "tcp,pty" : text).split(",")) {
            try {
                lines.add(LineKind.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("lines=" + text + ": write tcp, pty or tcp,pty", e);
            }
        }
        return lines;
    }

    private Path home() {
        return Path.of(context.getProperty("anodyne.home"));
    }

    private static Path made(Path folder) throws IOException {
        return Files.createDirectories(folder);
    }

    private DeviceTimes of(String plugin) {
        return times.computeIfAbsent(plugin, p -> new DeviceTimes());
    }

    private Simulator simulator(DeviceCase device, LineKind line, Path folder)
            throws IOException, InterruptedException {
        return Simulator.start(
                home(), device.simulator(), folder, line, device.options().toArray(String[]::new));
    }

    /** Takes an electrode off again and again: from the first packet that shows it to the block that does. */
    private void signals(SourceCase source, LineKind line, int count, Path folder) throws Exception {
        try (Simulator simulator = Simulator.start(home(), source.simulator(), folder, line);
                DeviceSessions.Blocks blocks = sessions.new Blocks(SourceCase.SLOT, source.stream())) {
            SessionEngine.RunningSession session =
                    sessions.start(source.protocol(3600), Map.of(SourceCase.SLOT, simulator.address()), folder);
            List<Long> received = new ArrayList<>();
            int next = blocks.await(0, false, source);
            for (int i = 0; i < count; i++) {
                simulator.ask("fault electrode-off");
                next = blocks.await(next, true, source);
                received.add(blocks.receivedNanos(next - 1));
                simulator.ask("clear electrode-off");
                next = blocks.await(next, false, source);
            }
            session.abort("benchmark");
            session.await(DeviceSessions.PATIENCE);
            List<String> trace = simulator.trace();
            List<Long> off = Simulator.times(trace, ELECTRODE_OFF);
            List<Long> said = Simulator.times(trace, SAID);
            for (int i = 0; i < count; i++) {
                long from = off.get(i);
                long at = received.get(i);
                said.stream().filter(t -> t >= from && t <= at).findFirst().ifPresent(t -> of(source.plugin())
                        .add(line, DeviceTimes.Figure.SIGNAL_TO_BUS, at - t));
            }
        }
    }

    /** Until a command has reached the device: a busy machine disarms it when its answer seems to be missing. */
    private void commandsOf(DeviceCase device, LineKind line, int seconds, Path folder) throws Exception {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            commands(device, line, seconds, made(folder.resolve("attempt-" + attempt)));
            if (of(device.plugin()).count(line, DeviceTimes.Figure.COMMAND_TO_BYTE) > 0) {
                return;
            }
        }
        throw new IllegalStateException("no command reached " + device.plugin() + " over " + line.label());
    }

    /** One session with commands; the TENS stimulator has a marker box beside it that shows each of them. */
    private void commands(DeviceCase device, LineKind line, int seconds, Path folder) throws Exception {
        boolean marked = device == DeviceCase.ALL.get(0);
        try (Simulator simulator = simulator(device, line, folder);
                Simulator box = marked ? Simulator.start(home(), "marker", folder, line) : null;
                DeviceSessions.Watch watch = sessions.new Watch(device.plugin())) {
            Map<String, String> inputs = Map.of(device.plugin(), simulator.address());
            Map<String, String> more = new LinkedHashMap<>();
            if (box != null) {
                setMarkerBox(box.address());
                more.put(
                        MARKERS,
                        "plugin: " + MARKER_BOX + ", parameters: {codes: {trigger/" + device.plugin() + ": 10}}");
            }
            SessionEngine.RunningSession session = sessions.start(
                    DeviceCase.protocol(List.of(device), DeviceCase.SYNTHETIC, seconds, false, more), inputs, folder);
            DeviceSessions.complete(session, seconds, device.plugin());
            watch.into(of(device.plugin()), line, Simulator.times(simulator.trace(), device.fired()));
            if (box != null) {
                watch.markers(of(MARKER_BOX), line, Simulator.times(box.trace(), MARKER));
            }
        }
    }

    /** A sink's address is a setting of the site; waits until its factory has it. */
    private void setMarkerBox(String address) throws IOException {
        Configuration configuration = settings.getConfiguration("org.anodyne.plugin." + MARKER_BOX, "?");
        configuration.update(new Hashtable<>(Map.of("address", address)));
        DeviceSessions.await("the marker box's new address", () -> {
            try {
                return context.getServiceReferences(PluginFactory.class, "(address=" + address + ")").stream()
                        .anyMatch(r -> r.getBundle().getSymbolicName().endsWith(MARKER_BOX));
            } catch (InvalidSyntaxException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** Sessions with all actuators on; each is stopped once, with all cores busy. */
    private void stops(LineKind line, int count, Path folder, Consumer<String> progress) throws Exception {
        Map<DeviceCase, Simulator> simulators = new LinkedHashMap<>();
        try {
            for (DeviceCase device : DeviceCase.ALL) {
                simulators.put(device, simulator(device, line, made(folder)));
            }
            for (int i = 1; i <= count; i++) {
                progress.accept("stop " + i + " of " + count + " over " + line.label());
                stop(line, simulators, folder.resolve("stop-" + i));
            }
        } finally {
            for (Simulator simulator : simulators.values()) {
                simulator.close();
            }
        }
    }

    private void stop(LineKind line, Map<DeviceCase, Simulator> simulators, Path folder) throws Exception {
        Map<DeviceCase, DeviceSessions.Watch> watches = new LinkedHashMap<>();
        try {
            Map<String, String> inputs = new LinkedHashMap<>();
            for (Map.Entry<DeviceCase, Simulator> e : simulators.entrySet()) {
                watches.put(e.getKey(), sessions.new Watch(e.getKey().plugin()));
                inputs.put(e.getKey().plugin(), e.getValue().address());
            }
            SessionEngine.RunningSession session = begin(simulators, watches, inputs, folder);
            long pressed = press(simulators);
            session.abort("benchmark");
            session.await(DeviceSessions.PATIENCE);
            safety.ask("reset", Map.of("by", "benchmark", "reason", "next round"));
            for (Map.Entry<DeviceCase, Simulator> e : simulators.entrySet()) {
                DeviceCase device = e.getKey();
                List<String> trace = e.getValue().trace();
                DeviceTimes of = of(device.plugin());
                Simulator.times(trace, device.madeSafe()).stream()
                        .filter(t -> t >= pressed && t - pressed < STOP_NANOS)
                        .findFirst()
                        .ifPresentOrElse(t -> of.stopped(line, t - pressed), of::neverStopped);
                if (device.shortAction().isEmpty()) {
                    watches.get(device).into(of, line, Simulator.times(trace, device.fired()));
                }
            }
        } finally {
            watches.values().forEach(DeviceSessions.Watch::close);
        }
    }

    /** Starts until every device gives output: on a busy machine a first command may come too late and is refused. */
    private SessionEngine.RunningSession begin(
            Map<DeviceCase, Simulator> simulators,
            Map<DeviceCase, DeviceSessions.Watch> watches,
            Map<String, String> inputs,
            Path folder)
            throws IOException, InterruptedException {
        String protocol = DeviceCase.protocol(List.copyOf(simulators.keySet()), DeviceCase.SYNTHETIC, 600, true);
        for (int attempt = 1; ; attempt++) {
            SessionEngine.RunningSession session =
                    sessions.start(protocol, inputs, folder.resolve("attempt-" + attempt));
            long until = System.nanoTime() + ON_NANOS;
            List<DeviceCase> off = new ArrayList<>(simulators.keySet());
            while (!off.isEmpty() && System.nanoTime() - until < 0) {
                off.removeIf(device -> DeviceSessions.on(simulators.get(device))
                        && watches.get(device).anyExecuted());
                LockSupport.parkNanos(2_000_000);
            }
            if (off.isEmpty()) {
                return session;
            }
            session.abort("benchmark");
            session.await(DeviceSessions.PATIENCE);
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("no output of "
                        + off.stream().map(DeviceCase::plugin).toList() + " came in " + ATTEMPTS + " sessions");
            }
        }
    }

    /** Presses stop with all cores busy and waits until nothing comes out any more, or too long; gives when it was pressed. */
    private long press(Map<DeviceCase, Simulator> simulators) throws Exception {
        try (BusyCores busy = new BusyCores()) {
            long pressed = System.nanoTime();
            bus.publish(
                    Topic.ofSite(bus.site(), Topic.Kind.STOP, ""),
                    new Payload.Document("stop", -1, Map.of("reason", "benchmark")),
                    0);
            while (simulators.values().stream().anyMatch(DeviceSessions::on)
                    && System.nanoTime() - pressed < STOP_NANOS) {
                LockSupport.parkNanos(2_000_000);
            }
            return pressed;
        }
    }
}
