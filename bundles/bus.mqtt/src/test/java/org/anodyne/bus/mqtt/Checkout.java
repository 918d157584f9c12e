package org.anodyne.bus.mqtt;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files of the checkout that the tests are run in. */
final class Checkout {
    private Checkout() {}

    static Path file(String path) {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.exists(p.resolve(path))) {
                return p.resolve(path);
            }
        }
        Assumptions.abort("not tested: " + path + " is not in a folder above this module");
        throw new IllegalStateException("not reached");
    }
}
