package org.anodyne.plugins.tdcsreference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** An answer that belongs to something asked before is noticed, and what comes after it is not taken for another's. */
class LateAnswerTest {
    /** Answers each line at once; the first SYST:WDOG? as if an answer to something before had come in its place. */
    private static final class DeviceLine extends AnsweringLine {
        private boolean shifted = true;

        private void say(String text) {
            say(Lines.encoded(text));
        }

        @Override
        void answer(String command) {
            switch (command) {
                case "*IDN?" -> say("ANODYNE,TDCS-REF,FAKE,1.0");
                case "STAT?" -> say("IDLE,0.0,0.000,8.0,0.0");
                case "SYST:WDOG?" -> {
                    say(shifted ? "OK" : "800");
                    shifted = false;
                }
                default -> say("OK");
            }
        }
    }

    private static final class Faults implements Stimulator.Listener {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void fault(String reason) {
            all.add(reason);
        }

        @Override
        public void progress(Course course, Status status) {
            throw new AssertionError();
        }

        @Override
        public void highImpedance(Course course, Status status) {
            throw new AssertionError();
        }

        @Override
        public void ended(Course course, Optional<Status> last, double unheard, String reason) {
            throw new AssertionError();
        }
    }

    @Test
    void anAnswerThatCannotBeOneToWhatWasAskedIsAFaultAndTheTalkBeginsAnew() throws Exception {
        Faults faults = new Faults();
        try (Stimulator stimulator = new Stimulator(
                new DeviceLine(), Duration.ofSeconds(5), Duration.ofSeconds(1), "late-answer-test", faults)) {
            stimulator.start();
            assertTrue(stimulator.awaitReady(Duration.ofSeconds(10)));
            stimulator.ask(Request.of("SYST:WDOG?", Request.ALWAYS));
            assertEquals(List.of("the stimulator answered 'OK' to SYST:WDOG?"), faults.all);
            assertEquals("800", ((Answer.Reply) stimulator.ask(Request.of("SYST:WDOG?", Request.ALWAYS))).text());
            assertEquals(1, faults.all.size(), faults.all.toString());
        }
    }
}
