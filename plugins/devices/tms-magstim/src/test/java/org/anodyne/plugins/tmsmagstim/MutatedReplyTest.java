package org.anodyne.plugins.tmsmagstim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MutatedReplyTest {
    private static final int MUTATIONS = 10_000;
    private static final int AT_ONCE = 8;
    private static final String[] COMMANDS = {"EB", "@050", "\\@", "B0100", "F@", "J@", "[0010"};

    private static final class Silent implements Unit.Listener {
        @Override
        public void fault(String reason) {
            assertFalse(reason.isBlank());
        }

        @Override
        public void condition(Condition condition) {}
    }

    private static Unit unit(MemoryLine line, Duration timeout) throws InterruptedException {
        Unit unit = new Unit(line, FrameTest.RAPID9, timeout, 40, "mutated", new Silent());
        unit.start();
        return unit;
    }

    @Test
    void mutatedRepliesEndInAnAnswerAndDisarmed() throws Exception {
        SplittableRandom random = new SplittableRandom(31);
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
        MemoryLine line = new MemoryLine();
        String command = COMMANDS[i % COMMANDS.length];
        line.distort(
                (sent, reply) -> sent.equals(command) ? FrameTest.mutated(reply, new SplittableRandom(seed)) : reply);
        Unit unit = unit(line, Duration.ofMillis(1));
        long order = unit.orders();
        Answer answer = unit.ask(Request.changing(command, order));
        if (answer instanceof Answer.Fault) {
            fault = true;
            assertTrue(unit.orders() > order, "not made safe after mutation " + i);
            assertInstanceOf(
                    Answer.NotSent.class,
                    unit.ask(Request.changing("EB", order)),
                    "something was sent after mutation " + i);
        }
        unit.close();
        assertTrue(line.received().contains("EA"), "not disarmed after mutation " + i);
        return fault;
    }

    @Test
    void fireCommandWithoutAReplyIsSentOnceAndUnknown() throws Exception {
        MemoryLine line = new MemoryLine();
        line.distort((sent, reply) -> sent.equals("EH") ? new byte[0] : reply);
        Unit unit = unit(line, Duration.ofMillis(100));
        assertInstanceOf(Answer.Given.class, unit.ask(Request.asking("Q@")));
        long order = unit.orders();
        assertInstanceOf(Answer.Fault.class, unit.ask(Request.fire(order, 0)));
        assertInstanceOf(Answer.NotSent.class, unit.ask(Request.fire(order, 0)));
        unit.close();
        assertEquals(
                1,
                line.received().stream().filter("EH"::equals).count(),
                line.received().toString());
        assertTrue(line.received().indexOf("EA") > line.received().indexOf("EH"));
    }

    @Test
    void nothingIsFiredBeforeItsTime() throws Exception {
        MemoryLine line = new MemoryLine();
        Unit unit = unit(line, Duration.ofSeconds(1));
        unit.ask(Request.asking("Q@"));
        long notBefore = System.nanoTime() + 400_000_000;
        assertInstanceOf(Answer.Given.class, unit.ask(Request.fire(unit.orders(), notBefore)));
        assertTrue(System.nanoTime() - notBefore >= 0);
        unit.close();
    }

    @Test
    void nothingIsFiredAfterASafetyOrder() throws Exception {
        MemoryLine line = new MemoryLine();
        Unit unit = unit(line, Duration.ofSeconds(1));
        unit.ask(Request.asking("Q@"));
        long order = unit.orders();
        Thread other = new Thread(unit::safe);
        Request fire = Request.fire(order, System.nanoTime() + 60_000_000_000L);
        other.start();
        assertInstanceOf(Answer.NotSent.class, unit.ask(fire));
        other.join();
        unit.close();
        assertFalse(line.received().contains("EH"));
    }

    @Test
    void theStateIsAskedForByItself() throws Exception {
        MemoryLine line = new MemoryLine();
        line.distort((sent, reply) -> sent.equals("x@") ? Frame.of("x\u008c\u0038\u0000\u0000") : reply);
        Unit unit = unit(line, Duration.ofSeconds(1));
        unit.keepAlive("x@");
        long until = System.nanoTime() + 20_000_000_000L;
        assertTrue(unit.await(
                condition -> condition.rapid().isPresent() && condition.coilCelsius() == 24.5, unit.orders(), until));
        unit.close();
        assertEquals("R@", line.received().get(line.received().size() - 1));
    }
}
