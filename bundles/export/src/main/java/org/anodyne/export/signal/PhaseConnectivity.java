package org.anodyne.export.signal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.dsp.Window;
import org.anodyne.dsp.connectivity.EpochConnectivity;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.Placement;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Connectivity between two sets of channels of a stream, of each phase (phases of the same name together) and of all phases: epochs of 2 s
 * one after the other, Hann window. An epoch lies within one phase and touches no hole; one with a missing value is left out.
 */
public final class PhaseConnectivity implements SampleSink {
    /** Length of an epoch in seconds: frequencies are 0.5 Hz apart. */
    public static final double EPOCH_SECONDS = 2;

    private final StreamInfo info;
    private final List<Facts.Phase> phases;
    private final int[] from;
    private final int[] to;
    private final double[][] epoch;
    private final EpochConnectivity whole;
    private final Map<String, EpochConnectivity> byPhase = new LinkedHashMap<>();
    private Facts.Phase phase;
    private int filled;

    /**
     * @param from positions of the first set's channels
     * @param to positions of the second set's channels; a channel in both is not paired with itself
     * @throws IllegalArgumentException when no pair is left
     */
    public PhaseConnectivity(StreamInfo info, List<Facts.Phase> phases, int[] from, int[] to) {
        this.info = info;
        this.phases = phases;
        this.from = from.clone();
        this.to = to.clone();
        int length = (int) Math.max(2, Math.round(EPOCH_SECONDS * info.rateHz()));
        this.epoch = new double[info.channels().size()][length];
        this.whole = accumulator();
    }

    private EpochConnectivity accumulator() {
        return new EpochConnectivity(info.rateHz(), epoch[0].length, epoch.length, Window.HANN, from, to);
    }

    @Override
    public void hole(Placement.Step step) {
        filled = 0;
    }

    @Override
    public void block(SampleBlock block, int skip) {
        enter(block.endNanos());
        if (phase == null) {
            return;
        }
        for (int i = skip; i < block.length(); i++) {
            for (int c = 0; c < epoch.length; c++) {
                epoch[c][filled] = block.at(i, c);
            }
            if (++filled == epoch[0].length) {
                whole.add(epoch);
                byPhase.get(phase.id()).add(epoch);
                filled = 0;
            }
        }
    }

    private void enter(long timeNanos) {
        if (phase == null || !phase.holds(timeNanos)) {
            phase = phases.stream().filter(p -> p.holds(timeNanos)).findFirst().orElse(null);
            filled = 0;
            if (phase != null) {
                byPhase.computeIfAbsent(phase.id(), id -> accumulator());
            }
        }
    }

    /** Of a phase, or of all together where the name is empty; empty where the phase has no sample. */
    public Optional<EpochConnectivity> of(String phaseId) {
        return phaseId.isEmpty() ? Optional.of(whole) : Optional.ofNullable(byPhase.get(phaseId));
    }
}
