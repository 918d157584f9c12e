package org.anodyne.plugins.synthetic;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.anodyne.plugin.device.Pacer;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.device.Witness;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * A simulated participant: EEG and skin conductance of one latent pain, which delivered stimulation takes from. It hears
 * commands and answers on the bus; a command that was executed is felt a fixed time after the data that it was decided on,
 * however long it took, so that a session with the same seed goes the same way at any speed. Thread: the lane.
 */
final class ParticipantSource implements SignalSource, Witness {
    static final String KIND = "participant";
    static final List<String> STREAMS = List.of("eeg", "eda");

    /** What it tells of itself, once a second: nobody could know it of a person. */
    static final String EVENT = "simulated-participant";

    private static final String FORMAT = "anodyne-simulated-participant";
    private static final int VERSION = 1;

    private final PluginContext context;
    private final List<Stream> streams;
    private final Pacer pacer;
    private final List<Object> reactsTo;
    private final double delay;
    private long seed;
    private LatentPain pain;
    private Map<String, Command> open = new LinkedHashMap<>();

    /** Session time of the first sample, as far as the phases' starts let it be told: by it, times of commands become own. */
    private double origin;

    private long told = -1;

    ParticipantSource(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        this.streams = STREAMS.stream().map(kind -> new Stream(p, kind)).toList();
        this.pacer = new Pacer(context, streams);
        this.reactsTo = List.copyOf(p.list("reactsTo"));
        this.delay = p.number("responseDelay");
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        if (context.input().isPresent()) {
            throw new PluginException(
                    "synthetic: slot '" + context.slot() + "' computes its samples and takes no input, but "
                            + context.input().get() + " was given; use the plug-in file-replay to play a recording.");
        }
        use(context.random().nextLong());
    }

    private void use(long newSeed) {
        seed = newSeed;
        Parameters p = context.parameters();
        pain = new LatentPain(
                new LatentPain.Nature(
                        p.number("painLevel"),
                        p.number("painRise"),
                        p.number("painDrift"),
                        p.number("episode"),
                        p.number("relief"),
                        p.number("reliefMost"),
                        p.number("reliefDecay")),
                seed);
        streams.forEach(s -> s.generator =
                Generator.of(p, s.info.name(), seed + s.info.name().hashCode(), pain));
    }

    @Override
    public List<StreamInfo> streams() {
        return streams.stream().map(s -> s.info).toList();
    }

    @Override
    public void start() {
        pacer.start();
    }

    @Override
    public void pause() {
        pacer.pause();
    }

    @Override
    public void resume() {
        pacer.resume();
    }

    @Override
    public void enterPhase(Phase phase) {
        pacer.enterPhase(phase);
    }

    @Override
    public void commanded(Command command) {
        if (reactsTo.contains(command.target())) {
            open.put(command.id(), command);
        }
    }

    @Override
    public void answered(String slot, Acknowledgement answer) {
        Command command = open.remove(answer.commandId());
        if (command != null && answer.outcome() == Acknowledgement.Outcome.EXECUTED) {
            double due = command.decidedNanos() / 1e9 + delay - origin;
            double felt = pain.stimulated(due);
            context.outlet()
                    .event(new Event(
                            "simulated-response",
                            Math.round((felt + origin) * 1e9),
                            // Felt later than due: the answer took longer than the delay, and another run may differ.
                            Map.of("command", command.id(), "lateSeconds", felt - due)));
        }
    }

    private void tell(double at, long nanos) {
        long second = (long) Math.floor(at);
        if (second > told) {
            told = second;
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("pain", pain.at(at));
            attributes.put("relief", pain.relief(at));
            attributes.put("rates", context.parameters().list("rates"));
            attributes.put("simulated", true);
            context.outlet().event(new Event(EVENT, nanos, attributes));
        }
    }

    /** One of its signals. */
    private final class Stream implements Pacer.Track {
        private final StreamInfo info;
        private final int blockLength;
        private Generator generator;
        private long position;

        Stream(Parameters parameters, String kind) {
            info = SyntheticSource.describe(kind, parameters);
            blockLength = (int) Math.max(1, Math.round(parameters.number("block") * info.rateHz()));
        }

        @Override
        public double rateHz() {
            return info.rateHz();
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public int nextLength() {
            return blockLength;
        }

        @Override
        public void deliver(long startNanos) {
            int channels = info.channels().size();
            double first = position / info.rateHz();
            origin = startNanos / 1e9 - first;
            if (this == streams.get(0)) {
                tell(first, startNanos);
            }
            float[] samples = new float[blockLength * channels];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = generator.at(position + i / channels, i % channels);
            }
            context.outlet()
                    .samples(new SampleBlock(info.name(), position, startNanos, info.rateHz(), channels, samples));
            position += blockLength;
        }

        @Override
        public void exhausted(long atNanos) {
            throw new AssertionError("a generator has no end");
        }

        @Override
        public void skipped(long fromNanos, long toNanos) {
            context.outlet().event(SyntheticSource.gap(info.name(), fromNanos, toNanos));
        }
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        pacer.pause();
        List<Pacer.Anchor> anchors = pacer.anchors();
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(seed);
            out.writeDouble(origin);
            out.writeLong(told);
            out.writeInt(pacer.anchoredPhase());
            for (int i = 0; i < streams.size(); i++) {
                out.writeLong(streams.get(i).position);
                out.writeLong(anchors.get(i).nanos());
                out.writeLong(anchors.get(i).position());
            }
            pain.write(out);
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            use(in.readLong());
            double savedOrigin = in.readDouble();
            long savedTold = in.readLong();
            int phase = in.readInt();
            long[] positions = new long[streams.size()];
            List<Pacer.Anchor> anchors = new java.util.ArrayList<>();
            for (int i = 0; i < positions.length; i++) {
                positions[i] = in.readLong();
                anchors.add(new Pacer.Anchor(in.readLong(), in.readLong()));
            }
            pain.read(in);
            return () -> {
                origin = savedOrigin;
                told = savedTold;
                for (int i = 0; i < positions.length; i++) {
                    streams.get(i).position = positions[i];
                }
                pacer.continueFrom(phase, anchors);
            };
        });
    }

    @Override
    public void close() {
        pacer.close();
        open = new LinkedHashMap<>();
    }
}
