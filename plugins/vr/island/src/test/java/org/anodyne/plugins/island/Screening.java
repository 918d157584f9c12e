package org.anodyne.plugins.island;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugins.vr.DisplayFactory;

/** Shows an island off screen and keeps what was seen and told. */
final class Screening {
    private static final int WARM_UP = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    final byte[] png;
    final List<Event> events;

    private Screening(byte[] png, List<Event> events) {
        this.png = png;
        this.events = events;
    }

    /** Draws so many frames of an island with these parameters; {@code size} width, height, eyes. */
    static Screening of(Map<String, Object> island, long frames, int... size) throws Exception {
        Path folder = Files.createTempDirectory("island");
        Map<String, Object> how = new HashMap<>();
        how.put("mode", "headless");
        how.put("width", (long) size[0]);
        how.put("height", (long) size[1]);
        how.put("eyes", (long) (size.length > 2 ? size[2] : 1));
        how.put("pace", "steps");
        how.put("rate", 30.0);
        // The island's own schema hides the display's on the class path of its tests.
        how.put("fieldOfView", 60.0);
        how.put("seated", true);
        how.put("maximumSpeed", 1.5);
        how.put("turning", "snap");
        how.put("vignette", true);
        how.put("photodiode", false);
        how.put("pictures", folder.toString());
        how.put("picturesAt", List.of(frames));
        LiveContext outer = new LiveContext(Schema.of(DisplayFactory.class).defaultsWith(how), Optional.empty());
        Schema schema = Schema.of(IslandFactory.class);
        LiveContext inner = new LiveContext(schema.defaultsWith(island), Optional.empty());
        Display display = (Display) new DisplayFactory().create(outer);
        SceneProgram scene = (SceneProgram) new IslandFactory().create(inner);
        try {
            scene.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            display.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            display.start();
            List<String> failures = new ArrayList<>();
            display.show(new Display.Act("island", "island 1.0.0", 7, scene, failures::add));
            boolean seen = outer.published()
                    .await(
                            p -> !p.events("picture").isEmpty()
                                    || !p.events("scene-failed").isEmpty(),
                            PATIENCE);
            if (!seen || outer.published().events("picture").isEmpty()) {
                throw new AssertionError("no picture: " + failures);
            }
            String file = (String)
                    outer.published().events("picture").get(0).attributes().get("file");
            byte[] png = Files.readAllBytes(Path.of(file));
            display.close();
            List<Event> events = new ArrayList<>();
            for (String type : List.of("frames", "breath-in", "breath-out", "scene-ended", "scene-shown")) {
                events.addAll(outer.published().events(type));
            }
            return new Screening(png, events);
        } finally {
            display.close();
            scene.close();
            outer.close();
            inner.close();
        }
    }

    /** Median and 95th percentile of the time of a frame, milliseconds, of those after the first 30. */
    double[] frameTimes() {
        List<Long> submitted = new ArrayList<>();
        for (Event e : events) {
            if (e.type().equals("frames")) {
                List<?> scenes = (List<?>) e.attributes().get("scene");
                for (int i = 0; i < scenes.size(); i++) {
                    if (scenes.get(i).equals("island")) {
                        submitted.add(((Number) ((List<?>) e.attributes().get("submitNanos")).get(i)).longValue());
                    }
                }
            }
        }
        List<Double> late = new ArrayList<>();
        for (int i = Math.min(WARM_UP, submitted.size() - 1); i < submitted.size(); i++) {
            late.add((submitted.get(i) - submitted.get(i - 1)) / 1e6);
        }
        late.sort(null);
        return new double[] {late.get(late.size() / 2), late.get((int) (0.95 * (late.size() - 1))), late.size()};
    }

    java.awt.image.BufferedImage image() throws Exception {
        return ImageIO.read(new java.io.ByteArrayInputStream(png));
    }

    /** For a person: {@code FILE.png FRAMES WIDTH HEIGHT EYES name=value …} draws a picture and tells the times of frames. */
    public static void main(String[] args) throws Exception {
        Map<String, Object> island = new HashMap<>();
        for (int i = 5; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            Object value = pair[1].matches("[0-9.]+") ? (Object) Double.valueOf(pair[1]) : pair[1];
            island.put(pair[0], pair[1].equals("true") ? Boolean.TRUE : value);
        }
        long from = System.nanoTime();
        Screening s = of(
                island,
                Long.parseLong(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]));
        Files.write(new File(args[0]).toPath(), s.png);
        double[] t = s.frameTimes();
        System.out.printf(
                "%s median %.1f p95 %.1f of %.0f frames; all %.1f s; %s%n",
                args[0],
                t[0],
                t[1],
                t[2],
                (System.nanoTime() - from) / 1e9,
                s.events.stream().map(Event::type).distinct().toList());
    }
}
