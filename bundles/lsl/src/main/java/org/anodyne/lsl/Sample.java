package org.anodyne.lsl;

import java.util.List;

/**
 * The values of all channels at one moment.
 *
 * @param time seconds of the sender's clock; not yet corrected
 * @param values one per channel
 */
public record Sample(double time, Values values) {
    /** The values of a sample, by what they are. */
    public sealed interface Values {
        /** How many. */
        int size();

        /**
         * As numbers; whole numbers beyond 2^53 are rounded.
         *
         * @throws IllegalStateException when they are texts
         */
        double[] numbers();

        /** What they take of memory, in values of eight bytes and a few for the sample itself. */
        default long weight() {
            return 8L + size();
        }
    }

    /** Numbers of all formats but {@code int64}; the array is not to be changed. */
    public record Numbers(double[] numbers) implements Values {
        @Override
        public int size() {
            return numbers.length;
        }
    }

    /** Numbers of format {@code int64}; the array is not to be changed. */
    public record Wholes(long[] wholes) implements Values {
        @Override
        public int size() {
            return wholes.length;
        }

        @Override
        public double[] numbers() {
            double[] numbers = new double[wholes.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = wholes[i];
            }
            return numbers;
        }
    }

    /** Texts. */
    public record Texts(List<String> texts) implements Values {
        /** Copies the list. */
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public long weight() {
            return texts.stream().mapToLong(text -> 8 + text.length() / 8).sum() + 8;
        }

        @Override
        public double[] numbers() {
            throw new IllegalStateException("the values are texts");
        }
    }

    /** A sample of numbers. */
    public static Sample of(double time, double... numbers) {
        return new Sample(time, new Numbers(numbers));
    }

    /** A sample of texts. */
    public static Sample of(double time, String... texts) {
        return new Sample(time, new Texts(List.of(texts)));
    }
}
