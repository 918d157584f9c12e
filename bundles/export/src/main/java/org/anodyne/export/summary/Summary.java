package org.anodyne.export.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.anodyne.dsp.AlphaPeak;
import org.anodyne.dsp.Spectrum;
import org.anodyne.export.facts.DecoderFacts;
import org.anodyne.export.facts.DisplayFacts;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.FeedbackFacts;
import org.anodyne.export.facts.Percentiles;
import org.anodyne.export.facts.ProgrammeFacts;
import org.anodyne.export.facts.Series;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.export.signal.PhaseSpectra;

/** The session in numbers, as in {@code summary.json}. */
public final class Summary {
    private Summary() {}

    /**
     * An individual alpha peak.
     *
     * @param hertz null when there is none
     * @param from where it comes from, for people; why there is none, otherwise
     * @param where the phase, or the whole session
     */
    public record Alpha(Double hertz, String from, String where) {}

    /**
     * The individual alpha peak: of the longest phase for which a processor found one, else from a Welch spectrum of the
     * whole session.
     */
    public static Alpha alpha(SessionFacts facts, List<PhaseSpectra> spectra) {
        List<Facts.Phase> longestFirst = facts.phases().stream()
                .sorted(Comparator.comparingLong(p -> p.startNanos() - p.endNanos()))
                .toList();
        Set<String> without = new LinkedHashSet<>();
        for (Facts.Phase p : longestFirst) {
            for (Map.Entry<String, Double> f : p.features().entrySet()) {
                if (!f.getKey().endsWith("/phase-peak")) {
                    continue;
                }
                if (Double.isFinite(f.getValue())) {
                    return new Alpha(f.getValue(), f.getKey() + " of phase " + p.label(), "phase " + p.label());
                }
                without.add(f.getKey());
            }
        }
        List<String> why = new ArrayList<>();
        for (PhaseSpectra s : spectra) {
            String stream = s.info().slot() + "/" + s.info().name();
            Optional<Spectrum> whole = s.whole();
            Optional<AlphaPeak> peak = whole.flatMap(AlphaPeak::find).filter(AlphaPeak::local);
            if (peak.isPresent()) {
                return new Alpha(
                        peak.get().frequency(),
                        "Welch spectrum of " + stream + " over the whole session",
                        "whole session");
            }
            why.add(stream + ": "
                    + whole.map(w -> AlphaPeak.objection(w, AlphaPeak.LOW, AlphaPeak.HIGH))
                            .orElse("nowhere " + Math.round(PhaseSpectra.SEGMENT_SECONDS)
                                    + " s without a hole, which a spectrum needs"));
        }
        if (spectra.isEmpty()) {
            why.add("no stream is an EEG");
            without.forEach(f -> why.add(f + ": nothing in its range stands out on both sides in any phase"));
        }
        return new Alpha(null, String.join("; ", why), "");
    }

    /** All of it, in the order in which a person reads it. */
    public static Map<String, Object> of(SessionFacts f, Alpha alpha) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("outcome", f.state());
        m.put("reason", f.reason());
        m.put("problems", f.problems());
        m.put("session", f.meta().session());
        m.put("site", f.meta().site());
        m.put("participant", f.meta().participant());
        m.put("protocol", f.protocol().id());
        m.put("startedAt", f.meta().startedAt());
        m.put("durationSeconds", f.durationNanos() / 1e9);
        m.put("speed", f.meta().speed());
        m.put("seed", f.meta().seed());
        m.put("synthetic", f.synthetic());
        m.put("simulatedDevices", f.simulatedDevices());
        m.put("simulatedParticipant", f.simulatedParticipant());
        m.put("about", new TreeMap<>(f.about()));
        m.put("chosen", f.chosen());
        m.put("inputs", new TreeMap<>(f.meta().inputs()));
        m.put("individualAlphaPeakHz", alpha.hertz());
        m.put("individualAlphaPeakFrom", alpha.hertz() == null ? "" : alpha.from());
        m.put("individualAlphaPeakReason", alpha.hertz() == null ? alpha.from() : "");
        m.put("blocks", f.streams().stream().mapToLong(StreamFacts::blocks).sum());
        Map<String, Object> blocks = new TreeMap<>();
        f.streams().forEach(s -> blocks.merge(s.key().name(), s.blocks(), (a, b) -> ((Long) a) + ((Long) b)));
        m.put("blocksByStream", blocks);
        m.put("streams", f.streams().stream().map(Summary::stream).toList());
        m.put("gaps", (long) f.losses().size());
        m.put("gapList", f.gaps().stream().map(Summary::gap).toList());
        m.put("silences", f.silences().stream().map(Summary::silence).toList());
        m.put("triggers", f.decisions().stream().filter(Facts.Decision::fired).count());
        Map<String, Object> decisions = new TreeMap<>();
        f.decisions().forEach(d -> decisions.merge(d.verdict(), 1L, (a, b) -> (Long) a + (Long) b));
        m.put("decisions", decisions);
        m.put("decoders", DecoderFacts.of(f).stream().map(Summary::decoder).toList());
        m.put("featureUnits", new TreeMap<>(f.units()));
        m.put("commands", (long) f.commands().size());
        m.put("acknowledgements", acknowledgements(f));
        m.put("latencyMs", f.latency().map());
        Map<String, Object> stages = new LinkedHashMap<>();
        stages.put(
                "acquisitionToDecision",
                f.latency(Facts.Latency::acquisitionToDecision).map());
        stages.put(
                "decisionToCommand", f.latency(Facts.Latency::decisionToCommand).map());
        stages.put(
                "commandToAcknowledgement",
                f.latency(Facts.Latency::commandToAck).map());
        m.put("latencyStages", stages);
        if (f.display().any()) {
            m.put("display", display(f.display()));
        }
        m.put("programmes", f.programmes().stream().map(Summary::programme).toList());
        if (f.feedback().any()) {
            m.put("feedback", feedback(f));
        }
        Map<String, Object> dose = new LinkedHashMap<>();
        f.doses().forEach(d -> dose.put(d.slot(), d.totals()));
        m.put("dose", dose);
        m.put("swaps", (long) f.swaps().size());
        m.put("swapList", f.swaps().stream().map(Summary::happening).toList());
        m.put("ratings", f.ratings().stream().map(Summary::rating).toList());
        m.put("scores", Sheet.of(f).stream().map(Summary::score).toList());
        m.put("phases", f.phases().stream().map(p -> phase(f, p)).toList());
        if (!f.blinded()) {
            // Worlds tell each movement of a dial: how many there are depends on the level, and that on the arm.
            m.put("messages", f.messages());
        }
        m.put("lostMessages", f.lostMessages());
        m.put("damage", f.damage());
        m.put("versions", new TreeMap<>(f.meta().versions()));
        f.further().forEach(m::putIfAbsent);
        return m;
    }

    private static Map<String, Object> decoder(DecoderFacts d) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("slot", d.slot());
        m.put("model", d.file());
        m.put("sha256", d.sha256());
        m.put("trainedOnSimulatedData", d.simulated());
        m.put("decisionsByVersion", d.versions());
        return m;
    }

    private static Map<String, Object> display(DisplayFacts d) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("device", d.device());
        m.put("rateHz", d.rateHz());
        m.put("frames", d.frames());
        m.put("dropped", d.dropped());
        m.put("framesByScene", d.scenes());
        m.put("frameIntervalMs", Percentiles.ofNanos(d.intervals()).map());
        m.put("gpuMs", Percentiles.ofNanos(d.gpu()).map());
        m.put("featureToFrameMs", Percentiles.ofNanos(d.featureToFrame()).map());
        return m;
    }

    private static Map<String, Object> feedback(SessionFacts f) {
        FeedbackFacts fed = f.feedback();
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("latencyLimitMs", Double.isNaN(fed.limitMillis()) ? null : fed.limitMillis());
        Map<String, Object> whole = new LinkedHashMap<>();
        fed.ways().forEach(w -> whole.put(w.name(), w.whole().map()));
        m.put("sampleToMs", whole);
        List<Object> blocks = new ArrayList<>();
        for (Facts.Phase p : f.phases()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("phase", p.id());
            one.put("index", (long) p.index());
            Map<String, Object> ways = new LinkedHashMap<>();
            fed.ways().forEach(w -> {
                Percentiles some = w.within(p);
                if (some.count() > 0) {
                    ways.put(w.name(), some.map());
                }
            });
            one.put("sampleToMs", ways);
            one.put("late", f.late(p));
            fed.block(p).ifPresent(b -> one.put("training", new TreeMap<>(b.attributes())));
            blocks.add(one);
        }
        m.put("blocks", blocks);
        return m;
    }

    private static Map<String, Object> programme(ProgrammeFacts p) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("slot", p.slot());
        m.put("programme", p.programme());
        m.put("fingerprint", p.fingerprint());
        m.put("frame", p.frame());
        m.put("delivery", p.delivery());
        m.put("sessions", p.sessions());
        m.put("sessionsFinished", p.finished());
        m.put("lessonsShown", p.lessons());
        m.put("exercisesAsked", p.asked());
        m.put("exercisesAnswered", p.answered());
        m.put("adherence", p.asked() == 0 ? null : p.adherence());
        m.put("minutesBySkill", p.minutes());
        m.put("homeworkSet", p.homeworkSet());
        m.put("homeworkReported", p.homeworkReported());
        m.put("reportedMinutesAtHomeBySkill", p.homeMinutes());
        return m;
    }

    private static Map<String, Object> stream(StreamFacts s) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("stream", s.key().name());
        m.put("type", s.info().type());
        m.put("rateHz", s.key().rateHz());
        m.put("channels", (long) s.key().channels());
        m.put("samples", s.samples());
        m.put("startSeconds", s.startNanos() / 1e9);
        m.put("endSeconds", s.endNanos() / 1e9);
        m.put("synthetic", s.info().synthetic());
        return m;
    }

    private static Map<String, Object> gap(Facts.Gap g) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("stream", g.stream());
        m.put("kind", g.kind());
        m.put("fromSeconds", g.fromNanos() / 1e9);
        m.put("toSeconds", g.toNanos() / 1e9);
        m.put("lostSamples", g.lostSamples());
        m.put("reason", g.reason());
        return m;
    }

    private static Map<String, Object> silence(Facts.Silence s) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("stream", s.stream());
        m.put("fromSeconds", s.fromNanos() / 1e9);
        m.put("toSeconds", s.over() ? s.toNanos() / 1e9 : null);
        return m;
    }

    private static Map<String, Object> happening(Facts.Happening h) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("slot", h.slot());
        m.put("timeSeconds", h.timeNanos() / 1e9);
        new TreeMap<>(h.attributes()).forEach(m::putIfAbsent);
        return m;
    }

    /** What was written in words stays in the record: it may tell who it was. */
    private static Map<String, Object> rating(Facts.Happening h) {
        Map<String, Object> m = happening(h);
        if (m.remove("text") instanceof String words) {
            m.put("characters", (long) words.length());
        }
        return m;
    }

    private static Map<String, Object> score(Sheet s) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("slot", s.slot());
        m.put("timeSeconds", s.timeNanos() / 1e9);
        m.put("number", (long) s.number());
        m.putAll(new TreeMap<>(s.score()));
        return m;
    }

    private static Map<String, Object> acknowledgements(SessionFacts f) {
        Map<String, Object> byOutcome = new TreeMap<>();
        Map<String, Object> refused = new TreeMap<>();
        f.answers().forEach(a -> {
            String outcome = a.acknowledgement().outcome().name();
            byOutcome.merge(outcome, 1L, (x, y) -> (Long) x + (Long) y);
            if (outcome.equals("REFUSED")) {
                refused.merge(a.acknowledgement().reason(), 1L, (x, y) -> (Long) x + (Long) y);
            }
        });
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("byOutcome", byOutcome);
        m.put("refusedByReason", refused);
        return m;
    }

    private static Map<String, Object> phase(SessionFacts f, Facts.Phase p) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("id", p.id());
        m.put("index", (long) p.index());
        m.put("repetition", (long) p.repetition());
        m.put("startSeconds", p.startNanos() / 1e9);
        m.put("endSeconds", p.endNanos() / 1e9);
        m.put("features", p.features());
        Map<String, Object> means = new LinkedHashMap<>();
        for (Series s : f.features().values()) {
            Series.Statistics st = s.within(p.startNanos(), p.endNanos());
            if (!s.feature().startsWith("phase-") && st.count() > 0 && !f.sealed(s.slot())) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("mean", st.mean());
                one.put("minimum", st.least());
                one.put("maximum", st.greatest());
                one.put("count", (long) st.count());
                means.put(s.name(), one);
            }
        }
        m.put("featureMeans", means);
        List<String> fired = new ArrayList<>();
        f.decisions().stream().filter(d -> d.fired() && p.holds(d.timeNanos())).forEach(d -> fired.add(d.commandId()));
        m.put("triggers", (long) fired.size());
        return m;
    }
}
