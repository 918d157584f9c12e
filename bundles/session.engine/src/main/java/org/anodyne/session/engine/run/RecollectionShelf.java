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
import java.util.function.Consumer;

/**
 * Files of what participants wrote, a small one for each: programme, then {@code exercise.field}, then the newest answer. Written
 * whole, beside the former one, and forced to the disk before it takes its place. What cannot be read or written is told and
 * ends nothing. Thread: any, one at a time.
 */
public final class RecollectionShelf {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

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
        try {
            return read(participant).getOrDefault(programme, Map.of());
        } catch (IOException e) {
            problems.accept("what " + participant + " wrote at earlier visits is not shown: " + file(participant)
                    + " cannot be read: " + e.getMessage());
            return Map.of();
        }
    }

    /** Keeps answers, in place of former ones to the same. */
    synchronized void keep(
            String participant, String programme, Map<String, Object> answers, Consumer<String> problems) {
        Path file = file(participant);
        try {
            Map<String, Map<String, Object>> all = read(participant);
            all.computeIfAbsent(programme, p -> new TreeMap<>()).putAll(answers);
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

    private Path file(String participant) {
        return folder.resolve(participant + ".json");
    }

    private Map<String, Map<String, Object>> read(String participant) throws IOException {
        Path file = file(participant);
        return Files.exists(file) ? JSON.readValue(file.toFile(), new TypeReference<>() {}) : new TreeMap<>();
    }
}
