package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that cannot begin is refused with all reasons and leaves nothing behind. */
class RefusedStartTest {
    private static final String CLOSED_LOOP = SessionTest.CLOSED_LOOP;

    @TempDir
    Path folder;

    @Test
    void whatCannotBeginLeavesNothing() throws Exception {
        FakeBus bus = new FakeBus();
        FakeRecorder recorder = new FakeRecorder(bus);
        Engine engine = new Engine(bus, new FakeHost(bus, FakePlugins.installed()), FakePlugins.installed());
        engine.bindRecorder(recorder);
        Path file = Files.writeString(folder.resolve("p.yaml"), CLOSED_LOOP);
        Path out = folder.resolve("out");
        ProtocolException e = assertThrows(
                ProtocolException.class, () -> engine.start(new Request(file, "P 01", Map.of("egg", "x"), 0, out)));
        assertEquals(3, e.faults().size(), e.getMessage());
        assertTrue(e.getMessage().contains("'P 01' cannot be used"));
        assertTrue(e.getMessage().contains("the speed is 0.0"));
        Files.createDirectories(out.resolve("record"));
        Files.writeString(out.resolve("record/segment-001.xdf"), "");
        e = assertThrows(ProtocolException.class, () -> engine.start(new Request(file, "P01", Map.of(), 1, out)));
        assertTrue(e.getMessage().contains("holds a record already"));
        engine.unbindRecorder(recorder);
        Path other = folder.resolve("other");
        e = assertThrows(ProtocolException.class, () -> engine.start(new Request(file, "P01", Map.of(), 1, other)));
        assertTrue(e.getMessage().contains("no recorder is installed"));
        assertFalse(Files.exists(other));
        assertTrue(engine.check(folder.resolve("none.yaml")).get(0).message().contains("there is no protocol file"));
        assertEquals(List.of(), engine.check(file));
        engine.deactivate();
    }
}
