package org.anodyne.bench.scene;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * How long a frame of each installed world takes, without a screen and as fast as it goes, from one submission to the next; in
 * the same run a scene that draws nothing. Each world is shown by a phase of a session, as in a trial.
 */
@Component
public final class FramesBenchmark implements Benchmark {
    /** Frames of a world before they count: its fade-in, and what is compiled with its first frames. */
    private static final int WARM = 30;
    /** In these a display that draws less finely when frames come late has come to rest. */
    private static final int WARM_AUTO = 90;

    private static final String FULL = "full";
    private static final String AUTO = "auto";
    private static final int AUTO_HZ = 30;

    private static final String DISPLAY = "display";
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Pixels of an eye, and how many eyes. */
    private record Size(int width, int height, int eyes) {
        @Override
        public String toString() {
            return (eyes == 2 ? "2 x " : "") + width + "x" + height;
        }
    }

    private static final List<Size> SIZES =
            List.of(new Size(640, 360, 1), new Size(1280, 720, 1), new Size(540, 540, 2), new Size(1080, 1080, 2));

    private final SessionEngine engine;
    private final PluginRegistry registry;
    private final MessageBus bus;

    @Activate
    public FramesBenchmark(
            @Reference SessionEngine engine, @Reference PluginRegistry registry, @Reference MessageBus bus) {
        this.engine = engine;
        this.registry = registry;
        this.bus = bus;
    }

    @Override
    public String name() {
        return "frames";
    }

    @Override
    public String title() {
        return "time of a frame per world and size, without a screen, next to a scene that draws nothing";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("seconds", "scene", "size", "resolution", "set"));
        int seconds = settings.whole("seconds", 6, 600);
        String only = settings.text("scene");
        String size = settings.text("size");
        String resolution = settings.text("resolution").isEmpty() ? FULL : settings.text("resolution");
        if (!Set.of(FULL, AUTO).contains(resolution)) {
            throw new IllegalArgumentException("resolution=" + resolution + ": full or auto");
        }
        List<String> scenes = registry.plugins().stream()
                .filter(p -> p.kind() == PluginKind.SCENE && p.state() == InstalledPlugin.State.AVAILABLE)
                .map(InstalledPlugin::id)
                .filter(id -> only.isEmpty() || id.equals(only) || id.equals(EmptyScene.ID))
                .sorted((a, b) -> a.equals(EmptyScene.ID) ? -1 : b.equals(EmptyScene.ID) ? 1 : a.compareTo(b))
                .toList();
        if (!only.isEmpty() && !scenes.contains(only)) {
            throw new IllegalArgumentException("there is no scene '" + only + "'");
        }
        Map<String, String> parameters = parameters(settings.text("set"), only);
        List<Map<String, Object>> rows = new ArrayList<>();
        String[] device = new String[1];
        for (Size s : SIZES) {
            if (size.isEmpty() || s.toString().replace(" ", "").equals(size.replace(" ", ""))) {
                progress.accept(s + ": " + scenes.size() + " scenes of " + seconds + " s each");
                Map<String, List<Long>> intervals =
                        measured(scenes, parameters, s, seconds, resolution, folder, device);
                scenes.forEach(id -> rows.add(row(id, s, intervals.getOrDefault(id, List.of()))));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("size=" + size + ": choose one of " + SIZES);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames", rows);
        figures.put("device", String.valueOf(device[0]));
        figures.put("secondsEach", seconds);
        figures.put("resolution", resolution);
        figures.put("set", settings.text("set"));
        figures.put("java", System.getProperty("java.version"));
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    private Map<String, List<Long>> measured(
            List<String> scenes,
            Map<String, String> parameters,
            Size size,
            int seconds,
            String resolution,
            Path folder,
            String[] device)
            throws Exception {
        Path protocol = folder.resolve("frames.yaml");
        Files.writeString(protocol, protocol(scenes, parameters, size, seconds, resolution));
        Path out = Files.createTempDirectory(folder, "session");
        Map<String, List<Long>> intervals = new ConcurrentHashMap<>();
        RunningSession session = engine.start(new Request(protocol, "nobody", Map.of(), 1, out, true, Map.of()));
        String topic = Topic.of(bus.site(), session.id(), Topic.Kind.EVENT, DISPLAY, "")
                        .path() + "/+";
        Frames frames = new Frames(intervals, resolution.equals(AUTO) ? WARM_AUTO : WARM);
        try (Subscription events = bus.subscribe(topic, m -> {
                    if (m.payload() instanceof Payload.Document d) {
                        if (d.type().equals("display-opened")) {
                            device[0] = String.valueOf(d.attributes().get("device"));
                        } else if (d.type().equals("frames")) {
                            frames.take(d.attributes());
                        }
                    }
                })
                .toCompletableFuture()
                .get(LOOK.toSeconds() + 10, TimeUnit.SECONDS)) {
            SessionEngine.Result result = session.await(LOOK);
            while (result.state() != SessionState.COMPLETED && result.state() != SessionState.ABORTED) {
                result = session.await(LOOK);
            }
            if (result.state() == SessionState.ABORTED) {
                throw new IllegalStateException("nothing was measured: " + result.reason());
            }
        }
        return intervals;
    }

    /** {@code set=weather:1,interest:trees} as the scene's parameters, by slot, as a protocol writes them. */
    private static Map<String, String> parameters(String set, String scene) {
        if (set.isEmpty()) {
            return Map.of();
        }
        if (scene.isEmpty()) {
            throw new IllegalArgumentException("set=" + set + ": say of which scene, e.g. scene=neurofeedback-garden");
        }
        return Map.of(scene, ", parameters: {" + set.replace(":", ": ").replace(",", ", ") + "}");
    }

    private static String protocol(
            List<String> scenes, Map<String, String> parameters, Size s, int seconds, String resolution) {
        String pace =
                resolution.equals(AUTO) ? "pace: clock, rate: " + AUTO_HZ + " Hz, resolution: auto" : "pace: steps";
        String slots = scenes.stream()
                .map(id -> "  " + id + ": {plugin: " + id + parameters.getOrDefault(id, "") + "}\n")
                .collect(Collectors.joining());
        String phases = scenes.stream()
                .map(id -> "  - {id: " + id + ", duration: " + seconds + " s, slots: [" + id + ", " + DISPLAY + "]}\n")
                .collect(Collectors.joining());
        return "anodyne: 1\nid: frames\ntitle: Time of a frame\nslots:\n" + slots + "  " + DISPLAY
                + ": {plugin: display, parameters: {mode: headless, " + pace + ", mirror: 0, width: " + s.width()
                + ", height: "
                + s.height() + ", eyes: " + s.eyes() + "}}\nphases:\n" + phases;
    }

    /** Puts the intervals of frames of the same scene together. Thread: the bus's. */
    private static final class Frames {
        private final Map<String, List<Long>> intervals;
        private String lastScene = "";
        private long lastSubmit;
        private final int warm;
        private int inARow;

        Frames(Map<String, List<Long>> intervals, int warm) {
            this.intervals = intervals;
            this.warm = warm;
        }

        void take(Map<String, Object> attributes) {
            List<?> submits = (List<?>) attributes.get("submitNanos");
            List<?> scenes = (List<?>) attributes.get("scene");
            for (int i = 0; i < submits.size(); i++) {
                long submit = ((Number) submits.get(i)).longValue();
                String scene = String.valueOf(scenes.get(i));
                inARow = scene.equals(lastScene) ? inARow + 1 : 0;
                if (inARow > warm) {
                    intervals.computeIfAbsent(scene, k -> new ArrayList<>()).add(submit - lastSubmit);
                }
                lastScene = scene;
                lastSubmit = submit;
            }
        }
    }

    private static Map<String, Object> row(String scene, Size size, List<Long> intervals) {
        long[] sorted = intervals.stream().mapToLong(Long::longValue).sorted().toArray();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("scene", scene);
        row.put("size", size.toString());
        row.put("medianMs", at(sorted, 0.5));
        row.put("p95Ms", at(sorted, 0.95));
        row.put("frames", sorted.length);
        return row;
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)] / 1e6;
    }

    @Override
    public List<String> table(Map<String, Object> figures) {
        List<String> lines = new ArrayList<>();
        lines.add(figures.get("device")
                + (AUTO.equals(figures.get("resolution"))
                        ? "; drawn less finely where frames come late, " + AUTO_HZ + " frames a second wanted"
                        : ""));
        lines.add("| scene | size | median, ms | 95 %, ms | frames |");
        lines.add("|---|---|---|---|---|");
        for (Object o : (List<?>) figures.get("frames")) {
            Map<?, ?> row = (Map<?, ?>) o;
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f | %s |",
                    row.get("scene"),
                    row.get("size"),
                    (Double) row.get("medianMs"),
                    (Double) row.get("p95Ms"),
                    row.get("frames")));
        }
        return lines;
    }
}
