package org.anodyne.bench.suite;

import java.util.Arrays;
import org.anodyne.dsp.BandPowerBank;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.SosBank;
import org.anodyne.dsp.Window;
import org.anodyne.dsp.spatial.Reference;

/**
 * The work of a live analysis of many channels, block by block: band-pass 1 to 45 Hz (Butterworth, 8 poles), notch at 50 Hz, average
 * reference, spectrum over the newest samples with a Hann window, power of five bands. {@code dsp_chain.py} does the same.
 */
final class DspChain {
    static final double[][] BANDS = {{1, 4}, {4, 8}, {8, 13}, {13, 30}, {30, 45}};

    private final int channels;
    private final SosBank band;
    private final SosBank notch;
    private final Reference average;
    private final BandPowerBank powers;
    private final double[] work;
    private final double[] out;

    DspChain(int channels, double rateHz, int block, int window) {
        this.channels = channels;
        this.band = new SosBank(Butterworth.bandPass(4, 1, 45, rateHz), channels);
        this.notch = new SosBank(Butterworth.notch(50, 30, rateHz), channels);
        this.average = Reference.average(channels);
        this.powers = new BandPowerBank(rateHz, channels, window, Window.HANN, BANDS);
        this.work = new double[channels * block];
        this.out = new double[channels * BANDS.length];
    }

    /** One block, of which {@code samples[from]} is the first value. */
    void block(float[] samples, int from) {
        for (int i = 0; i < work.length; i++) {
            work[i] = samples[from + i];
        }
        int length = work.length / channels;
        band.filter(work, length);
        notch.filter(work, length);
        average.apply(work, length);
        powers.add(work, length);
        powers.powers(out);
    }

    void reset() {
        band.reset();
        notch.reset();
        powers.reset();
        Arrays.fill(out, 0);
    }

    /** The powers after the newest block: all bands of the first channel first. */
    double[] powers() {
        return out.clone();
    }
}
