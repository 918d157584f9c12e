package org.anodyne.plugins.tmsmagventure;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.anodyne.line.Line;
import org.junit.jupiter.api.Test;

class MutatedReplyTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 8;

    /** A line with a stimulator at its end, all on the owner's thread. */
    private static final class MemoryLine implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final PacketParser parser = new PacketParser();
        private final List<Packet> received = new CopyOnWriteArrayList<>();
        private volatile UnaryOperator<byte[]> ofPulse = UnaryOperator.identity();
        private volatile UnaryOperator<byte[]> ofAmplitude = UnaryOperator.identity();
        private int amplitude;
        private boolean enabled;

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
                parser.next(b).ifPresent(received -> take(((PacketParser.Received.Whole) received).packet()));
            }
        }

        private void take(Packet packet) {
            received.add(packet);
            int flags = enabled ? 0x14 : 0x04;
            switch (packet.type()) {
                case 0 -> say(Packet.of(0, flags, 0, 1, 2, 25, 60, amplitude, 0).encoded());
                case 1 -> {
                    amplitude = packet.at(1);
                    say(ofAmplitude.apply(Packet.of(1, amplitude, 0, flags).encoded()));
                }
                case 2 -> enabled = packet.at(1) == 1;
                case 3 -> say(ofPulse.apply(Packet.of(2, 75, 0, flags).encoded()));
                case 5 ->
                    say(Packet.of(5, flags, 0, 1, 2, 25, 60, amplitude, 0, amplitude, 0, 100, 100, 1, 0)
                            .encoded());
                default -> {}
            }
        }

        private void say(byte[] bytes) {
            for (byte b : bytes) {
                toHost.add(b);
            }
        }

        private long sent(Packet packet) {
            return received.stream().filter(packet::equals).count();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Silent implements Unit.Listener {
        @Override
        public void fault(String reason) {
            assertFalse(reason.isBlank());
        }

        @Override
        public String state(State state) {
            return "";
        }

        @Override
        public String pulse(boolean enabled) {
            return enabled ? "not ordered" : "";
        }
    }

    private static Unit unit(MemoryLine line, Duration timeout) throws InterruptedException {
        Unit unit = new Unit(line, timeout, Duration.ofSeconds(10), "mutated", new Silent());
        unit.start();
        return unit;
    }

    private static final UnaryOperator<byte[]> NOTHING = reply -> new byte[0];

    @Test
    void mutatedPacketsEndInAnAnswerAndDisabled() throws Exception {
        SplittableRandom random = new SplittableRandom(37);
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
        assertTrue(faults > MUTATIONS / 4, faults + " faults");
    }

    /** Whether it ended in a fault. */
    private static boolean once(int i, long seed) throws Exception {
        MemoryLine line = new MemoryLine();
        UnaryOperator<byte[]> distortion = bytes -> FrameTest.mutated(bytes, new SplittableRandom(seed));
        Unit unit = unit(line, Duration.ofMillis(1));
        long order = unit.orders();
        boolean fires = unit.ask(Request.enable(order)) instanceof Answer.Done && i % 2 == 0;
        line.ofPulse = distortion;
        line.ofAmplitude = distortion;
        Answer answer = unit.ask(fires ? Request.pulse(order) : Request.amplitude(50, order));
        boolean fault = answer instanceof Answer.Fault;
        if (fault) {
            assertTrue(unit.orders() > order, "not made safe after mutation " + i);
            assertInstanceOf(Answer.NotSent.class, unit.ask(Request.pulse(order)), "fired after mutation " + i);
        }
        unit.close();
        assertTrue(line.sent(Packet.enable(false)) > 0, "not disabled after mutation " + i);
        assertTrue(line.sent(Packet.fire()) <= 1, "fired twice in mutation " + i);
        return fault;
    }

    @Test
    void fireCommandThatShowsNothingIsSentOnceAndUnknown() throws Exception {
        MemoryLine line = new MemoryLine();
        line.ofPulse = NOTHING;
        Unit unit = unit(line, Duration.ofMillis(100));
        long order = unit.orders();
        assertInstanceOf(Answer.Done.class, unit.ask(Request.enable(order)));
        assertInstanceOf(Answer.Fault.class, unit.ask(Request.pulse(order)));
        assertInstanceOf(Answer.NotSent.class, unit.ask(Request.pulse(order)));
        unit.close();
        assertEquals(1, line.sent(Packet.fire()));
        assertFalse(line.enabled);
    }

    @Test
    void silentSessionDisables() throws Exception {
        MemoryLine line = new MemoryLine();
        Unit unit = new Unit(line, Duration.ofSeconds(1), Duration.ofMillis(300), "silent", new Silent());
        unit.start();
        long order = unit.orders();
        assertInstanceOf(Answer.Done.class, unit.ask(Request.enable(order)));
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (unit.orders() == order && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(unit.orders() > order, "nobody called alive()");
        unit.close();
        assertFalse(line.enabled);
    }
}
