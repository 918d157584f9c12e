package org.anodyne.console.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.console.store.Store;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.DatasetExporter.Filled;

/**
 * Outcomes that assessors entered, and adverse events, which operators enter, too. Nothing is ever changed: a correction is a row of its own that names the one it replaces.
 * What holds is written as tables, too. Thread: any.
 */
public final class Assessments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS =
            "id, participant, visit, instrument, version, language, at, by, role, answers, scores,"
                    + " corrects, why, (select count(*) from assessment c where c.corrects = a.id) replaced";

    private static final int MOST_SHOWN = 200;

    private final Store store;
    private final DatasetExporter exporter;
    private final Path tables;

    /** @param tables where the tables are written */
    public Assessments(Store store, DatasetExporter exporter, Path tables) {
        this.store = store;
        this.exporter = exporter;
        this.tables = tables;
    }

    /**
     * An assessment.
     *
     * @param id made by the device, so that one that is sent twice is taken once
     * @param visit which visit, in the assessor's words
     * @param role of who entered it, as {@link org.anodyne.console.account.Role#word}
     * @param score attributes of the event {@code score}
     * @param corrects id of the one that it replaces; empty when none
     * @param why why it was corrected; empty when it corrects none
     * @param replaced whether another one corrects it
     */
    public record Assessment(
            String id,
            String participant,
            String visit,
            String instrument,
            String version,
            String language,
            String at,
            String by,
            String role,
            Map<String, Object> answers,
            Map<String, Object> score,
            String corrects,
            String why,
            boolean replaced) {}

    /** The assessment of this id. */
    public Optional<Assessment> find(String id) {
        return store.first("select " + COLUMNS + " from assessment a where id = ?", Assessments::read, id);
    }

    /** All of a participant that a role has entered, the newest first. */
    public List<Assessment> of(String participant, String role) {
        return store.list(
                "select " + COLUMNS
                        + " from assessment a where participant = ? and role = ? order by at desc, rowid desc",
                Assessments::read,
                participant,
                role);
    }

    /** The newest of an instrument, of all participants and whoever entered them, the newest first. */
    public List<Assessment> ofInstrument(String instrument) {
        return store.list(
                "select " + COLUMNS + " from assessment a where instrument = ? order by at desc, rowid desc limit ?",
                Assessments::read,
                instrument,
                MOST_SHOWN);
    }

    /**
     * Keeps one.
     *
     * @param form the instrument as it was asked
     * @return false when there is one of this id already; nothing is done then
     */
    public boolean keep(Assessment a, Map<String, Object> form) {
        return store.change(
                        "insert or ignore into assessment (id, participant, visit, instrument, version, language, at, by,"
                                + " role, answers, scores, corrects, why, form)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        a.id(),
                        a.participant(),
                        a.visit(),
                        a.instrument(),
                        a.version(),
                        a.language(),
                        a.at(),
                        a.by(),
                        a.role(),
                        text(a.answers()),
                        text(a.score()),
                        a.corrects(),
                        a.why(),
                        text(form))
                == 1;
    }

    /**
     * Writes the tables of an instrument anew.
     *
     * @throws org.anodyne.record.RecordException when they cannot be written
     */
    public synchronized void write(String instrument) {
        List<Filled> all = store.list(
                "select participant, visit, at, form, scores from assessment a where instrument = ?"
                        + " and not exists (select 1 from assessment c where c.corrects = a.id) order by participant, at",
                r -> new Filled(
                        r.getString(1),
                        r.getString(2),
                        Instant.parse(r.getString(3)),
                        map(r.getString(4)),
                        map(r.getString(5))),
                instrument);
        exporter.phenotype(all, tables);
    }

    private static Assessment read(ResultSet r) throws SQLException {
        return new Assessment(
                r.getString("id"),
                r.getString("participant"),
                r.getString("visit"),
                r.getString("instrument"),
                r.getString("version"),
                r.getString("language"),
                r.getString("at"),
                r.getString("by"),
                r.getString("role"),
                map(r.getString("answers")),
                map(r.getString("scores")),
                r.getString("corrects"),
                r.getString("why"),
                r.getInt("replaced") > 0);
    }

    private static String text(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be kept: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> map(String text) {
        try {
            Map<String, Object> map = new LinkedHashMap<>();
            JSON.readTree(text)
                    .properties()
                    .forEach(e -> map.put(e.getKey(), org.anodyne.console.http.Call.plain(e.getValue())));
            return map;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds no JSON where it should: " + e.getOriginalMessage(), e);
        }
    }
}
