package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.anodyne.line.Line;
import org.junit.jupiter.api.Test;

class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 8;

    /** A line with a device at its end, all on the owner's thread. */
    private static final class DeviceLine implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final PacketParser parser = new PacketParser();
        private volatile UnaryOperator<byte[]> distortion = UnaryOperator.identity();
        private volatile boolean stopped;

        private DeviceLine() {
            say(Packet.of(0, Packet.INIT, 1).encoded());
        }

        private void say(byte[] bytes) {
            for (byte b : bytes) {
                toHost.add(b);
            }
        }

        @Override
        public int read(byte[] into) {
            int count = 0;
            while (count < into.length && !toHost.isEmpty()) {
                into[count++] = toHost.remove();
            }
            return count;
        }

        @Override
        public void write(byte[] bytes) {
            for (byte b : bytes) {
                parser.next(b).ifPresent(received -> {
                    if (received instanceof PacketParser.Received.Whole whole) {
                        answer(whole.packet());
                    }
                });
            }
        }

        private void answer(Packet packet) {
            switch (packet.command()) {
                case Packet.INIT_ACK, Packet.WATCHDOG -> {}
                case Packet.STOP -> {
                    stopped = true;
                    say(Packet.of(packet.number(), Packet.STOP_ACK, 0).encoded());
                }
                case Packet.GET_STIM_MODE ->
                    say(Packet.of(packet.number(), Packet.GET_STIM_MODE_ACK, 0, 0)
                            .encoded());
                default ->
                    say(distortion.apply(
                            Packet.of(packet.number(), packet.command() + 1, 0).encoded()));
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Silent implements Stimulator.Listener {
        @Override
        public void initialised() {}

        @Override
        public void fault(String reason) {
            assertFalse(reason.isBlank());
        }

        @Override
        public void burstEnded(Request.Burst burst, double seconds, String reason) {}
    }

    @Test
    void mutatedAnswersEndInAnAnswerAndAStop() throws Exception {
        SplittableRandom random = new SplittableRandom(23);
        int faults = 0;
        ExecutorService side = Executors.newFixedThreadPool(AT_ONCE); // most of it is waiting
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < MUTATIONS; i++) {
                int number = i;
                long seed = random.nextLong();
                all.add(side.submit(() -> once(number, seed)));
            }
            for (Future<Boolean> one : all) {
                faults += one.get() ? 1 : 0;
            }
        } finally {
            side.shutdownNow();
        }
        assertTrue(faults > MUTATIONS / 2, faults + " faults");
    }

    /** Whether it ended in a fault. */
    private static boolean once(int i, long seed) throws Exception {
        boolean fault = false;
        DeviceLine line = new DeviceLine();
        line.distortion = bytes -> FrameTest.mutated(bytes, new SplittableRandom(seed));
        Stimulator stimulator = new Stimulator(line, Duration.ofMillis(1), "mutated", new Silent());
        stimulator.start();
        assertTrue(stimulator.awaitReady(Duration.ofSeconds(10)));
        long order = stimulator.orders();
        Answer answer = stimulator.ask(Request.of(Packet.START, Packet.START_ACK, 1, order, 0, 0, 200, 10));
        if (answer instanceof Answer.Fault) {
            fault = true;
            assertTrue(stimulator.orders() > order, "not made safe after mutation " + i);
            Answer next = stimulator.ask(Request.of(Packet.START, Packet.START_ACK, 1, order, 0, 0, 200, 10));
            assertInstanceOf(Answer.NotSent.class, next, "started again after mutation " + i);
        } else {
            assertInstanceOf(Answer.Reply.class, answer);
        }
        stimulator.close();
        assertTrue(line.stopped, "not stopped after mutation " + i);
        return fault;
    }

    @Test
    void soundAnswersAreNoFault() throws Exception {
        DeviceLine line = new DeviceLine();
        Stimulator stimulator = new Stimulator(line, Duration.ofSeconds(1), "sound", new Silent());
        stimulator.start();
        assertTrue(stimulator.awaitReady(Duration.ofSeconds(10)));
        for (int i = 0; i < 600; i++) {
            Answer answer = stimulator.ask(
                    Request.of(Packet.SINGLE_PULSE, Packet.SINGLE_PULSE_ACK, 1, stimulator.orders(), 0, 0, 200, 10));
            assertEquals(0, ((Answer.Reply) answer).packet().result(), "pulse " + i);
        }
        stimulator.close();
    }
}
