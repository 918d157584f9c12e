package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anodyne.dsp.StateException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming: independence of block sizes, and hand-over of the whole memory at any sample. */
class StreamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 125, 499, 5000})
    void streamedWelchHasTheBitsOfTheWhole(int block) {
        double[] x = Signals.eeg();
        WelchAccumulator accumulator = new WelchAccumulator(125, 500, 250);
        for (int at = 0; at < x.length; at += block) {
            accumulator.add(x, at, Math.min(block, x.length - at));
        }
        bits(Welch.psd(x, 125, 500, 250), accumulator.spectrum().orElseThrow());
        assertEquals(19, accumulator.averaged());
    }

    @Test
    void streamedWelchOfARecordingHasTheBitsOfTheWhole() throws Exception {
        double[] x = Signals.recording("eeg_ec.txt");
        WelchAccumulator accumulator = new WelchAccumulator(125, 500, 250);
        for (int at = 0; at < x.length; at += 32) {
            accumulator.add(x, at, Math.min(32, x.length - at));
        }
        bits(Welch.psd(x, 125, 500, 250), accumulator.spectrum().orElseThrow());
    }

    @Test
    void slidingSpectrumIsThatOfTheNewestSamples() {
        double[] x = Signals.eeg();
        SlidingSpectrum sliding = new SlidingSpectrum(125, 500);
        for (int i = 0; i < x.length; i++) {
            assertEquals(i >= 500, sliding.ready());
            sliding.add(x[i]);
            if (i % 333 == 332 && i >= 499) {
                double[] newest = Arrays.copyOfRange(x, i - 499, i + 1);
                bits(Welch.psd(newest, 125, 500, 0), sliding.spectrum().orElseThrow());
            }
        }
    }

    @Test
    void handedOverWelchContinuesBitForBit() {
        handOver(() -> new WelchAccumulator(125, 101, 60), Signals.eeg(), (accumulator, x) -> {
            accumulator.add(x);
            return accumulator
                    .spectrum()
                    .map(s -> Arrays.toString(s.densities()))
                    .orElse("");
        });
    }

    @Test
    void handedOverSlidingSpectrumContinuesBitForBit() {
        handOver(() -> new SlidingSpectrum(125, 100), Signals.eeg(), (sliding, x) -> {
            sliding.add(x);
            return sliding.spectrum().map(s -> Arrays.toString(s.densities())).orElse("");
        });
    }

    @Test
    void handedOverFilterContinuesBitForBit() {
        Sos design = Butterworth.bandPass(4, 8, 13, 125);
        handOver(design::filter, Signals.eeg(), SosFilter::next);
    }

    @Test
    void handedOverFiniteFilterContinuesBitForBit() {
        Fir design = Fir.lowPass(40, 13, 125, Window.HAMMING);
        handOver(design::filter, Signals.eeg(), FirFilter::next);
    }

    @Test
    void handedOverBankContinuesBitForBit() {
        Sos design = Butterworth.bandPass(4, 8, 13, 125);
        handOver(() -> new SosBank(design, 2), Signals.eeg(), (bank, x) -> {
            double[] block = {x, 2 * x - 1};
            bank.filter(block, 1);
            return Arrays.toString(block);
        });
    }

    @Test
    void handedOverBandPowersContinueBitForBit() {
        handOver(
                () -> new BandPowerBank(125, 2, 100, Window.HANN, new double[] {8, 13}),
                Signals.noise(1500, 3),
                (bank, x) -> {
                    bank.add(new double[] {x, 2 * x - 1}, 1);
                    double[] out = new double[2];
                    return bank.powers(out) + Arrays.toString(out);
                });
    }

    @Test
    void handedOverBaselineContinuesBitForBit() {
        handOver(RunningStats::new, Signals.eeg(), (stats, x) -> {
            stats.add(x);
            return stats.zScore(1.5);
        });
    }

    @Test
    void handedOverSkinConductanceDetectorContinuesBitForBit() {
        handOver(
                () -> new ScrDetector(ScrSettings.of(100, 0.01)),
                Signals.eda(),
                (detector, x) -> detector.add(x) + " " + detector.tonic());
    }

    private interface Step<T> {
        Object feed(T stream, double sample);
    }

    /** One instance sees everything; the other is replaced every 97 samples by a new one that is only given the bytes. */
    private static <T extends Resumable> void handOver(Supplier<T> maker, double[] x, Step<T> step) {
        T whole = maker.get();
        T part = maker.get();
        for (int i = 0; i < x.length; i++) {
            if (i % 97 == 50) {
                T next = maker.get();
                next.restore(part.state());
                assertArrayEquals(part.state(), next.state());
                part = next;
            }
            assertEquals(step.feed(whole, x[i]), step.feed(part, x[i]), "at sample " + i);
        }
        assertArrayEquals(whole.state(), part.state());
    }

    @Test
    void everyResetIsAsGoodAsNew() {
        reset(
                new WelchAccumulator(125, 50, 10),
                new WelchAccumulator(125, 50, 10),
                w -> w::add,
                WelchAccumulator::reset);
        reset(new SlidingSpectrum(125, 50), new SlidingSpectrum(125, 50), w -> w::add, SlidingSpectrum::reset);
        reset(new RunningStats(), new RunningStats(), w -> w::add, RunningStats::reset);
        reset(
                new BandPowerBank(125, 1, 50, Window.HANN, new double[] {8, 20}),
                new BandPowerBank(125, 1, 50, Window.HANN, new double[] {8, 20}),
                bank -> x -> bank.add(new double[] {x}, 1),
                BandPowerBank::reset);
        Sos design = Butterworth.lowPass(3, 10, 125);
        reset(design.filter(), design.filter(), f -> f::next, SosFilter::reset);
        reset(
                new SosBank(design, 1),
                new SosBank(design, 1),
                bank -> x -> bank.filter(new double[] {x}, 1),
                SosBank::reset);
        Fir fir = Fir.lowPass(40, 13, 125, Window.HAMMING);
        reset(fir.filter(), fir.filter(), f -> f::next, FirFilter::reset);
        ScrSettings settings = ScrSettings.of(100, 0.01);
        reset(new ScrDetector(settings), new ScrDetector(settings), d -> d::add, ScrDetector::reset);
    }

    private static <T extends Resumable> void reset(
            T used,
            T fresh,
            Function<T, java.util.function.DoubleConsumer> feeder,
            java.util.function.Consumer<T> reset) {
        for (double x : Signals.eda()) {
            feeder.apply(used).accept(x);
        }
        reset.accept(used);
        assertArrayEquals(fresh.state(), used.state(), used.getClass().getSimpleName());
    }

    @Test
    void aForeignOrDamagedStateIsRefusedAndChangesNothing() {
        List<Supplier<Resumable>> makers = List.of(
                () -> new WelchAccumulator(125, 50, 10),
                () -> new SlidingSpectrum(125, 50),
                RunningStats::new,
                () -> Butterworth.lowPass(3, 10, 125).filter(),
                () -> Fir.lowPass(9, 13, 125, Window.HAMMING).filter(),
                () -> new SosBank(Butterworth.lowPass(3, 10, 125), 2),
                () -> new BandPowerBank(125, 1, 50, Window.HANN, new double[] {8, 20}),
                () -> new ScrDetector(ScrSettings.of(100, 0.01)));
        for (int i = 0; i < makers.size(); i++) {
            Resumable own = makers.get(i).get();
            byte[] before = own.state();
            byte[] foreign = makers.get((i + 1) % makers.size()).get().state();
            refuse(own, foreign, Reason.KIND);
            byte[] newer = before.clone();
            newer[7]++;
            refuse(own, newer, Reason.VERSION);
            refuse(own, Arrays.copyOf(before, before.length - 1), Reason.DAMAGED);
            refuse(own, Arrays.copyOf(before, before.length + 1), Reason.DAMAGED);
            refuse(own, new byte[0], Reason.DAMAGED);
            assertArrayEquals(before, own.state());
        }
    }

    @Test
    void aStateOfOtherSettingsIsRefused() {
        refuse(new WelchAccumulator(125, 50, 10), new WelchAccumulator(125, 50, 20).state(), Reason.SETTINGS);
        refuse(new WelchAccumulator(125, 50, 10), new WelchAccumulator(250, 50, 10).state(), Reason.SETTINGS);
        refuse(
                new WelchAccumulator(125, 50, 10),
                new WelchAccumulator(125, 50, 10, Window.HAMMING).state(),
                Reason.SETTINGS);
        refuse(new SlidingSpectrum(125, 50), new SlidingSpectrum(125, 50, Window.HAMMING).state(), Reason.SETTINGS);
        refuse(
                new BandPowerBank(125, 1, 50, Window.HANN, new double[] {8, 20}),
                new BandPowerBank(125, 1, 50, Window.HANN, new double[] {8, 25}).state(),
                Reason.SETTINGS);
        refuse(new SlidingSpectrum(125, 50), new SlidingSpectrum(125, 51).state(), Reason.SETTINGS);
        refuse(
                Butterworth.lowPass(3, 10, 125).filter(),
                Butterworth.lowPass(3, 11, 125).filter().state(),
                Reason.SETTINGS);
        refuse(
                Fir.lowPass(9, 13, 125, Window.HAMMING).filter(),
                Fir.lowPass(9, 13, 125, Window.HANN).filter().state(),
                Reason.SETTINGS);
        refuse(
                new SosBank(Butterworth.lowPass(3, 10, 125), 2),
                new SosBank(Butterworth.lowPass(3, 10, 125), 3).state(),
                Reason.SETTINGS);
        refuse(
                new ScrDetector(ScrSettings.of(100, 0.01)),
                new ScrDetector(ScrSettings.of(100, 0.02)).state(),
                Reason.SETTINGS);
    }

    private static void refuse(Resumable own, byte[] state, Reason reason) {
        StateException e = assertThrows(StateException.class, () -> own.restore(state));
        assertEquals(reason, e.reason(), e.getMessage());
    }

    @Test
    void aGapCostsWelchOnlyTheSegmentsThatHoldIt() {
        double[] x = Signals.eeg();
        x[1200] = Double.NaN;
        WelchAccumulator accumulator = new WelchAccumulator(125, 500, 250);
        accumulator.add(x);
        assertEquals(17, accumulator.averaged());
        assertEquals(2, accumulator.skipped());
        assertTrue(
                Arrays.stream(accumulator.spectrum().orElseThrow().densities()).allMatch(Double::isFinite));
    }

    @Test
    void aGapCostsTheSlidingSpectrumOnlyItsLength() {
        SlidingSpectrum sliding = new SlidingSpectrum(125, 10);
        sliding.add(new double[] {1, 2, 3, Double.POSITIVE_INFINITY});
        sliding.add(Signals.noise(9, 1));
        assertFalse(sliding.spectrum().isPresent());
        sliding.add(1);
        assertTrue(sliding.spectrum().isPresent());
    }

    @Test
    void aGapInSkinConductanceIsHeldAndCounted() {
        double[] x = Signals.eda();
        List<ScrEvent> clean = new ScrDetector(ScrSettings.of(100, 0.01)).add(x);
        Arrays.fill(x, 0, 30, Double.NaN);
        Arrays.fill(x, 8000, 8010, Double.NaN);
        ScrDetector detector = new ScrDetector(ScrSettings.of(100, 0.01));
        List<ScrEvent> events = new ArrayList<>(detector.add(x));
        assertEquals(40, detector.held());
        assertEquals(
                clean.stream().map(ScrEvent::peak).toList(),
                events.stream().map(ScrEvent::peak).toList());
    }

    private static void bits(Spectrum expected, Spectrum actual) {
        assertEquals(Arrays.toString(expected.densities()), Arrays.toString(actual.densities()));
    }
}
