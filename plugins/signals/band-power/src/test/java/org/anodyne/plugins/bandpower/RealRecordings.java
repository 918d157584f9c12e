package org.anodyne.plugins.bandpower;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real recordings beside the checkout; a test that needs one is skipped where they are absent. */
final class RealRecordings {
    private RealRecordings() {}

    static Path file(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            if (Files.isReadable(candidate)) {
                return candidate;
            }
        }
        return Assumptions.abort("SKIPPED: there is no shared/data/" + name + " beside the checkout");
    }

    /** The values of a simple text file. */
    static float[] values(String name) throws IOException {
        Path file = file(name);
        java.util.List<String> lines = Files.readAllLines(file).stream()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .toList();
        float[] values = new float[lines.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(lines.get(i).strip());
        }
        return values;
    }
}
