package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

/** Several channels, doublets and triplets, low-frequency channels. */
class PatternTest {
    static Map<String, Object> channel(long number) {
        return Map.of("channel", number);
    }

    static List<Object> all() {
        List<Object> all = new ArrayList<>();
        for (long channel = 1; channel <= Pattern.CHANNELS; channel++) {
            all.add(channel(channel));
        }
        return all;
    }

    private static Parameters parameters(Map<String, Object> values) {
        return new Parameters(Schema.of(TensFactory.class).defaultsWith(values));
    }

    private static Command burst(Map<String, Double> more) {
        Map<String, Double> arguments =
                new HashMap<>(Map.of("amplitude", 15.0, "pulseWidth", 200.0, "frequency", 40.0, "duration", 1.0));
        arguments.putAll(more);
        return new Command("c", "tens", "burst", arguments, 0, "t");
    }

    @Test
    void withoutChannelsThereIsTheOneChannel() {
        assertEquals(Pattern.single(3), Pattern.of(parameters(Map.of("channel", 3L))));
    }

    @Test
    void doubletsOnThreeChannels() {
        Pattern pattern = Pattern.of(parameters(Map.of(
                "channels",
                List.of(channel(5), Map.of("channel", 1L, "scale", 0.5), Map.of("channel", 8L, "lowFrequency", true)),
                "pulsesPerGroup",
                2L,
                "groupInterval",
                0.01,
                "lowFrequencyFactor",
                3L)));
        Dose dose = Dose.of(burst(Map.of()), pattern);
        // Factor 3, channels 1, 5 and 8, of these 8 at low frequency, 10 ms, main interval 50 ms.
        assertArrayEquals(new int[] {3, 0x91, 0x80, 17, 0, 98, 0}, dose.channelList());
        assertArrayEquals(new int[] {1, 0, 200, 7, 1, 0, 200, 15, 1, 0, 200, 15}, dose.start());
        assertEquals(20, dose.groups());
        // 40 pulses on channels 1 and 5, one group of four on channel 8.
        assertEquals(90, dose.delivered().get("pulses"));
        assertEquals((40 * 7 + 40 * 15 + 10 * 15) * 0.2, dose.delivered().get("chargeMicrocoulomb"), 1e-9);
        // The last group ends 10 ms + 2 slots after it began; the next would come after 50 ms.
        assertEquals(19 * 50_000_000L + 31_500_000, dose.stopAfterNanos());
    }

    @Test
    void whatABurstThatEndsLateGaveBesidesIsCounted() {
        Dose dose = Dose.of(burst(Map.of()), Pattern.single(1)); // 40 pulses, one every 25 ms, 3 µC each
        assertEquals(Map.of(), dose.beyond(0.2)); // cut short
        assertEquals(Map.of(), dose.beyond(0.99 + 0.02)); // in time, with the answer
        Map<String, Double> beyond = dose.beyond(2.0 + 0.02);
        // At 2 s sharp the 81st may have come.
        assertEquals(41, beyond.get("pulses"));
        assertEquals(41 * 3.0, beyond.get("chargeMicrocoulomb"), 1e-9);
        assertEquals(41 * 0.025, beyond.get("seconds"), 1e-9);
    }

    @Test
    void highestFrequencyLeavesRoomForEveryPulse() {
        assertEquals(125, Pattern.single(1).highestFrequency());
        assertEquals(40, Pattern.of(parameters(Map.of("channels", all()))).highestFrequency());
        Pattern triplets = Pattern.of(parameters(Map.of("pulsesPerGroup", 3L)));
        assertEquals(3000 / 17.5, triplets.highestFrequency(), 1e-9);
        Pattern tripletsOfAll =
                Pattern.of(parameters(Map.of("channels", all(), "pulsesPerGroup", 3L, "groupInterval", 0.012)));
        assertEquals(3000 / 36.0, tripletsOfAll.highestFrequency(), 1e-9);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Map<String, Object> twice = Map.of("channels", List.of(channel(2), channel(2)));
        assertThrows(IllegalArgumentException.class, () -> Pattern.of(parameters(twice)));
        Map<String, Object> tight = Map.of("channels", all(), "pulsesPerGroup", 2L);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Pattern.of(parameters(tight)))
                .getMessage()
                .contains("too short for 8 channels"));
    }

    @Test
    void commandNamesItsChannelWhereThatIsAgreed() {
        Limits limits =
                Limits.of(parameters(Map.of("channels", List.of(channel(2), channel(7)), "channelPerCommand", true)));
        assertEquals(
                "channel", limits.ports().actions().get(1).arguments().get(2).name());
        assertTrue(limits.refusal(burst(Map.of())).orElseThrow().contains("lacks"));
        assertEquals(Optional.empty(), limits.refusal(burst(Map.of("channel", 7.0))));
        assertTrue(limits.refusal(burst(Map.of("channel", 3.0))).isPresent());
        assertTrue(limits.refusal(burst(Map.of("channel", 2.5))).isPresent());
        assertEquals(
                0x40, Dose.of(burst(Map.of("channel", 7.0)), limits.pattern()).channelList()[1]);
        Command pulse = new Command(
                "p", "tens", "pulse", Map.of("amplitude", 10.0, "pulseWidth", 200.0, "channel", 2.0), 0, "t");
        assertEquals(Optional.empty(), limits.refusal(pulse));
        assertArrayEquals(
                new int[] {1, 0, 200, 10}, Dose.of(pulse, limits.pattern()).singlePulse());
    }

    /** The gate judges by it; what the stimulator is told is the same. */
    @Test
    void commandNamesTheAreaWhereThatIsAgreed() {
        Limits without = Limits.of(parameters(Map.of()));
        Limits with = Limits.of(parameters(Map.of("areaPerCommand", true)));
        assertTrue(without.refusal(burst(Map.of("area", 25.0))).isPresent());
        assertTrue(with.refusal(burst(Map.of())).orElseThrow().contains("lacks its argument 'area'"));
        assertTrue(with.refusal(burst(Map.of("area", 0.0))).isPresent());
        assertEquals(Optional.empty(), with.refusal(burst(Map.of("area", 25.0))));
        assertArrayEquals(
                Dose.of(burst(Map.of()), without.pattern()).start(),
                Dose.of(burst(Map.of("area", 25.0)), with.pattern()).start());
    }
}
