package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.engine.feed.ExternalFactory;

/**
 * Reads {@code chosenBy} of slots, and puts the parameters of the rules that hold for one participant over the slots' own. Thread:
 * one.
 */
final class Choices {
    private static final String KEY = "chosenBy";

    /** Arms are drawn and sealed. Chosen by what is known of a participant, one would be foretold. */
    private static final String ALLOCATION = "allocation";

    private static final List<String> CONDITIONS =
            List.of(ParticipantFacts.INTEREST, "ageFrom", "ageUntil", ParticipantFacts.SEX);

    private final ParticipantFacts about;
    private final SlotParameters parameters;
    private final Faults faults;
    private final List<ChoiceRule> rules = new ArrayList<>();

    /** @param about of whom parameters are chosen */
    Choices(ParticipantFacts about, SlotParameters parameters, Faults faults) {
        this.about = about;
        this.parameters = parameters;
        this.faults = faults;
    }

    /** All rules of all slots so far that can hold for somebody. */
    Collection<ChoiceRule> rules() {
        return rules;
    }

    /** What was chosen. */
    Choosing choosing() {
        return new Choosing(about, rules);
    }

    /**
     * The parameters of a slot for this participant.
     *
     * @param list its rules as the protocol writes them; may be missing
     * @param own its own parameters, defaults filled in; empty when they have faults
     * @return empty when there are faults, which are told
     */
    Optional<Map<String, Object>> chosen(
            InstalledPlugin plugin, String slot, JsonNode list, Optional<Map<String, Object>> own) {
        String path = Where.child("slots." + slot, KEY);
        if (plugin.id().equals(ExternalFactory.ID) && !list.isMissingNode()) {
            faults.add(path, "an external slot has no parameters, so there is nothing to choose");
            return own;
        }
        List<ChoiceRule> here = read(slot, list, path);
        rules.addAll(here);
        Map<String, JsonNode> over = new LinkedHashMap<>();
        here.stream().filter(r -> r.holds(about)).forEach(r -> over.put(r.path() + ".parameters", r.parameters()));
        return over.isEmpty() ? own : own.flatMap(o -> parameters.choose(plugin, o, over));
    }

    private List<ChoiceRule> read(String slot, JsonNode list, String path) {
        List<ChoiceRule> found = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String at = Where.item(path, i);
            ChoiceRule rule = ChoiceRule.read(slot, i + 1, node, at);
            if (node.isObject() && CONDITIONS.stream().noneMatch(node::has)) {
                faults.add(
                        at,
                        "rule " + rule.number() + " of slot '" + slot
                                + "' goes by nothing, so it would hold for everybody;"
                                + " write e.g. interest: forest, or write its parameters in the slot's own");
            } else if (rule.noAge()) {
                faults.add(
                        at + ".ageUntil",
                        "rule " + rule.number() + " of slot '" + slot + "' can hold for nobody: no age is from "
                                + rule.ageFrom().getAsInt() + " on and until "
                                + rule.ageUntil().getAsInt());
            } else if (rule.parameters().has(ALLOCATION)) {
                faults.add(
                        at + ".parameters." + ALLOCATION,
                        "an arm is drawn, not chosen by what is known of a participant; leave '" + ALLOCATION
                                + "' out");
            } else if (!rule.facts().isEmpty() && rule.parameters().isObject()) {
                found.add(rule);
            }
        }
        withoutEffect(found)
                .forEach((rule, later) -> faults.add(
                        rule.path(),
                        "rule " + rule.number() + " of slot '" + slot
                                + "' never has an effect: whenever it holds, what it sets is" + " set anew by rule "
                                + later + ", which comes after it; change their order or their conditions"));
        return found;
    }

    /** Rules of one slot of which nothing is ever left, each with the number of the last one that takes it away. */
    private static Map<ChoiceRule, Integer> withoutEffect(List<ChoiceRule> rules) {
        Set<List<ChoiceRule>> together = Kinds.of(rules).keySet();
        Map<ChoiceRule, Integer> lost = new LinkedHashMap<>();
        for (ChoiceRule rule : rules) {
            boolean effect = false;
            int last = 0;
            for (List<ChoiceRule> holding : together) {
                int at = holding.indexOf(rule);
                if (at >= 0) {
                    Set<String> left = new HashSet<>();
                    rule.parameters().fieldNames().forEachRemaining(left::add);
                    for (ChoiceRule after : holding.subList(at + 1, holding.size())) {
                        after.parameters().fieldNames().forEachRemaining(left::remove);
                        last = Math.max(last, after.number());
                    }
                    effect |= !left.isEmpty();
                }
            }
            if (!effect && last > 0) {
                lost.put(rule, last);
            }
        }
        return lost;
    }
}
