package org.anodyne.safety.screen;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anodyne.safety.screen.Checklist.Item;
import org.anodyne.safety.screen.Checklist.Weight;

/**
 * A checklist answered for a participant.
 *
 * @param answers yes or no by item
 * @param by who asked
 * @param decisions by item, for answers that somebody has to decide upon
 */
public record Screening(
        String participant,
        String modality,
        int version,
        Instant at,
        String by,
        Map<String, Boolean> answers,
        Map<String, Decision> decisions) {
    public Screening {
        answers = Map.copyOf(answers);
        decisions = Map.copyOf(decisions);
    }

    /**
     * A physician's or principal investigator's decision.
     *
     * @param admitted whether the participant may be stimulated in spite of the answer
     */
    public record Decision(boolean admitted, String name, String reason) {}

    /** When it ceases to hold. */
    public Instant until(Checklist list) {
        return at.plus(list.validDays(), ChronoUnit.DAYS);
    }

    /** Why the participant may not be stimulated or shown a world; empty when nothing speaks against it. */
    public List<String> objections(Checklist list, Instant now) {
        List<String> objections = new ArrayList<>();
        if (version != list.version()) {
            objections.add("it answers version " + version + " of the checklist, which is " + list.version() + " now");
        }
        if (now.isAfter(until(list))) {
            objections.add("it was valid until " + until(list).truncatedTo(ChronoUnit.MINUTES));
        }
        for (Item item : list.items()) {
            if (answers.containsKey(item.id())) {
                objection(item).ifPresent(objections::add);
            } else {
                objections.add("question '" + item.id() + "' is not answered");
            }
        }
        return objections;
    }

    /** Why the participant must not look at moving pictures at all; of any age and version, since such answers do not lapse. */
    List<String> objectionsToLight(Checklist list) {
        return list.items().stream()
                .filter(i -> i.light() && answers.containsKey(i.id()))
                .flatMap(i -> objection(i).stream())
                .toList();
    }

    private Optional<String> objection(Item item) {
        boolean answer = answers.get(item.id());
        if (answer == item.yesIsFine()) {
            return Optional.empty();
        }
        String said = "'" + item.id() + "' was answered " + (answer ? "yes" : "no");
        Decision d = decisions.get(item.id());
        if (item.weight() == Weight.BLOCKS) {
            return Optional.of(said + ", which excludes the participant; no decision changes that");
        }
        if (d == null) {
            return Optional.of(said + ", which a physician or the principal investigator has to decide and sign");
        }
        return d.admitted()
                ? Optional.empty()
                : Optional.of(said + ", and " + d.name() + " decided against it: " + d.reason());
    }

    /** What of it stands in the record: no answers, which are the participant's. */
    public Map<String, Object> facts(Checklist list, Instant now) {
        Map<String, Object> signed = new TreeMap<>();
        decisions.forEach((item, d) -> signed.put(item, d.name()));
        return Map.of(
                "modality",
                modality,
                "version",
                (long) version,
                "at",
                at.toString(),
                "until",
                until(list).toString(),
                "by",
                by,
                "clear",
                objections(list, now).isEmpty(),
                "decidedBy",
                signed);
    }
}
