package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.SafetyDesk;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.session.SessionEngine;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whole sessions with each actuator and its simulator in another process: how long from a command on the bus to its first
 * byte at the device, how long until it is acknowledged, and, with all cores busy, how long from the stop topic to the
 * command at the device that ends all output.
 */
@Component
public final class DevicesBenchmark implements Benchmark {
    private static final Pattern TIME = Pattern.compile("^\\{\"t\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SOON_NANOS = 2_000_000_000L;

    private final BundleContext context;
    private final MessageBus bus;
    private final SessionEngine engine;
    private final SafetyDesk safety;

    @Activate
    public DevicesBenchmark(
            BundleContext context,
            @Reference MessageBus bus,
            @Reference SessionEngine engine,
            @Reference SafetyDesk safety) {
        this.context = context;
        this.bus = bus;
        this.engine = engine;
        this.safety = safety;
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String title() {
        return "command to first byte, acknowledgement and stop of each actuator, with its simulator in another process";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("seconds", "stops"));
        int seconds = settings.whole("seconds", 30, 3600);
        int stops = settings.whole("stops", 20, 1000);
        Map<String, Object> figures = new LinkedHashMap<>();
        for (DeviceCase device : DeviceCase.ALL) {
            progress.accept(device.plugin());
            Percentiles toByte = new Percentiles();
            Percentiles answered = new Percentiles();
            Percentiles stopped = new Percentiles();
            commands(device, seconds, folder.resolve(device.plugin()), toByte, answered);
            for (int i = 1; i <= stops; i++) {
                progress.accept(device.plugin() + ", stop " + i + " of " + stops);
                stop(device, folder.resolve(device.plugin() + "-stop-" + i), stopped);
            }
            figures.put(
                    device.plugin(),
                    Map.of(
                            "commandToByteMs",
                            toByte.millis(),
                            "commandToAcknowledgementMs",
                            answered.millis(),
                            "stopToByteMs",
                            stopped.millis()));
        }
        figures.put("coresBusyDuringStops", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    private Path home() {
        return Path.of(context.getProperty("anodyne.home"));
    }

    private void commands(DeviceCase device, int seconds, Path folder, Percentiles toByte, Percentiles answered)
            throws Exception {
        Files.createDirectories(folder);
        Map<String, Message> commands = new ConcurrentHashMap<>();
        Map<String, Long> executed = new ConcurrentHashMap<>();
        try (Simulator simulator = Simulator.start(
                        home(), device.simulator(), folder, device.options().toArray(String[]::new));
                Subscription sent = listen(Topic.Kind.COMMAND, m -> {
                    if (m.payload() instanceof Payload.Request r) {
                        commands.put(r.command().id(), m);
                    }
                });
                Subscription answers = listen(Topic.Kind.ACK, m -> {
                    if (m.payload() instanceof Payload.Reply r
                            && r.acknowledgement().outcome() == Acknowledgement.Outcome.EXECUTED) {
                        executed.put(r.acknowledgement().commandId(), m.receivedNanos());
                    }
                })) {
            SessionEngine.RunningSession session = start(device, simulator, seconds, folder);
            SessionEngine.Result result =
                    session.await(Duration.ofSeconds(seconds).plus(PATIENCE));
            if (result.state() != SessionEngine.SessionState.COMPLETED) {
                session.abort("the benchmark waits no longer");
                throw new IllegalStateException("the session with " + device.plugin() + " ended as " + result.state()
                        + ": " + result.reason() + " " + result.problems());
            }
            List<Long> bytes = times(simulator.trace(), device.fired());
            executed.forEach((id, at) -> {
                Message command = commands.get(id);
                if (command != null) {
                    long made = command.envelope().madeNanos();
                    answered.add(at - made);
                    bytes.stream()
                            .filter(t -> t >= made && t - made < SOON_NANOS)
                            .findFirst()
                            .ifPresent(t -> toByte.add(t - made));
                }
            });
        }
        if (toByte.count() == 0) {
            throw new IllegalStateException("no command reached " + device.plugin() + "; " + commands.size()
                    + " were sent, " + executed.size() + " executed");
        }
    }

    private void stop(DeviceCase device, Path folder, Percentiles stopped) throws Exception {
        Files.createDirectories(folder);
        try (Simulator simulator = Simulator.start(
                home(), device.simulator(), folder, device.options().toArray(String[]::new))) {
            SessionEngine.RunningSession session = start(device, simulator, 600, folder);
            await("output of " + device.plugin(), () -> on(simulator));
            long pressed;
            try (BusyCores busy = new BusyCores()) {
                pressed = System.nanoTime();
                bus.publish(
                        Topic.ofSite(bus.site(), Topic.Kind.STOP, ""),
                        new Payload.Document("stop", -1, Map.of("reason", "benchmark")),
                        0);
                await("the end of all output of " + device.plugin(), () -> !on(simulator));
            }
            session.await(PATIENCE);
            safety.ask("reset", Map.of("by", "benchmark", "reason", "next round"));
            times(simulator.trace(), device.madeSafe()).stream()
                    .filter(t -> t >= pressed)
                    .findFirst()
                    .ifPresent(t -> stopped.add(t - pressed));
        }
    }

    private SessionEngine.RunningSession start(DeviceCase device, Simulator simulator, double seconds, Path folder)
            throws IOException {
        Path protocol = Files.writeString(folder.resolve("protocol.yaml"), device.protocol(seconds));
        return engine.start(new SessionEngine.Request(
                protocol,
                "BENCH",
                Map.of("device", simulator.address()),
                1,
                folder.resolve("session"),
                true,
                Map.of()));
    }

    private Subscription listen(Topic.Kind kind, Consumer<Message> handler)
            throws InterruptedException, ExecutionException, TimeoutException {
        String filter = "anodyne/1/" + bus.site() + "/+/" + kind.name().toLowerCase(java.util.Locale.ROOT) + "/device";
        return bus.subscribe(filter, handler).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean on(Simulator simulator) {
        try {
            return simulator.outputOn();
        } catch (IOException e) {
            throw new IllegalStateException("the simulator cannot be asked", e);
        }
    }

    private static void await(String what, BooleanSupplier there) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + " did not come within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static List<Long> times(List<String> trace, Pattern wanted) {
        List<Long> times = new ArrayList<>();
        for (String line : trace) {
            Matcher time = TIME.matcher(line);
            if (wanted.matcher(line).find() && time.find()) {
                times.add(Long.parseLong(time.group(1)));
            }
        }
        return times;
    }
}
