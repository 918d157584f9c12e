package org.anodyne.plugins.synthetic;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The pain of a simulated participant, 0 to 10: a level, a slow drift, episodes of random length, and what stimulation has
 * taken off it. Computed on a grid of a tenth of a second, each point once and in order, so that what was felt before a
 * stimulus came is not changed by it. An invention for rehearsals; no finding about people. Thread: the lane.
 */
final class LatentPain implements Arousal {
    /** Seconds from one point to the next. */
    static final double GRID = 0.1;

    private static final double MOST = 10;
    private static final long DRIFT = 11_000_000;
    private static final long LENGTHS = 12_000_000;

    /** Width of the drift's grid, seconds. */
    private static final double DRIFT_SECONDS = 45;

    /** Seconds in which relief sets in, and in which an episode comes and goes. */
    private static final double ONSET = 3;

    /**
     * What the participant is like.
     *
     * @param level pain between episodes
     * @param rise how much more it is in an episode
     * @param drift how far it drifts to either side
     * @param episode mean length of episodes and of the time between, seconds
     * @param relief what one stimulus takes off in the end; negative where it hurts
     * @param reliefMost what all together take off at most
     * @param reliefDecay seconds after which e⁻¹ of it is left
     */
    record Nature(
            double level,
            double rise,
            double drift,
            double episode,
            double relief,
            double reliefMost,
            double reliefDecay) {}

    private final Nature nature;
    private final Noise noise;
    private final List<Double> stimuli = new ArrayList<>();
    private double[] points = new double[1024];
    private int known;

    /** Ends of the spans, calm first. */
    private final List<Double> spans = new ArrayList<>();

    LatentPain(Nature nature, long seed) {
        this.nature = nature;
        this.noise = new Noise(seed);
    }

    /** A stimulus is felt from this time on, or from the first time that was not yet lived through. */
    double stimulated(double at) {
        double felt = Math.max(at, known * GRID);
        stimuli.add(felt);
        return felt;
    }

    /** Pain at a time; lives through all that comes before. */
    double at(double seconds) {
        double place = Math.max(0, seconds / GRID);
        int cell = (int) Math.floor(place);
        while (known <= cell + 1) {
            if (known == points.length) {
                points = java.util.Arrays.copyOf(points, known * 2);
            }
            points[known] = point(known * GRID);
            known++;
        }
        return points[cell] + (place - cell) * (points[cell + 1] - points[cell]);
    }

    private double point(double t) {
        double slow = noise.smooth(DRIFT, Math.round(t / GRID), Math.round(DRIFT_SECONDS / GRID));
        double pain = nature.level
                + nature.drift * Math.max(-1, Math.min(1, slow / 2))
                + nature.rise * episode(t)
                - relief(t);
        return Math.max(0, Math.min(MOST, pain));
    }

    /** How much of an episode it is, 0 to 1. */
    private double episode(double t) {
        while (spans.isEmpty() || spans.get(spans.size() - 1) <= t) {
            int span = spans.size();
            double from = span == 0 ? 0 : spans.get(span - 1);
            spans.add(from + nature.episode * (0.5 + noise.uniform(LENGTHS, span)));
        }
        int span = spans.size() - 1;
        while (span > 0 && spans.get(span - 1) > t) {
            span--;
        }
        double along = span == 0 ? 1 : Math.min(1, (t - spans.get(span - 1)) / ONSET);
        double weight = along * along * (3 - 2 * along);
        return span == 0 ? 0 : span % 2 == 1 ? weight : 1 - weight;
    }

    /** What is taken off at a time. */
    double relief(double t) {
        double sum = 0;
        for (double from : stimuli) {
            double since = t - from;
            if (since > 0) {
                sum += nature.relief
                        * (1 - StrictMath.exp(-since / ONSET))
                        * StrictMath.exp(-since / nature.reliefDecay);
            }
        }
        return Math.max(-nature.reliefMost, Math.min(nature.reliefMost, sum));
    }

    /** Calm up to a pain of 2, most aroused from 8 on. */
    @Override
    public double arousal(double seconds) {
        return Math.max(0, Math.min(1, (at(seconds) - 2) / 6));
    }

    @Override
    public double responsiveness(double seconds) {
        return 0.2 + 0.8 * arousal(seconds);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(stimuli.size());
        for (double s : stimuli) {
            out.writeDouble(s);
        }
        out.writeInt(known);
        for (int i = 0; i < known; i++) {
            out.writeDouble(points[i]);
        }
    }

    /** The same life up to where another was. */
    void read(DataInputStream in) throws IOException {
        for (int n = in.readInt(); n > 0; n--) {
            stimuli.add(in.readDouble());
        }
        known = in.readInt();
        points = new double[Math.max(1024, known)];
        for (int i = 0; i < known; i++) {
            points[i] = in.readDouble();
        }
    }
}
