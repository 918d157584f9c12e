package org.anodyne.export.quantity;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.anodyne.record.SessionMeta;

/**
 * Outcomes of many sessions: which visit of its participant each session is (by when it began), what changed since the baseline, and how many
 * responded. Every definition has a row for every session, with a reason where the value is missing; shares are told twice, of those that are
 * known and of all participants, where who is missing counts as not having responded. Thread: one.
 */
public final class Study {
    /**
     * One outcome of one session.
     *
     * @param visit which session of the participant it is, from 1
     * @param change empty where none was asked for or it cannot be computed
     * @param noChange why there is no change though one was asked for; empty otherwise
     */
    public record Row(
            String participant,
            String session,
            int visit,
            String startedAt,
            Value value,
            Optional<Change> change,
            String noChange) {}

    /**
     * How many of the participants.
     *
     * @param measure {@code responder_30}, {@code improved}, {@code pain_free}
     * @param yes of them
     * @param known of how many it is known
     * @param participants in all
     */
    public record Count(String outcome, int visit, String measure, int yes, int known, int participants) {
        public double ofKnown() {
            return known == 0 ? Double.NaN : (double) yes / known;
        }

        public double ofAll() {
            return (double) yes / participants;
        }
    }

    /** Sessions that came to their end of those planned; planned 0 where no number was given. */
    public record Adherence(String participant, String outcome, int completed, int begun, int planned) {
        public double share() {
            return planned == 0 ? Double.NaN : (double) completed / planned;
        }
    }

    private record Session(SessionMeta meta, List<Value> values) {}

    private final List<Session> sessions = new ArrayList<>();

    /** Adds what a session came to; in any order. */
    public void add(SessionMeta meta, List<Value> values) {
        sessions.add(new Session(meta, List.copyOf(values)));
    }

    /** All rows: by participant, visit, and in the order of definitions. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        byParticipant().forEach((participant, own) -> {
            for (int i = 0; i < own.size(); i++) {
                for (Value value : own.get(i).values()) {
                    rows.add(row(participant, own, i, value));
                }
            }
        });
        return rows;
    }

    private Map<String, List<Session>> byParticipant() {
        Map<String, List<Session>> all = new TreeMap<>();
        sessions.forEach(s -> all.computeIfAbsent(s.meta().participant(), p -> new ArrayList<>())
                .add(s));
        // Times carry offsets; what is none stands last, as it was given.
        all.values()
                .forEach(l -> l.sort(Comparator.comparing(s -> instant(s.meta().startedAt()))));
        return all;
    }

    private static java.time.Instant instant(String at) {
        try {
            return OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeParseException e) {
            return java.time.Instant.MAX;
        }
    }

    private static Row row(String participant, List<Session> own, int visit, Value value) {
        Definition d = value.definition();
        Optional<Change> change = Optional.empty();
        String none = "";
        if (value.there() && !d.baseline().isEmpty()) {
            boolean first = d.baseline().equals(Definition.FIRST_SESSION);
            double baseline = first ? of(own.get(0), d).map(Value::value).orElse(Double.NaN) : value.baseline();
            if (first && visit == 0) {
                none = "this is the baseline";
            } else if (Double.isNaN(baseline)) {
                none = first ? "the first session has no value" : "phase '" + d.baseline() + "' has no value";
            } else {
                change = Optional.of(Change.of(value.value(), baseline, d.benefit()));
            }
        }
        SessionMeta meta = own.get(visit).meta();
        return new Row(participant, meta.session(), visit + 1, meta.startedAt(), value, change, none);
    }

    private static Optional<Value> of(Session session, Definition d) {
        return session.values().stream()
                .filter(v -> v.definition().id().equals(d.id()) && v.there())
                .findFirst();
    }

    /** Responders, improved and free of pain, by outcome and visit; visits of which nothing can be known are left out. */
    public List<Count> counts() {
        List<Row> rows = rows();
        int participants = byParticipant().size();
        List<Count> counts = new ArrayList<>();
        Set<String> outcomes = new LinkedHashSet<>();
        rows.forEach(r -> outcomes.add(r.value().definition().id()));
        for (String outcome : outcomes) {
            int visits = rows.stream().mapToInt(Row::visit).max().orElse(0);
            for (int visit = 1; visit <= visits; visit++) {
                int now = visit;
                List<Row> here = rows.stream()
                        .filter(r ->
                                r.visit() == now && r.value().definition().id().equals(outcome))
                        .toList();
                measures(here).forEach((name, measure) -> {
                    List<Boolean> known = here.stream()
                            .flatMap(r -> measure.apply(r).stream())
                            .toList();
                    int yes = (int) known.stream().filter(b -> b).count();
                    if (!known.isEmpty()) {
                        counts.add(new Count(outcome, now, name, yes, known.size(), participants));
                    }
                });
            }
        }
        return counts;
    }

    private static Map<String, Function<Row, Optional<Boolean>>> measures(List<Row> rows) {
        Map<String, Function<Row, Optional<Boolean>>> measures = new LinkedHashMap<>();
        for (Row row : rows) {
            Definition d = row.value().definition();
            if (d.benefit() != Definition.Benefit.NONE && !d.baseline().isEmpty()) {
                measures.put("improved", r -> r.change().flatMap(Change::improved));
            }
            d.responders()
                    .forEach(share -> measures.put(name(share), r -> r.change().flatMap(c -> c.responds(share))));
            if (d.painFree().isPresent()) {
                measures.put("pain_free", Study::painFree);
            }
        }
        return measures;
    }

    /** Name of the column of responders by this share: {@code responder_30}. */
    public static String name(double share) {
        return "responder_" + Math.round(share * 100);
    }

    /** Whether a value is at most what counts as free of pain or nearly so; empty where it is missing or was not asked for. */
    public static Optional<Boolean> painFree(Row row) {
        return row.value().there() && row.value().definition().painFree().isPresent()
                ? Optional.of(row.value().value()
                        <= row.value().definition().painFree().getAsDouble())
                : Optional.empty();
    }

    /** By participant, of each outcome of that kind. */
    public List<Adherence> adherence() {
        List<Adherence> all = new ArrayList<>();
        byParticipant().forEach((participant, own) -> {
            Map<String, int[]> counted = new LinkedHashMap<>();
            for (Session s : own) {
                for (Value v : s.values()) {
                    if (v.definition().kind() == Definition.Kind.ADHERENCE) {
                        int[] n = counted.computeIfAbsent(v.definition().id(), k ->
                                new int[] {0, 0, v.definition().sessions().orElse(0)});
                        n[0] += v.value() == 1 ? 1 : 0;
                        n[1]++;
                    }
                }
            }
            counted.forEach((id, n) -> all.add(new Adherence(participant, id, n[0], n[1], n[2])));
        });
        return all;
    }

    /** How many participants there are. */
    public int participants() {
        return byParticipant().size();
    }

    /** How many sessions there are. */
    public int sessions() {
        return sessions.size();
    }
}
