package org.anodyne.plugins.respiration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Breathing belts for tests. */
final class Breathing {
    private Breathing() {}

    /** Breaths of depth 2 whose in-breath is two fifths of them, at a rate per minute. */
    static float[] at(double rate, double seconds, double perMinute) {
        float[] values = new float[(int) Math.round(seconds * rate)];
        for (int i = 0; i < values.length; i++) {
            double phase = i / rate * perMinute / 60 % 1;
            double along = phase < 0.4 ? phase / 0.4 : 1 - (phase - 0.4) / 0.6;
            values[i] = (float) (10 - Math.cos(Math.PI * along));
        }
        return values;
    }

    /** A real recording beside the checkout; a test that needs one is skipped where it is absent. */
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
