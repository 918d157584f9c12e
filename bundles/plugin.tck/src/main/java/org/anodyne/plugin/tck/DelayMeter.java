package org.anodyne.plugin.tck;

import java.util.List;
import org.anodyne.plugin.signal.Feature;

/**
 * Measures how late a feature follows what was put in, to hold the delay that a processor states against what it does. Put in something
 * that follows {@code cos(2·π·f·t)}, t the session time: a slow input itself, or the envelope of an oscillation; the phase of the answer at f,
 * fitted by least squares, is the delay. Thread: any.
 */
public final class DelayMeter {
    private DelayMeter() {}

    /**
     * Phase delay at a frequency.
     *
     * @param answer values of one feature, evenly spaced, without those of the beginning that are not settled
     * @param frequency in hertz; what is returned is known but for whole periods and lies from minus to plus half of one
     * @return seconds by which the answer is late; negative where it runs ahead, as behind a high-pass
     */
    public static double phaseDelay(List<Feature> answer, double frequency) {
        return -phase(answer, frequency) / (2 * Math.PI * frequency);
    }

    /**
     * Group delay between two frequencies that lie close together: slope of the phase.
     *
     * @return seconds by which the envelope of an oscillation between the two is late
     */
    public static double groupDelay(List<Feature> lowerAnswer, double lower, List<Feature> upperAnswer, double upper) {
        double turn = phase(upperAnswer, upper) - phase(lowerAnswer, lower);
        return -Math.IEEEremainder(turn, 2 * Math.PI) / (2 * Math.PI * (upper - lower));
    }

    /** Phase of the oscillation of one frequency, radians; offset and oscillation are fitted together. */
    private static double phase(List<Feature> answer, double frequency) {
        double[][] normal = new double[3][4];
        for (Feature value : answer) {
            double angle = 2 * Math.PI * frequency * value.timeNanos() / 1e9;
            double[] base = {1, Math.cos(angle), -Math.sin(angle)};
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    normal[i][j] += base[i] * base[j];
                }
                normal[i][3] += base[i] * value.value();
            }
        }
        for (int i = 0; i < 3; i++) {
            if (!(Math.abs(normal[i][i]) > 1e-9)) {
                throw new IllegalArgumentException("too few values to fit " + frequency + " Hz");
            }
            for (int k = i + 1; k < 3; k++) {
                double factor = normal[k][i] / normal[i][i];
                for (int j = i; j < 4; j++) {
                    normal[k][j] -= factor * normal[i][j];
                }
            }
        }
        double sine = normal[2][3] / normal[2][2];
        double cosine = (normal[1][3] - normal[1][2] * sine) / normal[1][1];
        return Math.atan2(sine, cosine);
    }
}
