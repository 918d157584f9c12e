package org.anodyne.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What is told of a participant when a session is begun, so that the protocol can choose content and parameters by it. None of it
 * has to be told, and what a protocol does not choose by is not kept. Immutable.
 *
 * @param interest what the participant likes most, in a word that the protocol knows, e.g. {@code forest}; small letters, digits
 *     and {@code -}
 * @param age in whole years, from 0 to {@link #OLDEST}
 * @param sex one of {@link #SEXES}
 */
public record ParticipantFacts(Optional<String> interest, OptionalInt age, Optional<String> sex) {
    /** Nothing is told. */
    public static final ParticipantFacts NONE =
            new ParticipantFacts(Optional.empty(), OptionalInt.empty(), Optional.empty());

    public static final String INTEREST = "interest";
    public static final String AGE = "age";
    public static final String SEX = "sex";

    /** The facts that there are. */
    public static final List<String> NAMES = List.of(INTEREST, AGE, SEX);

    /** The words that the column {@code sex} of BIDS has. */
    public static final List<String> SEXES = List.of("female", "male", "other");

    /** Years; an engineering limit: whoever types more has made a slip. */
    public static final int OLDEST = 120;

    private static final Pattern WORD = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    /** @throws IllegalArgumentException when one of them cannot be */
    public ParticipantFacts {
        List<String> slips = new ArrayList<>();
        if (interest.filter(i -> !isInterest(i)).isPresent()) {
            slips.add("interest is '" + interest.get()
                    + "'; write one word of up to 40 small letters, digits and -, e.g. forest");
        }
        if (age.isPresent() && (age.getAsInt() < 0 || age.getAsInt() > OLDEST)) {
            slips.add("age is " + age.getAsInt() + "; write whole years from 0 to " + OLDEST);
        }
        if (sex.isPresent() && !SEXES.contains(sex.get())) {
            slips.add("sex is '" + sex.get() + "'; write one of: " + String.join(", ", SEXES));
        }
        if (!slips.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", slips));
        }
    }

    /**
     * Reads facts as people give them.
     *
     * @param told value by name
     * @throws IllegalArgumentException when one is not known or cannot be; nothing of them is to be used then
     */
    public static ParticipantFacts of(Map<String, String> told) {
        for (String name : told.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is no fact about a participant; there is " + String.join(", ", NAMES));
            }
        }
        OptionalInt age = OptionalInt.empty();
        if (told.containsKey(AGE)) {
            String years = told.get(AGE);
            if (!years.matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException(
                        "age is '" + years + "'; write whole years from 0 to " + OLDEST + ", e.g. 70");
            }
            age = OptionalInt.of(Integer.parseInt(years));
        }
        return new ParticipantFacts(Optional.ofNullable(told.get(INTEREST)), age, Optional.ofNullable(told.get(SEX)));
    }

    /** Whether a word has the form of an interest. */
    public static boolean isInterest(String word) {
        return WORD.matcher(word).matches();
    }

    /** Those that are told, by name: texts, the age as {@code Long}. */
    public Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        interest.ifPresent(i -> told.put(INTEREST, i));
        age.ifPresent(a -> told.put(AGE, (long) a));
        sex.ifPresent(s -> told.put(SEX, s));
        return told;
    }

    /** Those of them that are named, and no other. */
    public ParticipantFacts only(Collection<String> names) {
        return new ParticipantFacts(
                interest.filter(i -> names.contains(INTEREST)),
                names.contains(AGE) ? age : OptionalInt.empty(),
                sex.filter(s -> names.contains(SEX)));
    }

    /** As they are written after {@code --about}: {@code interest=forest,age=70}; empty when nothing is told. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        told().forEach((name, value) -> parts.add(name + "=" + value));
        return String.join(",", parts);
    }
}
