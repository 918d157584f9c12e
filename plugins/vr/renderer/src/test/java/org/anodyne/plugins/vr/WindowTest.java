package org.anodyne.plugins.vr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The display on a screen, where this process has one: run under {@code xvfb-run}, or in front of a person. */
class WindowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @BeforeEach
    void needsAScreen() {
        Assumptions.assumeTrue(System.getenv("DISPLAY") != null, "skipped: there is no X server (xvfb-run starts one)");
    }

    /** Opens the display, waits for frames, closes it; what it says of itself. */
    private static Map<String, Object> shown(Map<String, Object> parameters) throws Exception {
        try (LiveContext context = new LiveContext(
                        Schema.of(DisplayFactory.class).defaultsWith(new HashMap<>(parameters)), Optional.empty());
                DisplayInstance display = (DisplayInstance) new DisplayFactory().create(context)) {
            display.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            display.start();
            assertTrue(context.published().await(p -> !p.events("frames").isEmpty(), PATIENCE), "no frames");
            return context.published().events("display-opened").get(0).attributes();
        }
    }

    @Test
    void aWindowHasTheSizeThatTheProtocolSays() throws Exception {
        Map<String, Object> opened = shown(Map.of("mode", "window", "width", 320L, "height", 180L));
        assertEquals(320L, opened.get("width"));
        assertEquals(180L, opened.get("height"));
        assertTrue(String.valueOf(opened.get("device")).startsWith("window, "), opened.toString());
    }

    @Test
    void withoutAFrameItCoversTheMonitor() throws Exception {
        Map<String, Object> opened = shown(Map.of("mode", "borderless", "width", 320L, "height", 180L));
        String screen = screen();
        assertEquals(screen, opened.get("width") + "x" + opened.get("height"));
    }

    /** Pixels of the screen as the X server tells them. */
    private static String screen() throws IOException {
        Path out = Files.createTempFile("xdpyinfo", ".txt");
        try {
            new ProcessBuilder("xdpyinfo").redirectOutput(out.toFile()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            Assumptions.abort("skipped: xdpyinfo is not there (Debian: apt install x11-utils)");
        }
        String words = Files.readString(out, StandardCharsets.UTF_8);
        return words.replaceAll("(?s).*dimensions:\\s+(\\d+x\\d+) pixels.*", "$1");
    }

    @Test
    void aMonitorThatIsNotThereIsRefused() {
        PluginException e =
                assertThrows(PluginException.class, () -> shown(Map.of("mode", "borderless", "monitor", 16L)));
        assertTrue(e.getMessage().contains("there is no monitor 16"), e.getMessage());
    }
}
