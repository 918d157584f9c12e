package org.anodyne.bench.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The chain in a Python process with scipy on one core; {@code dsp_chain.py} comes with this bundle. */
final class ScipyChain {
    private static final String SCRIPT = "dsp_chain.py";
    private static final int LONGEST_SECONDS = 600;

    private final String python;
    private final Path script;

    /** One run: seconds on the clock and of the processor, and the powers after the last block. */
    record Run(String scipy, double seconds, double processorSeconds, double[] powers) {}

    private ScipyChain(String python, Path script) {
        this.python = python;
        this.script = script;
    }

    /**
     * Writes the script into the folder.
     *
     * @param pythons programs to try, the first with scipy is taken
     * @throws IOException when none has scipy; the message says what was tried
     */
    static ScipyChain in(Path folder, List<String> pythons) throws IOException, InterruptedException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream in = ScipyChain.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, in.readAllBytes());
        }
        List<String> tried = new ArrayList<>();
        for (String python : pythons) {
            try {
                lines(List.of(python, "-c", "import numpy, scipy.signal"));
                return new ScipyChain(python, script);
            } catch (IOException e) {
                tried.add(python);
            }
        }
        throw new IOException("no Python with scipy here (tried " + String.join(", ", tried)
                + "); install it or name one with python=");
    }

    Run run(Path samples, int channels, int rateHz, int block, int window) throws IOException, InterruptedException {
        List<String> lines = lines(List.of(
                python,
                script.toString(),
                samples.toString(),
                String.valueOf(channels),
                String.valueOf(rateHz),
                String.valueOf(block),
                String.valueOf(window)));
        if (lines.size() != 4) {
            throw new IOException(SCRIPT + " answered with " + lines.size() + " lines instead of 4");
        }
        return new Run(
                lines.get(0),
                Double.parseDouble(lines.get(1)),
                Double.parseDouble(lines.get(2)),
                Arrays.stream(lines.get(3).split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
    }

    private static List<String> lines(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // As one core is given to ours, so to numpy's libraries.
        Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "1", "MKL_NUM_THREADS", "1")
                .forEach(builder.environment()::put);
        Process process = builder.start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + LONGEST_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " ended with " + process.exitValue());
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
