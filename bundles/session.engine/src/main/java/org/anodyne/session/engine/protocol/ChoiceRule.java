package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.anodyne.session.ParticipantFacts;

/**
 * A rule by which a slot's parameters are chosen for a participant: it holds when all that it names is told and true.
 *
 * @param number its place in the slot's list, from 1
 * @param interests of which one has to be the participant's; empty when it does not go by that
 * @param ageFrom least age in years, itself included
 * @param ageUntil greatest age in years, itself included
 * @param parameters as the protocol writes them
 * @param path where it stands in the file
 */
record ChoiceRule(
        String slot,
        int number,
        List<String> interests,
        OptionalInt ageFrom,
        OptionalInt ageUntil,
        Optional<String> sex,
        JsonNode parameters,
        String path) {

    /** Reads one as far as it has the form that the protocol's schema asks for; the rest was told by that. */
    static ChoiceRule read(String slot, int number, JsonNode node, String path) {
        return new ChoiceRule(
                slot,
                number,
                SlotReader.texts(node.path(ParticipantFacts.INTEREST)).stream()
                        .filter(ParticipantFacts::isInterest)
                        .toList(),
                years(node.path("ageFrom")),
                years(node.path("ageUntil")),
                Optional.of(node.path(ParticipantFacts.SEX).asText("")).filter(ParticipantFacts.SEXES::contains),
                node.path("parameters"),
                path);
    }

    private static OptionalInt years(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }

    /** The facts that it goes by. */
    List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (!interests.isEmpty()) {
            facts.add(ParticipantFacts.INTEREST);
        }
        if (ageFrom.isPresent() || ageUntil.isPresent()) {
            facts.add(ParticipantFacts.AGE);
        }
        if (sex.isPresent()) {
            facts.add(ParticipantFacts.SEX);
        }
        return facts;
    }

    /** Whether no age can meet it. */
    boolean noAge() {
        return ageFrom.isPresent() && ageUntil.isPresent() && ageFrom.getAsInt() > ageUntil.getAsInt();
    }

    /** Whether it holds for a participant; not where something that it goes by was not told. */
    boolean holds(ParticipantFacts about) {
        return (interests.isEmpty()
                        || about.interest().filter(interests::contains).isPresent())
                && (ageFrom.isEmpty() || about.age().orElse(Integer.MIN_VALUE) >= ageFrom.getAsInt())
                && (ageUntil.isEmpty() || about.age().orElse(Integer.MAX_VALUE) <= ageUntil.getAsInt())
                && (sex.isEmpty() || about.sex().equals(sex));
    }
}
