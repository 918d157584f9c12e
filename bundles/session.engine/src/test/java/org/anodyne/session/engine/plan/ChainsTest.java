package org.anodyne.session.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.SessionEngine.Chain;
import org.anodyne.session.SessionEngine.Lag;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRegistry;
import org.anodyne.session.engine.protocol.ProtocolReader;
import org.junit.jupiter.api.Test;

class ChainsTest {
    private static final String TEXT = """
            anodyne: 1
            id: chain
            slots:
              eeg:   {plugin: amplifier}
              eda:   {plugin: synthetic}
              alpha: {plugin: filter, inputs: {samples: eeg}, parameters: {low: 8 Hz}}
              skin:  {plugin: mean, inputs: {samples: eda}, parameters: {low: 8 Hz}}
              loop:  {plugin: loop, inputs: {features: [alpha/mean, skin/mean]}}
              tens:  {plugin: tens}
            phases:
              - id: baseline
                duration: 60 s
                slots: [eeg, eda, alpha, skin, loop]
              - block:
                  repeat: 2
                  phases:
                    - id: treatment
                      duration: 60 s
                      slots: [eeg, eda, alpha, skin, loop, tens]
                      triggers:
                        - id: low
                          slot: loop
                          feature: alpha/mean
                          below: 3 uV
                          hold: 1500 ms
                          refractory: 5 s
                          do: {slot: tens, action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us}}
            """;

    /** States delays; what it takes and gives is another's. */
    private record Stating(PluginFactory other, List<StreamInfo> given, boolean needsRate) implements PluginFactory {
        @Override
        public PluginPorts ports(Parameters parameters) {
            return other.ports(parameters);
        }

        @Override
        public PluginInstance create(PluginContext context) {
            return other.create(context);
        }

        @Override
        public List<StreamInfo> streams(Parameters parameters) {
            return given;
        }

        @Override
        public List<Delay> delays(Parameters parameters, Inputs inputs) {
            if (!needsRate) {
                return List.of(Delay.atMost("", Delay.Stage.BLOCK, 0.04, "blocks"));
            }
            List<StreamInfo> streams = inputs.streams().getOrDefault("samples", List.of());
            return streams.isEmpty()
                    ? List.of()
                    : List.of(
                            Delay.of(
                                    "mean",
                                    Delay.Stage.FILTER,
                                    50 / streams.get(0).rateHz(),
                                    "50 samples"),
                            Delay.of("edges", Delay.Stage.FILTER, 99, "another feature's"));
        }
    }

    private static FakeRegistry registry(List<StreamInfo> streams) {
        FakeRegistry fakes = FakePlugins.installed();
        PluginFactory source = fakes.find("synthetic").orElseThrow().factory();
        PluginFactory mean = fakes.find("mean").orElseThrow().factory();
        String schema = fakes.find("mean").orElseThrow().schema();
        return fakes.with("amplifier", PluginKind.SOURCE, "1.0.0", "{}", new Stating(source, streams, false))
                .with("filter", PluginKind.PROCESSOR, "1.0.0", schema, new Stating(mean, List.of(), true));
    }

    private static List<Chain> chains(List<StreamInfo> streams) {
        return chains(streams, TEXT);
    }

    private static List<Chain> chains(List<StreamInfo> streams, String text) {
        return chains(streams, text, Map.of());
    }

    private static List<Chain> chains(List<StreamInfo> streams, String text, Map<String, Double> rates) {
        FakeRegistry registry = registry(streams);
        return new Chains(registry, new ProtocolReader(registry).compile(text, Map.of()), rates).all();
    }

    private static final StreamInfo EEG =
            new StreamInfo("", "eeg", "EEG", 250, List.of(new StreamInfo.Channel("C4", "uV")), false);

    @Test
    void whatADeviceDoesNotDeclareIsKnownByItsRate() {
        Chain unknown = chains(List.of()).get(0);
        assertTrue(unknown.delays().contains(new Lag("alpha", Delay.Stage.FILTER, Optional.empty())));
        Chain told = chains(List.of(), TEXT, Map.of("eeg", 500.0)).get(0);
        Lag filter = told.delays().stream()
                .filter(l -> l.stage() == Delay.Stage.FILTER)
                .findFirst()
                .orElseThrow();
        assertEquals(50 / 500.0, filter.delay().orElseThrow().seconds());
        // What a plug-in declares of its stream goes before.
        Chain declared = chains(List.of(EEG), TEXT, Map.of("eeg", 500.0)).get(0);
        assertEquals(chains(List.of(EEG)).get(0), declared);
    }

    @Test
    void aTriggersChainGoesFromItsFeaturesSourceToTheActuator() {
        List<Chain> chains = chains(List.of(EEG));
        assertEquals(1, chains.size());
        Chain chain = chains.get(0);
        assertEquals(List.of("eeg", "alpha", "loop", "tens"), chain.slots());
        assertEquals("low", chain.trigger());
        assertEquals(3, chain.hops());
        // Filter 50 / 250 Hz and hold 1.5 s; at most a block of 40 ms more.
        assertEquals(1.7, chain.least(), 1e-12);
        assertEquals(1.74, chain.most(), 1e-12);
    }

    @Test
    void eachActionOfATriggerEndsAChain() {
        String action = "{slot: tens, action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us}}";
        String two = TEXT.replace("  tens:  {plugin: tens}", "  tens:  {plugin: tens}\n  other: {plugin: tens}")
                .replace("loop, tens]", "loop, tens, other]")
                .replace("do: " + action, "do: [" + action + ", " + action.replace("slot: tens", "slot: other") + "]");
        assertEquals(
                List.of(List.of("eeg", "alpha", "loop", "tens"), List.of("eeg", "alpha", "loop", "other")),
                chains(List.of(EEG), two).stream().map(Chain::slots).toList());
    }

    @Test
    void whatIsNotStatedIsToldAndIsNoZero() {
        List<Lag> missing = chains(List.of(EEG)).get(0).delays().stream()
                .filter(l -> l.delay().isEmpty())
                .toList();
        assertEquals(
                List.of(
                        new Lag("eeg", Delay.Stage.ACQUISITION, Optional.empty()),
                        new Lag("loop", Delay.Stage.DECISION, Optional.empty()),
                        new Lag("tens", Delay.Stage.OUTPUT, Optional.empty())),
                missing);
    }

    @Test
    void aFilterWhoseRateIsNotKnownIsNotStated() {
        Chain chain = chains(List.of()).get(0);
        assertTrue(chain.delays().contains(new Lag("alpha", Delay.Stage.FILTER, Optional.empty())));
        assertEquals(1.5, chain.least(), 1e-12);
    }
}
