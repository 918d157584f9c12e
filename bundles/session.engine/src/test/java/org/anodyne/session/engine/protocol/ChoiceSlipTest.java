package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.session.SessionEngine.Fault;
import org.junit.jupiter.api.Test;

/** Rules that choose parameters by what is told of a participant: what is wrong with them is told before anybody comes. */
class ChoiceSlipTest extends ProtocolSlips {
    private static String rules(String... rules) {
        return "low: 8 Hz\n    chosenBy:\n      - {" + String.join("}\n      - {", rules) + "}";
    }

    private static Slip choice(String name, int line, String words, String... rules) {
        return slip(name, "low: 8 Hz", rules(rules), line, words);
    }

    static Stream<Slip> slips() {
        return Stream.of(
                slip("no rule", "low: 8 Hz", "low: 8 Hz\n    chosenBy: []", 13, "has too few entries"),
                choice(
                        "unknown fact",
                        14,
                        "'intrest' is not known here; did you mean 'interest'?",
                        "intrest: sea, ageFrom: 3, parameters: {order: 2}"),
                choice(
                        "rule by nothing",
                        14,
                        "goes by nothing, so it would hold for everybody",
                        "parameters: {order: 2}"),
                choice("rule that sets nothing", 14, "has no parameters", "sex: female"),
                choice("rule with empty parameters", 14, "has too few entries", "sex: female, parameters: {}"),
                choice(
                        "unknown sex",
                        14,
                        "'sex' is 'women' but must be one of: female",
                        "sex: women, parameters: {order: 2}"),
                choice("age of nobody", 14, "must be at most 120", "ageFrom: 700, parameters: {order: 2}"),
                choice("age in words", 14, "must be a whole number", "ageFrom: old, parameters: {order: 2}"),
                choice(
                        "ages the wrong way round",
                        15,
                        "rule 2 of slot 'alpha' can hold for nobody: no age is from 65 on and until 17",
                        "ageUntil: 17, parameters: {order: 2}",
                        "ageFrom: 65, ageUntil: 17, parameters: {order: 3}"),
                choice(
                        "rule that is always overruled",
                        14,
                        "rule 1 of slot 'alpha' never has an effect: whenever it holds, what it sets is set anew by rule 2",
                        "ageFrom: 65, parameters: {order: 2}",
                        "ageFrom: 60, parameters: {order: 3}"),
                choice(
                        "interest in two words",
                        14,
                        "'the sea' cannot be used as a name here",
                        "interest: the sea, parameters: {order: 2}"),
                choice(
                        "unknown parameter",
                        15,
                        "plug-in 'mean' has no parameter 'orden'; did you mean 'order'?",
                        "interest: sea, parameters: {order: 2}",
                        "interest: forest, parameters: {orden: 2}"),
                choice("parameter without unit", 14, "'low': 9 has no unit", "interest: sea, parameters: {low: 9}"),
                choice(
                        "parameter too small",
                        14,
                        "'order' is 0 but must be at least 1",
                        "sex: male, parameters: {order: 0}"),
                choice(
                        "parameter that the plug-in refuses",
                        15,
                        "nothing is left of a band from 99 Hz on",
                        "interest: [sea, forest], ageUntil: 17, parameters: {low: 9 Hz}",
                        "ageFrom: 18, sex: female, parameters: {low: 99 Hz}"),
                choice("arm by facts", 14, "an arm is drawn, not chosen", "sex: male, parameters: {allocation: a}"),
                slip(
                        "rules of an external slot",
                        "features: [{name: arousal}]",
                        "features: [{name: arousal}], chosenBy: [{sex: male, parameters: {a: 1}}]",
                        16,
                        "an external slot has no parameters"),
                slip(
                        "consequence elsewhere",
                        "{amplitude: 20 uV}",
                        "{amplitude: 20 uV}\n    chosenBy: [{ageFrom: 80, parameters: {amplitude: 5000 uV}}]",
                        8,
                        "5000 uV do not go with this electrode"));
    }

    /** What follows from a choice at another place of the file says for whom. */
    @Test
    void aPhaseThatDoesNotGoWithAChoiceIsToldWithTheParticipantThatItIsFor() {
        List<Fault> faults = faults(
                GOOD.replace("plugin: synthetic", "plugin: wary")
                        .replace(
                                "{amplitude: 20 uV}",
                                "{amplitude: 20 uV}\n    chosenBy: [{sex: female, parameters: {label: Oz}}]"),
                Map.of());
        assertEquals(1, faults.size(), faults.toString());
        assertEquals(25, faults.get(0).line());
        assertEquals(
                "for a participant with sex=female: 30 uV do not go with Oz",
                faults.get(0).message());
    }

    @Test
    void rulesThatFailOnlyTogetherAreToldWithWhomTheyMeetFor() {
        List<Fault> faults = faults(
                GOOD.replace("plugin: synthetic", "plugin: wary")
                        .replace(
                                "{amplitude: 20 uV}",
                                "{amplitude: 20 uV}\n    chosenBy:\n      - {sex: male, parameters: {amplitude: 30 uV}}\n"
                                        + "      - {ageFrom: 70, parameters: {label: Oz}}")
                        .replace("{eeg: {amplitude: 30 uV}}", "{eeg: {amplitude: 20 uV}}"),
                Map.of());
        assertEquals(
                List.of(
                        "line 10: slots.eeg.chosenBy[1].parameters: for a participant with age=70,sex=male: 30 uV do not go"
                                + " with Oz"),
                faults.stream().map(Fault::toString).toList());
    }

    /** Each kind is read by itself; a protocol that tells too many apart would keep everybody waiting, or be checked in part. */
    @Test
    void rulesThatTellTooManyApartAreRefused() {
        StringBuilder many = new StringBuilder("low: 8 Hz\n    chosenBy:\n");
        for (int i = 0; i < 9; i++) {
            many.append("      - {interest: w").append(i).append(", parameters: {order: 2}}\n");
            many.append("      - {ageFrom: ").append(9 * i + 9).append(", ageUntil: ");
            many.append(9 * i + 11).append(", parameters: {low: 9 Hz}}\n");
        }
        assertEquals(List.of(), faults(GOOD.replace("low: 8 Hz", many.toString()), Map.of()));
        many.append("      - {sex: male, parameters: {calibration: {phase: baseline}}}\n");
        many.append("      - {sex: other, parameters: {calibration: {phase: treatment}}}\n");
        assertEquals(
                List.of(
                        "line 4: slots: the rules of 'chosenBy' tell 300 kinds of participants apart; more than 200 are not"
                                + " checked, so make them fewer"),
                faults(GOOD.replace("low: 8 Hz", many.toString()), Map.of()).stream()
                        .map(Fault::toString)
                        .toList());
    }
}
