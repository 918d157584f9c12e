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
import org.anodyne.line.Line;
import org.junit.jupiter.api.Test;

class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 20;
    private static final int NOTHING = -1;

    /** What a device says unasked or in answer, that may come out mutated: the first one of its kind in a session. */
    private static final int[] SAYINGS = {
        Packet.INIT,
        Packet.INIT_CHANNEL_LIST_ACK,
        Packet.START_ACK,
        Packet.SINGLE_PULSE_ACK,
        Packet.STOP_ACK,
        Packet.GET_STIM_MODE_ACK
    };

    /** A line with a device at its end, all on the owner's thread. */
    private static final class DeviceLine implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final PacketParser parser = new PacketParser();
        private final SplittableRandom random;
        private int struck;
        private volatile boolean on;
        private volatile boolean stopped;

        private DeviceLine(int struck, SplittableRandom random) {
            this.struck = struck;
            this.random = random;
            // It is said again and again until it is answered; damage may hide the next one, but not the next but one.
            for (int i = 0; i < 3; i++) {
                say(Packet.of(0, Packet.INIT, 1));
            }
        }

        private void say(Packet packet) {
            byte[] bytes = packet.encoded();
            if (packet.command() == struck) {
                struck = NOTHING;
                bytes = FrameTest.mutated(bytes, random);
            }
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
                case Packet.GET_STIM_MODE -> say(Packet.of(packet.number(), Packet.GET_STIM_MODE_ACK, 0, on ? 2 : 1));
                default -> {
                    on = packet.command() == Packet.START || on && packet.command() != Packet.STOP;
                    stopped |= packet.command() == Packet.STOP;
                    say(Packet.of(packet.number(), packet.command() + 1, 0));
                }
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

    /** A session of which the first answer of one kind is mutated; whether that came to a fault. */
    private static boolean once(int i, long seed) throws Exception {
        int struck = SAYINGS[i % SAYINGS.length];
        DeviceLine line = new DeviceLine(struck, new SplittableRandom(seed));
        Stimulator stimulator = new Stimulator(line, Duration.ofMillis(1), "mutated", new Silent());
        stimulator.start();
        assertTrue(stimulator.awaitReady(Duration.ofSeconds(20)), "no session after seed " + seed);
        boolean fault = talk(stimulator, struck + ", seed " + seed);
        stimulator.close();
        assertFalse(line.on, "on after the mutation of " + struck + ", seed " + seed);
        return fault;
    }

    private static Request start(long order) {
        return Request.of(Packet.START, Packet.START_ACK, 1, order, 0, 0, 200, 10);
    }

    /** Sets up, starts, gives a pulse and stops; whether anything was a fault. */
    private static boolean talk(Stimulator stimulator, String what) throws InterruptedException {
        long order = stimulator.orders();
        Request[] requests = {
            Request.of(Packet.INIT_CHANNEL_LIST, Packet.INIT_CHANNEL_LIST_ACK, 1, order, 0, 1, 0, 13, 0, 98, 0),
            start(order),
            Request.of(Packet.SINGLE_PULSE, Packet.SINGLE_PULSE_ACK, 1, order, 0, 0, 200, 10)
        };
        for (Request request : requests) {
            Answer answer = stimulator.ask(request);
            if (!(answer instanceof Answer.Reply)) {
                assertTrue(stimulator.orders() > order, "not made safe after the mutation of " + what);
                assertInstanceOf(Answer.NotSent.class, stimulator.ask(start(order)), "started again after " + what);
                return true;
            }
        }
        Answer stopped = stimulator.ask(Request.stop());
        Answer mode = stimulator.ask(Request.mode());
        return !(stopped instanceof Answer.Reply && mode instanceof Answer.Reply);
    }

    @Test
    void soundAnswersAreNoFault() throws Exception {
        DeviceLine line = new DeviceLine(NOTHING, new SplittableRandom(1));
        Stimulator stimulator = new Stimulator(line, Duration.ofSeconds(1), "sound", new Silent());
        stimulator.start();
        assertTrue(stimulator.awaitReady(Duration.ofSeconds(10)));
        for (int i = 0; i < 600; i++) {
            Answer answer = stimulator.ask(
                    Request.of(Packet.SINGLE_PULSE, Packet.SINGLE_PULSE_ACK, 1, stimulator.orders(), 0, 0, 200, 10));
            assertEquals(0, ((Answer.Reply) answer).packet().result(), "pulse " + i);
        }
        stimulator.close();
        assertTrue(line.stopped);
    }
}
