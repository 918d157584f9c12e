package org.anodyne.bus.mqtt;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MosquittoBusTest extends BusContract {
    @TempDir
    static Path folder;

    private static MosquittoBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = new MosquittoBroker(folder);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    String uri() {
        return broker.uri();
    }
}
