package org.anodyne.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ends a command with a message for the person who typed it. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code for input that cannot be used. */
    static final int BAD_INPUT = 2;

    private final int exit;

    CommandFailure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /**
     * Nothing that is there is overwritten.
     *
     * @param another what to name instead, {@code file} or {@code folder}
     * @throws CommandFailure when one of the files is there
     */
    static void unlessFree(String another, List<Path> files) {
        for (Path file : files) {
            if (Files.exists(file)) {
                throw new CommandFailure(
                        BAD_INPUT, file + " is there already; name another " + another + ", nothing was overwritten");
            }
        }
    }

    int exit() {
        return exit;
    }
}
