package org.anodyne.session.engine.fake;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.ActionInfo;
import org.anodyne.plugin.PluginPorts.ArgumentInfo;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.engine.feed.ExternalFactory;

/** Plug-ins of every kind, as small as they can be. */
public final class FakePlugins {
    static final String SOURCE_SCHEMA = """
            {"type": "object", "additionalProperties": false, "properties": {
              "amplitude": {"type": "number", "x-unit": "uV", "default": 10, "exclusiveMinimum": 0, "x-change": "phase"},
              "length": {"type": "number", "x-unit": "s", "default": 1000000, "x-change": "never"},
              "label": {"type": "string", "enum": ["Cz", "Oz"], "default": "Cz"}}}
            """;
    static final String MEAN_SCHEMA = """
            {"type": "object", "required": ["low"], "additionalProperties": false, "properties": {
              "low": {"title": "lower edge", "type": "number", "x-unit": "Hz", "minimum": 1, "maximum": 100, "examples": [8]},
              "calibration": {"type": "object", "properties": {"phase": {"type": "string", "format": "phase-id"}}},
              "order": {"type": "integer", "default": 4, "minimum": 1}}}
            """;
    static final long BLOCK_NANOS = 100_000_000;

    private FakePlugins() {}

    /** All of them. */
    public static FakeRegistry installed() {
        return new FakeRegistry()
                .with(
                        "synthetic",
                        PluginKind.SOURCE,
                        "1.0.0",
                        SOURCE_SCHEMA,
                        checked(
                                factory(PluginPorts.NONE, Source::new),
                                "amplitude",
                                5000,
                                "5000 uV do not go with this electrode"))
                .with("wary", PluginKind.SOURCE, "1.0.0", SOURCE_SCHEMA, wary())
                .with("file-replay", PluginKind.SOURCE, "1.0.0", "{}", factory(PluginPorts.NONE, FileSource::new))
                .with("mean", PluginKind.PROCESSOR, "1.0.0", MEAN_SCHEMA, mean(1))
                .with("picky", PluginKind.PROCESSOR, "1.0.0", "{}", picky())
                .with("loop", PluginKind.INTERVENTION, "1.0.0", "{}", loop())
                .with("guide", PluginKind.INTERVENTION, "1.0.0", "{}", factory(PluginPorts.NONE, FakeGuide::new))
                .with("tens", PluginKind.ACTUATOR, "1.0.0", "{}", tens())
                .with("out", PluginKind.SINK, "1.0.0", "{}", sink())
                .with("world", PluginKind.SCENE, "1.0.0", "{}", factory(PluginPorts.NONE, slot -> new Drain()))
                .with("screen", PluginKind.DISPLAY, "1.0.0", "{}", factory(PluginPorts.NONE, slot -> new Drain()))
                .with("display", PluginKind.DISPLAY, "1.0.0", "{}", display())
                .with("nrs", PluginKind.OUTCOME, "1.0.0", "{}", nrs())
                .with("external", PluginKind.SOURCE, "1.0.0", externalSchema(), new ExternalFactory())
                .refused("broken", "it lacks the package org.missing");
    }

    private static String externalSchema() {
        try (var in = ExternalFactory.class.getResourceAsStream("/external.schema.json")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static PluginFactory factory(PluginPorts ports, Function<FakeSlot, PluginInstance> make) {
        return new PluginFactory() {
            @Override
            public PluginPorts ports(Parameters parameters) {
                return ports;
            }

            @Override
            public PluginInstance create(PluginContext context) {
                return make.apply((FakeSlot) context);
            }
        };
    }

    /** A processor whose features are the block's mean times a factor. */
    public static PluginFactory mean(double factor) {
        PluginPorts ports = new PluginPorts(
                List.of(new InputPort("samples", Carries.SAMPLES, false, true)),
                List.of(
                        new FeatureInfo("mean", "uV", List.of("value"), false),
                        new FeatureInfo("edges", "uV", List.of("first", "last"), false)),
                List.of(),
                List.of());
        return checked(
                factory(ports, slot -> new Mean(slot, factor)), "low", 99, "nothing is left of a band from 99 Hz on");
    }

    /** Refuses a value that the schema admits, as a plug-in does that looks at its parameters together. */
    private static PluginFactory checked(PluginFactory plain, String parameter, double refused, String why) {
        return new PluginFactory() {
            @Override
            public void check(Parameters parameters) throws PluginException {
                if (parameters
                        .get(parameter)
                        .filter(v -> ((Number) v).doubleValue() == refused)
                        .isPresent()) {
                    throw new PluginException(why);
                }
            }

            @Override
            public PluginPorts ports(Parameters parameters) {
                return plain.ports(parameters);
            }

            @Override
            public PluginInstance create(PluginContext context) {
                return plain.create(context);
            }
        };
    }

    /** A source of which two values, each good by itself, do not go together. */
    private static PluginFactory wary() {
        PluginFactory plain = factory(PluginPorts.NONE, Source::new);
        return new PluginFactory() {
            @Override
            public void check(Parameters parameters) throws PluginException {
                if (parameters.number("amplitude") == 30
                        && parameters.text("label").equals("Oz")) {
                    throw new PluginException("30 uV do not go with Oz");
                }
            }

            @Override
            public PluginPorts ports(Parameters parameters) {
                return plain.ports(parameters);
            }

            @Override
            public PluginInstance create(PluginContext context) {
                return plain.create(context);
            }
        };
    }

    /** A processor that no stream satisfies. */
    private static PluginFactory picky() {
        PluginPorts ports = new PluginPorts(
                List.of(new InputPort("samples", Carries.SAMPLES, false, true)), List.of(), List.of(), List.of());
        return factory(ports, slot -> new SignalProcessor() {
            @Override
            public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
                throw new PluginException("the stream is sampled at 10 Hz; lower 'high'");
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        });
    }

    private static PluginFactory loop() {
        PluginPorts ports = new PluginPorts(
                List.of(new InputPort("features", Carries.FEATURES, true, true)), List.of(), List.of(), List.of());
        return factory(ports, Loop::new);
    }

    /** A sink that keeps nothing. */
    private static PluginFactory sink() {
        PluginPorts ports = new PluginPorts(
                List.of(new InputPort("events", Carries.EVENTS, true, true)), List.of(), List.of(), List.of());
        return factory(ports, slot -> new Drain());
    }

    private static final class Drain implements org.anodyne.plugin.device.SignalSink {
        @Override
        public void close() {}
    }

    /** A display that shows nothing. */
    private static PluginFactory display() {
        return factory(PluginPorts.NONE, slot -> new Blank());
    }

    private static final class Blank implements org.anodyne.plugin.scene.Display {
        @Override
        public void show(Act act) {}

        @Override
        public java.util.concurrent.CompletionStage<Void> hide(Act act) {
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }

    private static PluginFactory tens() {
        PluginPorts ports = new PluginPorts(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new ActionInfo(
                                "burst",
                                List.of(
                                        new ArgumentInfo("amplitude", "mA", 0, 30),
                                        new ArgumentInfo("pulseWidth", "us", 50, 400))),
                        new ActionInfo("pulse", List.of(new ArgumentInfo("intensity", "%MSO", 0, 80)))));
        return factory(ports, Tens::new);
    }

    private static PluginFactory nrs() {
        PluginPorts ports = new PluginPorts(
                List.of(), List.of(new FeatureInfo("pain", "1", List.of("pain"), false)), List.of(), List.of());
        return factory(ports, Nrs::new);
    }

    /** A sine, block by block, from the start of its first phase. */
    private static class Source implements SignalSource {
        final FakeSlot slot;
        private long next = Long.MIN_VALUE;
        private long index;
        private boolean running;
        private boolean closed;

        Source(FakeSlot slot) {
            this.slot = slot;
        }

        @Override
        public List<StreamInfo> streams() {
            return List.of(
                    new StreamInfo(slot.slot(), "eeg", "EEG", 100, List.of(new StreamInfo.Channel("Cz", "uV")), true));
        }

        @Override
        public void enterPhase(Phase phase) {
            if (phase.active() && !running) {
                running = true;
                next = Math.max(next, phase.startNanos());
                schedule();
            }
        }

        @Override
        public void pause() {
            running = false;
        }

        @Override
        public void resume() {
            if (!running) {
                running = true;
                next = Math.max(next, slot.clock().nowNanos());
                schedule();
            }
        }

        private void schedule() {
            slot.at(next + BLOCK_NANOS, this::block);
        }

        private void block() {
            if (!running || closed) {
                return;
            }
            double length = slot.parameters().number("length") * 1e9;
            if (index * 1e7 >= length) {
                slot.event(new Event("end-of-input", next, Map.of("stream", "eeg")));
                return;
            }
            float[] samples = new float[10];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (slot.parameters().number("amplitude") * Math.sin((index + i) / 37.0));
            }
            slot.samples(new SampleBlock("eeg", index, next, 100, 1, samples));
            index += samples.length;
            next += BLOCK_NANOS;
            schedule();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class FileSource extends Source {
        FileSource(FakeSlot slot) {
            super(slot);
        }

        @Override
        public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
            throw new PluginException(slot.input().orElse("nothing") + " holds no samples; give another recording");
        }
    }

    private record Mean(FakeSlot slot, double factor) implements SignalProcessor {
        @Override
        public void samples(String port, SampleBlock block) {
            double sum = 0;
            for (float v : block.samples()) {
                sum += v;
            }
            slot.feature(new Feature("mean", block.endNanos(), new double[] {factor * sum / block.length()}));
            slot.feature(new Feature(
                    "edges", block.endNanos(), new double[] {block.at(0, 0), block.at(block.length() - 1, 0)}));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Loop implements Intervention {
        private final FakeSlot slot;
        private Phase phase;
        private long last = Long.MIN_VALUE / 2;
        private int commands;

        Loop(FakeSlot slot) {
            this.slot = slot;
        }

        @Override
        public void enterPhase(Phase p) {
            phase = p;
        }

        @Override
        public void feature(String port, FeatureInput input) {
            for (Trigger t : phase.triggers()) {
                double threshold = ((Trigger.Threshold.Absolute) t.threshold()).value();
                long now = input.feature().timeNanos();
                double value = input.feature().value();
                if (!t.feature().feature().equals(input.feature().name()) || value <= threshold) {
                    continue;
                }
                boolean fires = now - last >= t.refractoryNanos();
                String id = fires ? slot.slot() + "-" + ++commands : "";
                slot.decision(new Decision(
                        t.id(),
                        now,
                        value,
                        threshold,
                        fires ? Decision.Verdict.FIRED : Decision.Verdict.HELD_BY_REFRACTORY_TIME,
                        phase.id(),
                        id));
                if (fires) {
                    last = now;
                    slot.command(new Command(
                            id,
                            t.action().slot(),
                            t.action().action(),
                            t.action().arguments(),
                            now,
                            t.id()));
                }
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private record Tens(FakeSlot slot) implements Actuator {
        @Override
        public Acknowledgement execute(Command command) {
            return new Acknowledgement(
                    command.id(),
                    Acknowledgement.Outcome.EXECUTED,
                    "",
                    slot.clock().nowNanos(),
                    Map.of("pulses", 1.0));
        }

        @Override
        public void arm() {
            // The host keeps the mark.
        }

        @Override
        public void safeState() {
            // Nothing to switch off.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private record Nrs(FakeSlot slot) implements OutcomeInstrument {
        @Override
        public List<Item> items() {
            return List.of(new Item("pain", "How strong is your pain now?", 0, "none", 10, "worst", 1));
        }

        @Override
        public String answer(String itemId, double value, long timeNanos) {
            if (value > 10) {
                return "10 is the greatest answer";
            }
            slot.feature(new Feature("pain", timeNanos, new double[] {value}));
            return "";
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
