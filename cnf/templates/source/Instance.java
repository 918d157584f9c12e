package org.anodyne.plugins.__package__;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/** A sine wave in blocks of about 40 ms. */
final class __Class__ implements SignalSource {
    private static final double BLOCK_SECONDS = 0.04;

    private final PluginContext context;
    private final double rate;
    private final double frequency;
    private final int length;
    private boolean running;
    private boolean active;
    private long anchorNanos;
    private long anchorIndex;
    private long index;
    private Future<?> next;

    __Class__(PluginContext context) {
        this.context = context;
        this.rate = context.parameters().number("rate");
        this.frequency = context.parameters().number("frequency");
        this.length = Math.max(1, (int) Math.round(rate * BLOCK_SECONDS));
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(new StreamInfo(
                context.slot(),
                __Class__Factory.STREAM,
                "MISC",
                rate,
                List.of(new StreamInfo.Channel("wave", "a.u.")),
                true));
    }

    @Override
    public void start() {
        running = true;
        schedule();
    }

    @Override
    public void pause() {
        running = false;
        cancel();
    }

    @Override
    public void resume() {
        running = true;
        schedule();
    }

    /** Times of blocks count from the start of the phase in which the source becomes active, not from the clock. */
    @Override
    public void enterPhase(Phase phase) {
        if (phase.active() && !active) {
            anchorNanos = phase.startNanos();
            anchorIndex = index;
        }
        active = phase.active();
        cancel();
        schedule();
    }

    private void schedule() {
        if (running && active && next == null) {
            long delay = time(index + length) - context.clock().nowNanos();
            next = context.executor().schedule(this::publish, Math.max(0, delay), TimeUnit.NANOSECONDS);
        }
    }

    private void publish() {
        next = null;
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) StrictMath.sin(2 * Math.PI * frequency * (index + i) / rate);
        }
        context.outlet().samples(new SampleBlock(__Class__Factory.STREAM, index, time(index), rate, 1, samples));
        index += length;
        schedule();
    }

    private long time(long sample) {
        return anchorNanos + Math.round((sample - anchorIndex) * 1e9 / rate);
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    @Override
    public void close() {
        running = false;
        cancel();
    }
}
