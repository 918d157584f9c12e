package org.anodyne.plugin.tck;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;

/**
 * One picture of a scene, drawn without a screen, with the events that came before it: for tests, and for whoever wants to look
 * at it.
 *
 * @param png of all eyes side by side
 * @param events of the display and of the scene, in the order in which they were published
 */
public record ScenePicture(byte[] png, List<Event> events) {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SLOT = "scene";
    private static final long SEED = 42;
    /** Frames at the beginning whose times are left out: drawing them compiles shaders. */
    private static final int WARM_UP = 30;

    /**
     * How it is drawn.
     *
     * @param frames of the scene until the picture is taken
     * @param width pixels across of an eye
     * @param height pixels down
     * @param eyes 1, or 2 as for a headset
     * @param rateHz frames per second of the scene's time
     * @param down how far the head looks down, degrees
     */
    public record Look(long frames, int width, int height, int eyes, double rateHz, float down) {}

    /** Draws a scene with these parameters, its others as by its schema. */
    public static ScenePicture of(PluginFactory scene, PluginFactory display, Map<String, Object> changed, Look look)
            throws Exception {
        Path folder = Files.createTempDirectory("scene-picture");
        Map<String, Object> how = new HashMap<>();
        how.put("mode", "headless");
        how.put("pace", "steps");
        how.put("rate", look.rateHz());
        how.put("width", (long) look.width());
        how.put("height", (long) look.height());
        how.put("eyes", (long) look.eyes());
        how.put("pictures", folder.toString());
        how.put("picturesAt", List.of(look.frames()));
        List<String> failures = new CopyOnWriteArrayList<>();
        try (LiveContext outer = new LiveContext(Schema.of(display.getClass()).defaultsWith(how), Optional.empty());
                LiveContext inner =
                        new LiveContext(Schema.of(scene.getClass()).defaultsWith(changed), Optional.empty());
                PluginInstance shown = display.create(outer);
                PluginInstance played = scene.create(inner)) {
            shown.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            shown.start();
            played.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            played.start();
            SceneProgram program = new LookingDown((SceneProgram) played, look.down());
            ((Display) shown).show(new Display.Act(SLOT, "looked at", SEED, program, failures::add));
            boolean ended =
                    outer.published().await(p -> !p.events("picture").isEmpty() || !failures.isEmpty(), PATIENCE);
            if (!ended || !failures.isEmpty()) {
                throw new AssertionError("no picture of the scene within " + PATIENCE.toSeconds() + " s: " + failures);
            }
            String file = String.valueOf(
                    outer.published().events("picture").get(0).attributes().get("file"));
            byte[] png = Files.readAllBytes(Path.of(file));
            shown.close();
            List<Event> events = new ArrayList<>();
            for (LiveContext one : List.of(outer, inner)) {
                for (Output o : one.published().outputs()) {
                    if (o instanceof Output.Happened h) {
                        events.add(h.event());
                    }
                }
            }
            return new ScenePicture(png, List.copyOf(events));
        }
    }

    /** The events of a type. */
    public List<Event> events(String type) {
        return events.stream().filter(e -> e.type().equals(type)).toList();
    }

    /** Median and 95th percentile of the times from frame to frame, milliseconds, and how many they are of. */
    public double[] frameMillis() {
        List<Double> all = new ArrayList<>();
        // From one event to the next, too: while frames are slow, an event holds one or two of them.
        long before = Long.MIN_VALUE;
        for (Event e : events("frames")) {
            List<?> submitted = (List<?>) e.attributes().get("submitNanos");
            List<?> scenes = (List<?>) e.attributes().get("scene");
            for (int i = 0; i < submitted.size(); i++) {
                long now = ((Number) submitted.get(i)).longValue();
                boolean ours = scenes.get(i).equals(SLOT);
                if (ours && before != Long.MIN_VALUE) {
                    all.add((now - before) / 1e6);
                }
                before = ours ? now : Long.MIN_VALUE;
            }
        }
        List<Double> late = new ArrayList<>(all.subList(Math.min(WARM_UP, Math.max(0, all.size() - 1)), all.size()));
        late.sort(null);
        return late.isEmpty()
                ? new double[] {Double.NaN, Double.NaN, 0}
                : new double[] {late.get(late.size() / 2), late.get((int) (0.95 * (late.size() - 1))), late.size()};
    }

    /**
     * For a person at the command line: {@code FILE.png FRAMES WIDTH HEIGHT EYES DOWN name=value …} draws a picture and tells
     * the times of its frames.
     */
    public static void draw(PluginFactory scene, PluginFactory display, String... args) throws Exception {
        Map<String, Object> changed = new HashMap<>();
        for (int i = 6; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            Object value = pair[1].matches("-?[0-9.]+") ? (Object) Double.valueOf(pair[1]) : pair[1];
            changed.put(pair[0], pair[1].matches("true|false") ? Boolean.valueOf(pair[1]) : value);
        }
        Look look = new Look(
                Long.parseLong(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                30,
                Float.parseFloat(args[5]));
        ScenePicture picture = of(scene, display, changed, look);
        Files.write(Path.of(args[0]), picture.png());
        double[] t = picture.frameMillis();
        System.out.printf("%s: frames median %.1f ms, p95 %.1f ms of %.0f%n", args[0], t[0], t[1], t[2]);
    }

    /** A scene seen by a head that looks down. */
    private record LookingDown(SceneProgram inner, float degrees) implements SceneProgram, Dialled {
        @Override
        public List<Dial> dials() {
            return inner instanceof Dialled d ? d.dials() : List.of();
        }

        @Override
        public void begin(Stage stage) throws org.anodyne.plugin.PluginException {
            inner.begin(stage);
        }

        @Override
        public void advance(Frame frame) {
            inner.advance(frame);
        }

        @Override
        public void draw(View v) {
            double a = Math.toRadians(degrees);
            float cos = (float) Math.cos(a);
            float sin = (float) Math.sin(a);
            float[] m = v.view().clone();
            for (int column = 0; column < 4; column++) {
                float y = v.view()[4 * column + 1];
                float z = v.view()[4 * column + 2];
                m[4 * column + 1] = cos * y - sin * z;
                m[4 * column + 2] = sin * y + cos * z;
            }
            inner.draw(new View(v.eye(), v.width(), v.height(), m, v.projection(), v.position()));
        }

        @Override
        public void end() {
            inner.end();
        }

        @Override
        public void close() {
            // The scene is closed by whoever made it.
        }
    }
}
