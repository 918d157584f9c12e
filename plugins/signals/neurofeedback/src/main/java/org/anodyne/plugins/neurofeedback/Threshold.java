package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.anodyne.dsp.RunningStats;

/**
 * The threshold of one target as its rule has it, before it is made easier or harder. A part is 0.5 at the threshold, and 1
 * as far beyond it in the trained direction as {@code scale} says.
 */
final class Threshold {
    /** Of a percentile: fewer values, or a shorter time, tell too little. Engineering default. */
    private static final int FEWEST = 8;

    private final Settings.Target target;
    private final double spread;
    private final RunningWindow window;
    private final RunningStats baseline = new RunningStats();
    private double value = Double.NaN;
    private double scale = Double.NaN;

    Threshold(Settings.Target target, double spread) {
        this.target = target;
        this.spread = spread;
        this.window = new RunningWindow(target.rule() instanceof Rule.Running r ? r.overNanos() : 0);
        if (target.rule() instanceof Rule.Fixed f) {
            value = judged(f.value());
            scale = judged(f.value() + f.range()) - value;
        }
    }

    /** What is judged of a value: itself, or its logarithm; NaN where there is none. */
    private double judged(double x) {
        return !target.log() ? x : x > 0 ? StrictMath.log(x) : Double.NaN;
    }

    /** A phase begins; if it is the baseline, what was found before is forgotten. */
    void enter(String phase) {
        if (target.rule() instanceof Rule.Baseline b && b.phase().equals(phase)) {
            baseline.reset();
            value = Double.NaN;
            scale = Double.NaN;
        }
    }

    /**
     * A phase is over.
     *
     * @return whether it was the baseline of this threshold
     */
    boolean leave(String phase) {
        if (!(target.rule() instanceof Rule.Baseline b) || !b.phase().equals(phase)) {
            return false;
        }
        double deviation = baseline.standardDeviation().orElse(Double.NaN);
        double mean = baseline.mean().orElse(Double.NaN);
        if (deviation > 0) {
            value = (target.log() ? mean + StrictMath.log(b.factor()) : mean * b.factor()) + b.sd() * deviation;
            scale = spread * deviation;
        }
        return true;
    }

    /**
     * A clean value of a phase, once the threshold has been applied to it: a value is not measured by itself.
     *
     * @param trains whether the phase is no rest
     */
    void learn(String phase, long timeNanos, double feature, boolean trains) {
        double x = judged(feature);
        if (!Double.isFinite(x)) {
            return;
        }
        if (target.rule() instanceof Rule.Running r && trains) {
            window.add(timeNanos, x);
            double deviation = window.size() < FEWEST ? Double.NaN : window.standardDeviation();
            value = deviation > 0 ? window.percentile(r.percentile()) : Double.NaN;
            scale = deviation > 0 ? spread * deviation : Double.NaN;
        } else if (target.rule() instanceof Rule.Baseline b && b.phase().equals(phase)) {
            baseline.add(x);
        }
    }

    /** From 0 to 1; NaN while there is no threshold or no value. */
    double part(double x, double ease) {
        double part = 0.5 + 0.5 * (target.sign() * (judged(x) - value) / scale + ease);
        return Math.max(0, Math.min(1, part));
    }

    /** The threshold in force, in the feature's unit; NaN while there is none. */
    double value(double ease) {
        double now = value - target.sign() * ease * scale;
        return target.log() ? StrictMath.exp(now) : now;
    }

    /** What was judged in the baseline: values, or their logarithms. */
    RunningStats baseline() {
        return baseline;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(value);
        out.writeDouble(scale);
        byte[] state = baseline.state();
        out.writeInt(state.length);
        out.write(state);
        window.write(out);
    }

    void read(DataInputStream in) throws IOException {
        value = in.readDouble();
        scale = in.readDouble();
        baseline.restore(in.readNBytes(in.readInt()));
        window.read(in);
    }
}
