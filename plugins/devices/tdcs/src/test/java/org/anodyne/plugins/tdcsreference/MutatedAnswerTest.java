package org.anodyne.plugins.tdcsreference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.tck.Damage;
import org.junit.jupiter.api.Test;

/** The one that owns the line, at a device in memory of whose answers one is damaged, or every status of a stimulation. */
class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 20;
    private static final Duration REPLY = Duration.ofMillis(5);
    private static final Duration WATCHDOG = Duration.ofMillis(8);
    private static final String NAME = "*IDN?";
    private static final String[] SETTINGS = {"SYST:WDOG 800", "CONF:CURR 1.000", "CONF?", "OUTP:ARM"};

    private static final String BEGIN = "OUTP ON";

    /** What can be struck: the first answer to one of these, or each answer of the kind while current flows. */
    private static final List<String> STRUCK = Stream.concat(
                    Stream.of(SETTINGS), Stream.of(NAME, "SYST:CRC ON", BEGIN, Request.STATUS, Request.ABORT))
            .toList();

    /** A line with a device at its end, all on the owner's thread. It has no watchdog: only ABOR ends its output. */
    private static final class DeviceLine extends AnsweringLine {
        private final SplittableRandom random;
        private String struck;
        private volatile boolean on;

        private DeviceLine(String struck, SplittableRandom random) {
            this.struck = struck;
            this.random = random;
        }

        @Override
        void answer(String command) {
            on = command.equals(BEGIN) || on && !command.equals(Request.ABORT);
            String answer =
                    switch (command) {
                        case NAME -> "ANODYNE,TDCS-REF,FAKE,1.0";
                        case Request.STATUS -> on ? "RAMPUP,0.1,0.010,8.0,0.0" : "IDLE,0.0,0.000,8.0,0.0";
                        case "CONF?" -> "1.000,10,60,DC,10,0,25";
                        default -> "OK";
                    };
            byte[] bytes = Lines.encoded(answer);
            if (command.equals(struck) && (on || !struck.equals(Request.STATUS))) {
                struck = command.equals(Request.STATUS) ? struck : "";
                bytes = Damage.of(bytes, random);
            }
            say(bytes);
        }
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
                        faults.addAndGet(once(STRUCK.get(i % STRUCK.size()), seeds.nextLong()) ? 1 : 0);
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

    /** One stimulation of whose answers one is nonsense, or each status; whether that showed. */
    private static boolean once(String struck, long seed) throws InterruptedException {
        DeviceLine line = new DeviceLine(struck, new SplittableRandom(seed));
        Stimulator stimulator = new Stimulator(line, REPLY, WATCHDOG, "mutated", new Silent());
        stimulator.start();
        assertTrue(stimulator.awaitReady(Duration.ofSeconds(20)));
        Course course = new Course("c", 1, 10, 1, 0, 25, false, false);
        long order = stimulator.orders();
        boolean fault = false;
        for (String setting : SETTINGS) {
            fault |= faulty(stimulator.ask(Request.of(setting, order)));
        }
        fault |= faulty(stimulator.ask(Request.beginning(course, order)));
        if (struck.equals(Request.STATUS)) {
            // A damaged status may by chance be a sound one; sooner or later one is not.
            Deadline deadline = Deadline.in(Duration.ofSeconds(60));
            while (stimulator.orders() == order && !deadline.passed()) {
                LockSupport.parkNanos(50_000);
            }
            fault = stimulator.orders() > order;
            assertTrue(fault, "goes on with nonsense for statuses, seed " + seed);
        }
        if (fault) {
            assertTrue(stimulator.orders() > order, "not made safe after " + struck + ", seed " + seed);
            assertInstanceOf(
                    Answer.NotSent.class,
                    stimulator.ask(Request.beginning(course, order)),
                    "started again after " + struck + ", seed " + seed);
        }
        stimulator.close();
        assertFalse(line.on, "not stopped after " + struck + ", seed " + seed);
        return fault;
    }

    private static boolean faulty(Answer answer) {
        return answer instanceof Answer.Fault || answer instanceof Answer.NotSent;
    }
}
