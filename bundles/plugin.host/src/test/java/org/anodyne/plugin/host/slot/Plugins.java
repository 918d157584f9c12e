package org.anodyne.plugin.host.slot;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;

/** Small plug-ins that write down what happens to them. */
final class Plugins {
    static final PluginPorts SUM_PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort("samples", PluginPorts.Carries.SAMPLES, false, true)),
            List.of(new PluginPorts.FeatureInfo("sum", "uV", List.of("total", "count"), false)),
            List.of(),
            List.of());
    static final PluginPorts LOOP_PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort("features", PluginPorts.Carries.FEATURES, true, true)),
            List.of(),
            List.of(),
            List.of());
    static final PluginPorts STIM_PORTS = new PluginPorts(
            List.of(),
            List.of(),
            List.of(),
            List.of(new PluginPorts.ActionInfo(
                    "pulse", List.of(new PluginPorts.ArgumentInfo("amplitude", "mA", 0, 100)))));

    private Plugins() {}

    /** Makes an actuator refuse to be armed. */
    static final class NotReady extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotReady(String message) {
            super(message);
        }
    }

    /** What an instance does at a method, besides writing it down. */
    static final class Script {
        final List<String> log = new CopyOnWriteArrayList<>();
        final Map<String, Consumer<String>> at = new java.util.concurrent.ConcurrentHashMap<>();

        void called(String method, String detail) {
            log.add(detail.isEmpty() ? method : method + " " + detail);
            Consumer<String> c = at.get(method);
            if (c != null) {
                c.accept(detail);
            }
        }
    }

    /** Ten samples of value 1 each 40 ms from the phase's start on. */
    static final class Ticker implements SignalSource {
        private final PluginContext context;
        private final Script script;
        private long index;
        private long anchor;
        private long base;
        private boolean on;
        private Phase phase;

        Ticker(PluginContext context, Script script) {
            this.context = context;
            this.script = script;
        }

        @Override
        public void prepare(Inputs inputs, Deadline deadline) {
            script.called("prepare", "");
        }

        @Override
        public List<StreamInfo> streams() {
            return List.of(new StreamInfo("", "raw", "EEG", 250, List.of(new StreamInfo.Channel("Cz", "uV")), true));
        }

        @Override
        public void enterPhase(Phase p) {
            script.called("enterPhase", p.id());
            phase = p;
            if (p.active() && !on) {
                begin(p.startNanos());
            }
        }

        private void begin(long at) {
            on = true;
            anchor = at;
            base = index;
            next();
        }

        private void next() {
            long start = anchor + (index - base) * 4_000_000;
            context.executor()
                    .schedule(
                            () -> {
                                if (on) {
                                    float[] ones = new float[10];
                                    java.util.Arrays.fill(ones, 1);
                                    context.outlet().samples(new SampleBlock("raw", index, start, 250, 1, ones));
                                    index += 10;
                                    next();
                                }
                            },
                            start + 40_000_000 - context.clock().nowNanos(),
                            TimeUnit.NANOSECONDS);
        }

        @Override
        public void pause() {
            script.called("pause", "");
            on = false;
        }

        @Override
        public void resume() {
            script.called("resume", "");
            if (!on && phase != null) {
                begin(Math.max(phase.startNanos(), context.clock().nowNanos()));
            }
        }

        @Override
        public Optional<HandOver> drain(Deadline deadline) {
            script.called("drain", "");
            return Optional.of(new HandOver(
                    "ticker", 1, ByteBuffer.allocate(8).putLong(index).array()));
        }

        @Override
        public boolean takeOver(HandOver handOver) {
            script.called("takeOver", "");
            index = ByteBuffer.wrap(handOver.bytes()).getLong();
            return true;
        }

        @Override
        public void close() {
            script.called("close", "");
            on = false;
        }
    }

    /** Doubles each sample, and tells the stream that it makes of its input's. */
    static final class Doubler implements SignalProcessor {
        static final PluginPorts PORTS = new PluginPorts(
                List.of(new PluginPorts.InputPort("samples", PluginPorts.Carries.SAMPLES, false, true)),
                List.of(),
                List.of("doubled"),
                List.of());

        private final PluginContext context;
        private List<StreamInfo> streams = List.of();

        Doubler(PluginContext context) {
            this.context = context;
        }

        @Override
        public void prepare(Inputs inputs, Deadline deadline) {
            StreamInfo of = inputs.streams().get("samples").get(0);
            streams = List.of(new StreamInfo("", "doubled", of.type(), of.rateHz(), of.channels(), of.synthetic()));
        }

        @Override
        public List<StreamInfo> streams() {
            return streams;
        }

        @Override
        public void samples(String port, SampleBlock block) {
            float[] twice = block.samples().clone();
            for (int i = 0; i < twice.length; i++) {
                twice[i] *= 2;
            }
            context.outlet()
                    .samples(new SampleBlock(
                            "doubled", block.index(), block.startNanos(), block.rateHz(), block.channels(), twice));
        }

        @Override
        public void close() {
            streams = List.of();
        }
    }

    /** Adds all samples up; publishes the sum and the number of blocks after each block. */
    static final class Sum implements SignalProcessor {
        private final PluginContext context;
        private final Script script;
        private double total;
        private double count;

        Sum(PluginContext context, Script script) {
            this.context = context;
            this.script = script;
        }

        @Override
        public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
            script.called("prepare", inputs.streams().toString());
        }

        @Override
        public void start() {
            script.called("start", "");
        }

        @Override
        public void samples(String port, SampleBlock block) {
            script.called("samples", port);
            for (float f : block.samples()) {
                total += f;
            }
            count++;
            context.outlet().feature(new Feature("sum", block.endNanos(), new double[] {total, count}));
        }

        @Override
        public void enterPhase(Phase phase) {
            script.called("enterPhase", phase.id() + " after " + (long) count);
            context.outlet().event(new Event("entered", phase.startNanos(), Map.of("phase", phase.id())));
        }

        @Override
        public void endPhase(Phase phase) {
            script.called("endPhase", phase.id() + " after " + (long) count);
        }

        @Override
        public void change(Parameters parameters) {
            script.called("change", parameters.values().toString());
        }

        @Override
        public void pause() {
            script.called("pause", "");
        }

        @Override
        public void resume() {
            script.called("resume", "");
        }

        @Override
        public Optional<HandOver> drain(Deadline deadline) {
            script.called("drain", "");
            return Optional.of(new HandOver(
                    "sum",
                    1,
                    ByteBuffer.allocate(16).putDouble(total).putDouble(count).array()));
        }

        @Override
        public boolean takeOver(HandOver handOver) {
            script.called("takeOver", "");
            if (!handOver.format().equals("sum")) {
                return false;
            }
            ByteBuffer b = ByteBuffer.wrap(handOver.bytes());
            total = b.getDouble();
            count = b.getDouble();
            return true;
        }

        @Override
        public void close() {
            script.called("close", "");
        }
    }

    /** A command for each feature. */
    static final class Loop implements Intervention {
        private final PluginContext context;
        private final Script script;
        private int n;

        Loop(PluginContext context, Script script) {
            this.context = context;
            this.script = script;
        }

        @Override
        public void feature(String port, FeatureInput input) {
            Feature f = input.feature();
            script.called("feature", input.slot() + "/" + f.name() + "=" + f.value() + " of " + f.values().length);
            String id = context.slot() + "-" + ++n;
            context.outlet()
                    .decision(new Decision("each", f.timeNanos(), f.value(), 0, Decision.Verdict.FIRED, "p", id));
            context.outlet().command(new Command(id, "stim", "pulse", Map.of("amplitude", 5.0), f.timeNanos(), "each"));
        }

        @Override
        public void acknowledged(Acknowledgement a) {
            script.called("acknowledged", a.commandId() + " " + a.outcome());
        }

        @Override
        public boolean takeOver(HandOver handOver) {
            script.called("takeOver", "");
            return false;
        }

        @Override
        public void pause() {
            script.called("pause", "");
        }

        @Override
        public void close() {
            script.called("close", "");
        }
    }

    /** Executes everything. */
    static final class Stim implements Actuator {
        private final PluginContext context;
        private final Script script;

        Stim(PluginContext context, Script script) {
            this.context = context;
            this.script = script;
        }

        @Override
        public Acknowledgement execute(Command command) {
            script.called("execute", command.id());
            if (command.id().equals("fault")) {
                context.outlet()
                        .event(new Event(
                                "device-fault", context.clock().nowNanos(), Map.of("reason", "an electrode is off")));
            }
            return new Acknowledgement(
                    command.id(),
                    Acknowledgement.Outcome.EXECUTED,
                    "",
                    context.clock().nowNanos(),
                    Map.of("pulses", 1.0));
        }

        @Override
        public void prepare(Inputs inputs, Deadline deadline) {
            script.called("prepare", "");
        }

        @Override
        public void arm() throws PluginException {
            try {
                script.called("arm", "");
            } catch (NotReady e) {
                throw new PluginException(e.getMessage(), e);
            }
        }

        @Override
        public void safeState() {
            script.called("safeState", Thread.currentThread().getName());
        }

        @Override
        public void close() {
            script.called("close", "");
        }
    }
}
