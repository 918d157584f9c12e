package org.anodyne.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "scene",
        description = "Shows one scene in a window, or draws one picture of it without any screen (--shot).",
        mixinStandardHelpOptions = true)
final class SceneCommand implements Callable<Integer> {
    private static final int FRAMES_PER_SECOND = 60;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DISPLAY = "display";
    private static final String SCENE = "scene";

    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCENE",
            description = "Plug-in of the scene; without it, the scenes are listed.")
    String scene;

    @Option(names = "--shot", paramLabel = "FILE", description = "Draws a picture into this PNG file and ends.")
    Path shot;

    @Option(
            names = "--size",
            defaultValue = "1280x720",
            paramLabel = "WxH",
            description = "Pixels across and down, of each eye. Default: ${DEFAULT-VALUE}.")
    String size;

    @Option(
            names = "--eyes",
            defaultValue = "1",
            paramLabel = "1|2",
            description = "With 2, the picture shows what each eye sees, beside each other. Default: ${DEFAULT-VALUE}.")
    int eyes;

    @Option(
            names = "--at",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description = "When in the scene the picture is taken. Default: ${DEFAULT-VALUE}.")
    double at;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the scene, as a protocol writes it. May be repeated.")
    List<String> set = new ArrayList<>();

    @Option(names = "--seed", defaultValue = "7", paramLabel = "N", description = "Seed. Default: ${DEFAULT-VALUE}.")
    long seed;

    SceneCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.connected();
        if (scene == null) {
            Table table = new Table("SCENE", "TITLE");
            p.registry.plugins().stream()
                    .filter(s -> s.kind() == PluginKind.SCENE)
                    .forEach(s -> table.row(s.id(), s.title()));
            spec.commandLine().getOut().print(table);
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (p.registry.plugins().stream().noneMatch(s -> s.id().equals(scene))) {
            List<String> scenes = p.registry.plugins().stream()
                    .filter(s -> s.kind() == PluginKind.SCENE)
                    .map(s -> s.id())
                    .sorted()
                    .toList();
            throw refused("there is no scene '" + scene + "'; there is: " + String.join(", ", scenes));
        }
        Path folder = Files.createTempDirectory("anodyne-scene");
        try {
            Path protocol = folder.resolve("scene.yaml");
            Files.writeString(protocol, protocol(folder));
            RunningSession running =
                    p.engine.start(new Request(protocol, "nobody", Map.of(), 1, folder.resolve("out"), true, Map.of()));
            return shot == null ? watch(p, running) : picture(p, running);
        } finally {
            delete(folder);
        }
    }

    private String protocol(Path folder) {
        String[] wh = size.split("x", -1);
        if (wh.length != 2 || !wh[0].matches("\\d{1,4}") || !wh[1].matches("\\d{1,4}")) {
            throw refused("--size " + size + ": write pixels across and down, e.g. 1280x720");
        }
        if (!scene.matches("[a-z][a-z0-9-]*")) {
            throw refused("'" + scene + "' cannot be the name of a plug-in");
        }
        if (!(at >= 0 && at <= 3600)) {
            throw refused("--at " + at + ": write seconds from 0 to 3600");
        }
        String given = Assignments.of("--set", set).entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", "));
        String where = shot == null
                ? "mode: window, resolution: auto"
                : "mode: headless, pace: steps, mirror: 0, eyes: " + eyes + ", pictures: '" + folder.resolve("pictures")
                        + "', picturesAt: [" + Math.round(at * FRAMES_PER_SECOND) + "]";
        return """
                anodyne: 1
                id: scene
                title: One scene
                seed: %d
                slots:
                  %s: {plugin: %s, parameters: {%s}}
                  %s: {plugin: display, parameters: {%s, width: %s, height: %s}}
                phases:
                  - {id: look, duration: 12 h, slots: [%s, %s]}
                """.formatted(seed, SCENE, scene, given, DISPLAY, where, wh[0], wh[1], SCENE, DISPLAY);
    }

    private static CommandFailure refused(String message) {
        return new CommandFailure(CommandFailure.BAD_INPUT, message);
    }

    private int picture(Platform p, RunningSession running) throws Exception {
        CompletableFuture<Path> drawn = new CompletableFuture<>();
        try (Subscription events = listen(p, running, d -> {
            switch (d.type()) {
                case "picture" ->
                    drawn.complete(Path.of(String.valueOf(d.attributes().get("file"))));
                case "scene-failed", "picture-failed", "display-failed" ->
                    drawn.completeExceptionally(new CommandFailure(
                            1,
                            "no picture of '" + scene + "': " + d.attributes().get("reason")));
                default -> {
                    // Of no concern here.
                }
            }
        })) {
            Path made = await(drawn, running);
            if (shot.toAbsolutePath().getParent() != null) {
                Files.createDirectories(shot.toAbsolutePath().getParent());
            }
            Files.copy(made, shot, StandardCopyOption.REPLACE_EXISTING);
            spec.commandLine().getOut().println(shot);
            return 0;
        } finally {
            end(running);
        }
    }

    /** The picture; a session that ends before it tells why. */
    private static Path await(CompletableFuture<Path> drawn, RunningSession running) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            try {
                return drawn.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (over(running)) {
                    var result = running.await(LOOK);
                    throw new CommandFailure(1, "no picture: " + result.reason() + " " + result.problems());
                }
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause() instanceof CommandFailure f ? f : e;
            }
        }
        throw new CommandFailure(1, "no picture within " + PATIENCE.toMinutes() + " minutes");
    }

    private int watch(Platform p, RunningSession running) throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        spec.commandLine().getErr().println("close the window, or press Ctrl-C, to end");
        try (Subscription events = listen(p, running, d -> {
            switch (d.type()) {
                case "display-lost" -> closed.complete(null);
                case "scene-failed", "display-failed" ->
                    closed.completeExceptionally(new CommandFailure(
                            1,
                            "'" + scene + "' cannot be shown: " + d.attributes().get("reason")));
                default -> {
                    // Of no concern here.
                }
            }
        })) {
            while (!closed.isDone() && !over(running) && session.stopped().getCount() > 0) {
                running.await(LOOK);
            }
            if (closed.isCompletedExceptionally()) {
                closed.join();
            }
            if (over(running)) {
                throw new CommandFailure(
                        1,
                        "'" + scene + "' was not shown: "
                                + running.await(LOOK).reason()
                                + ". Without a screen, --shot FILE draws a picture");
            }
            return 0;
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause() instanceof CommandFailure f ? f : e;
        } finally {
            end(running);
        }
    }

    private static boolean over(RunningSession running) {
        return running.state() == SessionState.ABORTED || running.state() == SessionState.COMPLETED;
    }

    private static void end(RunningSession running) throws InterruptedException {
        if (!over(running)) {
            running.abort("that was all");
            running.await(Duration.ofSeconds(20));
        }
    }

    private Subscription listen(
            Platform p, RunningSession running, java.util.function.Consumer<Payload.Document> handler)
            throws Exception {
        String all = Topic.of(p.bus.site(), running.id(), Topic.Kind.EVENT, DISPLAY, "")
                        .path() + "/+";
        return p.bus.subscribe(all, m -> {
                    if (m.payload() instanceof Payload.Document d) {
                        handler.accept(d);
                    }
                })
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
