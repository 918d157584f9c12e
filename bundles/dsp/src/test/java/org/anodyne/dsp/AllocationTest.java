package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.anodyne.dsp.artefact.ArtefactDetector;
import org.anodyne.dsp.artefact.ArtefactSettings;
import org.anodyne.dsp.connectivity.EpochConnectivity;
import org.anodyne.dsp.spatial.Reference;
import org.junit.jupiter.api.Test;

/** What runs block by block over 64 channels allocates nothing once it runs: no collection of garbage comes in between. */
class AllocationTest {
    private static final int CHANNELS = 64;
    private static final int LENGTH = 20;

    private static double[] block() {
        return Signals.noise(CHANNELS * LENGTH, 3);
    }

    @Test
    void theCountSeesWhatIsAllocated() {
        Object[] kept = new Object[1];
        assertThrows(
                AssertionError.class, () -> Allocation.isNothing("an array a block", () -> kept[0] = new double[4]));
    }

    @Test
    void filters() {
        double[] x = block();
        SosBank bank = new SosBank(Butterworth.bandPass(4, 1, 40, 1000), CHANNELS);
        Allocation.isNothing("filter of all channels", () -> bank.filter(x, LENGTH));
        SosFilter one = Butterworth.notch(50, 30, 1000).filter();
        FirFilter finite = Fir.lowPass(101, 40, 1000, Window.HAMMING).filter();
        Allocation.isNothing("filters of one channel", () -> {
            for (int i = 0; i < LENGTH; i++) {
                x[i] = finite.next(one.next(x[i]));
            }
        });
    }

    @Test
    void references() {
        double[] x = block();
        Reference average = Reference.average(CHANNELS);
        int[][] neighbours = new int[CHANNELS][];
        for (int c = 0; c < CHANNELS; c++) {
            neighbours[c] = new int[] {(c + 1) % CHANNELS, (c + CHANNELS - 1) % CHANNELS};
        }
        Reference laplacian = Reference.laplacian(neighbours);
        Allocation.isNothing("average reference", () -> average.apply(x, LENGTH));
        Allocation.isNothing("Laplacian", () -> laplacian.apply(x, LENGTH));
    }

    @Test
    void bandPowers() {
        double[] x = block();
        double[][] bands = {{1, 4}, {4, 8}, {8, 13}, {13, 30}, {30, 45}};
        double[] out = new double[CHANNELS * bands.length];
        // A power of two and another length, which are transformed in different ways.
        for (int window : new int[] {1024, 1000}) {
            BandPowerBank bank = new BandPowerBank(1000, CHANNELS, window, Window.HANN, bands);
            Allocation.isNothing("band powers over " + window, () -> {
                bank.add(x, LENGTH);
                bank.powers(out);
            });
        }
    }

    @Test
    void resampling() {
        double[] x = block();
        PolyphaseStream stream = Polyphase.of(1, 4).stream();
        double[] out = new double[stream.room(LENGTH)];
        Allocation.isNothing("resampling", () -> stream.add(x, LENGTH, out));
    }

    @Test
    void welchWithItsSegmentsAndASlidingSpectrum() {
        double[] x = block();
        WelchAccumulator welch = new WelchAccumulator(1000, 200, 100);
        Allocation.isNothing("Welch, six segments a block", () -> welch.add(x, 0, 600));
        assertTrue(welch.averaged() > 600, "only " + welch.averaged() + " segments were averaged");
        SlidingSpectrum sliding = new SlidingSpectrum(1000, 1000);
        double[] sum = new double[sliding.bins()];
        Spectrum view = Spectrum.view(1000, 1000, 1, sum);
        double[] kept = new double[2];
        Allocation.isNothing("density, band and peak of a sliding spectrum", () -> {
            sliding.add(x);
            Arrays.fill(sum, 0);
            sliding.addTo(sum);
            kept[0] = Bands.simpson(view, 8, 13);
            kept[1] = AlphaPeak.frequencyOrNaN(view, 2, 45);
        });
        assertTrue(kept[0] > 0, "no power was computed");
    }

    @Test
    void artefacts() {
        ArtefactDetector detector = new ArtefactDetector(ArtefactSettings.of(250));
        double[] x = Signals.noise(250, 5);
        // A blink, a clipped and a still stretch in each block, so that every rule is at work.
        for (int i = 0; i < 25; i++) {
            x[40 + i] += 30 * Math.sin(Math.PI * i / 25);
        }
        Arrays.fill(x, 100, 120, 50);
        Arrays.fill(x, 120, 250, 0.5);
        int[] seen = new int[1];
        Allocation.isNothing("artefacts", () -> {
            for (double value : x) {
                seen[0] |= detector.add(value);
            }
        });
        assertTrue(detector.learnt() && seen[0] != 0, "nothing was found, so the rules were not at work");
    }

    @Test
    void skinConductanceWithoutAResponse() {
        ScrDetector detector = new ScrDetector(ScrSettings.of(100, 0.01));
        SplittableRandom random = new SplittableRandom(2);
        double[] x = new double[100];
        for (int i = 0; i < x.length; i++) {
            x[i] = 5 + 1e-4 * random.nextDouble();
        }
        boolean[] response = new boolean[1];
        Allocation.isNothing("skin conductance", () -> {
            for (double value : x) {
                response[0] |= detector.add(value).isPresent();
            }
        });
    }

    @Test
    void connectivity() {
        int[] from = {0, 1, 2, 3};
        int[] to = {4, 5, 6, 7};
        EpochConnectivity measure = new EpochConnectivity(250, 250, 8, Window.HANN, from, to);
        double[][] epoch = new double[8][];
        for (int c = 0; c < epoch.length; c++) {
            epoch[c] = Signals.noise(250, 10 + c);
        }
        Allocation.isNothing("an epoch of eight channels", () -> measure.add(epoch));
        assertTrue(measure.epochs() > 100, "only " + measure.epochs() + " epochs were taken");
    }
}
