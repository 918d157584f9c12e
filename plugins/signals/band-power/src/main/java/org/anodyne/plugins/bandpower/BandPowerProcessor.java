package org.anodyne.plugins.bandpower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.dsp.AlphaPeak;
import org.anodyne.dsp.Bands;
import org.anodyne.dsp.Spectrum;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Band power of one stream. Everything rests on sample numbers: when a value is published does not depend on how the
 * samples were cut into blocks, unless the step is 0. Thread: the lane.
 */
final class BandPowerProcessor implements SignalProcessor {
    private static final String FORMAT = "anodyne-band-power";
    private static final int VERSION = 1;

    /** A jump of time by more than this is a gap even where sample numbers go on, as after a phase without the source. */
    private static final long GAP_NANOS = 250_000_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Outlet outlet;
    private final Settings settings;
    private Optional<StreamInfo> stream = Optional.empty();
    private Optional<Analysis> analysis = Optional.empty();
    private long nextIndex;
    private long lastEndNanos = NEVER;
    private boolean dataInPhase;

    BandPowerProcessor(Outlet outlet, Settings settings) {
        this.outlet = outlet;
        this.settings = settings;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        settings.check();
        List<StreamInfo> streams = inputs.streams().getOrDefault(BandPowerFactory.PORT, List.of());
        if (!streams.isEmpty()) {
            settings.check(streams.get(0));
            stream = Optional.of(streams.get(0));
        }
    }

    @Override
    public void enterPhase(Phase phase) {
        analysis.ifPresent(Analysis::beginPhase);
        dataInPhase = false;
    }

    @Override
    public void samples(String port, SampleBlock block) {
        Analysis current = analysisFor(block);
        if (lastEndNanos != NEVER
                && (block.index() != nextIndex || Math.abs(block.startNanos() - lastEndNanos) > GAP_NANOS)) {
            current.gap();
            outlet.event(new Event(
                    "window-restarted",
                    block.startNanos(),
                    Map.of("stream", block.stream(), "expected", nextIndex, "index", block.index())));
        }
        int step = settings.stepSamples(block.rateHz());
        for (int i = 0; i < block.length(); i++) {
            current.add(block.samples(), i * block.channels());
            boolean due = step == 0 ? i == block.length() - 1 : current.sinceFull() % step == 0;
            if (due && current.sinceFull() >= 0) {
                publishLive(endOf(block, i), current);
            }
        }
        nextIndex = block.index() + block.length();
        lastEndNanos = block.endNanos();
        dataInPhase = true;
    }

    @Override
    public void endPhase(Phase phase) {
        if (phase.active()) {
            long time = dataInPhase ? lastEndNanos : phase.startNanos();
            publishPhase(time, dataInPhase ? analysis.flatMap(Analysis::phase) : Optional.empty());
        }
    }

    private static long endOf(SampleBlock block, int sample) {
        return block.startNanos() + Math.round((sample + 1) * 1e9 / block.rateHz());
    }

    /** Allocates the features and nothing else. */
    private void publishLive(long timeNanos, Analysis current) {
        boolean known = current.computeLive();
        Spectrum s = current.live();
        outlet.feature(new Feature("power", timeNanos, new double[] {known ? power(s) : Double.NaN}));
        outlet.feature(new Feature("relative", timeNanos, new double[] {known ? relative(s) : Double.NaN}));
        outlet.feature(new Feature("peak", timeNanos, new double[] {known ? peak(s) : Double.NaN}));
    }

    private void publishPhase(long timeNanos, Optional<Spectrum> spectrum) {
        double power = spectrum.map(this::power).orElse(Double.NaN);
        double relative = spectrum.map(this::relative).orElse(Double.NaN);
        double peak = spectrum.map(this::peak).orElse(Double.NaN);
        outlet.feature(new Feature("phase-power", timeNanos, new double[] {power}));
        outlet.feature(new Feature("phase-relative", timeNanos, new double[] {relative}));
        outlet.feature(new Feature("phase-peak", timeNanos, new double[] {peak}));
    }

    private double power(Spectrum s) {
        return Bands.simpson(s, settings.low(), settings.high());
    }

    private double relative(Spectrum s) {
        double total = Bands.simpson(s, settings.referenceLow(), settings.referenceHigh());
        double share = power(s) / total;
        return Double.isFinite(share) ? share : Double.NaN;
    }

    private double peak(Spectrum s) {
        return AlphaPeak.frequencyOrNaN(s, settings.peakLow(), settings.peakHigh());
    }

    private Analysis analysisFor(SampleBlock block) {
        if (analysis.isEmpty()) {
            analysis = Optional.of(new Analysis(
                    block.rateHz(), block.channels(), selection(block), settings.windowSamples(block.rateHz())));
        }
        Analysis current = analysis.get();
        if (current.rateHz() != block.rateHz() || current.channels() != block.channels()) {
            throw new IllegalStateException("band-power: stream '" + block.stream() + "' changed from "
                    + current.channels() + " channels at " + current.rateHz() + " Hz to " + block.channels() + " at "
                    + block.rateHz() + " Hz within the session; restart the session.");
        }
        return current;
    }

    private int[] selection(SampleBlock block) {
        try {
            if (stream.isPresent()) {
                return settings.select(stream.get());
            }
        } catch (PluginException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        if (!settings.channels().isEmpty()) {
            throw new IllegalStateException("band-power: the channels of stream '" + block.stream()
                    + "' were not known when the session was prepared, so 'channels' cannot be chosen by label;"
                    + " leave it empty.");
        }
        return Settings.all(block.channels());
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(nextIndex);
            out.writeLong(lastEndNanos);
            out.writeBoolean(dataInPhase);
            out.writeBoolean(analysis.isPresent());
            if (analysis.isPresent()) {
                analysis.get().write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            long index = in.readLong();
            long end = in.readLong();
            boolean data = in.readBoolean();
            Optional<Analysis> saved = in.readBoolean() ? Optional.of(Analysis.read(in, settings)) : Optional.empty();
            return () -> {
                nextIndex = index;
                lastEndNanos = end;
                dataInPhase = data;
                analysis = saved;
            };
        });
    }

    @Override
    public void close() {
        analysis = Optional.empty();
    }
}
