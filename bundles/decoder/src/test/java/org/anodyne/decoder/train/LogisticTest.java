package org.anodyne.decoder.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticTest {
    private static final String PYTHON = "/usr/bin/python3";

    /** Largest difference of a weight from scipy's optimum. */
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-10, 0.25, 64})
    void theWeightsAreTheOptimumThatScipyFinds(double c) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && run("import scipy.optimize", "").isPresent(),
                "no scipy here");
        Rows rows = Samples.rows(3, 12, 40, 0.7);
        StringBuilder in = new StringBuilder().append(c).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            in.append(rows.high()[i] ? 1 : 0);
            for (double v : rows.x()[i]) {
                in.append(' ').append(v);
            }
            in.append('\n');
        }
        String program = Files.readString(Path.of("src/test/oracle/optimum.py"));
        double[] best = Arrays.stream(
                        run(program, in.toString()).orElseThrow().trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Logistic model = Logistic.fit(rows, c);
        for (int f = 0; f < 3; f++) {
            assertEquals(best[f], model.weights()[f], TOLERANCE, "weight " + f);
        }
        assertEquals(best[3], model.intercept(), TOLERANCE, "intercept");
    }

    /** At the optimum the gradient is 0; it is computed here from the objective's definition. */
    @ParameterizedTest
    @ValueSource(doubles = {0x1p-10, 0.25, 64})
    void theGradientOfTheObjectiveIsZero(double c) {
        Rows rows = Samples.rows(3, 12, 40, 0.7);
        Logistic m = Logistic.fit(rows, c);
        double[] g = {m.weights()[0], m.weights()[1], m.weights()[2], 0};
        for (int i = 0; i < rows.size(); i++) {
            double y = rows.high()[i] ? 1 : -1;
            double s = c * y / (1 + Math.exp(y * m.logit(rows.x()[i])));
            for (int f = 0; f < 3; f++) {
                g[f] -= s * (rows.x()[i][f] - m.mean()[f]) / m.deviation()[f];
            }
            g[3] -= s;
        }
        assertTrue(
                Arrays.stream(g).allMatch(v -> Math.abs(v) < 1e-6 * Math.max(1, c * rows.size())), Arrays.toString(g));
    }

    @Test
    void whichClassComesFirstChangesNoSign() {
        Rows rows = Samples.rows(2, 8, 30, 1.5);
        boolean[] other = new boolean[rows.size()];
        for (int i = 0; i < other.length; i++) {
            other[i] = !rows.high()[i];
        }
        Logistic a = Logistic.fit(rows, 1);
        Logistic b = Logistic.fit(rows.labelled(other), 1);
        assertEquals(a.weights()[0], -b.weights()[0], 1e-7);
        assertEquals(a.intercept(), -b.intercept(), 1e-7);
        assertTrue(a.weights()[0] > 0, "the first feature is higher in pain");
    }

    private static java.util.Optional<String> run(String program, String in) throws Exception {
        Process p = new ProcessBuilder(PYTHON, "-c", program)
                .redirectErrorStream(false)
                .start();
        try (var out = p.getOutputStream()) {
            out.write(in.getBytes(StandardCharsets.UTF_8));
        }
        String told = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(p.waitFor(60, TimeUnit.SECONDS), "python does not end");
        return p.exitValue() == 0 ? java.util.Optional.of(told) : java.util.Optional.empty();
    }
}
