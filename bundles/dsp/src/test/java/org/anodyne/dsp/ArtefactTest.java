package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.anodyne.dsp.artefact.ArtefactDetector;
import org.anodyne.dsp.artefact.ArtefactKind;
import org.anodyne.dsp.artefact.ArtefactSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Artefacts put into real recordings at known places, one every ten seconds, the kinds in turn. */
class ArtefactTest {
    private static final double RATE = 125;
    private static final double FIRST = 20;
    private static final double EVERY = 10;
    /** Where an amplifier would end that takes all the blinks put in. */
    private static final double RAIL = 4000;

    private static final ArtefactKind[] KINDS = ArtefactKind.values();

    private record Mark(ArtefactKind kind, double from, double to) {}

    /** Puts one artefact of this kind in at a time; sizes are those of the signal's standard deviation. */
    private static void put(double[] x, ArtefactKind kind, double at, double deviation) {
        int from = (int) (at * RATE);
        double[] noise = Signals.noise(200, from);
        double level = x[from];
        for (int i = 0; i < 125; i++) {
            double t = i / RATE;
            x[from + i] = switch (kind) {
                case BLINK -> x[from + i] + 8 * deviation * Math.exp(-Math.pow((t - 0.3) / 0.08, 2) / 2);
                case MUSCLE -> x[from + i] + 6 * deviation * noise[i];
                case FLAT -> level;
                case CLIP -> i < 25 ? RAIL : x[from + i];
                case MOVEMENT -> x[from + i];
            };
        }
        if (kind == ArtefactKind.MOVEMENT) {
            // Up within 0.3 s, and back within five.
            for (int i = 0; i < 5 * RATE; i++) {
                double t = i / RATE;
                x[from + i] += 8 * deviation * Math.min(1, t / 0.3) * (1 - t / 5);
            }
        }
    }

    private static List<Mark> marks(double[] x) {
        ArtefactDetector detector = new ArtefactDetector(ArtefactSettings.of(RATE));
        List<Mark> marks = new ArrayList<>();
        int before = 0;
        for (double value : x) {
            int now = detector.add(value);
            for (ArtefactKind kind : KINDS) {
                if ((before & kind.bit()) != 0 && (now & kind.bit()) == 0) {
                    marks.add(new Mark(kind, detector.since(kind) / RATE, detector.samples() / RATE));
                }
            }
            before = now;
        }
        return marks;
    }

    /**
     * Sensitivity is the share of what was put in; of the marks elsewhere some are the recording's own disturbances, which nobody has
     * marked, so the bound is what was measured once.
     */
    @ParameterizedTest
    @CsvSource({"eeg_ec.txt, 2.8", "eeg_eo.txt, 0.3"})
    void artefactsOfKnownPlaceInARealRecording(String file, double mostElsewhere) throws IOException {
        double[] x = Signals.recording(file);
        double deviation = Descriptive.standardDeviation(x);
        Map<ArtefactKind, List<Double>> places = new EnumMap<>(ArtefactKind.class);
        int turn = 0;
        for (double at = FIRST; at < x.length / RATE - 5; at += EVERY) {
            ArtefactKind kind = KINDS[turn++ % KINDS.length];
            put(x, kind, at, deviation);
            places.computeIfAbsent(kind, k -> new ArrayList<>()).add(at);
        }
        List<Mark> found = marks(x);
        for (ArtefactKind kind : KINDS) {
            for (double at : places.get(kind)) {
                assertTrue(
                        found.stream().anyMatch(m -> m.kind() == kind && m.from() < at + 1.2 && m.to() > at - 0.1),
                        kind + " at " + at + " s was missed");
            }
        }
        long elsewhere = found.stream()
                .filter(m -> places.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(at -> m.from() < at + 6 && m.to() > at - 0.2))
                .count();
        double perMinute = elsewhere / (x.length / RATE / 60);
        assertTrue(perMinute <= mostElsewhere, "marks elsewhere per minute: " + perMinute);
    }

    /** The recordings leave their converter's range (0 and about 1010) by themselves; nothing else may be called so. */
    @ParameterizedTest
    @ValueSource(strings = {"eeg_ec.txt", "eeg_eo.txt"})
    void clippingIsAtTheRailsAlone(String file) throws IOException {
        double[] x = Signals.recording(file);
        List<Mark> clipped =
                marks(x).stream().filter(m -> m.kind() == ArtefactKind.CLIP).toList();
        assertTrue(clipped.size() > 20, clipped.size() + " stretches");
        for (Mark mark : clipped) {
            double value = x[(int) Math.round(mark.from() * RATE)];
            assertTrue(value <= 1 || value >= 985, "at " + mark.from() + " s: " + value);
        }
    }

    /**
     * MNE finds each blink that was put in at its peak, 0.3 s after its place (src/test/oracle/blinks.py); here two of 50
     * are missed, and the others are told at most 0.15 s later.
     */
    @ParameterizedTest
    @CsvSource({"eeg_ec.txt, 28, 28", "eeg_eo.txt, 22, 20"})
    void blinksAreWhereMneFindsThem(String file, int blinks, int least) throws IOException {
        double[] x = Signals.recording(file);
        double deviation = Descriptive.standardDeviation(x);
        List<Double> places = new ArrayList<>();
        for (double at = FIRST; at < (int) (x.length / RATE) - 5; at += EVERY) {
            put(x, ArtefactKind.BLINK, at, deviation);
            places.add(at + 0.3);
        }
        assertEquals(blinks, places.size());
        List<Mark> found =
                marks(x).stream().filter(m -> m.kind() == ArtefactKind.BLINK).toList();
        long told = places.stream()
                .filter(peak -> found.stream().anyMatch(m -> m.from() < peak + 0.15 && m.to() > peak))
                .count();
        assertTrue(told >= least, "told of " + told + " of " + blinks);
    }

    @Test
    void quietNoiseIsClean() {
        double[] x = Signals.noise(30_000, 5);
        assertEquals(List.of(), marks(x));
    }

    @Test
    void deadChannelIsFlatFromTheBeginningAndSoIsAMissingOne() {
        for (double value : new double[] {0, 512, Double.NaN}) {
            ArtefactDetector detector = new ArtefactDetector(ArtefactSettings.of(250));
            int now = 0;
            for (int i = 0; i < 5000; i++) {
                now = detector.add(value);
                if (i == 200) {
                    assertEquals(ArtefactKind.FLAT.bit(), now, "of " + value);
                    assertEquals(0, detector.since(ArtefactKind.FLAT));
                }
            }
            assertTrue((now & ArtefactKind.FLAT.bit()) != 0, "of " + value);
        }
    }

    @Test
    void successorGoesOnBitForBit() {
        double[] x = Signals.noise(6000, 6);
        for (int i = 3000; i < 3100; i++) {
            x[i] += 20;
        }
        ArtefactSettings settings = new ArtefactSettings(RATE, 5, 5, 3, 3, 0.02);
        ArtefactDetector whole = new ArtefactDetector(settings);
        ArtefactDetector part = new ArtefactDetector(settings);
        int seen = 0;
        for (int i = 0; i < x.length; i++) {
            if (i % 397 == 0) {
                ArtefactDetector next = new ArtefactDetector(settings);
                next.restore(part.state());
                part = next;
            }
            int now = whole.add(x[i]);
            assertEquals(now, part.add(x[i]));
            seen |= now;
        }
        assertTrue(seen != 0);
        assertArrayEquals(whole.state(), part.state());
        byte[] state = whole.state();
        ArtefactDetector other = new ArtefactDetector(ArtefactSettings.of(RATE));
        assertThrows(StateException.class, () -> other.restore(state));
        byte[] shorter = Arrays.copyOf(state, state.length - 1);
        assertThrows(StateException.class, () -> whole.restore(shorter));
        assertArrayEquals(state, whole.state(), "what is refused changes nothing");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ArtefactSettings.of(20));
        assertThrows(IllegalArgumentException.class, () -> new ArtefactSettings(250, 10, 5, 1, 3, 0.02));
        assertThrows(IllegalArgumentException.class, () -> new ArtefactSettings(250, 0, 5, 3, 3, 0.02));
    }
}
