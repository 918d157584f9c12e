package org.anodyne.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.SafetyRule;
import org.anodyne.plugin.safety.SafetyRule.Verdict;
import org.anodyne.safety.rule.RefractoryConfiguration;
import org.anodyne.safety.rule.RefractoryFloor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of others. */
class GateTest {
    @TempDir
    private Path folder;

    /** A rule that says what it is made to say. */
    private record Rule(Function<State, Verdict> verdict) implements SafetyRule {
        @Override
        public String name() {
            return "test-rule";
        }

        @Override
        public boolean appliesTo(String pluginId) {
            return pluginId.equals("box");
        }

        @Override
        public Verdict judge(Command command, State state) {
            return verdict.apply(state);
        }
    }

    private static void refused(House h, String plugin, String words) {
        Acknowledgement a = h.pass(House.real("s1", "P01", plugin), h.command("mark", "code", 1));
        assertEquals(words.isEmpty() ? Outcome.EXECUTED : Outcome.REFUSED, a.outcome(), a.reason());
        assertTrue(a.reason().contains(words), a.reason());
    }

    @Test
    void aRuleThatRefusesThrowsOrSaysNothingStopsTheCommand() {
        try (House h = new House(folder)) {
            Rule refusing = new Rule(s -> new Verdict.Refused("too much", "somewhere"));
            h.gate.addRule(refusing);
            refused(h, "box", "test-rule: too much (somewhere)");
            refused(h, "other", "");
            h.gate.removeRule(refusing);
            Rule throwing = new Rule(s -> {
                throw new IllegalStateException("broken");
            });
            h.gate.addRule(throwing);
            refused(h, "box", "counts as a refusal");
            h.gate.removeRule(throwing);
            h.gate.addRule(new Rule(s -> null));
            refused(h, "box", "no verdict");
        }
    }

    private record Floors(String... floors) implements RefractoryConfiguration {
        @Override
        public Class<? extends Annotation> annotationType() {
            return RefractoryConfiguration.class;
        }
    }

    @Test
    void aCommandTooSoonAfterTheLastIsRefused() {
        RefractoryFloor floor = new RefractoryFloor(new Floors("tens-rehastim=500"));
        assertTrue(floor.appliesTo("tens-rehastim"));
        assertEquals(false, floor.appliesTo("sham"));
        Command c = new Command("a", "s", "burst", Map.of(), 0, "t");
        SafetyRule.State first = new SafetyRule.State(0, Map.of(), Long.MIN_VALUE, Background.NONE);
        assertInstanceOf(Verdict.Allowed.class, floor.judge(c, first));
        SafetyRule.State soon = new SafetyRule.State(1_499_000_000, Map.of(), 1_000_000_000);
        assertInstanceOf(Verdict.Refused.class, floor.judge(c, soon));
        SafetyRule.State later = new SafetyRule.State(1_500_000_000, Map.of(), 1_000_000_000);
        assertInstanceOf(Verdict.Allowed.class, floor.judge(c, later));
    }
}
