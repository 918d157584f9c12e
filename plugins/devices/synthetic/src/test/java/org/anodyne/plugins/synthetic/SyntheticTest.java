package org.anodyne.plugins.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.dsp.AlphaPeak;
import org.anodyne.dsp.Bands;
import org.anodyne.dsp.ScrDetector;
import org.anodyne.dsp.ScrSettings;
import org.anodyne.dsp.Spectrum;
import org.anodyne.dsp.Welch;
import org.anodyne.dsp.physio.BeatDetector;
import org.anodyne.dsp.physio.BreathDetector;
import org.anodyne.dsp.physio.HrvSpectrum;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class SyntheticTest {
    private static FakeContext context(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(SyntheticFactory.class).defaultsWith(parameters));
    }

    private static SignalSource prepared(FakeContext context) throws Exception {
        SignalSource source = (SignalSource) new SyntheticFactory().create(context);
        source.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(10)));
        return source;
    }

    /** All samples of a run of this many seconds. */
    private static float[] samples(Map<String, Object> parameters, double seconds) throws Exception {
        FakeContext context = context(parameters);
        try (SignalSource source = prepared(context)) {
            source.start();
            source.enterPhase(Phases.active("only", 0, 0, seconds));
            context.lane().advanceTo(Phases.nanos(seconds));
            float[] all = new float[0];
            for (SampleBlock block :
                    context.published().blocks(source.streams().get(0).name())) {
                int before = all.length;
                all = java.util.Arrays.copyOf(all, before + block.samples().length);
                System.arraycopy(block.samples(), 0, all, before, block.samples().length);
            }
            return all;
        }
    }

    private static double[] wide(float[] samples, double fromSeconds, double toSeconds, double rate) {
        double[] wide = new double[(int) ((toSeconds - fromSeconds) * rate)];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = samples[(int) (fromSeconds * rate) + i];
        }
        return wide;
    }

    @Test
    void isCalledSynthetic() throws Exception {
        try (SignalSource source = prepared(context(Map.of()))) {
            assertTrue(source.streams().get(0).synthetic());
        }
    }

    @Test
    void channelsAreNamedAsTheLabelsSay() throws Exception {
        Map<String, Object> named = Map.of("channels", 3L, "labels", java.util.List.of("C3", "C4"));
        try (SignalSource source = prepared(context(named))) {
            assertEquals(
                    java.util.List.of("C3", "C4", "EEG3"),
                    source.streams().get(0).channels().stream()
                            .map(c -> c.label())
                            .toList());
        }
    }

    @Test
    void samplesDoNotDependOnTheLengthOfBlocks() throws Exception {
        float[] small = samples(Map.of("channels", 2L, "block", 0.004), 8);
        float[] large = samples(Map.of("channels", 2L, "block", 0.5), 8);
        assertArrayEquals(small, large);
        assertEquals(2 * 8 * 250, large.length);
    }

    @Test
    void alphaIsStrongWhenCalmAndWeakWhenAroused() throws Exception {
        float[] eeg = samples(Map.of("episode", 30.0), 60);
        Spectrum calm = Welch.psd(wide(eeg, 2, 28, 250), 250, 1000, 500);
        Spectrum aroused = Welch.psd(wide(eeg, 34, 58, 250), 250, 1000, 500);
        assertEquals(10, AlphaPeak.find(calm).orElseThrow().frequency(), 0.25);
        double calmShare = Bands.relative(calm, 8, 13, 1, 45).orElseThrow();
        double arousedShare = Bands.relative(aroused, 8, 13, 1, 45).orElseThrow();
        assertTrue(calmShare > 0.6, "calm " + calmShare);
        assertTrue(arousedShare < calmShare / 1.5, "aroused " + arousedShare + ", calm " + calmShare);
    }

    @Test
    void noiseFallsWithFrequencyAndHasTheStatedSize() throws Exception {
        float[] eeg = samples(Map.of("alphaAmplitude", 0.0), 240);
        double[] wide = wide(eeg, 0, 240, 250);
        double squares = 0;
        for (double value : wide) {
            squares += value * value;
        }
        assertEquals(10, Math.sqrt(squares / wide.length), 2);
        Spectrum spectrum = Welch.psd(wide, 250, 1000, 500);
        double low = Bands.simpson(spectrum, 2, 4);
        double high = Bands.simpson(spectrum, 16, 32);
        assertTrue(low / high > 0.6 && low / high < 1.7, "power per octave differs: " + low + " and " + high);
    }

    @Test
    void responsesComeMostlyWhenAroused() throws Exception {
        float[] eda = samples(Map.of("kind", "eda", "rate", 50.0, "episode", 60.0), 240);
        ScrDetector detector = new ScrDetector(ScrSettings.of(50, 0.05));
        int calm = 0;
        int aroused = 0;
        for (float value : eda) {
            var response = detector.add(value);
            if (response.isPresent()) {
                if ((long) (response.get().onset() / 60) % 2 == 1) {
                    aroused++;
                } else {
                    calm++;
                }
            }
        }
        assertTrue(aroused >= 15, "only " + aroused + " responses when aroused");
        assertTrue(calm < aroused / 2, calm + " responses when calm, " + aroused + " when aroused");
    }

    @Test
    void levelStaysWithinItsDrift() throws Exception {
        for (float value : samples(Map.of("kind", "eda", "rate", 20.0, "responseAmplitude", 0.0), 600)) {
            assertEquals(5, value, 0.51);
        }
    }

    @Test
    void successorGoesOnWithTheSameSamplesAndTimes() throws Exception {
        FakeContext whole = context(Map.of());
        try (SignalSource source = prepared(whole)) {
            source.start();
            source.enterPhase(Phases.active("only", 0, 1, 9));
            whole.lane().advanceTo(Phases.nanos(9));
        }
        FakeContext context = context(Map.of());
        SignalSource old = prepared(context);
        old.start();
        old.enterPhase(Phases.active("only", 0, 1, 9));
        context.lane().advanceTo(Phases.nanos(4.1));
        HandOver handOver = old.drain(Deadline.in(Duration.ofSeconds(1))).orElseThrow();
        old.close();
        try (SignalSource successor = prepared(context)) {
            assertTrue(successor.takeOver(handOver));
            successor.start();
            successor.enterPhase(Phases.active("only", 0, 1, 9));
            context.lane().advanceTo(Phases.nanos(9));
        }
        assertEquals(whole.published().bits(), context.published().bits());
    }

    @Test
    void stopWithinAPhaseMarksTheGap() throws Exception {
        FakeContext context = context(Map.of());
        try (SignalSource source = prepared(context)) {
            source.start();
            source.enterPhase(Phases.active("only", 0, 0, 20));
            context.lane().advanceTo(Phases.nanos(2));
            source.pause();
            context.lane().advanceTo(Phases.nanos(5));
            source.resume();
            context.lane().advanceTo(Phases.nanos(6));
        }
        var gap = context.published().events("gap").get(0);
        assertEquals(Phases.nanos(2), gap.attributes().get("fromNanos"));
        assertEquals(Phases.nanos(5), gap.attributes().get("toNanos"));
        assertEquals(Phases.nanos(5), context.published().blocks("eeg").get(50).startNanos());
    }

    @Test
    void recordingIsRefused() {
        PluginInstance source = new SyntheticFactory().create(context(Map.of()).with("some.edf"));
        assertThrows(PluginException.class, () -> source.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(1))));
    }

    @Test
    void streamIsNamedBeforePreparation() {
        var ports = new SyntheticFactory()
                .ports(new Parameters(Schema.of(SyntheticFactory.class).defaultsWith(Map.of("kind", "eda"))));
        assertEquals(java.util.List.of("eda"), ports.streams());
    }

    /** Times of the beats in a minute-long or longer ECG. */
    private static List<Double> beats(float[] ecg, double rate) {
        BeatDetector detector = new BeatDetector(rate);
        List<Double> beats = new ArrayList<>();
        for (float value : ecg) {
            if (detector.add(value)) {
                beats.add(detector.beat());
            }
        }
        return beats;
    }

    private static HrvSpectrum rhythm(List<Double> beats) {
        double[] times = new double[beats.size() - 1];
        double[] intervals = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = beats.get(i + 1);
            intervals[i] = beats.get(i + 1) - beats.get(i);
        }
        return HrvSpectrum.of(times, intervals);
    }

    private static Map<String, Object> ecg(double breaths, Object... more) {
        Map<String, Object> all = new HashMap<>(
                Map.of("kind", "ecg", "breathsPerMinute", List.of(breaths), "episode", 3000.0, "rate", 250.0));
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void heartBeatsAtItsRateAndBreathes() throws Exception {
        List<Double> beats = beats(samples(ecg(6), 120), 250);
        assertEquals(66, 60 * (beats.size() - 1) / (beats.get(beats.size() - 1) - beats.get(0)), 3);
        assertEquals(0.1, rhythm(beats).peak(), 0.005);
        assertTrue(rhythm(beats).coherence() > 0.7, "coherence " + rhythm(beats).coherence());
    }

    @Test
    void sinusArrhythmiaIsLargestAtTheResonance() throws Exception {
        double[] size = new double[5];
        double[] paces = {4.5, 5, 5.5, 6, 6.5};
        for (int i = 0; i < paces.length; i++) {
            size[i] = rhythm(beats(samples(ecg(paces[i], "resonance", 5.5), 120), 250))
                    .peakAmplitude();
        }
        for (int i = 0; i < paces.length; i++) {
            assertTrue(size[2] >= size[i], paces[i] + ": " + Arrays.toString(size));
        }
        double fast = rhythm(beats(samples(ecg(15), 120), 250)).peakAmplitude();
        assertTrue(fast < size[2] / 2, "at 15 a minute " + fast + ", at the resonance " + size[2]);
    }

    @Test
    void beltBreathesAtTheRatesOfItsSpans() throws Exception {
        float[] resp = samples(
                Map.of("kind", "resp", "rate", 50.0, "episode", 60.0, "breathsPerMinute", List.of(6.0, 15.0)), 240);
        BreathDetector detector = new BreathDetector(50);
        int[] breaths = new int[4];
        for (int i = 0; i < resp.length; i++) {
            if (detector.add(resp[i])) {
                breaths[(int) (detector.onset() / 60)]++;
            }
        }
        assertEquals(6, breaths[2], 1);
        assertEquals(15, breaths[1], 1);
        assertEquals(15, breaths[3], 1);
    }

    @Test
    void musclesAreTenseWhenAroused() throws Exception {
        float[] emg = samples(Map.of("kind", "emg", "rate", 1000.0, "episode", 10.0), 20);
        assertEquals(3, rms(emg, 1000, 9000), 0.6);
        assertEquals(20, rms(emg, 12_000, 19_000), 4);
    }

    private static double rms(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * (double) samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    @Test
    void heartbeatsDoNotDependOnTheLengthOfBlocks() throws Exception {
        for (String kind : List.of("ecg", "resp", "emg")) {
            Map<String, Object> small = Map.of("kind", kind, "block", 0.004);
            assertArrayEquals(samples(small, 10), samples(Map.of("kind", kind, "block", 0.5), 10), kind);
        }
    }
}
