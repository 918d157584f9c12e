package org.anodyne.plugins.vr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.scene.Pose;
import org.joml.Quaternionf;

/** The runtime of {@code src/test/c}: built by gcc, ordered about by a file, read back by its log. */
final class ScriptedRuntime {
    /** From the runtime's times to CLOCK_MONOTONIC; {@code OFFSET_NANOS} of {@code control.c}. */
    private static final long OFFSET_NANOS = 5_000_000_000_000L;

    /** How long to wait before its log, a file, is looked at again. */
    private static final long LOOK_MILLIS = 20;

    private final Path manifest = Path.of(System.getenv("XR_RUNTIME_JSON"));
    private final Path control = Path.of(System.getenv("SCRIPTED_XR_CONTROL"));
    private final Path folder = manifest.getParent();
    private final Path log = folder.resolve("log.jsonl");

    /** Builds it. @return why that cannot be done here, or nothing */
    String build() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path library = folder.resolve("libscripted-xr.so");
        List<String> command = new ArrayList<>(List.of(
                "gcc",
                "-std=gnu11",
                "-shared",
                "-fPIC",
                "-O1",
                "-g",
                "-fvisibility=hidden",
                "-Wall",
                "-o",
                "" + library));
        try (Stream<Path> sources = Files.list(Path.of("src/test/c"))) {
            sources.map(Path::toString).filter(s -> s.endsWith(".c")).sorted().forEach(command::add);
        }
        command.addAll(List.of("-ldl", "-lm"));
        Process gcc;
        try {
            gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return "gcc is not there (Debian: apt install gcc libc6-dev libopenxr-dev)";
        }
        String words = new String(gcc.getInputStream().readAllBytes());
        if (gcc.waitFor() != 0) {
            if (words.contains("openxr/openxr.h")) {
                return "OpenXR's headers are not there (Debian: apt install libopenxr-dev)";
            }
            throw new IOException("the scripted runtime does not compile: " + words);
        }
        return "";
    }

    /** Makes it the runtime of this process, with these orders. */
    void order(Map<String, Object> orders) throws IOException {
        Files.writeString(
                manifest,
                "{\"file_format_version\":\"1.0.0\",\"runtime\":{\"library_path\":\"./libscripted-xr.so\","
                        + "\"name\":\"scripted\"}}");
        Files.deleteIfExists(log);
        StringBuilder lines = new StringBuilder("log " + log + "\ndump " + folder + "\n");
        orders.forEach(
                (word, value) -> lines.append(word).append(' ').append(value).append('\n'));
        Files.writeString(control, lines);
    }

    /** No runtime is there any more. */
    void remove() throws IOException {
        Files.deleteIfExists(manifest);
    }

    /** What it wrote down, of one kind. */
    List<JsonNode> log(String what) {
        try {
            List<JsonNode> all = new ArrayList<>();
            ObjectMapper json = new ObjectMapper();
            for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
                JsonNode node = json.readTree(line);
                if (node.get("what").asText().equals(what)) {
                    all.add(node);
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it was given so many frames; whether it was in this time. */
    boolean given(long frames, Duration patience) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(patience);
        while (frames() < frames) {
            if (deadline.passed()) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private long frames() throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(l -> l.contains("\"what\":\"frame\"")).count();
        }
    }

    /** Time of {@code System.nanoTime} of one of its times. */
    static long nanoTime(long runtimeTime) {
        return runtimeTime - OFFSET_NANOS;
    }

    /** Where the head is by the script; the lines of {@code pose.c}. @param s seconds since the session began */
    static Pose head(double s) {
        Quaternionf q = new Quaternionf()
                .rotateY((float) (0.4 + 0.5 * Math.sin(0.5 * s)))
                .rotateX((float) (0.1 * Math.sin(0.8 * s)));
        return new Pose(
                (float) (0.10 * Math.sin(0.7 * s)),
                (float) (1.55 + 0.02 * Math.sin(1.1 * s)),
                (float) (0.3 + 0.05 * Math.sin(0.9 * s)),
                q.x,
                q.y,
                q.z,
                q.w);
    }

    /** The picture that an eye was given, as the colour of its middle: red, green, blue, 0 to 255. */
    int[] middleOf(String eye) throws IOException {
        byte[] ppm = Files.readAllBytes(folder.resolve(eye + ".ppm"));
        String[] header = new String(ppm, 0, 16, java.nio.charset.StandardCharsets.US_ASCII).split("\\s+");
        int width = Integer.parseInt(header[1]);
        int height = Integer.parseInt(header[2]);
        int at = ppm.length - 3 * width * height + 3 * (height / 2 * width + width / 2);
        return new int[] {ppm[at] & 0xFF, ppm[at + 1] & 0xFF, ppm[at + 2] & 0xFF};
    }

    /** Whether pictures of both eyes were written. */
    boolean dumped() {
        return Files.exists(folder.resolve("left.ppm")) && Files.exists(folder.resolve("right.ppm"));
    }

    /** Takes the pictures away. */
    void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("left.ppm"));
        Files.deleteIfExists(folder.resolve("right.ppm"));
    }
}
