package org.anodyne.dsp;

import java.util.Arrays;

/**
 * A running filter with a finite impulse response, sample by sample ({@code scipy.signal.lfilter(taps, 1, x)}). Causal, so it
 * delays. A sample that is not finite spoils the outputs of as many samples as there are taps. Allocates nothing per sample. One
 * thread at a time.
 */
public final class FirFilter implements Resumable {
    private static final int KIND = 0x46495246;
    private static final int VERSION = 1;
    private static final String NAME = "finite filter";

    private final Fir design;
    private final int taps;

    /** The newest samples twice, newest first from {@code newest}, so that they always lie in one piece. */
    private double[] history;

    private int newest;

    FirFilter(Fir design) {
        this.design = design;
        this.taps = design.size();
        this.history = new double[2 * taps];
    }

    public Fir design() {
        return design;
    }

    /** The next output for the next input. */
    public double next(double sample) {
        newest = newest == 0 ? taps - 1 : newest - 1;
        history[newest] = sample;
        history[newest + taps] = sample;
        double y = 0;
        for (int k = 0; k < taps; k++) {
            y += design.tap(k) * history[newest + k];
        }
        return y;
    }

    /** Filters a whole block into a new array. */
    public double[] filter(double[] samples) {
        double[] out = new double[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = next(samples[i]);
        }
        return out;
    }

    /** Sets the memory as if the given value had been the input for ever ({@code scipy.signal.lfilter_zi} times the value). */
    public void settle(double value) {
        Arrays.fill(history, value);
    }

    /** Forgets everything: as if the input had been 0 for ever. */
    public void reset() {
        settle(0);
        newest = 0;
    }

    @Override
    public byte[] state() {
        StateWriter out = new StateWriter(KIND, VERSION, 4 + 8 * taps + 8 * taps).putInt(taps);
        out.putDoubles(design.taps());
        return out.putDoubles(Arrays.copyOfRange(history, newest, newest + taps))
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a number of taps of", taps);
        for (int k = 0; k < taps; k++) {
            in.expect("a tap", design.tap(k));
        }
        double[] saved = in.getDoubles(taps);
        in.end();
        System.arraycopy(saved, 0, history, 0, taps);
        System.arraycopy(saved, 0, history, taps, taps);
        newest = 0;
    }
}
