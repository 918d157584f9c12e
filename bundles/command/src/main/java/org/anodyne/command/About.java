package org.anodyne.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.session.ParticipantFacts;

/** Reads what is told of a participant with {@code --about}. */
final class About {
    static final String OPTION = "--about";

    private About() {}

    /**
     * @param given {@code FACT=VALUE}, one by one
     * @throws CommandFailure when one cannot be, or is told twice; none of them is to be used then
     */
    static ParticipantFacts of(List<String> given) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw refused(text, "write e.g. " + OPTION + " interest=forest,age=70,sex=female");
            }
            String fact = text.substring(0, equals);
            String before = told.put(fact, text.substring(equals + 1));
            if (before != null) {
                throw refused(text, fact + " is told already: " + before);
            }
        }
        try {
            return ParticipantFacts.of(told);
        } catch (IllegalArgumentException e) {
            throw refused(String.join(",", given), e.getMessage());
        }
    }

    private static CommandFailure refused(String given, String why) {
        return new CommandFailure(CommandFailure.BAD_INPUT, OPTION + " " + given + ": " + why);
    }
}
