package org.anodyne.plugins.thermodetcs2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.line.Line;
import org.junit.jupiter.api.Test;

class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 20;
    private static final Duration REPLY = Duration.ofMillis(10);

    /** A line with a device at its end, all on the owner's thread; the first temperatures of a stimulus come out mutated. */
    private static final class DeviceLine implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final SplittableRandom random;
        private volatile boolean on;

        private DeviceLine(long seed) {
            random = new SplittableRandom(seed);
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
            String text = new String(bytes, StandardCharsets.US_ASCII);
            if (text.endsWith("Ol")) {
                on = true;
            } else if (text.startsWith("A")) {
                on = false;
            } else {
                byte[] answer =
                        switch (text) {
                            case "?" -> "TCS".getBytes(StandardCharsets.US_ASCII);
                            case "Q" -> "000000".getBytes(StandardCharsets.US_ASCII);
                            case "E" -> "320+320+320+320+320+320".getBytes(StandardCharsets.US_ASCII);
                            default -> new byte[0];
                        };
                say(on ? mutated(answer) : answer);
            }
        }

        private byte[] mutated(byte[] bytes) {
            byte[] result = bytes.clone();
            switch (random.nextInt(3)) {
                case 0 -> result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> result = Arrays.copyOf(result, random.nextInt(result.length));
                default -> {
                    result = new byte[1 + random.nextInt(100)];
                    random.nextBytes(result);
                }
            }
            return result;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Silent implements Thermode.Listener {
        @Override
        public void fault(String reason) {
            assertFalse(reason.isBlank());
        }

        @Override
        public void ended(Heat heat, double seconds, double hottest, String reason) {}
    }

    @Test
    void tenThousandMutatedAnswersEndInAnAnswerAndAnAbort() throws Exception {
        AtomicInteger faults = new AtomicInteger();
        ExecutorService side = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int part = 0; part < AT_ONCE; part++) {
                SplittableRandom seeds = new SplittableRandom(23 + part);
                all.add(side.submit(() -> {
                    for (int i = 0; i < MUTATIONS / AT_ONCE; i++) {
                        faults.addAndGet(once(seeds.nextLong()) ? 1 : 0);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(10, TimeUnit.MINUTES);
            }
        } finally {
            side.shutdownNow();
        }
        assertEquals(MUTATIONS, faults.get(), "at last the skin stays cold");
    }

    /** One stimulus during which temperatures are nonsense; whether it came to a fault. */
    private static boolean once(long seed) throws InterruptedException {
        DeviceLine line = new DeviceLine(seed);
        Thermode thermode = new Thermode(line, REPLY, 32, "mutated", new Silent());
        thermode.start();
        assertTrue(thermode.awaitReady(Duration.ofSeconds(20)));
        Heat heat = new Heat("c", 45, 5, 100, 0);
        long order = thermode.orders();
        Answer answer = thermode.ask(Request.begin(heat, order));
        boolean fault = !(answer instanceof Answer.Reply);
        // A bit that turns 320 into 330 looks like the beginning; what follows it is nonsense again.
        while (!fault) {
            fault = thermode.orders() > order;
            LockSupport.parkNanos(50_000);
        }
        assertInstanceOf(Answer.NotSent.class, thermode.ask(Request.begin(heat, order)), "again after " + seed);
        thermode.close();
        assertFalse(line.on, "not stopped after mutation " + seed);
        return fault;
    }
}
