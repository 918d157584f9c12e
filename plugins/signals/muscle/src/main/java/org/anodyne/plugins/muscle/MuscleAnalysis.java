package org.anodyne.plugins.muscle;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.anodyne.channel.ChannelAnalysis;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.SosFilter;
import org.anodyne.dsp.physio.MuscleEnvelope;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.Feature;

/** The envelope of one EMG channel. Thread: the lane. */
final class MuscleAnalysis implements ChannelAnalysis {
    /** Width of the notch is the mains frequency by this. */
    private static final double NOTCH_QUALITY = 30;

    private final Outlet outlet;
    private final int step;
    private final Optional<SosFilter> notch;
    private final MuscleEnvelope envelope;
    private long samples;
    private double lastFinite = Double.NaN;
    private double phaseSum;
    private double phasePeak = Double.NaN;
    private long phaseSteps;

    MuscleAnalysis(Outlet outlet, Parameters parameters, double rateHz) {
        this.outlet = outlet;
        step = (int) Math.max(1, Math.round(parameters.number("step") * rateHz));
        envelope = new MuscleEnvelope(rateHz, parameters.number("window"));
        double mains = parameters.number("mains");
        notch = mains == 0
                ? Optional.empty()
                : Optional.of(Butterworth.notch(mains, NOTCH_QUALITY, rateHz).filter());
    }

    @Override
    public void add(double value, long timeNanos) {
        if (Double.isFinite(value)) {
            if (Double.isNaN(lastFinite)) {
                notch.ifPresent(n -> n.settle(value));
            }
            lastFinite = value;
        }
        // Missing samples are held before the notch, too: one that is not a number would stay in it for ever.
        if (!Double.isNaN(lastFinite)) {
            envelope.add(notch.isPresent() ? notch.get().next(lastFinite) : lastFinite);
        }
        samples++;
        if (samples % step == 0) {
            double tension = envelope.rms();
            if (!Double.isNaN(tension)) {
                phaseSum += tension;
                phasePeak = phaseSteps == 0 ? tension : Math.max(phasePeak, tension);
                phaseSteps++;
            }
            outlet.feature(new Feature("tension", timeNanos, new double[] {tension}));
        }
    }

    @Override
    public void gap() {
        notch.ifPresent(SosFilter::reset);
        envelope.reset();
        samples = 0;
        lastFinite = Double.NaN;
    }

    @Override
    public void beginPhase(Map<String, Double> parameters) {
        phaseSum = 0;
        phasePeak = Double.NaN;
        phaseSteps = 0;
    }

    @Override
    public double[] phaseValues() {
        return new double[] {phaseSum / phaseSteps, phasePeak};
    }

    private Resumable[] parts() {
        return notch.isPresent() ? new Resumable[] {notch.get(), envelope} : new Resumable[] {envelope};
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (Resumable part : parts()) {
            byte[] state = part.state();
            out.writeInt(state.length);
            out.write(state);
        }
        out.writeLong(samples);
        out.writeDouble(lastFinite);
        out.writeDouble(phaseSum);
        out.writeDouble(phasePeak);
        out.writeLong(phaseSteps);
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (Resumable part : parts()) {
            part.restore(in.readNBytes(in.readInt()));
        }
        samples = in.readLong();
        lastFinite = in.readDouble();
        phaseSum = in.readDouble();
        phasePeak = in.readDouble();
        phaseSteps = in.readLong();
    }
}
