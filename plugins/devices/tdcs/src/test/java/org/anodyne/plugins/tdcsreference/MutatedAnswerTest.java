package org.anodyne.plugins.tdcsreference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 20;
    private static final Duration REPLY = Duration.ofMillis(5);

    /** A line with a device at its end, all on the owner's thread; the answer to OUTP ON comes out mutated. */
    private static final class DeviceLine extends AnsweringLine {
        private final SplittableRandom random;
        private volatile boolean on;

        private DeviceLine(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        void answer(String command) {
            switch (command) {
                case "*IDN?" -> say(Lines.encoded("ANODYNE,TDCS-REF,FAKE,1.0"));
                case "STAT?" -> say(Lines.encoded(on ? "RAMPUP,0.1,0.010,8.0,0.0" : "IDLE,0.0,0.000,8.0,0.0"));
                case "OUTP ON" -> {
                    on = true;
                    say(mutated(Lines.encoded("OK"), random));
                }
                case "ABOR" -> {
                    on = false;
                    say(Lines.encoded("OK"));
                }
                default -> say(Lines.encoded("OK"));
            }
        }
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] result = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                for (int i = 0; i <= random.nextInt(3); i++) {
                    result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> result = Arrays.copyOf(result, random.nextInt(result.length));
            case 2 -> {
                byte[] twice = Arrays.copyOf(result, 2 * result.length);
                System.arraycopy(result, 0, twice, result.length, result.length);
                result = twice;
            }
            default -> {
                result = new byte[random.nextInt(300)];
                random.nextBytes(result);
            }
        }
        return result;
    }

    private static final class Silent implements Stimulator.Listener {
        @Override
        public void fault(String reason) {
            assertFalse(reason.isBlank());
        }

        @Override
        public void progress(Course course, Status status) {}

        @Override
        public void highImpedance(Course course, Status status) {}

        @Override
        public void ended(Course course, Optional<Status> last, double unheard, String reason) {}
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
        assertTrue(faults.get() > MUTATIONS / 2, faults + " faults");
    }

    /** One stimulation whose beginning is answered with nonsense; whether that showed. */
    private static boolean once(long seed) throws InterruptedException {
        DeviceLine line = new DeviceLine(seed);
        Stimulator stimulator = new Stimulator(line, REPLY, Duration.ofMillis(800), "mutated", new Silent());
        stimulator.start();
        assertTrue(stimulator.awaitReady(Duration.ofSeconds(20)));
        Course course = new Course("c", 1, 10, 1, 0, 25, false, false);
        long order = stimulator.orders();
        Answer answer = stimulator.ask(Request.beginning(course, order));
        boolean fault = answer instanceof Answer.Fault || answer instanceof Answer.NotSent;
        if (fault) {
            assertTrue(stimulator.orders() > order, "not made safe after mutation " + seed);
            assertInstanceOf(
                    Answer.NotSent.class,
                    stimulator.ask(Request.beginning(course, order)),
                    "started again after mutation " + seed);
        }
        stimulator.close();
        assertFalse(line.on, "not stopped after mutation " + seed);
        return fault;
    }

    @Test
    void mutatedStatusesNeverLeaveItOn() throws Exception {
        SplittableRandom random = new SplittableRandom(29);
        byte[] status = Lines.encoded("HOLD,312.4,1.500,9.9,456.2");
        int wholes = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Lines lines = new Lines();
            for (byte each : mutated(status, random)) {
                Optional<Lines.Received> received = lines.next(each);
                if (received.isPresent() && received.get() instanceof Lines.Received.Whole whole) {
                    Status.read(whole.text());
                    wholes++;
                }
            }
        }
        assertTrue(wholes < MUTATIONS, "most mutations show: " + wholes);
        assertTrue(status.length < 128 && new String(status, StandardCharsets.US_ASCII).endsWith("\n"));
    }
}
