package org.anodyne.runtime;

import java.nio.file.Path;
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

    /** @throws LaunchException when {@code --home} lacks its folder */
    static Arguments parse(String... args) {
        if (args.length > 0 && args[0].equals(HOME)) {
            if (args.length == 1) {
                throw new LaunchException("--home needs a folder: java -jar anodyne.jar --home DIR COMMAND …");
            }
            return new Arguments(Optional.of(Path.of(args[1])), List.of(args).subList(2, args.length));
        }
        return new Arguments(Optional.empty(), List.of(args));
    }

    /** Whether the platform stays up; everything else ends by itself and keeps nothing of the framework's. */
    boolean staysUp() {
        return name().equals("run");
    }

    /** The command's name; empty when none was given. */
    String name() {
        return words.isEmpty() ? "" : words.get(0);
    }
}
