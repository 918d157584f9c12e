package org.anodyne.allocation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** For whoever keeps the allocation: makes the key and the codes. Run it where no operator is. */
public final class Keeper {
    /** What {@link #run} understands, one command a line. */
    public static final String COMMANDS = """
              new-key KEYFILE                    write a new key
              codes KEYFILE active|sham COUNT    print codes, one per participant
              arm KEYFILE CODE                   say what a code means
            """;

    private Keeper() {}

    /** Exit code 0, or 2 with a message when the arguments cannot be used. */
    public static void main(String[] arguments) {
        try {
            System.out.print(run(arguments));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * What a command prints.
     *
     * @throws IOException when the key file cannot be read or written; the message is for a person
     * @throws IllegalArgumentException when the arguments cannot be used; the message is for a person
     */
    public static String run(String... arguments) throws IOException {
        String command = arguments.length < 2 ? "" : arguments[0] + " " + arguments.length;
        switch (command) {
            case "new-key 2" -> {
                AllocationKey.create(Path.of(arguments[1]));
                return "written: " + arguments[1] + "\n";
            }
            case "codes 4" -> {
                AllocationKey key = AllocationKey.read(Path.of(arguments[1]));
                Arm arm = arm(arguments[2]);
                StringBuilder codes = new StringBuilder();
                for (int i = count(arguments[3]); i > 0; i--) {
                    codes.append(key.code(arm)).append('\n');
                }
                return codes.toString();
            }
            case "arm 3" -> {
                return AllocationKey.read(Path.of(arguments[1]))
                        .arm(arguments[2])
                        .map(arm -> arm.name().toLowerCase(Locale.ROOT) + "\n")
                        .orElseThrow(() ->
                                new IllegalArgumentException("this code was not made with this key, or is mistyped"));
            }
            default ->
                throw new IllegalArgumentException("Usage: java -cp PLUGIN.jar org.anodyne.allocation.Keeper COMMAND\n"
                        + COMMANDS.stripTrailing());
        }
    }

    private static Arm arm(String text) {
        return switch (text) {
            case "active" -> Arm.ACTIVE;
            case "sham" -> Arm.SHAM;
            default -> throw new IllegalArgumentException("'" + text + "' is no arm; write active or sham");
        };
    }

    private static int count(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no number of codes; write one from 1 to 999999");
        }
        return Integer.parseInt(text);
    }
}
