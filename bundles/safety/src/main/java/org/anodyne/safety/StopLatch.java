package org.anodyne.safety;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emergency stop, latched: a file, so that it outlives the process and holds for every process of this home. Only a
 * person takes it away, with name and reason. Thread: any.
 */
final class StopLatch {
    private static final Logger LOG = LoggerFactory.getLogger(StopLatch.class);

    private final Path file;
    private final Path history;
    private final Clock clock;

    /** Set where the file could not be written. */
    private volatile String unwritten = "";

    StopLatch(Path folder, Clock clock) {
        this.file = folder.resolve("stopped.txt");
        this.history = folder.resolve("stops.txt");
        this.clock = clock;
    }

    /** What happened; empty when it is not set. */
    Optional<String> set() {
        if (!unwritten.isEmpty()) {
            return Optional.of(unwritten);
        }
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.of(file + " is there and cannot be read: " + e.getMessage());
        }
    }

    /** Sets it; one that is set stays as it is. Cannot fail: what cannot be written holds in memory. */
    synchronized void set(String why) {
        if (set().isPresent()) {
            return;
        }
        String text = clock.instant() + " " + oneLine(why);
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), "stop", ".part");
            Files.writeString(part, text + "\n");
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            unwritten = text + " (held in memory: " + e.getMessage() + ")";
            LOG.error("The emergency stop could not be written to {}; it holds until this process ends", file, e);
        }
    }

    /**
     * Takes it away.
     *
     * @return what it was; empty when it was not set
     * @throws IOException when it cannot be taken away; then it holds
     */
    synchronized Optional<String> reset(String by, String reason) throws IOException {
        Optional<String> was = set();
        if (was.isPresent()) {
            Files.createDirectories(history.getParent());
            Files.writeString(
                    history,
                    was.get() + "\n  reset " + clock.instant() + " by " + oneLine(by) + ": " + oneLine(reason) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Files.deleteIfExists(file);
            unwritten = "";
        }
        return was;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
