package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine;

/** Starts sessions of the benchmark on its own platform and follows what passes on the bus. One thread at a time. */
final class DeviceSessions {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A byte later than this belongs to another command. */
    private static final long SOON_NANOS = 2_000_000_000L;

    private static final int ATTEMPTS = 5;

    private final MessageBus bus;
    private final SessionEngine engine;
    private int participants;

    DeviceSessions(MessageBus bus, SessionEngine engine) {
        this.bus = bus;
        this.engine = engine;
    }

    /** Starts a session of this protocol; inputs by slot. */
    SessionEngine.RunningSession start(String protocol, Map<String, String> inputs, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("protocol.yaml"), protocol);
        // On a busy machine a device answers too late, or a plug-in whose settings changed is not there yet: once more.
        for (int attempt = 1; ; attempt++) {
            try {
                return engine.start(new SessionEngine.Request(
                        file,
                        "BENCH" + ++participants, // each has limits of a day
                        inputs,
                        1,
                        folder.resolve("session-" + attempt),
                        true,
                        Map.of()));
            } catch (ProtocolException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(1_000_000_000L);
            }
        }
    }

    /** Waits for the end and wants it to have come by itself. */
    static void complete(SessionEngine.RunningSession session, double seconds, String what)
            throws InterruptedException {
        SessionEngine.Result result =
                session.await(Duration.ofSeconds((long) seconds).plus(PATIENCE));
        if (result.state() != SessionEngine.SessionState.COMPLETED) {
            session.abort("the benchmark waits no longer");
            throw new IllegalStateException("the session with " + what + " ended as " + result.state() + ": "
                    + result.reason() + " " + result.problems());
        }
    }

    /** Follows commands to a slot and their acknowledgements while it is open. */
    final class Watch implements AutoCloseable {
        private final Map<String, Message> commands = new ConcurrentHashMap<>();
        private final Map<String, Long> executed = new ConcurrentHashMap<>();
        private final Subscription sent;
        private final Subscription answers;

        Watch(String slot) throws InterruptedException, ExecutionException, TimeoutException {
            sent = listen(Topic.Kind.COMMAND, slot, m -> {
                if (m.payload() instanceof Payload.Request r) {
                    commands.put(r.command().id(), m);
                }
            });
            answers = listen(Topic.Kind.ACK, slot, m -> {
                if (m.payload() instanceof Payload.Reply r
                        && r.acknowledgement().outcome() == Acknowledgement.Outcome.EXECUTED) {
                    executed.put(r.acknowledgement().commandId(), m.receivedNanos());
                }
            });
        }

        boolean anyExecuted() {
            return !executed.isEmpty();
        }

        /** From each executed command to the first of these bytes, and to its acknowledgement. */
        void into(DeviceTimes times, LineKind line, List<Long> bytes) {
            executed.forEach((id, at) -> {
                Message command = commands.get(id);
                if (command != null) {
                    long made = command.envelope().madeNanos();
                    times.add(line, DeviceTimes.Figure.COMMAND_TO_ACKNOWLEDGEMENT, at - made);
                    first(bytes, made, nanos -> times.add(line, DeviceTimes.Figure.COMMAND_TO_BYTE, nanos));
                }
            });
        }

        /** From each command, executed or not, to the first of these bytes at a marker box. */
        void markers(DeviceTimes times, LineKind line, List<Long> bytes) {
            commands.values()
                    .forEach(command -> first(
                            bytes,
                            command.envelope().madeNanos(),
                            nanos -> times.add(line, DeviceTimes.Figure.MARKER_TO_BYTE, nanos)));
        }

        @Override
        public void close() {
            sent.close();
            answers.close();
        }
    }

    private static void first(List<Long> bytes, long made, Consumer<Long> took) {
        bytes.stream()
                .filter(t -> t >= made && t - made < SOON_NANOS)
                .findFirst()
                .ifPresent(t -> took.accept(t - made));
    }

    /** Blocks of a stream as they are received, while it is open. */
    final class Blocks implements AutoCloseable {
        private final List<Message> received = new CopyOnWriteArrayList<>();
        private final Subscription subscription;

        Blocks(String slot, String stream) throws InterruptedException, ExecutionException, TimeoutException {
            subscription = listen(Topic.Kind.SAMPLE, slot + "/" + stream, received::add);
        }

        /** Waits for the first block from this number on whose first channel is as wanted; gives the number behind it. */
        int await(int from, boolean off, SourceCase source) {
            int[] at = {from};
            DeviceSessions.await("a block of " + source.plugin(), () -> {
                while (at[0] < received.size()) {
                    if (received.get(at[0]++).payload() instanceof Payload.Samples s
                            && source.isOff(s.block()) == off) {
                        return true;
                    }
                }
                return false;
            });
            return at[0];
        }

        long receivedNanos(int number) {
            return received.get(number).receivedNanos();
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    private Subscription listen(Topic.Kind kind, String slot, Consumer<Message> handler)
            throws InterruptedException, ExecutionException, TimeoutException {
        String filter = "anodyne/1/" + bus.site() + "/+/" + kind.name().toLowerCase(Locale.ROOT) + "/" + slot;
        return bus.subscribe(filter, handler).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static boolean on(Simulator simulator) {
        try {
            return simulator.outputOn();
        } catch (IOException e) {
            throw new IllegalStateException("the simulator cannot be asked", e);
        }
    }

    static void await(String what, BooleanSupplier there) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + " did not come within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
