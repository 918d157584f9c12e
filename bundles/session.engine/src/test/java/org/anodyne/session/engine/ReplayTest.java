package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.ReplayReport;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeGain;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.anodyne.session.engine.fake.FakeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is computed again, and any difference is found and named. */
class ReplayTest {
    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeRecorder recorder = new FakeRecorder(bus);

    @BeforeEach
    void record() throws Exception {
        Engine engine = engine(FakePlugins.installed());
        Path file = Files.writeString(folder.resolve("p.yaml"), SessionTest.CLOSED_LOOP);
        engine.start(new Request(file, "P01", Map.of(), Double.POSITIVE_INFINITY, folder.resolve("out")))
                .await(Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    private Engine engine(FakeRegistry registry) {
        Engine engine = new Engine(bus, new FakeHost(bus, registry), registry);
        engine.bindRecorder(recorder);
        engine.bindReader(recorder);
        return engine;
    }

    private ReplayReport replay(FakeRegistry registry) {
        return engine(registry).replay(folder.resolve("out/record"), true);
    }

    @Test
    void givesTheSameBits() {
        ReplayReport report = replay(FakePlugins.installed());
        assertEquals(Optional.empty(), report.firstDifference());
        assertEquals(0, report.differences());
        assertEquals(500, report.features());
        assertTrue(report.decisions() > 20, "decisions: " + report.decisions());
    }

    @Test
    void findsAChangedCoefficientAndNamesTheFirstStage() {
        FakeRegistry other = FakePlugins.installed();
        String schema = other.find("mean").orElseThrow().schema();
        other.with("mean", PluginKind.PROCESSOR, "1.0.1", schema, FakePlugins.mean(Math.nextUp(1.0)));
        ReplayReport report = replay(other);
        assertTrue(report.differences() > 0);
        String first = report.firstDifference().orElseThrow();
        assertTrue(first.startsWith("alpha (mean 1.0.1, recorded with 1.0.0): feature 'mean' at 0."), first);
        assertTrue(first.contains(" was ") && first.contains(", is now "), first);
    }

    @Test
    void comparesTheStreamsThatProcessorsMake() throws Exception {
        FakeRegistry then = with(2f);
        Path file = Files.writeString(folder.resolve("gain.yaml"), """
                anodyne: 1
                id: gain
                slots:
                  eeg: {plugin: synthetic}
                  gain: {plugin: gain, inputs: {samples: eeg}}
                  alpha: {plugin: mean, inputs: {samples: gain}, parameters: {low: 8 Hz}}
                phases:
                  - {id: only, duration: 5 s, slots: [eeg, gain, alpha]}
                """);
        recorder.segments.clear();
        engine(then)
                .start(new Request(file, "P01", Map.of(), Double.POSITIVE_INFINITY, folder.resolve("gained")))
                .await(Duration.ofSeconds(60));
        ReplayReport same = engine(with(2f)).replay(folder.resolve("gained/record"), true);
        assertEquals(Optional.empty(), same.firstDifference());
        assertEquals(50, same.blocks());
        String first = engine(with(Math.nextUp(2f)))
                .replay(folder.resolve("gained/record"), true)
                .firstDifference()
                .orElseThrow();
        assertEquals("gain (gain 1.0.0): block of stream gained at 0.100 s has other values now", first);
    }

    private static FakeRegistry with(float gain) {
        return FakePlugins.installed().with("gain", PluginKind.PROCESSOR, "1.0.0", "{}", FakeGain.factory(gain));
    }

    @Test
    void findsWhatIsMissingAndWhatIsNew() {
        var messages = recorder.segments.get(0).messages;
        int at = -1;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).payload() instanceof Payload.Document d
                    && d.type().equals("decision")) {
                at = i;
            }
        }
        Message decision = messages.remove(at);
        ReplayReport report = replay(FakePlugins.installed());
        assertEquals(1, report.differences());
        assertTrue(report.firstDifference().orElseThrow().endsWith("was not there when it was recorded"));
        messages.add(at, decision);
        messages.add(at, decision);
        report = replay(FakePlugins.installed());
        assertTrue(
                report.firstDifference().orElseThrow().startsWith("loop (loop 1.0.0): decision of trigger 'high' at "));
    }

    @Test
    void tellsNaNsApartByTheirBits() {
        var messages = recorder.segments.get(0).messages;
        for (int i = 0; i < messages.size(); i++) {
            Message m = messages.get(i);
            if (m.payload() instanceof Payload.FeatureValue f
                    && f.feature().name().equals("edges")) {
                double[] values = {f.feature().values()[0], -0.0 * f.feature().values()[1]};
                Feature changed = new Feature("edges", f.feature().timeNanos(), values);
                messages.set(i, new Message(m.topic(), m.envelope(), new Payload.FeatureValue(changed), 0));
                break;
            }
        }
        String first = replay(FakePlugins.installed()).firstDifference().orElseThrow();
        assertTrue(first.startsWith("alpha (mean 1.0.0): feature 'edges' at 0.100 s, component 2, was -0.0"), first);
    }

    @Test
    void saysWhichPlugInIsMissing() {
        FakeRegistry without = FakePlugins.installed().refused("mean", "it was taken away");
        ProtocolException e = assertThrows(ProtocolException.class, () -> replay(without));
        assertTrue(e.getMessage().contains("the record was made with plug-in 'mean' 1.0.0, which is not installed"));
    }

    @Test
    void aRecordThatBrokeOffIsComparedAsFarAsItGoes() {
        var messages = recorder.segments.get(0).messages;
        while (messages.size() > 500) {
            messages.remove(messages.size() - 1);
        }
        ReplayReport report = replay(FakePlugins.installed());
        assertEquals(Optional.empty(), report.firstDifference());
        assertTrue(report.features() > 100);
    }
}
