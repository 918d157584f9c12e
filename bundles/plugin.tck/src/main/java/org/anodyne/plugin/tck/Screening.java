package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.scene.SceneProgram;

/**
 * A display without a screen that shows scenes, one after the other, each frame one period of its rate after the one before it,
 * and takes pictures of them. Closed before the scenes that it shows. Thread: the test's.
 */
final class Screening implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final long SEED = 42;

    private final LiveContext house;
    private final PluginInstance display;
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /**
     * How scenes are shown.
     *
     * @param width pixels across
     * @param height pixels down
     * @param rateHz frames per second of the scene's time
     * @param picturesAt after how many frames of a scene its pictures are taken
     */
    record Way(int width, int height, double rateHz, List<Long> picturesAt) {}

    /** Opens the display; pictures go into this folder. */
    Screening(PluginFactory screens, Path folder, Way way) throws Exception {
        Map<String, Object> headless = new HashMap<>();
        headless.put("mode", "headless");
        headless.put("pace", "steps");
        headless.put("rate", way.rateHz());
        headless.put("width", (long) way.width());
        headless.put("height", (long) way.height());
        headless.put("pictures", folder.toString());
        headless.put("picturesAt", List.copyOf(way.picturesAt()));
        house = new LiveContext(Schema.of(screens.getClass()).defaultsWith(headless), Optional.empty());
        display = screens.create(house);
        display.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        display.start();
    }

    /** Shows a scene in this slot. */
    Display.Act show(String slot, SceneProgram scene) {
        Display.Act act = new Display.Act(slot, "under test", SEED, scene, failures::add);
        ((Display) display).show(act);
        return act;
    }

    /** The picture of the scene in this slot after so many frames; waits for it, and fails when the scene does. */
    byte[] picture(String slot, long frames) throws InterruptedException, IOException {
        String ending = slot + "-" + frames + ".png";
        assertTrue(
                house.published()
                        .await(
                                p -> !failures.isEmpty()
                                        || p.events("picture").stream().anyMatch(e -> file(e).endsWith(ending)),
                                PATIENCE),
                "no picture of the scene after " + PATIENCE.toSeconds() + " s");
        assertEquals(List.of(), failures);
        return Files.readAllBytes(house.published().events("picture").stream()
                .map(Screening::file)
                .filter(f -> f.endsWith(ending))
                .findFirst()
                .orElseThrow());
    }

    private static Path file(Event picture) {
        return Path.of(String.valueOf(picture.attributes().get("file")));
    }

    /** Takes the scene away; returns when it was let go of. */
    void hide(Display.Act act) throws Exception {
        ((Display) display).hide(act).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(List.of(), failures);
    }

    /** All that was told so far. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (Output o : house.published().outputs()) {
            if (o instanceof Output.Happened h) {
                events.add(h.event());
            }
        }
        return events;
    }

    @Override
    public void close() {
        display.close();
        house.close();
    }
}
