package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Independent programs that look at what was exported, where they are installed. */
final class Tools {
    /** What a program printed, and its exit code. */
    record Run(int code, String out) {}

    private Tools() {}

    /** A file or folder of the checkout. */
    static Path checkout(String place) {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.exists(p.resolve("cnf/tools"))) {
                return p.resolve(place);
            }
        }
        throw new IllegalStateException("not in a checkout");
    }

    /** The jars of the FHIR validator, as cnf/tools/fetch-fhir-validator.sh leaves them. */
    static Optional<Path> fhirValidator() {
        Path jars = checkout(".tools/fhir-validator");
        return Files.isDirectory(jars) ? Optional.of(jars) : Optional.empty();
    }

    static Run validateFhir(Path validator, Path resources, Path scratch) {
        return run(
                scratch,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx768m",
                        "-cp",
                        validator.resolve("*").toString(),
                        checkout("cnf/tools/fhir-validator/ValidateFhir.java").toString(),
                        resources.toString()));
    }

    /** The BIDS validator, as cnf/tools/fetch-validators.sh leaves it: the folder .tools of the checkout. */
    static Optional<Path> bidsValidator() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            Path tools = p.resolve(".tools/bids-validator");
            if (Files.exists(tools.resolve("package/dist/validator/bids-validator.js"))) {
                return Optional.of(tools);
            }
        }
        return Optional.empty();
    }

    static Run validateBids(Path validator, Path dataset, Path scratch) {
        return run(
                scratch,
                Map.of("DENO_DIR", scratch.resolve("deno").toString(), "NO_COLOR", "1"),
                List.of(
                        validator.resolve("node_modules/.bin/deno").toString(),
                        "run",
                        "-A",
                        "--no-remote",
                        validator
                                .resolve("package/dist/validator/bids-validator.js")
                                .toString(),
                        "--json",
                        dataset.toString()));
    }

    /** Debian's Python, when it has MNE. */
    static Optional<String> pythonWithMne(Path scratch) {
        String python = "/usr/bin/python3";
        if (!Files.isExecutable(Path.of(python))) {
            return Optional.empty();
        }
        return run(scratch, Map.of(), List.of(python, "-c", "import mne")).code() == 0
                ? Optional.of(python)
                : Optional.empty();
    }

    static Run run(Path scratch, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(scratch, "out", ".txt");
            Path err = Files.createTempFile(scratch, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertTrue(ended, command.get(0) + " did not end within two minutes");
            String text = Files.readString(out, StandardCharsets.UTF_8);
            return new Run(process.exitValue(), text.isEmpty() ? Files.readString(err, StandardCharsets.UTF_8) : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
