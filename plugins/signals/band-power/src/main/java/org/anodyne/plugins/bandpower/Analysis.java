package org.anodyne.plugins.bandpower;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.SlidingSpectrum;
import org.anodyne.dsp.Spectrum;
import org.anodyne.dsp.WelchAccumulator;

/** The running window and the phase's average of every channel of one stream. */
final class Analysis {
    private final double rateHz;
    private final int channels;
    private final int[] selected;
    private final int windowSamples;
    private final List<SlidingSpectrum> windows = new ArrayList<>();
    private final List<WelchAccumulator> averages = new ArrayList<>();

    private final double[] density;
    private final Spectrum live;

    /** Samples since the window was last empty. */
    private long filled;

    Analysis(double rateHz, int channels, int[] selected, int windowSamples) {
        this.rateHz = rateHz;
        this.channels = channels;
        this.selected = selected.clone();
        this.windowSamples = windowSamples;
        for (int i = 0; i < selected.length; i++) {
            windows.add(new SlidingSpectrum(rateHz, windowSamples));
            averages.add(new WelchAccumulator(rateHz, windowSamples, windowSamples / 2));
        }
        density = new double[windowSamples / 2 + 1];
        live = Spectrum.view(rateHz, windowSamples, 1, density);
    }

    double rateHz() {
        return rateHz;
    }

    int channels() {
        return channels;
    }

    /** Adds one sample of all channels; {@code samples[offset]} is the first channel's. */
    void add(float[] samples, int offset) {
        for (int i = 0; i < selected.length; i++) {
            double value = samples[offset + selected[i]];
            windows.get(i).add(value);
            averages.get(i).add(value);
        }
        filled++;
    }

    /** How many samples came since the window became full for the first time; negative while it is not. */
    long sinceFull() {
        return filled - windowSamples;
    }

    /**
     * Computes the mean spectrum of the running windows, which {@link #live} then shows; allocates nothing.
     *
     * @return false when no channel has one
     */
    boolean computeLive() {
        Arrays.fill(density, 0);
        int finite = 0;
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).addTo(density)) {
                finite++;
            }
        }
        for (int k = 0; finite > 0 && k < density.length; k++) {
            density[k] /= finite;
        }
        return finite > 0;
    }

    /** The spectrum that was computed last; changes with the next one. */
    Spectrum live() {
        return live;
    }

    /** The mean spectrum of the phase so far; empty when no channel has one. */
    Optional<Spectrum> phase() {
        double[] sum = new double[density.length];
        int finite = 0;
        long averaged = 0;
        for (WelchAccumulator source : averages) {
            Optional<Spectrum> one = source.spectrum();
            if (one.isPresent()) {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += one.get().density(k);
                }
                finite++;
                averaged = Math.max(averaged, one.get().averaged());
            }
        }
        if (finite == 0) {
            return Optional.empty();
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= finite;
        }
        return Optional.of(Spectrum.of(rateHz, windowSamples, averaged, sum));
    }

    void beginPhase() {
        averages.forEach(WelchAccumulator::reset);
    }

    /** Empties the window, and keeps segments of the phase's average from reaching over the gap. */
    void gap() {
        windows.forEach(SlidingSpectrum::reset);
        averages.forEach(average -> average.add(Double.NaN));
        filled = 0;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(rateHz);
        out.writeInt(channels);
        out.writeInt(selected.length);
        for (int channel : selected) {
            out.writeInt(channel);
        }
        out.writeLong(filled);
        for (int i = 0; i < selected.length; i++) {
            write(out, windows.get(i));
            write(out, averages.get(i));
        }
    }

    static Analysis read(DataInputStream in, Settings settings) throws IOException {
        double rateHz = in.readDouble();
        int channels = in.readInt();
        int[] selected = new int[in.readInt()];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = in.readInt();
        }
        Analysis analysis = new Analysis(rateHz, channels, selected, settings.windowSamples(rateHz));
        analysis.filled = in.readLong();
        for (int i = 0; i < selected.length; i++) {
            read(in, analysis.windows.get(i));
            read(in, analysis.averages.get(i));
        }
        return analysis;
    }

    private static void write(DataOutputStream out, Resumable part) throws IOException {
        byte[] state = part.state();
        out.writeInt(state.length);
        out.write(state);
    }

    private static void read(DataInputStream in, Resumable part) throws IOException {
        part.restore(in.readNBytes(in.readInt()));
    }
}
