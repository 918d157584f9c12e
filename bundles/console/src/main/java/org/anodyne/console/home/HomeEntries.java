package org.anodyne.console.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.console.http.Call;
import org.anodyne.console.store.Store;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.DatasetExporter.Filled;

/**
 * What participants did at home, by the number that the device gave it: sent twice, kept once. A participant's entries are
 * written as tables, too, in {@code sub-CODE/phenotype/}. Thread: any.
 */
public final class HomeEntries {
    /** Kinds of entry: a rating that was given, a day's diary, what was done of the lessons. */
    public enum Kind {
        RATING,
        DIARY,
        PAGE,
        PRACTICE,
        EXERCISE
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_SHOWN = 1000;

    private final Store store;
    private final DatasetExporter exporter;
    private final Path folder;

    /** @param folder where a folder of each participant is written */
    public HomeEntries(Store store, DatasetExporter exporter, Path folder) {
        this.store = store;
        this.exporter = exporter;
        this.folder = folder;
    }

    /**
     * An entry.
     *
     * @param id made by the device
     * @param kind in lower case
     * @param made when it was made, by the device's clock (RFC 3339)
     * @param received when it arrived (RFC 3339)
     * @param body what was answered or done
     */
    public record Entry(
            String id, String participant, String kind, String made, String received, Map<String, Object> body) {}

    /**
     * Keeps one.
     *
     * @return whether it is kept under this participant, now or before; false when the id is another participant's
     */
    public boolean keep(Entry e) {
        store.change(
                "insert or ignore into home_entry (id, participant, kind, made, received, body) values (?, ?, ?, ?, ?, ?)",
                e.id(),
                e.participant(),
                e.kind(),
                e.made(),
                e.received(),
                text(e.body()));
        return has(e.id(), e.participant());
    }

    /** Whether this entry of this participant is kept. */
    public boolean has(String id, String participant) {
        return store.number("select count(*) from home_entry where id = ? and participant = ?", id, participant) == 1;
    }

    /** The newest of a participant, the newest first. */
    public List<Entry> of(String participant) {
        return list(participant, "desc", MOST_SHOWN);
    }

    /** All of a participant, the oldest first. */
    public List<Entry> all(String participant) {
        return list(participant, "asc", Integer.MAX_VALUE);
    }

    private List<Entry> list(String participant, String order, int most) {
        return store.list(
                "select id, participant, kind, made, received, body from home_entry where participant = ?"
                        + " order by made " + order + ", received " + order + " limit ?",
                r -> new Entry(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5),
                        map(r.getString(6))),
                participant,
                most);
    }

    /** Steps of the programme that a participant has done, as the page names them. */
    public List<String> done(String programme, String participant) {
        List<String> steps = new ArrayList<>();
        for (Entry e : all(participant)) {
            if (e.body().get("step") instanceof String step
                    && programme.equals(e.body().get("programme"))
                    && !steps.contains(step)) {
                steps.add(step);
            }
        }
        return steps;
    }

    /**
     * Writes a participant's tables anew.
     *
     * @throws org.anodyne.record.RecordException when they cannot be written
     */
    public synchronized void write(String participant) {
        Path own = folder.resolve("sub-" + participant).resolve("phenotype");
        Map<String, EntryTable> tables = new LinkedHashMap<>();
        List<Filled> ratings = new ArrayList<>();
        for (Entry e : all(participant)) {
            if (e.kind().equals("rating") && e.body().containsKey("score")) {
                ratings.add(
                        new Filled(participant, "home", Instant.parse(e.made()), child(e, "form"), child(e, "score")));
            } else {
                tables.computeIfAbsent(table(e), EntryTable::new).add(e);
            }
        }
        exporter.phenotype(ratings, own);
        tables.values().forEach(t -> t.write(own));
    }

    /** The name comes from the device: one that is none of an exercise names no file. */
    private static String table(Entry e) {
        if (!e.kind().equals("exercise")) {
            return e.kind();
        }
        return e.body().get("name") instanceof String n && n.matches("[a-z0-9][a-z0-9-]{0,95}")
                ? "exercise_" + n
                : "exercise";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Entry e, String name) {
        return e.body().get(name) instanceof Map<?, ?> m ? (Map<String, Object>) m : Map.of();
    }

    private static String text(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be kept: " + e.getOriginalMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String text) {
        try {
            return (Map<String, Object>) Call.plain(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds no JSON where it should: " + e.getOriginalMessage(), e);
        }
    }
}
