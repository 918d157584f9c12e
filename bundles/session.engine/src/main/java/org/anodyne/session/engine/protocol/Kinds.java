package org.anodyne.session.engine.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.anodyne.session.ParticipantFacts;

/** The kinds of participants that rules tell apart: for each set of rules that can hold together, one example of a participant. */
final class Kinds {
    private Kinds() {}

    /**
     * One example of each kind, those of whom least is told first.
     *
     * @return rules that hold, in their order, to the example; the first is that of nobody of whom anything is told
     */
    static Map<List<ChoiceRule>, ParticipantFacts> of(Collection<ChoiceRule> rules) {
        List<ParticipantFacts> examples = new ArrayList<>();
        for (Optional<String> interest : interests(rules)) {
            for (OptionalInt age : ages(rules)) {
                for (Optional<String> sex : sexes(rules)) {
                    examples.add(new ParticipantFacts(interest, age, sex));
                }
            }
        }
        examples.sort(Comparator.comparingInt(e -> e.told().size()));
        Map<List<ChoiceRule>, ParticipantFacts> kinds = new LinkedHashMap<>();
        examples.forEach(
                e -> kinds.putIfAbsent(rules.stream().filter(r -> r.holds(e)).toList(), e));
        return kinds;
    }

    private static List<Optional<String>> interests(Collection<ChoiceRule> rules) {
        TreeSet<String> named = new TreeSet<>();
        rules.forEach(r -> named.addAll(r.interests()));
        List<Optional<String>> all = new ArrayList<>(List.of(Optional.empty()));
        named.forEach(i -> all.add(Optional.of(i)));
        return all;
    }

    /** The least age of each stretch of ages within which every rule holds or does not. */
    private static List<OptionalInt> ages(Collection<ChoiceRule> rules) {
        TreeSet<Integer> starts = new TreeSet<>();
        rules.forEach(r -> {
            r.ageFrom().ifPresent(starts::add);
            r.ageUntil().ifPresent(a -> {
                starts.add(0);
                starts.add(a + 1);
            });
        });
        List<OptionalInt> all = new ArrayList<>(List.of(OptionalInt.empty()));
        starts.stream().filter(a -> a >= 0 && a <= ParticipantFacts.OLDEST).forEach(a -> all.add(OptionalInt.of(a)));
        return all;
    }

    private static List<Optional<String>> sexes(Collection<ChoiceRule> rules) {
        TreeSet<String> named = new TreeSet<>();
        rules.forEach(r -> r.sex().ifPresent(named::add));
        List<Optional<String>> all = new ArrayList<>(List.of(Optional.empty()));
        named.forEach(s -> all.add(Optional.of(s)));
        return all;
    }
}
