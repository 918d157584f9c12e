package org.anodyne.dsp;

/**
 * A digital filter as a cascade of second-order sections, each b0 b1 b2 1 a1 a2 as in scipy's {@code output='sos'}. Immutable; the
 * memory of a running filter lives in {@link SosFilter}.
 */
public final class Sos {
    private final double[][] sections;

    private Sos(double[][] sections) {
        this.sections = sections;
    }

    /**
     * Sections designed elsewhere.
     *
     * @param sections one or more rows of b0 b1 b2 a0 a1 a2 with a0 = 1; copied
     */
    public static Sos of(double[][] sections) {
        if (sections.length == 0) {
            throw new IllegalArgumentException("A filter needs at least one section.");
        }
        double[][] copy = new double[sections.length][];
        for (int i = 0; i < sections.length; i++) {
            if (sections[i].length != 6 || sections[i][3] != 1) {
                throw new IllegalArgumentException(
                        "Section " + i + " must be the six numbers b0 b1 b2 a0 a1 a2 with a0 = 1.");
            }
            for (double c : sections[i]) {
                if (!Double.isFinite(c)) {
                    throw new IllegalArgumentException("Section " + i + " holds a coefficient that is not finite.");
                }
            }
            copy[i] = sections[i].clone();
        }
        return new Sos(copy);
    }

    /** Number of sections. */
    public int size() {
        return sections.length;
    }

    /** A copy of one section: b0 b1 b2 1 a1 a2. */
    public double[] section(int i) {
        return sections[i].clone();
    }

    double at(int section, int coefficient) {
        return sections[section][coefficient];
    }

    /**
     * Group delay at 0 Hz in samples: by how much slow changes come late. Meaningful for low-pass filters.
     */
    public double delayAtZero() {
        double delay = 0;
        for (double[] s : sections) {
            delay += (s[1] + 2 * s[2]) / (s[0] + s[1] + s[2]) - (s[4] + 2 * s[5]) / (1 + s[4] + s[5]);
        }
        return delay;
    }

    /**
     * By how many samples the envelope of an oscillation of this frequency comes late: the negative slope of the phase (equal to
     * {@code scipy.signal.group_delay}, summed over the sections). NaN where the filter passes nothing, as in the middle of a notch,
     * since there is no phase.
     *
     * @param frequency in hertz, from 0 to half the sampling rate
     * @param samplingRate in hertz
     */
    public double groupDelaySamples(double frequency, double samplingRate) {
        double angle = GroupDelay.angle(frequency, samplingRate);
        double delay = 0;
        for (double[] s : sections) {
            delay += GroupDelay.ofPolynomial(new double[] {s[0], s[1], s[2]}, angle)
                    - GroupDelay.ofPolynomial(new double[] {1, s[4], s[5]}, angle);
        }
        return delay;
    }

    /** A filter with this design and no memory yet. */
    public SosFilter filter() {
        return new SosFilter(this);
    }
}
