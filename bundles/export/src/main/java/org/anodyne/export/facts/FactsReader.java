package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.formats.FormatException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;

/** Reads the facts out of a record's messages; keeps no samples. One use, one thread. */
public final class FactsReader implements Consumer<Message> {
    /** A reported gap and a hole in the samples this near each other are the same thing seen twice. */
    private static final long SAME_GAP_NANOS = 500_000_000L;

    /** Sources stop and start a moment after the session is told to. */
    private static final long PAUSE_EDGE_NANOS = 2_000_000_000L;

    private static final class StreamCount {
        final Placement placement;
        long blocks;
        long samples;

        StreamCount(double rate) {
            placement = new Placement(rate);
        }
    }

    private static final class PhaseNote {
        String id = "";
        int repetition;
        long startNanos;
        long endNanos = -1;
        final Map<String, Double> features = new TreeMap<>();
    }

    private final Map<StreamKey, StreamCount> streams = new LinkedHashMap<>();
    private final Map<Integer, PhaseNote> phases = new TreeMap<>();
    private final Map<String, Series> features = new TreeMap<>();
    private final List<Facts.Decision> decisions = new ArrayList<>();
    private final Map<String, Facts.Sent> commands = new LinkedHashMap<>();
    private final List<Facts.Answered> answers = new ArrayList<>();
    private final List<Facts.Gap> holes = new ArrayList<>();
    private final List<Facts.Gap> reported = new ArrayList<>();
    private final List<Facts.Happening> happenings = new ArrayList<>();
    private final List<Facts.Happening> states = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final FeedbackReader feedback = new FeedbackReader();
    private final DisplayReader display = new DisplayReader(feedback::shown);
    private Map<String, Object> plan = Map.of();
    private long messages;
    private long lostMessages;
    private long lastNanos;

    private FactsReader() {}

    /**
     * Reads a record.
     *
     * @param outcome how the session ended, where the caller knows: {@code state}, {@code reason}, {@code problems} and
     *     further facts
     */
    public static SessionFacts read(RecordReader.Record record, Map<String, Object> outcome) {
        FactsReader reader = new FactsReader();
        List<String> damage = new ArrayList<>(record.damage());
        try {
            record.messages(reader);
        } catch (RecordException | FormatException e) {
            // What came before is still worth a dataset; the report says that it is not all.
            damage.add("the record cannot be read to its end: " + e.getMessage());
        }
        return new FactsAssembly(reader.findings(), record, outcome, damage).assemble();
    }

    /** What was found, for {@link FactsAssembly}. */
    record Findings(
            List<StreamFinding> streams,
            List<Facts.Phase> phases,
            Map<String, Series> features,
            List<Facts.Decision> decisions,
            Map<String, Facts.Sent> commands,
            List<Facts.Answered> answers,
            List<Facts.Gap> gaps,
            List<Facts.Happening> happenings,
            List<Facts.Happening> states,
            Map<String, Object> plan,
            DisplayFacts display,
            FeedbackFacts feedback,
            long messages,
            long lostMessages,
            long lastNanos) {}

    record StreamFinding(StreamKey key, long blocks, long samples, long gridSamples, long startNanos, long endNanos) {}

    @Override
    public void accept(Message message) {
        messages++;
        count(message);
        Payload payload = message.payload();
        if (payload instanceof Payload.Samples s) {
            samples(message.topic(), s.block());
        } else if (payload instanceof Payload.FeatureValue f) {
            display.feature(message, f.feature());
            feedback.feature(message, f.feature());
            feature(message.topic(), f.feature());
        } else if (payload instanceof Payload.Request r) {
            commands.putIfAbsent(
                    r.command().id(),
                    new Facts.Sent(
                            r.command(),
                            message.envelope().madeNanos(),
                            message.envelope().acquiredNanos()));
        } else if (payload instanceof Payload.Reply r) {
            seen(r.acknowledgement().timeNanos());
            answers.add(new Facts.Answered(
                    message.topic().slot(),
                    r.acknowledgement(),
                    message.envelope().madeNanos()));
        } else if (payload instanceof Payload.Document d) {
            document(message, d);
        }
    }

    private void count(Message message) {
        String key = message.envelope().source() + ' ' + message.topic().path();
        long sequence = message.envelope().sequence();
        Long last = sequences.put(key, sequence);
        if (last != null && sequence > last + 1) {
            lostMessages += sequence - last - 1;
        }
    }

    private void seen(long timeNanos) {
        lastNanos = Math.max(lastNanos, timeNanos);
    }

    private void samples(Topic topic, SampleBlock block) {
        StreamKey key = StreamKey.of(topic, block);
        StreamCount count = streams.computeIfAbsent(key, k -> new StreamCount(k.rateHz()));
        count.blocks++;
        count.samples += block.length();
        Placement.Step step = count.placement.place(block);
        seen(block.endNanos());
        switch (step.hole()) {
            case NONE -> {}
            case LOST ->
                holes.add(new Facts.Gap(
                        key.name(),
                        step.fromNanos(),
                        step.toNanos(),
                        "lost",
                        step.lost() + " samples are missing by number",
                        step.lost()));
            case PAUSE ->
                holes.add(new Facts.Gap(
                        key.name(), step.fromNanos(), step.toNanos(), "pause", "the source stood still", 0));
            case RESTART ->
                holes.add(new Facts.Gap(
                        key.name(), step.fromNanos(), step.toNanos(), "restart", "sample numbers begin anew", 0));
        }
    }

    private void feature(Topic topic, Feature feature) {
        seen(feature.timeNanos());
        double[] values = feature.values();
        for (int c = 0; c < values.length; c++) {
            String name = values.length == 1 ? feature.name() : feature.name() + "[" + c + "]";
            features.computeIfAbsent(topic.slot() + "/" + name, k -> new Series(topic.slot(), name))
                    .add(feature.timeNanos(), values[c]);
        }
    }

    private void document(Message message, Payload.Document d) {
        Topic topic = message.topic();
        seen(d.timeNanos());
        // What carries no session time (alarms of the recorder) happened where the record stood then.
        long time = d.timeNanos() >= 0 ? d.timeNanos() : lastNanos;
        Facts.Happening h = new Facts.Happening(topic.slot(), d.type(), time, d.attributes());
        if (topic.kind() == Topic.Kind.STATE) {
            states.add(h);
        } else if (topic.slot().equals("session") && d.type().equals("phase")) {
            phase(h);
        } else if (topic.slot().equals("session") && d.type().equals("phase-ended")) {
            PhaseNote note = phases.get((int) h.whole("index", -1));
            if (note != null) {
                note.endNanos = h.whole("end", time);
            }
        } else if (topic.slot().equals("session") && d.type().equals("plan")) {
            plan = d.attributes();
            display.plan(plan);
            feedback.plan(plan);
        } else if (d.type().equals("decision")) {
            decisions.add(new Facts.Decision(
                    topic.slot(),
                    h.text("trigger"),
                    time,
                    h.number("measured"),
                    h.number("threshold"),
                    h.text("verdict"),
                    h.text("phase"),
                    h.text("command"),
                    message.envelope().madeNanos(),
                    message.envelope().acquiredNanos(),
                    h.text("feature"),
                    h.text("version")));
        } else if (d.type().equals("gap")) {
            long from = h.whole("from", time);
            reported.add(new Facts.Gap(
                    topic.slot() + "/" + h.text("stream"), from, h.whole("to", from), "reported", h.text("reason"), 0));
        } else if (!display.takes(message, d)) {
            happenings.add(h);
        }
    }

    private void phase(Facts.Happening h) {
        int index = (int) h.whole("index", phases.size());
        PhaseNote note = phases.computeIfAbsent(index, i -> new PhaseNote());
        note.id = h.text("id");
        note.repetition = (int) h.whole("repetition", 0);
        note.startNanos = h.whole("start", h.timeNanos());
        note.endNanos = Math.max(note.endNanos, h.whole("end", -1));
    }

    private Findings findings() {
        List<StreamFinding> found = new ArrayList<>();
        streams.forEach((key, c) -> found.add(new StreamFinding(
                key, c.blocks, c.samples, c.placement.samples(), c.placement.startNanos(), c.placement.endNanos())));
        return new Findings(
                found,
                phases(),
                features,
                decisions,
                commands,
                answers,
                gaps(),
                happenings,
                states,
                plan,
                display.facts(),
                feedback.facts(happenings),
                messages,
                lostMessages,
                lastNanos);
    }

    /** Phases that began; one that was announced and never came, because the session ended, is none. */
    private List<Facts.Phase> phases() {
        List<Map.Entry<Integer, PhaseNote>> notes = phases.entrySet().stream()
                .filter(e -> e.getValue().startNanos < lastNanos)
                .toList();
        List<Facts.Phase> all = new ArrayList<>();
        for (int i = 0; i < notes.size(); i++) {
            PhaseNote n = notes.get(i).getValue();
            long next = i + 1 < notes.size() ? notes.get(i + 1).getValue().startNanos : lastNanos;
            long end = n.endNanos < 0 ? next : Math.min(n.endNanos, Math.max(next, n.startNanos));
            features.values().stream()
                    .filter(s -> s.feature().startsWith("phase-"))
                    .forEach(s -> {
                        for (int k = 0; k < s.size(); k++) {
                            boolean within = s.timeNanos(k) > n.startNanos && s.timeNanos(k) <= end;
                            if (within && (!n.features.containsKey(s.name()) || Double.isFinite(s.value(k)))) {
                                n.features.put(s.name(), s.value(k));
                            }
                        }
                    });
            all.add(new Facts.Phase(n.id, notes.get(i).getKey(), n.repetition, n.startNanos, end, n.features));
        }
        return all;
    }

    /** Holes in the samples and gaps that sources told of, each once. */
    private List<Facts.Gap> gaps() {
        List<Facts.Gap> all = new ArrayList<>(holes);
        for (Facts.Gap r : reported) {
            int same = -1;
            for (int i = 0; i < all.size() && same < 0; i++) {
                Facts.Gap h = all.get(i);
                boolean meets =
                        h.fromNanos() <= r.toNanos() + SAME_GAP_NANOS && h.toNanos() >= r.fromNanos() - SAME_GAP_NANOS;
                if (meets && h.stream().equals(r.stream()) && !h.kind().equals("reported")) {
                    same = i;
                }
            }
            if (same < 0) {
                all.add(r);
            } else {
                Facts.Gap h = all.get(same);
                String reason = r.reason().isEmpty() ? h.reason() : r.reason();
                all.set(
                        same,
                        new Facts.Gap(h.stream(), h.fromNanos(), h.toNanos(), "reported", reason, h.lostSamples()));
            }
        }
        all.replaceAll(g -> g.loss() && g.lostSamples() == 0 && paused(g)
                ? new Facts.Gap(g.stream(), g.fromNanos(), g.toNanos(), "pause", "the session was paused", 0)
                : g);
        all.sort(java.util.Comparator.comparingLong(Facts.Gap::fromNanos));
        return all;
    }

    /** Whether a gap lies within a pause of the session: then nothing is missing. */
    private boolean paused(Facts.Gap gap) {
        long since = Long.MAX_VALUE;
        for (Facts.Happening h : states) {
            if (!h.slot().equals("session")) {
                continue;
            }
            boolean pause = h.text("state").equals("PAUSED");
            if (!pause
                    && gap.fromNanos() >= since - PAUSE_EDGE_NANOS
                    && gap.toNanos() <= h.timeNanos() + PAUSE_EDGE_NANOS) {
                return true;
            }
            since = pause ? Math.min(since, h.timeNanos()) : Long.MAX_VALUE;
        }
        return false;
    }
}
