package org.anodyne.plugin.tck.kit;

import static org.anodyne.plugin.tck.kit.Check.require;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.RecordedOutlet;

/** What is asked of a signal source at its device. */
final class SourceChecks {
    private static final Duration MEASURE = Duration.ofSeconds(4);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration BACK = Duration.ofSeconds(15);
    private static final Duration FAULT = Duration.ofMillis(1500);
    private static final double RATE_TOLERANCE = 0.05;
    private static final double SCALE_TOLERANCE = 0.02;
    private static final Duration SWING = Duration.ofSeconds(20);
    private static final long EARLY_NANOS = 2_000_000;
    private static final Set<String> UNITS = Set.of(
            "V", "mV", "uV", "nV", "uS", "S", "kOhm", "Ohm", "[g]", "g", "m/s2", "Cel", "degC", "A", "mA", "uA", "Hz",
            "1/min", "s", "ms", "mmHg", "Pa", "kPa", "%", "1", "a.u.", "deg", "lx", "nmol/l", "umol/l");

    private final Adapter adapter;

    SourceChecks(Adapter adapter) {
        this.adapter = adapter;
    }

    List<Check> all() {
        return List.of(
                new Check(
                        "streams",
                        "Streams are announced after prepare, with rates, labels and known units.",
                        this::streams),
                new Check(
                        "timing",
                        "Blocks follow without gap at the announced rate, never before they are complete.",
                        this::timing),
                new Check(
                        "scale",
                        "What the simulator is known to send comes out with the right size and in the right unit.",
                        this::scale),
                new Check(
                        "pause",
                        "Nothing is delivered while paused or in a phase without it; then the index goes on.",
                        this::pause));
    }

    /** What is asked while a simulator has this fault. */
    Check fault(String name) {
        return new Check(
                "fault-" + name,
                "With the fault " + name + " nothing hangs or throws, what is missing is told, and data come back.",
                () -> faulty(name));
    }

    private static long samples(RecordedOutlet published, String stream) {
        return published.blocks(stream).stream().mapToLong(SampleBlock::length).sum();
    }

    private String streams() throws Exception {
        try (Run run = Run.prepared(adapter)) {
            List<StreamInfo> streams = ((SignalSource) run.instance()).streams();
            require(!streams.isEmpty(), "no stream is announced");
            List<String> told = new ArrayList<>();
            for (StreamInfo stream : streams) {
                for (StreamInfo.Channel channel : stream.channels()) {
                    require(!channel.label().isBlank(), "a channel of " + stream.name() + " has no label");
                    require(
                            UNITS.contains(channel.unit()),
                            "channel " + channel.label() + " of " + stream.name() + " has the unit '" + channel.unit()
                                    + "'; known are " + UNITS.stream().sorted().toList());
                }
                told.add(stream.name() + " " + stream.channels().size() + " × " + stream.rateHz() + " Hz in "
                        + stream.channels().get(0).unit());
            }
            return String.join("; ", told);
        }
    }

    private String timing() throws Exception {
        try (Run run = Run.started(adapter)) {
            List<StreamInfo> streams = ((SignalSource) run.instance()).streams();
            for (StreamInfo stream : streams) {
                require(
                        run.published().await(p -> !p.blocks(stream.name()).isEmpty(), FIRST),
                        "stream " + stream.name() + " delivered nothing within " + FIRST.toSeconds() + " s");
            }
            long early = watch(run, MEASURE);
            require(early <= EARLY_NANOS, "a block was published " + Run.millis(early) + " before it was complete");
            List<String> told = new ArrayList<>();
            for (StreamInfo stream : streams) {
                told.add(rate(run, stream));
            }
            List<Event> gaps = run.published().events("gap");
            require(gaps.isEmpty(), "gaps: " + gaps);
            return String.join("; ", told);
        }
    }

    /** Looks at blocks as they come; gives by how much one came before its end at most. */
    private static long watch(Run run, Duration span) throws InterruptedException {
        Deadline deadline = Deadline.in(span);
        long worst = Long.MIN_VALUE;
        while (!deadline.passed()) {
            int size = run.published().outputs().size();
            run.published().await(p -> p.outputs().size() > size, deadline.left());
            long now = run.context().clock().nowNanos();
            var outputs = run.published().outputs();
            for (int i = size; i < outputs.size(); i++) {
                if (outputs.get(i) instanceof org.anodyne.plugin.tck.Output.Samples samples) {
                    worst = Math.max(worst, samples.block().endNanos() - now);
                }
            }
        }
        return worst;
    }

    private static String rate(Run run, StreamInfo stream) throws Check.Broken {
        List<SampleBlock> blocks = run.published().blocks(stream.name());
        long next = blocks.get(0).index();
        long worst = 0;
        SampleBlock before = null;
        for (SampleBlock block : blocks) {
            require(block.index() == next, stream.name() + " jumps from " + next + " to " + block.index());
            require(
                    block.channels() == stream.channels().size() && block.rateHz() == stream.rateHz(),
                    stream.name() + " is not delivered as it was announced: " + block);
            if (before != null) {
                require(block.startNanos() > before.startNanos(), stream.name() + " goes back in time at " + block);
                worst = Math.max(worst, Math.abs(block.startNanos() - before.endNanos()));
            }
            before = block;
            next += block.length();
        }
        SampleBlock first = blocks.get(0);
        double seconds = (before.startNanos() - first.startNanos()) * 1e-9;
        double measured = (before.index() - first.index()) / seconds;
        require(
                Math.abs(measured / stream.rateHz() - 1) < RATE_TOLERANCE,
                stream.name() + " delivers " + measured + " Hz and announces " + stream.rateHz());
        return stream.name() + " " + Math.round(measured * 100) / 100.0 + " Hz, steps between blocks up to "
                + Run.millis(worst);
    }

    /**
     * A simulator that says in its state between which values a channel of a stream swings ({@code knownStream},
     * {@code knownChannel} from 0, {@code knownUnit}, {@code knownLeast}, {@code knownGreatest}) is believed.
     */
    private String scale() throws Exception {
        if (adapter.control().isEmpty()) {
            throw new Check.NotAsked("no simulator with a control port was named");
        }
        String stream;
        String unit;
        int channel;
        double least;
        double greatest;
        try (Control control = new Control(adapter.control().get())) {
            Optional<String> named = control.text("knownStream");
            if (named.isEmpty()) {
                throw new Check.NotAsked("the simulator's state tells no known signal (knownStream …)");
            }
            stream = named.get();
            unit = control.text("knownUnit").orElse("");
            channel = (int) control.number("knownChannel").orElse(0);
            least = control.number("knownLeast").orElseThrow();
            greatest = control.number("knownGreatest").orElseThrow();
        }
        try (Run run = Run.started(adapter)) {
            StreamInfo info = ((SignalSource) run.instance())
                    .streams().stream()
                            .filter(s -> s.name().equals(stream))
                            .findFirst()
                            .orElseThrow(
                                    () -> new Check.NotAsked("with these parameters there is no stream " + stream));
            StreamInfo.Channel known = info.channels().get(channel);
            require(
                    known.unit().equals(unit),
                    "channel " + known.label() + " of " + stream + " is in " + known.unit() + ", not in " + unit);
            double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            double slack = SCALE_TOLERANCE * (greatest - least);
            // Both ends of the swing may take a while to come by; nothing may ever be beyond them.
            run.published()
                    .await(
                            p -> {
                                widen(range, p.blocks(stream), channel);
                                return range[0] <= least + slack && range[1] >= greatest - slack;
                            },
                            SWING);
            String seen = stream + ", " + known.label() + ": " + range[0] + " to " + range[1] + " " + unit
                    + ", known are " + least + " to " + greatest;
            require(
                    Math.abs(range[0] - least) <= slack && Math.abs(range[1] - greatest) <= slack,
                    "another size: " + seen);
            return seen;
        }
    }

    private static void widen(double[] range, List<SampleBlock> blocks, int channel) {
        for (SampleBlock block : blocks) {
            for (int i = 0; i < block.length(); i++) {
                range[0] = Math.min(range[0], block.at(i, channel));
                range[1] = Math.max(range[1], block.at(i, channel));
            }
        }
    }

    private String pause() throws Exception {
        try (Run run = Run.started(adapter)) {
            String stream = ((SignalSource) run.instance()).streams().get(0).name();
            require(run.published().await(p -> !p.blocks(stream).isEmpty(), FIRST), "nothing was delivered");
            run.doing("pause", () -> {
                run.instance().pause();
                return null;
            });
            run.enter(1, false);
            long before = samples(run.published(), stream);
            require(
                    !run.published().await(p -> samples(p, stream) > before, Duration.ofMillis(500)),
                    "it delivers while paused");
            run.enter(2, true);
            run.doing("resume", () -> {
                run.instance().resume();
                return null;
            });
            require(run.published().await(p -> samples(p, stream) > before, FIRST), "it delivers nothing after resume");
            long next = 0;
            for (SampleBlock block : run.published().blocks(stream)) {
                require(block.index() == next, "the index jumps from " + next + " to " + block.index());
                next += block.length();
            }
            return "";
        }
    }

    private String faulty(String name) throws Exception {
        try (Control control = new Control(adapter.control().orElseThrow());
                Run run = Run.started(adapter)) {
            SignalSource source = (SignalSource) run.instance();
            String stream = source.streams().get(0).name();
            require(run.published().await(p -> !p.blocks(stream).isEmpty(), FIRST), "nothing was delivered");
            String answer = control.ask("fault " + name);
            require(answer.contains("\"ok\":true"), "the simulator refused the fault: " + answer);
            watch(run, FAULT);
            control.ask("clear " + name);
            long cleared = System.nanoTime();
            long before = samples(run.published(), stream);
            require(
                    run.published().await(p -> samples(p, stream) > before, BACK),
                    "no data came back within " + BACK.toSeconds() + " s");
            long back = System.nanoTime() - cleared;
            missingIsTold(run.published(), stream);
            run.closeAndCheck();
            return "data " + Run.millis(back) + " after the fault was cleared; told: "
                    + run.published().outputs().stream()
                            .filter(org.anodyne.plugin.tck.Output.Happened.class::isInstance)
                            .map(o -> ((org.anodyne.plugin.tck.Output.Happened) o)
                                    .event()
                                    .type())
                            .distinct()
                            .toList();
        } finally {
            try (Control control = new Control(adapter.control().orElseThrow())) {
                control.ask("clear " + name);
            }
        }
    }

    /** Every jump of the index, and every hole in time, has its event. */
    private static void missingIsTold(RecordedOutlet published, String stream) throws Check.Broken {
        long told = published.events("gap").stream()
                .filter(e -> stream.equals(e.attributes().get("stream")))
                .count();
        long jumps = 0;
        SampleBlock before = null;
        for (SampleBlock block : published.blocks(stream)) {
            if (before != null
                    && (block.index() != before.index() + before.length()
                            || block.startNanos() - before.endNanos() > 500_000_000)) {
                jumps++;
            }
            before = block;
        }
        require(jumps <= told, jumps + " holes in " + stream + ", but only " + told + " events gap");
    }
}
