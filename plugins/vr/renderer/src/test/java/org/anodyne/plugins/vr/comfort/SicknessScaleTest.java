package org.anodyne.plugins.vr.comfort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.anodyne.plugins.vr.comfort.SicknessScale.Effect;
import org.anodyne.plugins.vr.comfort.SicknessScale.Outcome;
import org.anodyne.plugins.vr.surface.Tick;
import org.junit.jupiter.api.Test;

class SicknessScaleTest {
    private final SicknessScale scale =
            new SicknessScale(new SicknessScale.Rules(60, 20, OptionalDouble.of(10), OptionalDouble.of(15)));
    private double now = 1000;

    /** So many seconds without a key, in frames of a tenth. */
    private List<Outcome> pass(double seconds) {
        List<Outcome> all = new ArrayList<>();
        for (int i = 0; i < Math.round(seconds * 10); i++) {
            all.addAll(scale.advance(now, Tick.Keys.NONE));
            now += 0.1;
        }
        return all;
    }

    private List<Outcome> press(boolean select, float forward, int digit) {
        now += 0.1;
        return scale.advance(now, new Tick.Keys(select, forward, 0, 0, false, digit));
    }

    private static List<String> types(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::type).toList();
    }

    private List<Outcome> rate(int... digits) {
        while (!scale.asking()) {
            pass(0.1);
        }
        for (int d : digits) {
            press(false, 0, d);
        }
        return press(true, 0, -1);
    }

    @Test
    void asksOncePerMinuteAndMissesWhatIsNotAnsweredInTime() {
        assertEquals(List.of(), pass(59));
        assertEquals(List.of("fms-asked"), types(pass(2)));
        assertEquals(List.of("fms-missed"), types(pass(20)));
        assertFalse(scale.asking());
        assertEquals(List.of(), pass(37));
        assertEquals(List.of("fms-asked"), types(pass(3)));
    }

    @Test
    void digitsMakeNumbersUpToTwenty() {
        assertEquals(7L, rate(7).get(0).attributes().get("rating"));
        assertEquals(14L, rate(1, 4).get(0).attributes().get("rating"));
        assertEquals(20L, rate(2, 0).get(0).attributes().get("rating"));
        // 25 is none: the second digit begins again.
        assertEquals(5L, rate(2, 5).get(0).attributes().get("rating"));
        assertEquals(0L, rate(0).get(0).attributes().get("rating"));
        assertEquals(3L, rate(0, 3).get(0).attributes().get("rating"));
    }

    @Test
    void triggerWithoutANumberIsNoAnswer() {
        pass(61);
        assertEquals(List.of(), press(true, 0, -1));
        assertTrue(scale.asking());
    }

    @Test
    void stickChangesByOneAndRepeatsWhileHeld() {
        pass(61);
        press(false, 1, -1);
        assertEquals(OptionalInt.of(1), scale.entered());
        press(false, 1, -1);
        assertEquals(OptionalInt.of(1), scale.entered());
        press(false, 1, -1);
        press(false, 1, -1);
        assertEquals(OptionalInt.of(2), scale.entered());
        press(false, 0, -1);
        press(false, -1, -1);
        press(false, 0, -1);
        press(false, -1, -1);
        press(false, 0, -1);
        press(false, -1, -1);
        assertEquals(OptionalInt.of(0), scale.entered());
    }

    @Test
    void pausesGoesOnAndStops() {
        assertEquals(List.of("fms"), types(rate(9)));
        List<Outcome> pause = rate(1, 0);
        assertEquals(List.of("fms", "fms-pause"), types(pause));
        assertEquals(Effect.PAUSE, pause.get(1).effect());
        assertEquals(10.0, pause.get(1).attributes().get("limit"));
        assertEquals(Effect.GO_ON, rate(9).get(1).effect());
        rate(1, 0);
        assertEquals(Effect.STOP, rate(1, 5).get(1).effect());
        assertEquals(List.of("fms"), types(rate(3)), "only a person goes on after a stop");
    }

    @Test
    void aNumberThatWasNotConfirmedIsKept() {
        pass(61);
        press(false, 0, 8);
        assertEquals(8L, pass(20).get(0).attributes().get("unconfirmed"));
    }
}
