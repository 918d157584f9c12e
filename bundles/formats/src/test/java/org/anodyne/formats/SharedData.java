package org.anodyne.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real recordings that lie next to the checkout; tests that need them are skipped where they are absent. */
public final class SharedData {
    private SharedData() {}

    /** A file of the folder {@code shared/data}, or the test is aborted with a plain message. */
    public static Path file(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/data").resolve(name);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("skipped: no folder shared/data with " + name + " next to the checkout");
        throw new AssertionError("abort returns never");
    }
}
