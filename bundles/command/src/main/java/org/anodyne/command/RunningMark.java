package org.anodyne.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A small file that tells other commands on this machine that a platform runs here, and where its bus is. */
final class RunningMark implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String uri;

    private RunningMark(Path file, String uri) {
        this.file = file;
        this.uri = uri;
    }

    /**
     * A running platform.
     *
     * @param what what it does, for people
     */
    record Running(long pid, String uri, String site, String what) {}

    /** @param what what this platform does, e.g. whose session it runs */
    static RunningMark make(CommandLineRunner.Session session, String what) {
        Platform p = session.platform().get();
        String uri = session.busUri();
        Path folder = session.home().get().resolve("var").resolve("running");
        long pid = ProcessHandle.current().pid();
        Path file = folder.resolve(pid + ".json");
        try {
            Files.createDirectories(folder);
            Path part = folder.resolve(pid + ".part");
            JSON.writeValue(part.toFile(), Map.of("pid", pid, "uri", uri, "site", p.bus.site(), "what", what));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        return new RunningMark(file, uri);
    }

    String uri() {
        return uri;
    }

    /** Platforms that run from this home and are alive. */
    static List<Running> find(Path home) {
        Path folder = home.resolve("var").resolve("running");
        List<Running> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path f : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                Map<?, ?> m = JSON.readValue(f.toFile(), Map.class);
                long pid = ((Number) m.get("pid")).longValue();
                if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                    found.add(new Running(
                            pid, (String) m.get("uri"), (String) m.get("site"), String.valueOf(m.get("what"))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
        }
        return found;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
