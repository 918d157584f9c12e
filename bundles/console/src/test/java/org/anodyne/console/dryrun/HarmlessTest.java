package org.anodyne.console.dryrun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.session.SessionEngine.SlotReading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run takes, and what it refuses because it could reach something real. */
class HarmlessTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void ship() throws IOException {
        Files.createFile(folder.resolve("rehastim-simulator.jar"));
    }

    private static SlotReading slot(String plugin, PluginKind kind, Map<String, Object> parameters, String input) {
        return new SlotReading(
                "s",
                plugin,
                kind,
                parameters,
                PluginPorts.NONE,
                Optional.of(input).filter(i -> !i.isEmpty()));
    }

    private String needs(String plugin, PluginKind kind, Map<String, Object> parameters, String input) {
        List<Harmless.Objection> all = Harmless.objections(List.of(slot(plugin, kind, parameters, input)), folder);
        return all.isEmpty() ? "" : all.get(0).needs();
    }

    @Test
    void sourcesAreComputedOrRecorded() throws IOException {
        String recording = Files.createFile(folder.resolve("rest.edf")).toString();
        assertEquals("", needs("synthetic", PluginKind.SOURCE, Map.of(), ""));
        assertEquals("", needs("file-replay", PluginKind.SOURCE, Map.of(), recording));
        assertEquals("recording", needs("file-replay", PluginKind.SOURCE, Map.of(), ""));
        assertEquals("recording", needs("file-replay", PluginKind.SOURCE, Map.of(), "/dev/null"));
        assertEquals("recording", needs("lsl-source", PluginKind.SOURCE, Map.of(), ""));
        assertEquals("recording", needs("openbci-cyton", PluginKind.SOURCE, Map.of(), "tcp:127.0.0.1:7000"));
        assertEquals("recording", needs("external", PluginKind.SOURCE, Map.of(), ""));
    }

    @Test
    void actuatorsNeedAShippedSimulator() {
        assertEquals("", needs("tens-rehastim", PluginKind.ACTUATOR, Map.of(), ""));
        assertEquals("nothing", needs("somebodys-stimulator", PluginKind.ACTUATOR, Map.of(), "tcp:127.0.0.1:7000"));
        assertEquals(
                "nothing",
                Harmless.objections(
                                Collections.nCopies(9, slot("tens-rehastim", PluginKind.ACTUATOR, Map.of(), "")),
                                folder)
                        .get(0)
                        .needs());
    }

    @Test
    void nothingIsShownOrHandedOn() {
        assertEquals("", needs("display", PluginKind.DISPLAY, Map.of("mode", "headless"), ""));
        assertEquals("headless", needs("display", PluginKind.DISPLAY, Map.of("mode", "headset"), ""));
        assertEquals("headless", needs("display", PluginKind.DISPLAY, Map.of(), ""));
        assertEquals("without", needs("lsl-outlet", PluginKind.SINK, Map.of(), ""));
        assertEquals("without", needs("marker-box", PluginKind.SINK, Map.of(), ""));
    }

    @Test
    void whatComputesDecidesAsksAndDrawsIsTaken() {
        for (PluginKind kind : List.of(
                PluginKind.PROCESSOR,
                PluginKind.INTERVENTION,
                PluginKind.OUTCOME,
                PluginKind.SCENE,
                PluginKind.SAFETY_RULE)) {
            assertEquals("", needs("any", kind, Map.of(), ""));
        }
    }
}
