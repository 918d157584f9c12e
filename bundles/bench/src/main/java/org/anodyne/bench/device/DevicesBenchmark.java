package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SOON_NANOS = 2_000_000_000L;

    private final BundleContext context;
    private final MessageBus bus;
    private final SessionEngine engine;
    private final SafetyDesk safety;
    private int participants;

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
            Times times = new Times();
            if (!device.shortAction().isEmpty()) {
                commands(device, seconds, folder.resolve(device.plugin()), times);
            }
            for (int i = 1; i <= stops; i++) {
                progress.accept(device.plugin() + ", stop " + i + " of " + stops);
                stop(device, folder.resolve(device.plugin() + "-stop-" + i), times);
            }
            figures.put(device.plugin(), times.millis());
        }
        figures.put("coresBusyDuringStops", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    private Path home() {
        return Path.of(context.getProperty("anodyne.home"));
    }

    /** What is measured of one device. */
    private static final class Times {
        private final Percentiles toByte = new Percentiles();
        private final Percentiles answered = new Percentiles();
        private final Percentiles stopped = new Percentiles();

        Map<String, Object> millis() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("commandToByteMs", toByte.millis());
            all.put("commandToAcknowledgementMs", answered.millis());
            all.put("stopToByteMs", stopped.millis());
            return all;
        }
    }

    /** Follows commands and their acknowledgements on the bus while it is open. */
    private final class Watch implements AutoCloseable {
        private final Map<String, Message> commands = new ConcurrentHashMap<>();
        private final Map<String, Long> executed = new ConcurrentHashMap<>();
        private final Subscription sent;
        private final Subscription answers;

        Watch(DeviceCase device) throws InterruptedException, ExecutionException, TimeoutException {
            sent = listen(Topic.Kind.COMMAND, device, m -> {
                if (m.payload() instanceof Payload.Request r) {
                    commands.put(r.command().id(), m);
                }
            });
            answers = listen(Topic.Kind.ACK, device, m -> {
                if (m.payload() instanceof Payload.Reply r
                        && r.acknowledgement().outcome() == Acknowledgement.Outcome.EXECUTED) {
                    executed.put(r.acknowledgement().commandId(), m.receivedNanos());
                }
            });
        }

        void into(Times times, List<Long> bytes) {
            executed.forEach((id, at) -> {
                Message command = commands.get(id);
                if (command != null) {
                    long made = command.envelope().madeNanos();
                    times.answered.add(at - made);
                    bytes.stream()
                            .filter(t -> t >= made && t - made < SOON_NANOS)
                            .findFirst()
                            .ifPresent(t -> times.toByte.add(t - made));
                }
            });
        }

        @Override
        public void close() {
            sent.close();
            answers.close();
        }
    }

    private Simulator simulator(DeviceCase device, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        return Simulator.start(
                home(), device.simulator(), folder, device.options().toArray(String[]::new));
    }

    private void commands(DeviceCase device, int seconds, Path folder, Times times) throws Exception {
        try (Simulator simulator = simulator(device, folder);
                Watch watch = new Watch(device)) {
            SessionEngine.RunningSession session = start(device, simulator, seconds, false, folder);
            SessionEngine.Result result =
                    session.await(Duration.ofSeconds(seconds).plus(PATIENCE));
            if (result.state() != SessionEngine.SessionState.COMPLETED) {
                session.abort("the benchmark waits no longer");
                throw new IllegalStateException("the session with " + device.plugin() + " ended as " + result.state()
                        + ": " + result.reason() + " " + result.problems());
            }
            watch.into(times, Simulator.times(simulator.trace(), device.fired()));
        }
        if (times.toByte.count() == 0) {
            throw new IllegalStateException("no command reached " + device.plugin());
        }
    }

    private void stop(DeviceCase device, Path folder, Times times) throws Exception {
        try (Simulator simulator = simulator(device, folder);
                Watch watch = new Watch(device)) {
            SessionEngine.RunningSession session = start(device, simulator, 600, true, folder);
            await("output of " + device.plugin(), () -> on(simulator) && !watch.executed.isEmpty());
            long pressed;
            try (BusyCores busy = new BusyCores()) {
                pressed = System.nanoTime();
                bus.publish(
                        Topic.ofSite(bus.site(), Topic.Kind.STOP, ""),
                        new Payload.Document("stop", -1, Map.of("reason", "benchmark")),
                        0);
                await("the end of all output of " + device.plugin(), () -> !on(simulator));
            }
            session.abort("benchmark");
            session.await(PATIENCE);
            safety.ask("reset", Map.of("by", "benchmark", "reason", "next round"));
            Simulator.times(simulator.trace(), device.madeSafe()).stream()
                    .filter(t -> t >= pressed)
                    .findFirst()
                    .ifPresent(t -> times.stopped.add(t - pressed));
            if (device.shortAction().isEmpty()) {
                watch.into(times, Simulator.times(simulator.trace(), device.fired()));
            }
        }
    }

    private SessionEngine.RunningSession start(
            DeviceCase device, Simulator simulator, double seconds, boolean lasting, Path folder) throws IOException {
        Path protocol = Files.writeString(folder.resolve("protocol.yaml"), device.protocol(seconds, lasting));
        return engine.start(new SessionEngine.Request(
                protocol,
                "BENCH" + ++participants, // each has limits of a day
                Map.of(device.plugin(), simulator.address()),
                1,
                folder.resolve("session"),
                true,
                Map.of()));
    }

    private Subscription listen(Topic.Kind kind, DeviceCase device, Consumer<Message> handler)
            throws InterruptedException, ExecutionException, TimeoutException {
        String filter =
                "anodyne/1/" + bus.site() + "/+/" + kind.name().toLowerCase(Locale.ROOT) + "/" + device.plugin();
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
}
