package org.anodyne.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options that are given once for each slot, {@code SLOT=VALUE}. */
final class Assignments {
    private Assignments() {}

    /** @throws CommandFailure when one has another form, or a slot is named twice */
    static Map<String, String> of(String option, List<String> given) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw refused(option + " " + text + ": write SLOT=VALUE, as in " + option + " eeg=…");
            }
            String slot = text.substring(0, equals);
            String before = all.put(slot, text.substring(equals + 1));
            if (before != null) {
                throw refused(option + " " + text + ": slot '" + slot + "' was given '" + before + "' already");
            }
        }
        return all;
    }

    /** Recordings that exist as files are named by absolute path; anything else is a device's address. */
    static Map<String, String> inputs(List<String> given) {
        Map<String, String> all = of("--input", given);
        all.replaceAll((slot, input) -> {
            if (input.matches("(tcp|serial|pty|lsl):.*")) {
                return input;
            }
            Path file = Path.of(input);
            if (Files.isDirectory(file)) {
                throw refused("--input " + slot + "=" + input + ": that is a folder; name the file in it");
            }
            if (!Files.isRegularFile(file)) {
                throw refused("--input " + slot + "=" + input + ": there is no such file");
            }
            return file.toAbsolutePath().toString();
        });
        return all;
    }

    private static CommandFailure refused(String message) {
        return new CommandFailure(CommandFailure.BAD_INPUT, message);
    }
}
