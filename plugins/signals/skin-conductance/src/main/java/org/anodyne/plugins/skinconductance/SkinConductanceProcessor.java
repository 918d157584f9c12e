package org.anodyne.plugins.skinconductance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.dsp.ScrEvent;
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

/** Skin conductance of one channel. What is published does not depend on the length of blocks. Thread: the lane. */
final class SkinConductanceProcessor implements SignalProcessor {
    private static final String FORMAT = "anodyne-skin-conductance";
    private static final int VERSION = 1;

    /** A jump of time by more than this is a gap even where sample numbers go on. */
    private static final long GAP_NANOS = 250_000_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Outlet outlet;
    private final Settings settings;
    private Optional<StreamInfo> stream = Optional.empty();
    private Optional<Course> course = Optional.empty();
    private long nextIndex;
    private long lastEndNanos = NEVER;

    private boolean dataInPhase;

    SkinConductanceProcessor(Outlet outlet, Settings settings) {
        this.outlet = outlet;
        this.settings = settings;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        List<StreamInfo> streams = inputs.streams().getOrDefault(SkinConductanceFactory.PORT, List.of());
        if (!streams.isEmpty()) {
            settings.check(streams.get(0));
            stream = Optional.of(streams.get(0));
        }
    }

    @Override
    public void enterPhase(Phase phase) {
        course.ifPresent(Course::beginPhase);
        dataInPhase = false;
    }

    @Override
    public void samples(String port, SampleBlock block) {
        Course current = courseFor(block);
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
            Optional<ScrEvent> response = current.add(block.at(i, current.channel()));
            long now = block.startNanos() + Math.round((i + 1) * 1e9 / block.rateHz());
            double seconds = current.samples() / block.rateHz();
            response.ifPresent(r -> publish(r, now, seconds));
            if (current.samples() % step == 0) {
                publish("level", now, current.level().orElse(Double.NaN));
                publish("phasic", now, current.phasic().orElse(Double.NaN));
                publish("rate", now, current.rate());
            }
        }
        nextIndex = block.index() + block.length();
        lastEndNanos = block.endNanos();
        dataInPhase = true;
    }

    /** The response's own times count from where the detector began, which was so many seconds ago. */
    private void publish(ScrEvent response, long nowNanos, double seconds) {
        publish("response", nowNanos, response.amplitude());
        outlet.event(new Event(
                "scr",
                nowNanos,
                Map.of(
                        "onsetNanos",
                        nowNanos - Math.round((seconds - response.onset()) * 1e9),
                        "peakNanos",
                        nowNanos - Math.round((seconds - response.peak()) * 1e9),
                        "amplitude",
                        response.amplitude(),
                        "tonic",
                        response.tonic())));
    }

    private void publish(String name, long timeNanos, double value) {
        outlet.feature(new Feature(name, timeNanos, new double[] {value}));
    }

    @Override
    public void endPhase(Phase phase) {
        if (phase.active()) {
            long time = dataInPhase ? lastEndNanos : phase.startNanos();
            Optional<Course> known = dataInPhase ? course : Optional.empty();
            publish("phase-level", time, known.map(Course::phaseLevel).orElse(Double.NaN));
            publish("phase-rate", time, known.map(Course::phaseRate).orElse(Double.NaN));
        }
    }

    private Course courseFor(SampleBlock block) {
        if (course.isEmpty()) {
            course = Optional.of(new Course(settings, unit(), block.rateHz(), block.channels(), position(block)));
        }
        Course current = course.get();
        if (current.rateHz() != block.rateHz() || current.channels() != block.channels()) {
            throw new IllegalStateException("skin-conductance: stream '" + block.stream() + "' changed from "
                    + current.channels() + " channels at " + current.rateHz() + " Hz to " + block.channels() + " at "
                    + block.rateHz() + " Hz within the session; restart the session.");
        }
        return current;
    }

    /** Unit of the channel; of a stream that nobody described it is taken to be microsiemens. */
    private String unit() {
        try {
            return stream.isPresent()
                    ? stream.get()
                            .channels()
                            .get(settings.position(stream.get()))
                            .unit()
                    : "uS";
        } catch (PluginException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private int position(SampleBlock block) {
        try {
            if (stream.isPresent()) {
                return settings.position(stream.get());
            }
        } catch (PluginException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        if (!settings.channel().isEmpty()) {
            throw new IllegalStateException("skin-conductance: the channels of stream '" + block.stream()
                    + "' were not known when the session was prepared, so 'channel' cannot be chosen by label;"
                    + " leave it out.");
        }
        return 0;
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(nextIndex);
            out.writeLong(lastEndNanos);
            out.writeBoolean(dataInPhase);
            out.writeBoolean(course.isPresent());
            if (course.isPresent()) {
                course.get().write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            long index = in.readLong();
            long end = in.readLong();
            boolean data = in.readBoolean();
            Optional<Course> saved =
                    in.readBoolean() ? Optional.of(Course.read(in, settings, unit())) : Optional.empty();
            return () -> {
                nextIndex = index;
                lastEndNanos = end;
                dataInPhase = data;
                course = saved;
            };
        });
    }

    @Override
    public void close() {
        course = Optional.empty();
    }
}
