package org.anodyne.measures.holdings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.measures.Fault;
import org.anodyne.measures.Measure;
import org.anodyne.measures.MeasureException;
import org.anodyne.measures.table.MeasureTable;

/**
 * A folder of measures. {@code sources/} holds every table byte for byte, {@code imports.json} who took it in and when; {@code
 * bids/} and {@code fhir/} are made anew of them at each import, so that they never hold a measure twice.
 */
public final class Holdings {
    private static final String IMPORTS = "imports.json";

    private final Path folder;

    /**
     * What came of an import.
     *
     * @param before when and by whom the same table was taken in before, for a person; empty where it is new. Then nothing was
     *     done
     * @param added measures that are new
     * @param same measures that another table said already
     * @param corrected measures that took the place of others
     */
    public record Result(String before, int added, int same, int corrected) {}

    /** @param folder made when something is taken in */
    public Holdings(Path folder) {
        this.folder = folder;
    }

    /**
     * Takes a table in, whole or not at all. Safe beside another process that does so.
     *
     * @param by who does it
     * @param reason why the table may say something else than tables before it; blank when it may not
     * @throws MeasureException when it says something else, or the folder's own files were changed
     * @throws IOException when the folder cannot be written; then an import that is done again repairs it
     */
    public Result add(MeasureTable table, String by, String reason, Instant now) throws MeasureException, IOException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            return locked(table, by, reason, now);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException, MeasureException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // by this process
        }
        throw new MeasureException(folder + " is at work in another import; wait until that is done");
    }

    private Result locked(MeasureTable table, String by, String reason, Instant now)
            throws MeasureException, IOException {
        List<Import> imports = new ArrayList<>(imports());
        for (Import i : imports) {
            if (i.sha256().equals(table.sha256()) && i.kind() == table.kind()) {
                return new Result("by " + i.by() + " at " + i.at() + " as " + i.file(), 0, i.measures(), 0);
            }
        }
        Map<String, Held> held = held(imports, now);
        Map<String, Measure> changed = compare(table, held, reason);
        int same = (int) table.measures().stream()
                .filter(m -> held.containsKey(m.key()) && !changed.containsKey(m.key()))
                .count();
        int added = table.measures().size() - same - changed.size();
        Import latest = new Import(
                table.kind(),
                table.name(),
                table.sha256(),
                table.measures().size(),
                added,
                changed.size(),
                by,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                changed.isEmpty() ? "" : reason.strip());
        imports.add(latest);
        take(table.measures(), latest, held);
        Path sources = Files.createDirectories(folder.resolve("sources"));
        write(sources.resolve(latest.copy()), table.bytes());
        makeOf(List.copyOf(held.values()), imports);
        // The last step: without it the table was not taken in, whatever else is there already.
        write(
                folder.resolve(IMPORTS),
                JsonText.pretty(imports.stream().map(Import::values).toList())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Result("", added, same, changed.size());
    }

    /** The measures that say something else than what is held, by key. */
    private static Map<String, Measure> compare(MeasureTable table, Map<String, Held> held, String reason)
            throws MeasureException {
        Map<String, Measure> changed = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (Measure m : table.measures()) {
            Held before = held.get(m.key());
            if (before == null || before.measure().says(m)) {
                continue;
            }
            changed.put(m.key(), m);
            faults.add(new Fault(
                    m.line(),
                    "says " + m.shown() + ", but " + before.from().file() + ", line "
                            + before.measure().line() + ", taken in "
                            + before.from().at() + ", says "
                            + before.measure().shown() + "; leave it out, or give the reason of the correction"));
        }
        if (!faults.isEmpty() && reason.isBlank()) {
            throw new MeasureException(faults);
        }
        return changed;
    }

    private static void take(List<Measure> measures, Import from, Map<String, Held> held) {
        for (Measure m : measures) {
            Held before = held.get(m.key());
            if (before == null || !before.measure().says(m)) {
                held.put(m.key(), new Held(m, from));
            }
        }
    }

    private List<Import> imports() throws MeasureException, IOException {
        Path file = folder.resolve(IMPORTS);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Import> all = new ArrayList<>();
            for (Object o : JsonText.MAPPER.readValue(Files.readAllBytes(file), List.class)) {
                all.add(Import.of((Map<?, ?>) o));
            }
            return all;
        } catch (com.fasterxml.jackson.core.JacksonException | RuntimeException e) {
            throw new MeasureException(file + " was changed and cannot be read: " + e.getMessage()
                    + ". Put back the copy that the site keeps, or begin another folder with the tables of sources/");
        }
    }

    /** What the tables before say together, by key, in the order in which it came. */
    private Map<String, Held> held(List<Import> imports, Instant now) throws MeasureException, IOException {
        Map<String, Held> held = new LinkedHashMap<>();
        for (Import i : imports) {
            Path copy = folder.resolve("sources").resolve(i.copy());
            String which = copy + " (" + i.file() + ")";
            if (!Files.exists(copy)) {
                throw new MeasureException(which + " was removed since it was taken in; put it back as it was");
            }
            MeasureTable table;
            try {
                table = MeasureTable.of(i.file(), Files.readAllBytes(copy), i.kind(), now);
            } catch (MeasureException e) {
                throw new MeasureException(
                        which + " was changed, or taken in by another version of Anodyne, and has now "
                                + e.faults().size() + (e.faults().size() == 1 ? " fault" : " faults") + ", first: "
                                + e.faults().get(0));
            }
            if (!table.sha256().equals(i.sha256())) {
                throw new MeasureException(which + " was changed since it was taken in; put it back as it was");
            }
            take(table.measures(), i, held);
        }
        return held;
    }

    private void makeOf(List<Held> held, List<Import> imports) throws IOException {
        Path bids = folder.resolve(".bids.part");
        Path fhir = folder.resolve(".fhir.part");
        delete(bids);
        delete(fhir);
        Phenotype.write(held, imports, bids);
        Fhir.write(held, imports, fhir);
        replace(bids, folder.resolve("bids"));
        replace(fhir, folder.resolve("fhir"));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path making = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(making, bytes);
        Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void replace(Path made, Path place) throws IOException {
        Path old = place.resolveSibling("." + place.getFileName() + ".old");
        delete(old);
        if (Files.exists(place)) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
