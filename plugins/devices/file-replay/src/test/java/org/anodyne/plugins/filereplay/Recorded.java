package org.anodyne.plugins.filereplay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Assumptions;

/** Recordings for tests, and instances that play them. */
final class Recorded {
    private Recorded() {}

    static FakeContext context(Path file, Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(FileReplayFactory.class).defaultsWith(parameters))
                .with(file.toString());
    }

    static SignalSource prepared(FakeContext context) throws Exception {
        SignalSource source = (SignalSource) new FileReplayFactory().create(context);
        source.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(30)));
        return source;
    }

    /** A simple text file with one line per sample. */
    static Path text(Path folder, double rate, String label, int samples, IntFunction<String> line) throws IOException {
        StringBuilder text = new StringBuilder(
                "# Simple Text Format\n# Sampling Rate (Hz):= " + rate + "\n# Labels:= " + label + "\n");
        for (int i = 0; i < samples; i++) {
            text.append(line.apply(i)).append('\n');
        }
        return Files.writeString(folder.resolve("recording.txt"), text);
    }

    /** A real recording beside the checkout; the test is skipped where there is none. */
    static Path real(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data").resolve(name);
            if (Files.isReadable(candidate)) {
                return candidate;
            }
        }
        return Assumptions.abort("SKIPPED: there is no shared/data/" + name + " beside the checkout");
    }
}
