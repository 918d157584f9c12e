package org.anodyne.export.quantity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anodyne.dsp.Bands;
import org.anodyne.dsp.Spectrum;
import org.anodyne.dsp.connectivity.EpochConnectivity;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.Series;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.export.signal.PhaseConnectivity;
import org.anodyne.export.signal.PhaseSpectra;
import org.anodyne.export.signal.Sweep;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Computes the outcomes of one session. Made before the samples are led past ({@link Sweep}), read after. What cannot be computed is a value
 * with a reason: nothing is left out. Powers rest on Welch's density of each phase (phases of the same id together): periodic Hann window of 4 s,
 * half overlapping, segments with a hole or a missing value left out, the mean over the channels, integrated by Simpson's rule over the
 * bins within the band. Connectivity rests on epochs of 2 s. Thread: one.
 */
public final class SessionOutcomes {
    private final SessionFacts facts;
    private final List<Definition> definitions;
    private final Map<Definition, PhaseSpectra> spectra = new LinkedHashMap<>();
    private final Map<Definition, PhaseConnectivity> connections = new LinkedHashMap<>();
    private final Map<Definition, String> hindrances = new LinkedHashMap<>();

    /** @param sweep to which takers of samples are added as far as an outcome needs them */
    public SessionOutcomes(SessionFacts facts, List<Definition> definitions, Sweep sweep) {
        this.facts = facts;
        this.definitions = List.copyOf(definitions);
        for (Definition d : definitions) {
            if (d.kind() == Definition.Kind.BAND_POWER) {
                spectrum(d, sweep);
            } else if (d.kind() == Definition.Kind.CONNECTIVITY) {
                connectivity(d, sweep);
            }
        }
    }

    private void spectrum(Definition d, Sweep sweep) {
        Optional<StreamFacts> stream = stream(d);
        if (stream.isEmpty()) {
            return;
        }
        int[] channels = channels(d, d.channels(), stream.get());
        if (channels.length == 0) {
            return;
        }
        PhaseSpectra of = new PhaseSpectra(stream.get().info(), facts.phases(), channels);
        sweep.add(stream.get().key(), of);
        spectra.put(d, of);
    }

    private void connectivity(Definition d, Sweep sweep) {
        Optional<StreamFacts> stream = stream(d);
        if (stream.isEmpty()) {
            return;
        }
        int[] from = channels(d, d.channels(), stream.get());
        int[] to = channels(d, d.with(), stream.get());
        if (from.length == 0 || to.length == 0) {
            return;
        }
        try {
            PhaseConnectivity of = new PhaseConnectivity(stream.get().info(), facts.phases(), from, to);
            sweep.add(stream.get().key(), of);
            connections.put(d, of);
        } catch (IllegalArgumentException e) {
            hindrances.put(d, e.getMessage());
        }
    }

    /** Positions of channels; where one that is named is not there, that is what hinders the outcome. */
    private int[] channels(Definition d, List<String> wanted, StreamFacts stream) {
        int[] positions = Regions.positions(
                wanted,
                stream.info().channels().stream().map(StreamInfo.Channel::label).toList());
        if (positions.length == 0) {
            hindrances.put(d, "the stream has no channel " + String.join(", ", wanted));
        }
        return positions;
    }

    /** The stream that an outcome is of; where there is not exactly one, why. */
    private Optional<StreamFacts> stream(Definition d) {
        List<StreamFacts> fitting = facts.streams().stream()
                .filter(s -> d.of().isEmpty()
                        ? s.eeg()
                        : s.key().slot().equals(d.of()) || s.key().name().equals(d.of()))
                .toList();
        if (fitting.size() != 1) {
            String which = d.of().isEmpty() ? "EEG stream" : "stream of '" + d.of() + "'";
            hindrances.put(
                    d,
                    fitting.isEmpty()
                            ? "the record has no " + which
                            : "the record has " + fitting.size() + " of what may be the " + which
                                    + "; name it in 'of'");
            return Optional.empty();
        }
        return Optional.of(fitting.get(0));
    }

    /** One value for each definition, in their order; after the samples were led past. */
    public List<Value> values() {
        return definitions.stream().map(this::value).toList();
    }

    private Value value(Definition d) {
        if (hindrances.containsKey(d)) {
            return Value.missing(d, hindrances.get(d));
        }
        Part part = part(d, d.phase());
        if (!part.missing.isEmpty()) {
            return Value.missing(d, part.missing);
        }
        boolean within = !d.baseline().isEmpty() && !d.baseline().equals(Definition.FIRST_SESSION);
        double baseline = within ? part(d, d.baseline()).value : Double.NaN;
        return new Value(d, part.value, baseline, part.unit, part.count, "");
    }

    /** A value of one phase. */
    private record Part(double value, String unit, long count, String missing) {
        static Part none(String reason) {
            return new Part(Double.NaN, "", 0, reason);
        }
    }

    private Part part(Definition d, String phase) {
        List<Facts.Phase> phases = facts.phases().stream()
                .filter(p -> phase.isEmpty() || p.id().equals(phase))
                .toList();
        if (phases.isEmpty() && d.kind() != Definition.Kind.ADHERENCE) {
            return Part.none(phase.isEmpty() ? "no phase ran" : "phase '" + phase + "' did not run");
        }
        return switch (d.kind()) {
            case BAND_POWER -> power(d, phase);
            case CONNECTIVITY -> connected(d, phase);
            case FEATURE -> feature(d, phases);
            case RATING -> rating(d, phases);
            case SCORE -> score(d, phase, phases);
            case ADHERENCE -> done();
        };
    }

    private Part power(Definition d, String phase) {
        PhaseSpectra of = spectra.get(d);
        Optional<Spectrum> found =
                phase.isEmpty() ? of.whole() : Optional.ofNullable(of.phases().get(phase));
        if (found.isEmpty()) {
            return Part.none("no whole segment of " + (int) PhaseSpectra.SEGMENT_SECONDS + " s without a hole in "
                    + (phase.isEmpty() ? "the session" : "phase '" + phase + "'"));
        }
        Spectrum spectrum = found.get();
        Definition.Band band = d.band().orElseThrow();
        double value;
        try {
            value = Bands.simpson(spectrum, band.low(), band.high());
            if (d.reference().isPresent()) {
                value /= Bands.simpson(
                        spectrum, d.reference().get().low(), d.reference().get().high());
            }
        } catch (IllegalArgumentException e) {
            return Part.none(e.getMessage());
        }
        List<String> units = of.info().channels().stream()
                .map(StreamInfo.Channel::unit)
                .distinct()
                .toList();
        String unit = d.reference().isPresent() ? "1" : units.size() == 1 ? units.get(0) + "^2" : "";
        return Double.isFinite(value)
                ? new Part(value, unit, spectrum.averaged(), "")
                : Part.none("the reference band holds no power");
    }

    private Part connected(Definition d, String phase) {
        Optional<EpochConnectivity> of = connections.get(d).of(phase);
        if (of.isEmpty() || of.get().epochs() < 2) {
            return Part.none("fewer than two epochs of " + (int) PhaseConnectivity.EPOCH_SECONDS
                    + " s without a hole in " + (phase.isEmpty() ? "the session" : "phase '" + phase + "'"));
        }
        Definition.Band band = d.band().orElseThrow();
        try {
            OptionalDouble value =
                    switch (d.measure()) {
                        case COHERENCE -> of.get().coherence(band.low(), band.high());
                        case DEBIASED_WPLI -> of.get().debiasedWpliSquared(band.low(), band.high());
                    };
            return value.isPresent()
                    ? new Part(value.getAsDouble(), "1", of.get().epochs(), "")
                    : Part.none("a channel holds no power in the band");
        } catch (IllegalArgumentException e) {
            return Part.none(e.getMessage());
        }
    }

    private Part feature(Definition d, List<Facts.Phase> phases) {
        if (facts.sealed(d.of().substring(0, d.of().indexOf('/')))) {
            return Part.none("left out, since an allocation code decides what the slot does: it would tell the arm");
        }
        Series series = facts.features().get(d.of());
        if (series == null) {
            return Part.none("the record has no feature '" + d.of() + "'");
        }
        double sum = 0;
        long count = 0;
        for (Facts.Phase p : phases) {
            Series.Statistics s = series.within(p.startNanos(), p.endNanos());
            sum += s.count() == 0 ? 0 : s.mean() * s.count();
            count += s.count();
        }
        return count == 0
                ? Part.none("feature '" + d.of() + "' has no value there")
                : new Part(sum / count, facts.units().getOrDefault(d.of(), ""), count, "");
    }

    /** Answers to what was asked from a phase's start to its end, both included. */
    private Part rating(Definition d, List<Facts.Phase> phases) {
        List<Double> answers = new ArrayList<>();
        int asked = 0;
        List<Facts.Happening> all = facts.happenings().stream()
                .filter(h -> h.slot().equals(d.of()) && h.text("item").equals(d.item()))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            long at = all.get(i).timeNanos();
            boolean here = all.get(i).type().equals("ask")
                    && phases.stream().anyMatch(p -> at >= p.startNanos() && at <= p.endNanos());
            if (here) {
                asked++;
                all.subList(i + 1, all.size()).stream()
                        .takeWhile(h -> !h.type().equals("ask"))
                        .filter(h -> h.type().equals("answer") && Double.isFinite(h.number("value")))
                        .findFirst()
                        .ifPresent(h -> answers.add(h.number("value")));
            }
        }
        if (answers.isEmpty()) {
            String item = "'" + d.of() + "' item '" + d.item() + "'";
            return Part.none(
                    asked == 0 ? item + " was not asked" : item + " was asked " + asked + " times and not answered");
        }
        double value =
                switch (d.take()) {
                    case FIRST -> answers.get(0);
                    case LAST -> answers.get(answers.size() - 1);
                    case MEAN -> answers.stream().mapToDouble(v -> v).average().orElseThrow();
                };
        return new Part(value, "1", answers.size(), "");
    }

    /** {@code instrument.scale}, of questionnaires whose last answer came in the phase or before the next one began. */
    private Part score(Definition d, String phase, List<Facts.Phase> phases) {
        int dot = d.item().indexOf('.');
        String instrument = dot < 0 ? d.item() : d.item().substring(0, dot);
        List<Double> scores = new ArrayList<>();
        int sheets = 0;
        for (Sheet sheet : Sheet.of(facts)) {
            if (sheet.slot().equals(d.of())
                    && sheet.id().equals(instrument)
                    && (phase.isEmpty()
                            || phases.stream()
                                    .anyMatch(p -> sheet.timeNanos() >= p.startNanos()
                                            && sheet.timeNanos() <= p.endNanos()))) {
                sheets++;
                String scale = dot < 0
                        ? sheet.scales().stream()
                                .findFirst()
                                .map(s -> Sheet.text(s, "id"))
                                .orElse("")
                        : d.item().substring(dot + 1);
                sheet.score(scale).ifPresent(scores::add);
            }
        }
        if (scores.isEmpty()) {
            return Part.none(
                    sheets == 0
                            ? "'" + instrument + "' was not filled in"
                            : "'" + instrument + "' was filled in, but '" + d.item() + "' could not be scored");
        }
        return new Part(
                d.take() == Definition.Take.FIRST ? scores.get(0) : scores.get(scores.size() - 1),
                "1",
                scores.size(),
                "");
    }

    /** Whether this session came to its end; over sessions it becomes a share of those planned. */
    private Part done() {
        return new Part(
                facts.state().equals("COMPLETED") ? 1 : 0, "1", facts.phases().size(), "");
    }
}
