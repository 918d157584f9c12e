package org.anodyne.dsp;

import java.util.Arrays;

/**
 * Resamples a stream. The samples are those of {@link Polyphase#resample} bit for bit; each comes as soon as the input samples it
 * needs have come: with the input sample during which {@link #delayInputSamples()} after its own time fall. The last few of a whole signal, which need zeros for what never
 * comes, are not given. Allocates nothing per sample. One thread at a time.
 */
public final class PolyphaseStream implements Resumable {
    private static final int KIND = 0x504F4C59;
    private static final int VERSION = 1;
    private static final String NAME = "resampling";

    private final Polyphase design;
    private double[] ring;
    private long taken;
    private long given;

    PolyphaseStream(Polyphase design) {
        this.design = design;
        this.ring = new double[2 * design.half() / design.up() + 2];
    }

    public Polyphase design() {
        return design;
    }

    /** By how many input samples an output sample comes after the time it belongs to: half the filter, 10 × max(up, down) / up. */
    public double delayInputSamples() {
        return (double) design.half() / design.up();
    }

    /** Most output samples that {@code length} input samples can give at once: room to have at hand. */
    public int room(int length) {
        return design.length(length) + 1;
    }

    /**
     * Takes a block in and gives what is ready.
     *
     * @param x finite samples; the first {@code length} are used
     * @param out receives output samples from its start; at least {@link #room} of them fit
     * @return how many were given
     */
    public int add(double[] x, int length, double[] out) {
        if (out.length < room(length)) {
            throw new IllegalArgumentException("A block of " + length + " samples can give " + room(length)
                    + ", but there is room for " + out.length + ".");
        }
        int count = 0;
        for (int i = 0; i < length; i++) {
            ring[(int) (taken % ring.length)] = x[i];
            taken++;
            for (long ready = design.ready(taken); given < ready; given++) {
                out[count++] = output();
            }
        }
        return count;
    }

    private double output() {
        long centre = given * design.down() + design.half();
        double y = 0;
        for (long n = Math.max(0, design.oldest(given)); n < taken; n++) {
            y += ring[(int) (n % ring.length)] * design.tap(centre - n * design.up());
        }
        return y;
    }

    /** Forgets everything. */
    public void reset() {
        Arrays.fill(ring, 0);
        taken = 0;
        given = 0;
    }

    @Override
    public byte[] state() {
        return new StateWriter(KIND, VERSION, 4 * 2 + 8 * 2 + 8 * ring.length)
                .putInt(design.up())
                .putInt(design.down())
                .putLong(taken)
                .putLong(given)
                .putDoubles(ring)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("an upper number of", design.up());
        in.expect("a lower number of", design.down());
        long savedTaken = in.getLong();
        long savedGiven = in.getLong();
        double[] saved = in.getDoubles(ring.length);
        in.end();
        if (savedTaken < 0 || savedGiven < 0 || savedGiven != design.ready(savedTaken)) {
            throw in.damaged("it has given " + savedGiven + " samples for " + savedTaken);
        }
        taken = savedTaken;
        given = savedGiven;
        ring = saved;
    }
}
