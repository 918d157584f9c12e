package org.anodyne.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed: the launcher's own options come first, everything from the first other word on belongs to the command.
 *
 * @param home folder given with {@code --home}
 * @param words the command and its arguments
 */
record Arguments(Optional<Path> home, List<String> words) {
    private static final String HOME = "--home";
    private static final String RUN = "run";

    /** @throws LaunchException when {@code --home} lacks its folder */
    static Arguments parse(String... args) {
        if (args.length > 0 && args[0].equals(HOME)) {
            if (args.length == 1) {
                throw new LaunchException("--home needs a folder: java -jar anodyne.jar --home DIR COMMAND …");
            }
            return new Arguments(Optional.of(Path.of(args[1])), List.of(args).subList(2, args.length));
        }
        List<String> words = new ArrayList<>(List.of(args));
        int at = words.indexOf(HOME);
        if (at > 0 && words.get(0).equals(RUN)) {
            if (at + 1 == words.size()) {
                throw new LaunchException("--home needs a folder: anodyne run --home DIR");
            }
            Path home = Path.of(words.remove(at + 1));
            words.remove(at);
            return new Arguments(Optional.of(home), words);
        }
        return new Arguments(Optional.empty(), words);
    }

    /** Whether the platform stays up; everything else ends by itself and keeps nothing of the framework's. */
    boolean staysUp() {
        return name().equals(RUN);
    }

    /** The command's name; empty when none was given. */
    String name() {
        return words.isEmpty() ? "" : words.get(0);
    }
}
