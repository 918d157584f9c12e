package org.anodyne.plugins.skinconductance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Signals for tests. */
final class Conductance {
    private Conductance() {}

    /** A level of 5 with responses of this amplitude that begin at these times, in seconds. */
    static float[] responses(double rate, double seconds, double amplitude, double... onsets) {
        float[] values = new float[(int) Math.round(seconds * rate)];
        for (int i = 0; i < values.length; i++) {
            double value = 5;
            for (double onset : onsets) {
                double since = i / rate - onset;
                if (since > 0) {
                    value += amplitude * 2.2 * (Math.exp(-since / 2) - Math.exp(-since / 0.75));
                }
            }
            values[i] = (float) value;
        }
        return values;
    }

    /** A real recording beside the checkout; the test is skipped where there is none. */
    static float[] real(String name) throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            if (Files.isReadable(candidate)) {
                List<String> lines = Files.readAllLines(candidate).stream()
                        .filter(l -> !l.isBlank() && !l.startsWith("#"))
                        .toList();
                float[] values = new float[lines.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.parseFloat(lines.get(i).strip());
                }
                return values;
            }
        }
        return Assumptions.abort("SKIPPED: there is no shared/data/" + name + " beside the checkout");
    }
}
