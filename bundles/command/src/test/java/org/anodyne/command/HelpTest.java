package org.anodyne.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command that {@code ./anodyne} hands to the platform says what it does, without a platform. */
class HelpTest {
    /** Programs of their own, see {@code bin/anodyne} and the launcher. */
    private static final List<String> ELSEWHERE = List.of("device-host", "tck", "simulate");

    private static final CommandLineRunner.Session NO_PLATFORM = new CommandLineRunner.Session(
            HelpTest::nothingStarted, HelpTest::nothingStarted, null, new CountDownLatch(1), new AtomicBoolean(), null);

    private static <T> T nothingStarted() {
        throw new AssertionError("help needs no platform");
    }

    private static String said(int exit, String... words) {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertEquals(exit, Commands.execute(words, NO_PLATFORM), String.join(" ", words));
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCommandOfTheScriptHasHelp() throws Exception {
        String script = Files.readString(Path.of("../../anodyne"));
        var names = Pattern.compile("(?m)^  (run \\|.*)\\) platform").matcher(script);
        assertTrue(names.find(), "the script's list of commands was not found");
        for (String name : names.group(1).split(" \\| ")) {
            if (!ELSEWHERE.contains(name)) {
                String help = said(0, name, "--help");
                assertTrue(help.startsWith("Usage: anodyne " + name), help);
            }
        }
    }

    @Test
    void benchTellsItsOptions() {
        String help = said(0, "bench", "--help");
        assertTrue(help.contains("--json") && help.contains("SETTING=VALUE"), help);
    }
}
