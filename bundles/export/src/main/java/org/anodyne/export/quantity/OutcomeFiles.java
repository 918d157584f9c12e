package org.anodyne.export.quantity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anodyne.export.bids.Table;

/** Outcomes as tables with their data dictionaries, as BIDS has those of phenotypes. Thread: one. */
public final class OutcomeFiles {
    private static final List<String> COLUMNS = List.of(
            "participant_id",
            "session",
            "visit",
            "started",
            "outcome",
            "value",
            "unit",
            "count",
            "missing",
            "baseline",
            "change",
            "percent_change",
            "log_ratio",
            "change_missing",
            "improved");

    private OutcomeFiles() {}

    /** Writes {@code outcomes.tsv}. */
    public static void rows(List<Study.Row> rows, Path file) {
        Set<String> columns = new LinkedHashSet<>(COLUMNS);
        columns.addAll(shares(rows));
        columns.add("pain_free");
        Table table = new Table(columns.toArray(new String[0]));
        for (Study.Row r : rows) {
            Map<String, Object> cells = new LinkedHashMap<>();
            cells.put("participant_id", "sub-" + r.participant());
            cells.put("session", r.session());
            cells.put("visit", r.visit());
            cells.put("started", r.startedAt());
            cells.put("outcome", r.value().definition().id());
            cells.put("value", r.value().value());
            cells.put("unit", r.value().unit());
            cells.put("count", r.value().count());
            cells.put("missing", r.value().missing());
            cells.put("baseline", r.change().map(Change::baseline).orElse(null));
            cells.put("change", r.change().map(Change::absolute).orElse(null));
            cells.put("percent_change", r.change().map(Change::percent).orElse(null));
            cells.put("log_ratio", r.change().map(Change::logRatio).orElse(null));
            cells.put("change_missing", r.noChange());
            cells.put(
                    "improved",
                    r.change().flatMap(Change::improved).map(OutcomeFiles::bit).orElse(null));
            r.value()
                    .definition()
                    .responders()
                    .forEach(share -> cells.put(
                            Study.name(share),
                            r.change()
                                    .flatMap(c -> c.responds(share))
                                    .map(OutcomeFiles::bit)
                                    .orElse(null)));
            cells.put("pain_free", Study.painFree(r).map(OutcomeFiles::bit).orElse(null));
            table.row(cells);
        }
        table.write(file);
    }

    /** A value for a session's summary; its change only against a phase of the same session. */
    public static Map<String, Object> value(Value v) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("id", v.definition().id());
        m.put("value", v.value());
        m.put("unit", v.unit());
        m.put("count", v.count());
        m.put("missing", v.missing());
        v.change().ifPresent(c -> {
            m.put("baseline", c.baseline());
            m.put("change", c.absolute());
            m.put("percentChange", c.percent());
            m.put("logRatio", c.logRatio());
            m.put("improved", c.improved().orElse(null));
        });
        m.put("definition", definition(v.definition()));
        return m;
    }

    private static Integer bit(boolean b) {
        return b ? 1 : 0;
    }

    private static Set<String> shares(List<Study.Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(r -> r.value().definition().responders().forEach(s -> names.add(Study.name(s))));
        return names;
    }

    /** Writes {@code responders.tsv}. */
    public static void counts(List<Study.Count> counts, Path file) {
        Table table = new Table(
                "outcome", "visit", "measure", "yes", "known", "participants", "share_of_known", "share_of_all");
        for (Study.Count c : counts) {
            Map<String, Object> cells = new LinkedHashMap<>();
            cells.put("outcome", c.outcome());
            cells.put("visit", c.visit());
            cells.put("measure", c.measure());
            cells.put("yes", c.yes());
            cells.put("known", c.known());
            cells.put("participants", c.participants());
            cells.put("share_of_known", c.ofKnown());
            cells.put("share_of_all", c.ofAll());
            table.row(cells);
        }
        table.write(file);
    }

    /** Writes {@code adherence.tsv}. */
    public static void adherence(List<Study.Adherence> all, Path file) {
        Table table = new Table("participant_id", "outcome", "completed", "begun", "planned", "share_of_planned");
        for (Study.Adherence a : all) {
            Map<String, Object> cells = new LinkedHashMap<>();
            cells.put("participant_id", "sub-" + a.participant());
            cells.put("outcome", a.outcome());
            cells.put("completed", a.completed());
            cells.put("begun", a.begun());
            cells.put("planned", a.planned() == 0 ? null : a.planned());
            cells.put("share_of_planned", a.share());
            table.row(cells);
        }
        table.write(file);
    }

    /** The data dictionary: columns, and each outcome as it was defined. */
    public static Map<String, Object> dictionary(List<Definition> definitions) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("participant_id", said("Participant"));
        m.put("session", said("Session"));
        m.put("visit", said("Which session of the participant it is, by when it began, from 1"));
        m.put("started", said("When it began"));
        Map<String, Object> outcome = said("Outcome, as defined");
        Map<String, Object> levels = new LinkedHashMap<>();
        definitions.forEach(d -> levels.put(d.id(), definition(d)));
        outcome.put("Levels", levels);
        m.put("outcome", outcome);
        m.put("value", said("Value; n/a when it is missing"));
        m.put("unit", said("Unit of value, baseline and change; 1 for plain numbers"));
        m.put("count", said("What the value rests on: segments of the spectrum, values of a feature, answers, phases"));
        m.put("missing", said("Why there is no value; n/a when there is one"));
        m.put(
                "baseline",
                said("Value of the baseline: of a phase of the same session, or of the participant's first session"));
        m.put("change", said("Value less baseline"));
        m.put("percent_change", said("Change in percent of the baseline; n/a where the baseline is not above 0"));
        m.put("log_ratio", said("Natural logarithm of value over baseline; n/a where one of them is not above 0"));
        m.put("change_missing", said("Why there is no change though a baseline was named; n/a otherwise"));
        m.put("improved", said("1 when the change goes in the direction of benefit, 0 when not"));
        definitions.stream()
                .flatMap(d -> d.responders().stream())
                .distinct()
                .forEach(s -> m.put(
                        Study.name(s),
                        said("1 when at least " + Math.round(s * 100)
                                + " % of the baseline was gained in the direction of benefit")));
        m.put("pain_free", said("1 when the value is at most what the definition counts as free of pain or nearly so"));
        return m;
    }

    private static Map<String, Object> said(String description) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("Description", description);
        return m;
    }

    /** A definition with all that it says; what it leaves open is left out. */
    public static Map<String, Object> definition(Definition d) {
        Map<String, Object> m = new LinkedHashMap<>();
        put(m, "title", d.title());
        m.put("kind", word(d.kind()));
        put(m, "of", d.of());
        put(m, "item", d.item());
        put(m, "channels", d.channels());
        put(m, "with", d.with());
        d.band().ifPresent(b -> m.put("bandHz", List.of(b.low(), b.high())));
        d.reference().ifPresent(b -> m.put("relativeToHz", List.of(b.low(), b.high())));
        if (d.kind() == Definition.Kind.CONNECTIVITY) {
            m.put("measure", word(d.measure()));
        }
        put(m, "phase", d.phase());
        put(m, "condition", d.condition());
        put(m, "time", d.time());
        put(m, "baseline", d.baseline());
        if (d.kind() == Definition.Kind.RATING || d.kind() == Definition.Kind.SCORE) {
            m.put("take", word(d.take()));
        }
        m.put("benefit", word(d.benefit()));
        put(m, "responders", new ArrayList<>(d.responders()));
        d.painFree().ifPresent(v -> m.put("painFreeAtMost", v));
        d.sessions().ifPresent(v -> m.put("sessionsPlanned", v));
        put(m, "source", d.source());
        if (!d.source().isEmpty()) {
            m.put("verified", d.verified());
        }
        return m;
    }

    private static void put(Map<String, Object> m, String key, Object value) {
        boolean empty = value instanceof String s && s.isEmpty() || value instanceof List<?> l && l.isEmpty();
        if (!empty) {
            m.put(key, value);
        }
    }

    private static String word(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
