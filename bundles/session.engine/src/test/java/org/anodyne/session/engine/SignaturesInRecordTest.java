package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.anodyne.session.engine.fake.FakeRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jar was at work, and who signed it, is in the record of each session. */
class SignaturesInRecordTest {
    private static final String VENDOR = "CN=vendor (sha256 0a1b)";
    private static final String BOTH = "CN=vendor (sha256 0a1b), CN=lab (sha256 2c3d)";

    @TempDir
    Path folder;

    @Test
    void whoSignedWhatIsInTheRecord() throws Exception {
        FakeRegistry plugins = FakePlugins.installed()
                .signed("tens", "f00d", VENDOR)
                .signed("loop", "", BOTH)
                .signed("mean", "beef", "")
                .signed("guide", "cafe", VENDOR);
        FakeBus bus = new FakeBus();
        FakeRecorder recorder = new FakeRecorder(bus);
        Engine engine = new Engine(bus, new FakeHost(bus, plugins), plugins);
        engine.bindRecorder(recorder);
        try {
            Path file = Files.writeString(folder.resolve("p.yaml"), SessionTest.CLOSED_LOOP);
            engine.start(new Request(file, "P01", Map.of(), Double.POSITIVE_INFINITY, folder.resolve("out")))
                    .await(Duration.ofSeconds(60));
        } finally {
            engine.deactivate();
            bus.close();
        }
        Map<String, String> versions = recorder.segments.get(0).meta.versions();
        assertEquals("1.0.0 sha256:f00d signed by " + VENDOR, versions.get("tens"));
        assertEquals("1.0.0 signed by " + BOTH, versions.get("loop"));
        assertEquals("1.0.0 sha256:beef", versions.get("mean"));
        assertEquals("1.0.0", versions.get("synthetic"));
        assertEquals(false, versions.containsKey("guide"), "no slot of the session holds it");
    }
}
