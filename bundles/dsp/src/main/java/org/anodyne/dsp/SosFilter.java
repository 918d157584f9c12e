package org.anodyne.dsp;

import java.util.Arrays;

/**
 * A running filter, sample by sample: transposed direct form II, the arithmetic of scipy.signal.sosfilt. Causal, so it delays. A
 * sample that is not finite makes this and every later output NaN, as in scipy: keep gaps out or {@link #reset()}. One thread at a
 * time.
 */
public final class SosFilter implements Resumable {
    private static final int KIND = 0x534F5346;
    private static final int VERSION = 1;
    private static final String NAME = "filter";

    private final Sos design;
    private double[] memory;

    SosFilter(Sos design) {
        this.design = design;
        this.memory = new double[2 * design.size()];
    }

    public Sos design() {
        return design;
    }

    /** The next output for the next input. */
    public double next(double sample) {
        double x = sample;
        for (int s = 0; s < design.size(); s++) {
            double y = design.at(s, 0) * x + memory[2 * s];
            memory[2 * s] = design.at(s, 1) * x - design.at(s, 4) * y + memory[2 * s + 1];
            memory[2 * s + 1] = design.at(s, 2) * x - design.at(s, 5) * y;
            x = y;
        }
        return x;
    }

    /** Filters a whole block into a new array. */
    public double[] filter(double[] samples) {
        double[] out = new double[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = next(samples[i]);
        }
        return out;
    }

    /**
     * Sets the memory as if the given value had been the input for ever, so that a signal with a large offset starts without a
     * transient (scipy.signal.sosfilt_zi times the value).
     */
    public void settle(double value) {
        double x = value;
        for (int s = 0; s < design.size(); s++) {
            double gain =
                    (design.at(s, 0) + design.at(s, 1) + design.at(s, 2)) / (1 + design.at(s, 4) + design.at(s, 5));
            double y = gain * x;
            memory[2 * s + 1] = design.at(s, 2) * x - design.at(s, 5) * y;
            memory[2 * s] = design.at(s, 1) * x - design.at(s, 4) * y + memory[2 * s + 1];
            x = y;
        }
    }

    /** Forgets everything: as if the input had been 0 for ever. */
    public void reset() {
        Arrays.fill(memory, 0);
    }

    @Override
    public byte[] state() {
        StateWriter out = new StateWriter(KIND, VERSION, 4 + 8 * (6 + 2) * design.size()).putInt(design.size());
        for (int s = 0; s < design.size(); s++) {
            out.putDoubles(design.section(s));
        }
        return out.putDoubles(memory).bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a number of sections of", design.size());
        for (int s = 0; s < design.size(); s++) {
            for (int c = 0; c < 6; c++) {
                in.expect("a coefficient", design.at(s, c));
            }
        }
        double[] saved = in.getDoubles(memory.length);
        in.end();
        memory = saved;
    }
}
