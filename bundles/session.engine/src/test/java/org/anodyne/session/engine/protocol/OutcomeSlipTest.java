package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.session.SessionEngine.NumberSource;
import org.anodyne.session.engine.fake.FakePlugins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outcomes and sources name has to be there. */
class OutcomeSlipTest extends ProtocolSlips {
    private static final int LINE = 4;

    private static Slip outcome(String name, String outcome, String words) {
        return slip(name, "slots:\n  eeg:", "outcomes: [" + outcome + "]\nslots:\n  eeg:", LINE, words);
    }

    private static Slip source(String name, String paths, String words) {
        return slip(
                name,
                "slots:\n  eeg:",
                "sources: [{path: " + paths + ", source: a paper, verified: true}]\nslots:\n  eeg:",
                LINE,
                words);
    }

    static Stream<Slip> slips() {
        return Stream.of(
                outcome("slot", "{id: a, kind: feature, of: alfa/mean}", "there is no slot 'alfa'"),
                outcome("phase", "{id: a, kind: rating, of: nrs, item: pain, phase: treatmnt}", "no phase 'treatmnt'"),
                outcome("baseline", "{id: a, kind: feature, of: alpha/mean, baseline: before}", "no phase 'before'"),
                outcome("band missing", "{id: a, kind: band-power, of: eeg}", "needs a 'band'"),
                outcome("ends missing", "{id: a, kind: connectivity, band: {low: 8 Hz, high: 13 Hz}}", "name both"),
                outcome("item missing", "{id: a, kind: rating, of: nrs}", "what it asks in 'item'"),
                outcome("no feature", "{id: a, kind: feature, of: alpha}", "needs slot/feature"),
                outcome("unit", "{id: a, kind: band-power, band: {low: 8, high: 13 Hz}}", "must be a text"),
                outcome(
                        "responders",
                        "{id: a, kind: rating, of: nrs, item: pain, responders: [30 %]}",
                        "needs a 'baseline' and a direction of 'benefit'"),
                outcome("twice", "{id: a, kind: adherence}, {id: a, kind: adherence}", "stands there twice"),
                source("path", "slots.alpha.parameters.hihg", "names nothing in this protocol"),
                source("phase of a path", "'phases[treatmnt].duration'", "names nothing"),
                source("path twice", "[slots.alpha, slots.alpha]", "has a source already"));
    }

    @TempDir
    Path folder;

    @Test
    void goodOnesAreRead() throws IOException {
        String text = GOOD.replace("slots:\n  eeg:", """
                outcomes:
                  - {id: a, kind: band-power, of: eeg, band: {low: 8 Hz, high: 13 Hz}, phase: treatment, baseline: baseline}
                  - {id: b, kind: rating, of: nrs, item: pain, baseline: first-session, benefit: down, responders: [30 %, 50 %]}
                sources:
                  - path: [slots.alpha.parameters.low, "phases[treatment].triggers[high].refractory"]
                    source: a paper
                    verified: true
                  - {path: "phases[0].duration", source: ours, verified: false}
                slots:
                  eeg:""");
        assertEquals(List.of(), faults(text, Map.of()));
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        assertEquals(
                List.of(
                        new NumberSource("slots.alpha.parameters.low", "a paper", true),
                        new NumberSource("phases[treatment].triggers[high].refractory", "a paper", true),
                        new NumberSource("phases[0].duration", "ours", false)),
                new ProtocolReader(FakePlugins.installed()).sources(file));
    }
}
