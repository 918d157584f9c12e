package org.anodyne.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a device host says before it is one. */
class DeviceHostHelpTest {
    @Test
    void helpIsPrintedAndTheExitCodeIsZero() throws Exception {
        URI classes =
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of(classes).toString(),
                        Main.class.getName(),
                        "device-host",
                        "--name",
                        "lab-2",
                        "--help")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        assertTrue(said.startsWith("Usage: anodyne device-host --name NAME"), said);
    }

    @Test
    void withoutANameItSaysWhatIsMissing() {
        LaunchException e = assertThrows(LaunchException.class, () -> DeviceHostStart.parse(List.of("device-host")));
        assertTrue(e.getMessage().contains("needs a name"), e.getMessage());
    }
}
