package org.anodyne.export.signal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anodyne.dsp.Spectrum;
import org.anodyne.dsp.WelchAccumulator;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.Placement;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Welch spectra of an EEG stream: of the whole session and of each phase (phases of the same name together). Hann window
 * of 4 s, half overlapping; segments that touch a hole or a missing value are left out. The mean over up to four
 * channels, from the back of the head where the labels say so, since alpha is largest there.
 */
public final class PhaseSpectra implements SampleSink {
    /** Length of a segment in seconds: a resolution of 0.25 Hz. */
    public static final double SEGMENT_SECONDS = 4;

    private static final int MOST_CHANNELS = 4;
    private static final List<String> BACK_OF_THE_HEAD =
            List.of("oz", "o1", "o2", "poz", "pz", "p3", "p4", "po3", "po4", "po7", "po8");

    private final StreamInfo info;
    private final List<Facts.Phase> phases;
    private final int[] channels;
    private final Map<String, List<WelchAccumulator>> byPhase = new LinkedHashMap<>();
    private final List<WelchAccumulator> whole;
    private Facts.Phase phase;

    public PhaseSpectra(StreamInfo info, List<Facts.Phase> phases) {
        this(info, phases, choose(info));
    }

    /**
     * Of channels that are named.
     *
     * @param channels positions of the channels that the spectra are the mean of, at least one
     */
    public PhaseSpectra(StreamInfo info, List<Facts.Phase> phases, int[] channels) {
        this.info = info;
        this.phases = phases;
        this.channels = channels.clone();
        this.whole = accumulators();
    }

    private static int[] choose(StreamInfo info) {
        List<Integer> chosen = new ArrayList<>();
        for (String label : BACK_OF_THE_HEAD) {
            for (int c = 0; c < info.channels().size() && chosen.size() < MOST_CHANNELS; c++) {
                if (info.channels().get(c).label().toLowerCase(Locale.ROOT).equals(label)) {
                    chosen.add(c);
                }
            }
        }
        if (chosen.isEmpty()) {
            for (int c = 0; c < Math.min(MOST_CHANNELS, info.channels().size()); c++) {
                chosen.add(c);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<WelchAccumulator> accumulators() {
        int segment = Math.max(2, (int) Math.round(SEGMENT_SECONDS * info.rateHz()));
        List<WelchAccumulator> all = new ArrayList<>();
        for (int c = 0; c < channels.length; c++) {
            all.add(new WelchAccumulator(info.rateHz(), segment, segment / 2));
        }
        return all;
    }

    @Override
    public void hole(Placement.Step step) {
        whole.forEach(w -> w.add(Double.NaN));
        if (phase != null) {
            byPhase.get(phase.id()).forEach(w -> w.add(Double.NaN));
        }
    }

    @Override
    public void block(SampleBlock block, int skip) {
        enter(block.endNanos());
        List<WelchAccumulator> now = phase == null ? List.of() : byPhase.get(phase.id());
        for (int c = 0; c < channels.length; c++) {
            for (int i = skip; i < block.length(); i++) {
                double v = block.at(i, channels[c]);
                whole.get(c).add(v);
                if (!now.isEmpty()) {
                    now.get(c).add(v);
                }
            }
        }
    }

    private void enter(long timeNanos) {
        if (phase != null && phase.holds(timeNanos)) {
            return;
        }
        phase = phases.stream().filter(p -> p.holds(timeNanos)).findFirst().orElse(null);
        if (phase != null) {
            boolean again = byPhase.containsKey(phase.id());
            List<WelchAccumulator> now = byPhase.computeIfAbsent(phase.id(), id -> accumulators());
            if (again) {
                now.forEach(w -> w.add(Double.NaN));
            }
        }
    }

    /** The stream. */
    public StreamInfo info() {
        return info;
    }

    /** Labels of the channels that the spectra are the mean of. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (int c : channels) {
            labels.add(info.channels().get(c).label());
        }
        return labels;
    }

    /** Of the whole session; empty when it is too short. */
    public Optional<Spectrum> whole() {
        return mean(whole);
    }

    /** By phase id, those that are long enough. */
    public Map<String, Spectrum> phases() {
        Map<String, Spectrum> all = new LinkedHashMap<>();
        byPhase.forEach((id, w) -> mean(w).ifPresent(s -> all.put(id, s)));
        return all;
    }

    private static Optional<Spectrum> mean(List<WelchAccumulator> accumulators) {
        List<Spectrum> spectra =
                accumulators.stream().flatMap(w -> w.spectrum().stream()).toList();
        if (spectra.isEmpty()) {
            return Optional.empty();
        }
        Spectrum first = spectra.get(0);
        double[] density = new double[first.size()];
        for (Spectrum s : spectra) {
            for (int k = 0; k < density.length; k++) {
                density[k] += s.density(k) / spectra.size();
            }
        }
        return Optional.of(Spectrum.of(first.samplingRate(), first.segment(), first.averaged(), density));
    }
}
