package org.anodyne.export.quantity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One outcome as a study defines it: what is measured, where, in which band, under which condition, when, compared with what, and which
 * direction is a benefit.
 *
 * @param of slot of the stream, {@code slot/feature}, or slot that asks; empty for a record's only EEG stream
 * @param item item of a rating, or {@code instrument.scale} of a score
 * @param channels labels, or the name of one region; empty for all
 * @param with the other end of a connectivity, as {@code channels}
 * @param band of power and connectivity
 * @param reference band that power is relative to; empty for absolute power
 * @param measure of connectivity
 * @param phase id of the phase; empty for the whole session
 * @param condition in words, e.g. eyes open
 * @param time baseline, intra-session, post-session, visit or follow-up; in the words of the model, for whoever reads the table
 * @param baseline id of the phase, or {@link #FIRST_SESSION}; empty where no change is computed
 * @param take which of several answers counts
 * @param responders shares of the baseline by which an outcome has to go in the direction of benefit, e.g. 0.3
 * @param painFree greatest value that counts as free of pain or nearly so
 * @param sessions number of sessions planned, of adherence
 * @param source where numbers of the definition are from; empty when none is given
 * @param verified whether somebody has checked that they are what the source says
 */
public record Definition(
        String id,
        String title,
        Kind kind,
        String of,
        String item,
        List<String> channels,
        List<String> with,
        Optional<Band> band,
        Optional<Band> reference,
        Measure measure,
        String phase,
        String condition,
        String time,
        String baseline,
        Take take,
        Benefit benefit,
        List<Double> responders,
        OptionalDouble painFree,
        OptionalInt sessions,
        String source,
        boolean verified) {
    /** A baseline that is the first session of the same participant. */
    public static final String FIRST_SESSION = "first-session";

    public Definition {
        channels = List.copyOf(channels);
        with = List.copyOf(with);
        responders = List.copyOf(responders);
    }

    /** What is measured. */
    public enum Kind {
        BAND_POWER,
        CONNECTIVITY,
        FEATURE,
        RATING,
        SCORE,
        ADHERENCE
    }

    /** How two sets of channels go together. */
    public enum Measure {
        COHERENCE,
        DEBIASED_WPLI
    }

    /** Which of several answers counts. */
    public enum Take {
        FIRST,
        LAST,
        MEAN
    }

    /** Which way is better. */
    public enum Benefit {
        UP,
        DOWN,
        NONE
    }

    /** From and to, hertz, both included. */
    public record Band(double low, double high) {
        /** For people. */
        public String told() {
            return number(low) + "–" + number(high) + " Hz";
        }

        private static String number(double v) {
            return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
        }
    }

    /** The same with another phase and baseline phase. */
    public Definition in(String otherPhase, String otherBaseline) {
        return new Definition(
                id,
                title,
                kind,
                of,
                item,
                channels,
                with,
                band,
                reference,
                measure,
                otherPhase,
                condition,
                time,
                otherBaseline,
                take,
                benefit,
                responders,
                painFree,
                sessions,
                source,
                verified);
    }
}
