package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** For whoever keeps the allocation: makes the key and the codes, and opens sealed doses. Run it where no operator is. */
public final class Unblind {
    private static final String USAGE = """
            Usage: java -cp tdcs-reference.jar org.anodyne.plugins.tdcsreference.Unblind COMMAND
              new-key KEYFILE                    write a new key
              codes KEYFILE active|sham COUNT    print codes, one per participant
              arm KEYFILE CODE                   say what a code means
              open KEYFILE COMMAND-ID SEALED     print the dose in a sealed field of a delivered event
            """;

    private Unblind() {}

    /** Exit code 0, or 2 with a message when the arguments cannot be used. */
    public static void main(String[] arguments) {
        try {
            System.out.print(run(arguments));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** What the command prints. */
    static String run(String... arguments) throws IOException {
        String command = arguments.length < 2 ? "" : arguments[0] + " " + arguments.length;
        switch (command) {
            case "new-key 2" -> {
                SiteKey.create(Path.of(arguments[1]));
                return "written: " + arguments[1] + "\n";
            }
            case "codes 4" -> {
                SiteKey key = SiteKey.read(Path.of(arguments[1]));
                SiteKey.Arm arm = SiteKey.Arm.valueOf(arguments[2].toUpperCase(Locale.ROOT));
                StringBuilder codes = new StringBuilder();
                for (int i = Integer.parseInt(arguments[3]); i > 0; i--) {
                    codes.append(key.code(arm)).append('\n');
                }
                return codes.toString();
            }
            case "arm 3" -> {
                return SiteKey.read(Path.of(arguments[1]))
                        .arm(arguments[2])
                        .map(arm -> arm.name().toLowerCase(Locale.ROOT) + "\n")
                        .orElseThrow(() ->
                                new IllegalArgumentException("this code was not made with this key, or is mistyped"));
            }
            case "open 4" -> {
                SiteKey.Dose dose = SiteKey.read(Path.of(arguments[1])).open(arguments[2], arguments[3]);
                return String.format(
                        Locale.ROOT,
                        "arm %s, record %d, %.1f s, %.3f mA, %.1f kOhm, %.1f mC%n",
                        dose.arm().name().toLowerCase(Locale.ROOT),
                        dose.sequence(),
                        dose.seconds(),
                        dose.milliamps(),
                        dose.kiloohms(),
                        dose.millicoulombs());
            }
            default -> throw new IllegalArgumentException(USAGE);
        }
    }
}
