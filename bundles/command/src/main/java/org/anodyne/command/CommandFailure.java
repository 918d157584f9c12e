package org.anodyne.command;

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

    int exit() {
        return exit;
    }
}
