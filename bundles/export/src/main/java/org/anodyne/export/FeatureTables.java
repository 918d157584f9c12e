package org.anodyne.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anodyne.export.facts.Series;
import org.anodyne.export.facts.SessionFacts;

/**
 * Every feature of a session as a table of its own, {@code SLOT_FEATURE.tsv}: onset in seconds of session time, and the value with
 * every bit, {@code n/a} where it could not be computed. What another session plays back is made of these.
 */
final class FeatureTables {
    private static final int NANO_DIGITS = 9;

    private FeatureTables() {}

    static void write(SessionFacts facts, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Series series : facts.features().values()) {
            // A component of a vector is named 'feature[2]', which not every program takes in the name of a file; with
            // a hyphen,
            // which names have themselves, it could be the name of another feature.
            String name =
                    (series.slot() + "_" + series.feature()).replace("[", ".").replace("]", "");
            try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(name + ".tsv"), StandardCharsets.UTF_8)) {
                out.write("onset\t" + series.feature() + "\n");
                for (int i = 0; i < series.size(); i++) {
                    double value = series.value(i);
                    out.write(seconds(series.timeNanos(i)) + "\t"
                            + (Double.isFinite(value) ? Double.toString(value) : "n/a") + "\n");
                }
            }
        }
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
    }
}
