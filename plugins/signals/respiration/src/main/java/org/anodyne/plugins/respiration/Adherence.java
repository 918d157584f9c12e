package org.anodyne.plugins.respiration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.anodyne.dsp.physio.LombScargle;

/**
 * How far breathing keeps to a pace: the share of the breathing signal's variance over the newest window that a sine of the pace's
 * frequency explains, whatever its phase. 1 for breaths like a sine at that pace, near 0 for any other rate. Mean and straight trend of
 * the window are taken out first. Belt, participant and guide may be late against each other by any time.
 */
final class Adherence {
    /** Values per second are enough at this rate. */
    private static final double RATE = 5;

    private final int every;
    private final double seconds;
    private double[] ring;
    private long seen;
    private long kept;

    /** @param rateHz of the values that come */
    Adherence(double rateHz, double window) {
        every = (int) Math.max(1, Math.floor(rateHz / RATE));
        seconds = every / rateHz;
        ring = new double[(int) Math.max(4, Math.round(window / seconds))];
    }

    void add(double value) {
        if (seen++ % every == 0) {
            ring[(int) (kept++ % ring.length)] = value;
        }
    }

    /** From 0 to 1; NaN before a whole window and when the signal does not vary. */
    double at(double perMinute) {
        int n = ring.length;
        if (kept < n) {
            return Double.NaN;
        }
        double[] t = new double[n];
        double[] y = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            t[i] = (i - (n - 1) / 2.0) * seconds;
            y[i] = ring[(int) ((kept + i) % n)];
            mean += y[i] / n;
        }
        double product = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            product += t[i] * (y[i] - mean);
            square += t[i] * t[i];
        }
        double slope = product / square;
        for (int i = 0; i < n; i++) {
            y[i] -= mean + slope * t[i];
        }
        return LombScargle.share(t, y, perMinute / 60);
    }

    void reset() {
        seen = 0;
        kept = 0;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(seen);
        out.writeLong(kept);
        out.writeInt(ring.length);
        for (double value : ring) {
            out.writeDouble(value);
        }
    }

    void read(DataInputStream in) throws IOException {
        seen = in.readLong();
        kept = in.readLong();
        int length = in.readInt();
        if (length != ring.length || seen < 0 || kept < 0) {
            throw new IllegalArgumentException("the window of adherence was of another length");
        }
        for (int i = 0; i < length; i++) {
            ring[i] = in.readDouble();
        }
    }
}
