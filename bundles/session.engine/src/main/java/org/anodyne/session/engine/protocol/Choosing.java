package org.anodyne.session.engine.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.SessionEngine.Asked;

/** What a protocol chooses by what is told of a participant, and what it chose for one. Immutable. Thread: any. */
public final class Choosing {
    /** Of a protocol that is the same for everybody. */
    public static final Choosing NOTHING = new Choosing(ParticipantFacts.NONE, List.of());

    private final ParticipantFacts told;
    private final Map<String, List<ChoiceRule>> bySlot;

    /** @param told all that was told of the participant */
    Choosing(ParticipantFacts told, List<ChoiceRule> rules) {
        this.told = told;
        Map<String, List<ChoiceRule>> slots = new LinkedHashMap<>();
        rules.forEach(
                r -> slots.computeIfAbsent(r.slot(), s -> new ArrayList<>()).add(r));
        this.bySlot = slots;
    }

    /** The facts that the protocol goes by, as far as they were told; others are to be forgotten. */
    public ParticipantFacts kept() {
        return told.only(facts());
    }

    /** The facts that the protocol goes by, and the values that it knows. */
    public List<Asked> asks() {
        List<Asked> asks = new ArrayList<>();
        for (String fact : ParticipantFacts.NAMES) {
            if (facts().contains(fact)) {
                asks.add(new Asked(
                        fact,
                        switch (fact) {
                            case ParticipantFacts.INTEREST -> List.copyOf(interests(rules()));
                            case ParticipantFacts.SEX -> ParticipantFacts.SEXES;
                            default -> List.of();
                        }));
            }
        }
        return asks;
    }

    /**
     * For the record: by slot which rules hold, by their numbers from 1, and what they set, as the protocol writes it. Slots that
     * keep their own parameters are not in it.
     */
    public List<Map<String, Object>> chosen() {
        List<Map<String, Object>> all = new ArrayList<>();
        bySlot.forEach((slot, rules) -> {
            List<ChoiceRule> holding = holding(rules);
            if (!holding.isEmpty()) {
                all.add(Map.of(
                        "slot",
                        slot,
                        "rules",
                        holding.stream().map(r -> (long) r.number()).toList(),
                        "parameters",
                        written(holding)));
            }
        });
        return all;
    }

    /** For people: what was chosen, where slots keep their own parameters and why, and what was told for nothing. */
    public List<String> said() {
        List<String> said = new ArrayList<>();
        bySlot.forEach((slot, rules) -> said.add(said(slot, rules)));
        List<String> idle =
                told.told().keySet().stream().filter(f -> !facts().contains(f)).toList();
        if (!idle.isEmpty()) {
            said.add("the protocol chooses nothing by " + String.join(" or ", idle) + "; it is not kept");
        }
        return said;
    }

    private String said(String slot, List<ChoiceRule> rules) {
        List<ChoiceRule> holding = holding(rules);
        Map<String, Object> known = told.told();
        Set<String> missing = facts(rules);
        missing.removeAll(known.keySet());
        String untold = String.join(" and ", missing);
        if (!holding.isEmpty()) {
            String numbers =
                    holding.stream().map(r -> String.valueOf(r.number())).collect(Collectors.joining(", "));
            String set = written(holding).entrySet().stream()
                    .map(e -> e.getKey() + ": " + e.getValue())
                    .collect(Collectors.joining(", "));
            return "slot '" + slot + "' has " + set + " by " + (holding.size() == 1 ? "rule " : "rules ") + numbers
                    + " of its chosenBy"
                    + (missing.isEmpty() ? "" : "; it would choose by " + untold + ", too, which was not told");
        }
        if (!missing.isEmpty()) {
            return "slot '" + slot + "' keeps its own parameters: it chooses by " + untold + ", which was not told";
        }
        List<String> interests = List.copyOf(interests(rules));
        boolean strange = told.interest().filter(i -> !interests.contains(i)).isPresent() && !interests.isEmpty();
        return "slot '" + slot + "' keeps its own parameters: none of its rules is for " + told.only(facts(rules))
                + (strange ? "; interests that it knows: " + String.join(", ", interests) : "");
    }

    private List<ChoiceRule> holding(List<ChoiceRule> rules) {
        return rules.stream().filter(r -> r.holds(told)).toList();
    }

    /** In the order in which they come; what a later rule sets again is there once. */
    private static Map<String, Object> written(List<ChoiceRule> holding) {
        Map<String, Object> written = new LinkedHashMap<>();
        holding.forEach(r ->
                r.parameters().properties().forEach(e -> written.put(e.getKey(), ParameterReader.value(e.getValue()))));
        return written;
    }

    private List<ChoiceRule> rules() {
        return bySlot.values().stream().flatMap(List::stream).toList();
    }

    private Set<String> facts() {
        return facts(rules());
    }

    private static Set<String> facts(List<ChoiceRule> rules) {
        Set<String> facts = new LinkedHashSet<>();
        rules.forEach(r -> facts.addAll(r.facts()));
        return facts;
    }

    private static Set<String> interests(List<ChoiceRule> rules) {
        Set<String> interests = new TreeSet<>();
        rules.forEach(r -> interests.addAll(r.interests()));
        return interests;
    }
}
