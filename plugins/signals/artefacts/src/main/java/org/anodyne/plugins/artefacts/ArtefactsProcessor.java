package org.anodyne.plugins.artefacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.dsp.artefact.ArtefactKind;
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

/** Artefacts of one stream; one value per block. Marks do not depend on the length of blocks. Thread: the lane. */
final class ArtefactsProcessor implements SignalProcessor {
    private static final String FORMAT = "anodyne-artefacts";
    private static final int VERSION = 1;
    private static final long GAP_NANOS = 250_000_000;
    private static final long NEVER = Long.MIN_VALUE;
    private static final ArtefactKind[] KINDS = ArtefactKind.values();

    private final Outlet outlet;
    private final Settings settings;
    private Optional<StreamInfo> stream = Optional.empty();
    private Optional<Watch> watch = Optional.empty();
    private long nextIndex;
    private long lastEndNanos = NEVER;
    private long phaseSamples;
    private long phaseClean;

    ArtefactsProcessor(Outlet outlet, Settings settings) {
        this.outlet = outlet;
        this.settings = settings;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        List<StreamInfo> streams = inputs.streams().getOrDefault(ArtefactsFactory.PORT, List.of());
        if (!streams.isEmpty()) {
            settings.check(streams.get(0));
            stream = Optional.of(streams.get(0));
        }
    }

    @Override
    public void enterPhase(Phase phase) {
        phaseSamples = 0;
        phaseClean = 0;
    }

    @Override
    public void samples(String port, SampleBlock block) {
        Watch current = watchOf(block);
        if (lastEndNanos != NEVER
                && (block.index() != nextIndex || Math.abs(block.startNanos() - lastEndNanos) > GAP_NANOS)) {
            current.markAll(lastEndNanos);
            // What was usual before the gap need not be so after it: learn anew.
            current = new Watch(outlet, settings, block.rateHz(), labels(block));
            watch = Optional.of(current);
            outlet.event(new Event(
                    "window-restarted",
                    block.startNanos(),
                    Map.of("stream", block.stream(), "expected", nextIndex, "index", block.index())));
        }
        boolean clean = true;
        int[] seen = new int[current.size()];
        for (int i = 0; i < block.length(); i++) {
            long now = block.startNanos() + Math.round((i + 1) * 1e9 / block.rateHz());
            for (int k = 0; k < seen.length; k++) {
                seen[k] |= current.add(k, block.at(i, current.position(k)), now);
            }
            boolean good = current.next();
            phaseSamples++;
            phaseClean += good ? 1 : 0;
            clean &= good;
        }
        publish("clean", block.endNanos(), clean ? 1 : 0);
        double[] counts = new double[KINDS.length];
        for (int kinds : seen) {
            for (ArtefactKind kind : KINDS) {
                counts[kind.ordinal()] += (kinds & kind.bit()) != 0 ? 1 : 0;
            }
        }
        publish("channels", block.endNanos(), counts);
        nextIndex = block.index() + block.length();
        lastEndNanos = block.endNanos();
    }

    private void publish(String name, long timeNanos, double... values) {
        outlet.feature(new Feature(name, timeNanos, values));
    }

    @Override
    public void endPhase(Phase phase) {
        if (phase.active()) {
            watch.ifPresent(w -> w.markAll(lastEndNanos));
            boolean data = phaseSamples > 0;
            publish(
                    "phase-clean",
                    data ? lastEndNanos : phase.startNanos(),
                    data ? (double) phaseClean / phaseSamples : Double.NaN);
        }
    }

    private Watch watchOf(SampleBlock block) {
        if (watch.isEmpty()) {
            watch = Optional.of(new Watch(outlet, settings, block.rateHz(), labels(block)));
        }
        Watch current = watch.get();
        if (current.rateHz() != block.rateHz() || current.channels() != block.channels()) {
            throw new IllegalStateException("artefacts: stream '" + block.stream() + "' changed from "
                    + current.channels() + " channels at " + current.rateHz() + " Hz to " + block.channels() + " at "
                    + block.rateHz() + " Hz within the session; restart the session.");
        }
        return current;
    }

    /** Labels of the stream's channels; numbers where nobody described it. */
    private List<String> labels(SampleBlock block) {
        if (stream.isPresent()) {
            return Settings.labels(stream.get());
        }
        if (!settings.channels().isEmpty() || !settings.blinkChannels().isEmpty()) {
            throw new IllegalStateException("artefacts: the channels of stream '" + block.stream()
                    + "' were not known when the session was prepared, so 'channels' cannot be chosen by label;"
                    + " leave it empty.");
        }
        return numbered(block.channels());
    }

    private static List<String> numbered(int channels) {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= channels; i++) {
            labels.add(String.valueOf(i));
        }
        return labels;
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(nextIndex);
            out.writeLong(lastEndNanos);
            out.writeLong(phaseSamples);
            out.writeLong(phaseClean);
            out.writeBoolean(watch.isPresent());
            if (watch.isPresent()) {
                out.writeDouble(watch.get().rateHz());
                out.writeInt(watch.get().channels());
                watch.get().write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            long index = in.readLong();
            long end = in.readLong();
            long samples = in.readLong();
            long clean = in.readLong();
            Optional<Watch> saved = Optional.empty();
            if (in.readBoolean()) {
                double rate = in.readDouble();
                int channels = in.readInt();
                List<String> labels = stream.map(Settings::labels).orElseGet(() -> numbered(channels));
                if (labels.size() != channels) {
                    throw new IllegalArgumentException("the stream had another number of channels");
                }
                Watch made = new Watch(outlet, settings, rate, labels);
                made.read(in);
                saved = Optional.of(made);
            }
            Optional<Watch> taken = saved;
            return () -> {
                nextIndex = index;
                lastEndNanos = end;
                phaseSamples = samples;
                phaseClean = clean;
                watch = taken;
            };
        });
    }

    @Override
    public void close() {
        watch = Optional.empty();
    }
}
