package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.anodyne.allocation.Keeper;

/** For whoever keeps the allocation: makes the key and the codes, and opens sealed doses. Run it where no operator is. */
public final class Unblind {
    private static final String USAGE = """
            Usage: java -cp tdcs-reference.jar org.anodyne.plugins.tdcsreference.Unblind COMMAND
            """ + Keeper.COMMANDS + """
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
            case "new-key 2", "codes 4", "arm 3" -> {
                return Keeper.run(arguments);
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
