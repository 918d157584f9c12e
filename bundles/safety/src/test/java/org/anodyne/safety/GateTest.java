package org.anodyne.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.junit.jupiter.api.Test;

class GateTest {
    private final List<String> executed = new ArrayList<>();
    private final Clock clock = new Clock();
    private final Gate gate = new Gate(new Configuration(250));

    private static final class Clock implements SessionTime {
        private long now = 10_000_000_000L;

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public Timer at(long nanos, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean virtual() {
            return true;
        }
    }

    private record Configuration(long millis) implements GateConfiguration {
        @Override
        public long latest_millis() {
            return millis;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return GateConfiguration.class;
        }
    }

    /** A rule that says what it is made to say. */
    private record Rule(Function<State, Verdict> verdict) implements SafetyRule {
        @Override
        public String name() {
            return "test-rule";
        }

        @Override
        public boolean appliesTo(String pluginId) {
            return pluginId.equals("stim");
        }

        @Override
        public Verdict judge(Command command, State state) {
            return verdict.apply(state);
        }
    }

    private Acknowledgement done(Command c) {
        executed.add(c.id());
        return new Acknowledgement(c.id(), Outcome.EXECUTED, "", clock.now, Map.of("pulses", 100.0));
    }

    private Acknowledgement pass(String id, long ageMillis, boolean armed, boolean connected) {
        Command c = new Command(id, "s", "pulse", Map.of(), clock.now - ageMillis * 1_000_000, "t");
        return gate.pass("s1", "stim", c, clock, armed, connected, this::done);
    }

    private void refused(String words, Acknowledgement a) {
        assertEquals(Outcome.REFUSED, a.outcome());
        assertTrue(a.reason().contains(words), a.reason());
        assertEquals(List.of(), executed);
    }

    @Test
    void letsThroughWhatNothingSpeaksAgainst() {
        assertEquals(Outcome.EXECUTED, pass("a", 250, true, true).outcome());
        assertEquals(List.of("a"), executed);
    }

    @Test
    void refusesWithAReason() {
        refused("not armed", pass("a", 0, false, true));
        refused("bus is not connected", pass("b", 0, true, false));
        refused("251 ms after the data", pass("c", 251, true, true));
        refused("in the future", pass("d", -251, true, true));
    }

    @Test
    void anIdIsJudgedOnceEvenWhenItWasRefused() {
        refused("not armed", pass("a", 0, false, true));
        refused("never executed twice", pass("a", 0, true, true));
    }

    @Test
    void aRuleThatRefusesThrowsOrSaysNothingStopsTheCommand() {
        Rule refusing = new Rule(s -> new SafetyRule.Verdict.Refused("too much", "somewhere"));
        gate.addRule(refusing);
        refused("test-rule: too much (somewhere)", pass("a", 0, true, true));
        gate.removeRule(refusing);
        Rule throwing = new Rule(s -> {
            throw new IllegalStateException("broken");
        });
        gate.addRule(throwing);
        refused("counts as a refusal", pass("b", 0, true, true));
        gate.removeRule(throwing);
        gate.addRule(new Rule(s -> null));
        refused("no verdict", pass("c", 0, true, true));
    }

    @Test
    void rulesForOtherPluginsDoNotCount() {
        gate.addRule(new Rule(s -> new SafetyRule.Verdict.Refused("too much", "somewhere")));
        Command c = new Command("a", "s", "pulse", Map.of(), clock.now, "t");
        assertEquals(
                Outcome.EXECUTED,
                gate.pass("s1", "other", c, clock, true, true, this::done).outcome());
    }

    @Test
    void totalsAreKeptPerSessionAndSlotAndForgottenAtItsEnd() {
        List<SafetyRule.State> states = new ArrayList<>();
        gate.addRule(new Rule(s -> {
            states.add(s);
            return new SafetyRule.Verdict.Allowed();
        }));
        pass("a", 0, true, true);
        pass("b", 0, true, true);
        pass("c", 0, true, true);
        assertEquals(Long.MIN_VALUE, states.get(0).lastFiredNanos());
        assertEquals(clock.now, states.get(1).lastFiredNanos());
        assertEquals(Map.of("pulses", 200.0), states.get(2).deliveredInSession());
        gate.end("s1");
        pass("d", 0, true, true);
        assertEquals(Map.of(), states.get(3).deliveredInSession());
    }

    @Test
    void anUnknownOutcomeCountsAsDelivered() {
        List<SafetyRule.State> states = new ArrayList<>();
        gate.addRule(new Rule(s -> {
            states.add(s);
            return new SafetyRule.Verdict.Allowed();
        }));
        Command c = new Command("a", "s", "pulse", Map.of(), clock.now, "t");
        Acknowledgement unknown = new Acknowledgement("a", Outcome.UNKNOWN, "no answer", clock.now, Map.of("q", 3.0));
        gate.pass("s1", "stim", c, clock, true, true, x -> unknown);
        Acknowledgement thrown = gate.pass(
                "s1", "stim", new Command("b", "s", "pulse", Map.of(), clock.now, "t"), clock, true, true, x -> {
                    throw new IllegalStateException("broken");
                });
        assertEquals(Outcome.UNKNOWN, thrown.outcome());
        pass("c", 0, true, true);
        assertEquals(Map.of("q", 3.0), states.get(1).deliveredInSession());
        assertEquals(Map.of("q", 3.0, "commands", 1.0), states.get(2).deliveredInSession());
        assertEquals(clock.now, states.get(2).lastFiredNanos());
    }

    @Test
    void anAmountThatIsNoNumberLeavesNoRoom() {
        Command c = new Command("a", "s", "pulse", Map.of(), clock.now, "t");
        Acknowledgement odd = new Acknowledgement("a", Outcome.EXECUTED, "", clock.now, Map.of("q", Double.NaN));
        gate.pass("s1", "stim", c, clock, true, true, x -> odd);
        List<SafetyRule.State> states = new ArrayList<>();
        gate.addRule(new Rule(s -> {
            states.add(s);
            return new SafetyRule.Verdict.Allowed();
        }));
        pass("b", 0, true, true);
        assertEquals(
                Double.POSITIVE_INFINITY, states.get(0).deliveredInSession().get("q"));
    }
}
