package org.anodyne.bus.mqtt;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ArtemisBusTest extends BusContract {
    @TempDir
    static Path folder;

    private static ArtemisBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new ArtemisBroker(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Override
    String uri() {
        return broker.uri();
    }
}
