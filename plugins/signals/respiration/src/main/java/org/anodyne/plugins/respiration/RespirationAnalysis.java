package org.anodyne.plugins.respiration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.anodyne.channel.ChannelAnalysis;
import org.anodyne.dsp.physio.BreathDetector;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.Feature;

/** Breaths of one channel and how they keep to a pace. Thread: the lane. */
final class RespirationAnalysis implements ChannelAnalysis {
    private static final int MOST_BREATHS = 100_000;

    private final Outlet outlet;
    private final double rateHz;
    private final int step;
    private final double window;
    private final double sign;
    private final double protocolPace;
    private final BreathDetector detector;
    private final Adherence adherence;
    private final Optional<Guide> guide;

    private double pace;
    private long samples;

    /** Time at which each breath of the window was known, in samples since the beginning or the last gap; and its length. */
    private final Deque<double[]> breaths = new ArrayDeque<>();

    private double phaseBreaths;
    private double phaseSeconds;
    private double phaseAmplitude;
    private double phaseAdherence;
    private double phaseSteps;

    RespirationAnalysis(Outlet outlet, Parameters parameters, double rateHz) {
        this.outlet = outlet;
        this.rateHz = rateHz;
        step = (int) Math.max(1, Math.round(parameters.number("step") * rateHz));
        window = parameters.number("window");
        sign = parameters.flag("inverted") ? -1 : 1;
        protocolPace = parameters.number("pace");
        pace = protocolPace;
        detector = new BreathDetector(rateHz);
        adherence = new Adherence(rateHz / detector.decimation(), window);
        guide = parameters.flag("guide") ? Optional.of(new Guide(outlet)) : Optional.empty();
    }

    @Override
    public void add(double value, long timeNanos) {
        boolean breath = detector.add(sign * value);
        if (samples % detector.decimation() == 0 && !Double.isNaN(detector.value())) {
            adherence.add(detector.value());
        }
        samples++;
        if (breath) {
            breaths.addLast(new double[] {samples, detector.interval()});
            phaseBreaths++;
            phaseSeconds += detector.interval();
            phaseAmplitude += detector.amplitude();
        }
        if (guide.isPresent()) {
            guide.get().at(timeNanos, pace);
        }
        if (samples % step == 0) {
            publish(timeNanos);
        }
    }

    private void publish(long timeNanos) {
        while (!breaths.isEmpty() && breaths.peekFirst()[0] < samples - window * rateHz) {
            breaths.removeFirst();
        }
        double mean = breaths.stream().mapToDouble(b -> b[1]).sum() / breaths.size();
        double score = adherence.at(pace);
        if (!Double.isNaN(score)) {
            phaseAdherence += score;
            phaseSteps++;
        }
        boolean breathing = !breaths.isEmpty();
        publish("rate", timeNanos, breathing ? 60 / mean : Double.NaN);
        publish("amplitude", timeNanos, breathing ? detector.amplitude() : Double.NaN);
        publish("fullness", timeNanos, detector.fullness());
        double since = samples / rateHz - detector.onset();
        publish("phase", timeNanos, breathing ? Math.min(1, since / mean) : Double.NaN);
        publish("adherence", timeNanos, score);
        if (guide.isPresent()) {
            publish("guide", timeNanos, guide.get().level());
        }
    }

    private void publish(String name, long timeNanos, double value) {
        outlet.feature(new Feature(name, timeNanos, new double[] {value}));
    }

    @Override
    public void gap() {
        detector.reset();
        adherence.reset();
        breaths.clear();
        samples = 0;
    }

    @Override
    public void beginPhase(Map<String, Double> parameters) {
        pace = parameters.getOrDefault("pace", protocolPace);
        guide.ifPresent(Guide::restart);
        phaseBreaths = 0;
        phaseSeconds = 0;
        phaseAmplitude = 0;
        phaseAdherence = 0;
        phaseSteps = 0;
    }

    @Override
    public double[] phaseValues() {
        return new double[] {
            60 * phaseBreaths / phaseSeconds, phaseAmplitude / phaseBreaths, phaseAdherence / phaseSteps
        };
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        byte[] state = detector.state();
        out.writeInt(state.length);
        out.write(state);
        adherence.write(out);
        out.writeDouble(pace);
        out.writeLong(samples);
        out.writeInt(breaths.size());
        for (double[] breath : breaths) {
            out.writeDouble(breath[0]);
            out.writeDouble(breath[1]);
        }
        out.writeDouble(phaseBreaths);
        out.writeDouble(phaseSeconds);
        out.writeDouble(phaseAmplitude);
        out.writeDouble(phaseAdherence);
        out.writeDouble(phaseSteps);
        if (guide.isPresent()) {
            guide.get().write(out);
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        detector.restore(in.readNBytes(in.readInt()));
        adherence.read(in);
        pace = in.readDouble();
        samples = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > MOST_BREATHS) {
            throw new IllegalArgumentException("there cannot be " + count + " breaths in a window");
        }
        for (int i = 0; i < count; i++) {
            breaths.addLast(new double[] {in.readDouble(), in.readDouble()});
        }
        phaseBreaths = in.readDouble();
        phaseSeconds = in.readDouble();
        phaseAmplitude = in.readDouble();
        phaseAdherence = in.readDouble();
        phaseSteps = in.readDouble();
        if (guide.isPresent()) {
            guide.get().read(in);
        }
    }
}
