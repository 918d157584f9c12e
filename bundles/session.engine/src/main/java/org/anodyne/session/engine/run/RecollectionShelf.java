package org.anodyne.session.engine.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of what participants wrote, a small one for each: programme, then {@code exercise.field}, then the newest answer. Written
 * whole, beside the former one, and forced to the disk before it takes its place. What cannot be read or written is told and
 * ends nothing. Thread: any.
 */
public final class RecollectionShelf implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Logger LOG = LoggerFactory.getLogger(RecollectionShelf.class);
    private static final long END_SECONDS = 10;

    private final Path folder;
    /** Answers on their way to the disk, by participant and programme; guarded by itself. */
    private final Map<String, Map<String, Map<String, Object>>> unwritten = new TreeMap<>();

    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread t = new Thread(task, "recollections");
        t.setDaemon(true);
        return t;
    });

    /** @param folder made when it is first needed */
    public RecollectionShelf(Path folder) {
        this.folder = folder;
    }

    /**
     * What a participant answered in a programme, by {@code exercise.field}; empty when nothing.
     *
     * @param participant letters and digits, as the engine has checked
     */
    synchronized Map<String, Object> of(String participant, String programme, Consumer<String> problems) {
        write(participant, problems);
        try {
            return read(participant).getOrDefault(programme, Map.of());
        } catch (IOException e) {
            problems.accept("what " + participant + " wrote at earlier visits is not shown: " + file(participant)
                    + " cannot be read: " + e.getMessage());
            return Map.of();
        }
    }

    /** Keeps answers, in place of former ones to the same; written soon, on a thread of its own: a disk may take its time. */
    void keep(String participant, String programme, Map<String, Object> answers, Consumer<String> problems) {
        synchronized (unwritten) {
            unwritten
                    .computeIfAbsent(participant, p -> new TreeMap<>())
                    .computeIfAbsent(programme, p -> new TreeMap<>())
                    .putAll(answers);
        }
        writer.execute(() -> write(participant, problems));
    }

    private synchronized void write(String participant, Consumer<String> problems) {
        Map<String, Map<String, Object>> kept;
        synchronized (unwritten) {
            kept = unwritten.remove(participant);
        }
        if (kept == null) {
            return; // written with what came before it
        }
        Path file = file(participant);
        try {
            Map<String, Map<String, Object>> all = read(participant);
            kept.forEach((programme, answers) ->
                    all.computeIfAbsent(programme, p -> new TreeMap<>()).putAll(answers));
            Files.createDirectories(folder);
            Path next = folder.resolve(participant + ".json.next");
            Files.write(next, JSON.writeValueAsBytes(all));
            try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            problems.accept("what " + participant + " wrote will not be shown at later visits: " + file
                    + " cannot be written: " + e.getMessage());
        }
    }

    /** Writes what is left; waits for that. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("what participants wrote last is not on the disk after {} s: {}", END_SECONDS, folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path file(String participant) {
        return folder.resolve(participant + ".json");
    }

    private Map<String, Map<String, Object>> read(String participant) throws IOException {
        Path file = file(participant);
        return Files.exists(file) ? JSON.readValue(file.toFile(), new TypeReference<>() {}) : new TreeMap<>();
    }
}
