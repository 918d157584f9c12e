package org.anodyne.plugins.heart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** Electrocardiograms for tests. */
final class Ecg {
    private Ecg() {}

    /** Beat times for a heart rate (per minute) at each time. */
    static List<Double> beats(double seconds, DoubleUnaryOperator rate) {
        List<Double> beats = new ArrayList<>();
        for (double t = 0.5; t < seconds; t += 60 / rate.applyAsDouble(t)) {
            beats.add(t);
        }
        return beats;
    }

    /** Narrow waves of 1 mV with a T wave at these times. */
    static float[] of(double rate, double seconds, List<Double> beats) {
        float[] samples = new float[(int) Math.round(seconds * rate)];
        for (double beat : beats) {
            for (int i = (int) Math.max(0, (beat - 0.1) * rate);
                    i < Math.min(samples.length, (beat + 0.5) * rate);
                    i++) {
                double r = (i / rate - beat) / 0.012;
                double t = (i / rate - beat - 0.27) / 0.05;
                samples[i] += (float) (Math.exp(-r * r / 2) + 0.25 * Math.exp(-t * t / 2));
            }
        }
        return samples;
    }

    /** A real recording beside the checkout; the test is skipped where there is none. */
    static float[] real(String name) throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            if (Files.isReadable(candidate)) {
                double[] values = Files.readAllLines(candidate).stream()
                        .filter(l -> !l.isBlank() && !l.startsWith("#"))
                        .mapToDouble(l -> Double.parseDouble(l.strip()))
                        .toArray();
                float[] floats = new float[values.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) values[i];
                }
                return floats;
            }
        }
        return Assumptions.abort("SKIPPED: there is no shared/data/" + name + " beside the checkout");
    }
}
