package org.anodyne.dsp.physio;

import java.util.Arrays;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * Tells which intervals between heartbeats are usable: those that a sinus rhythm can have, and that differ from the median of the five
 * intervals before by at most a share. A missed beat, one too many and an extrasystole with its pause are left out so. (M. Malik et
 * al., "Heart rate variability in relation to prognosis after myocardial infarction", Eur. Heart J. 10, 1989, compare with the
 * preceding interval alone; a median does not follow an artefact, nor stick when the rate has really changed.)
 *
 * <p>The limits are engineering defaults and unverified. One thread at a time.
 */
public final class RrRule implements Resumable {
    /** Largest share by which an interval may differ when nothing else is stated. */
    public static final double DEFAULT_SHARE = 0.25;

    /** Shortest and longest interval of a beating heart that counts, seconds: 200 and 30 beats a minute. */
    public static final double SHORTEST = 0.3;

    public static final double LONGEST = 2.0;

    private static final int KIND = 0x52525255;
    private static final int VERSION = 1;
    private static final int MEMORY = 5;

    private final double share;
    private final double[] scratch = new double[MEMORY];
    private double[] recent = new double[MEMORY];
    private long count;

    /** @param share largest relative difference from the median before, above 0 */
    public RrRule(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "The largest relative difference of an interval must be above 0 and at most 1, not " + share + ".");
        }
        this.share = share;
    }

    /**
     * Whether the next interval is usable. Those that a heart cannot have are not compared with later.
     *
     * @param seconds from one beat to the next
     */
    public boolean accept(double seconds) {
        if (!(seconds >= SHORTEST && seconds <= LONGEST)) {
            return false;
        }
        int n = (int) Math.min(count, MEMORY);
        boolean usual = true;
        if (n > 0) {
            System.arraycopy(recent, 0, scratch, 0, n);
            Arrays.sort(scratch, 0, n);
            double median = n % 2 == 1 ? scratch[n / 2] : (scratch[n / 2 - 1] + scratch[n / 2]) / 2;
            usual = Math.abs(seconds - median) <= share * median;
        }
        recent[(int) (count++ % MEMORY)] = seconds;
        return usual;
    }

    /** Forgets everything, as after a gap. */
    public void reset() {
        Arrays.fill(recent, 0);
        count = 0;
    }

    @Override
    public byte[] state() {
        return new StateWriter(KIND, VERSION, 8 * (2 + MEMORY))
                .putDouble(share)
                .putLong(count)
                .putDoubles(recent)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, "rule for heartbeat intervals");
        in.expect("a largest difference of", share);
        long savedCount = in.getLong();
        double[] savedRecent = in.getDoubles(MEMORY);
        in.end();
        if (savedCount < 0) {
            throw in.damaged("it holds a negative number of intervals");
        }
        count = savedCount;
        recent = savedRecent;
    }
}
