package org.anodyne.plugins.instruments.definition;

import java.util.List;
import java.util.Optional;

/**
 * An instrument without faults, as {@link DefinitionReader} gives it: every item and scale that is named exists, and every
 * scale's range is what its items and its rule make of it.
 *
 * @param id name, unique among instruments; letters, digits, hyphens
 * @param version version of this file, not of the instrument
 * @param language BCP 47 tag of the wording
 * @param instruction said before the first item; items may have their own
 * @param code LOINC code of the panel; empty where none is known for certain
 * @param byStaff whether staff fill it in about the participant, who is never given it
 */
public record Definition(
        String id,
        String version,
        String title,
        String language,
        String instruction,
        String code,
        List<Item> items,
        List<Scale> scales,
        Licence licence,
        Wording wording,
        boolean byStaff) {
    public Definition {
        items = List.copyOf(items);
        scales = List.copyOf(scales);
    }

    /** The item of this id. */
    public Optional<Item> item(String itemId) {
        return items.stream().filter(i -> i.id().equals(itemId)).findFirst();
    }

    /** The scale of this id. */
    public Optional<Scale> scale(String scaleId) {
        return scales.stream().filter(s -> s.id().equals(scaleId)).findFirst();
    }

    /** Name of an item among those of all instruments. */
    public String nameOf(Item item) {
        return id + "-" + item.id();
    }

    /** Whether every item has a wording, so that it can be asked. */
    public boolean worded() {
        return items.stream().noneMatch(i -> i.text().isBlank());
    }

    /** Figures that nobody has checked against a source yet, in words; a lab that reports them says so. */
    public List<String> unverified() {
        return scales.stream()
                .flatMap(s -> s.unverified().stream().map(what -> s.id() + ": " + what))
                .toList();
    }

    /**
     * Something that is asked, answered with a number or in words.
     *
     * @param text empty where the wording may not be shipped
     * @param reverse counted from the other end: minimum + maximum − answer
     * @param optional does not concern everybody: unanswered it counts as the least it can, and is no missing answer
     * @param answers the answers there are, ascending; empty where any step from minimum to maximum is one
     * @param longest greatest number of characters of an answer in words, which is in no scale; 0 where a number is asked
     * @param code LOINC code; empty where none is known for certain
     */
    public record Item(
            String id,
            String text,
            String instruction,
            double minimum,
            String minimumAnchor,
            double maximum,
            String maximumAnchor,
            double step,
            boolean reverse,
            boolean optional,
            List<Answer> answers,
            int longest,
            String code,
            Optional<Alert> alert) {
        private static final double DECIMAL_ERROR = 1e-9;

        public Item {
            answers = List.copyOf(answers);
        }

        /** Whether it is answered in words. */
        public boolean inWords() {
            return longest > 0;
        }

        /**
         * Whether a number is an answer to this item.
         *
         * @return why it is none, for a person; empty when it is one
         */
        public String objection(double value) {
            if (inWords()) {
                return "it is answered in words, not by a number";
            }
            if (!(value >= minimum && value <= maximum)) {
                return value + " is not between " + minimum + " and " + maximum;
            }
            if (!answers.isEmpty()) {
                return answers.stream().anyMatch(a -> a.value() == value)
                        ? ""
                        : value + " is none of the answers "
                                + answers.stream().map(Answer::value).toList();
            }
            double steps = (value - minimum) / step;
            return Math.abs(steps - Math.rint(steps)) < DECIMAL_ERROR
                    ? ""
                    : value + " is no step of " + step + " from " + minimum;
        }

        /**
         * Whether words are an answer to this item.
         *
         * @return why they are none, for a person; empty when they are one
         */
        public String objection(String words) {
            if (!inWords()) {
                return "it is answered by a number, not in words";
            }
            if (words.isBlank()) {
                return "an empty text is no answer; leave it unanswered";
            }
            return words.length() <= longest ? "" : "it takes " + longest + " characters, not " + words.length();
        }

        /** What an answer counts: what its list says, else the answer, from the other end where it is reversed. */
        public double counted(double value) {
            if (reverse) {
                return minimum + maximum - value;
            }
            return answers.stream()
                    .filter(a -> a.value() == value)
                    .mapToDouble(Answer::counts)
                    .findFirst()
                    .orElse(value);
        }

        /** The least that an answer can count. */
        public double leastCount() {
            return answers.stream().mapToDouble(a -> counted(a.value())).min().orElse(minimum);
        }

        /** The most that an answer can count. */
        public double mostCount() {
            return answers.stream().mapToDouble(a -> counted(a.value())).max().orElse(maximum);
        }
    }

    /**
     * An answer with a wording of its own.
     *
     * @param value the number by which it is given and recorded
     * @param counts what it counts in scales; the value itself unless the instrument recodes it
     */
    public record Answer(double value, double counts, String text, String code) {}

    /**
     * An answer above this number is told to the operator at once.
     *
     * @param text what it means and what to do
     */
    public record Alert(double above, String text) {}

    /**
     * What may be done with the instrument.
     *
     * @param status as in the schema: own, free, open, owned, unclear
     * @param shipText whether the wording may be shipped
     * @param evidence what that rests on
     * @param notice what a user of the instrument has to know or do
     */
    public record Licence(String status, boolean shipText, String evidence, String attribution, String notice) {}

    /**
     * Where the wording comes from.
     *
     * @param status as in the schema: own, compared, unverified, absent, lab
     */
    public record Wording(String status, String source) {}
}
