package org.anodyne.plugins.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/** One stream of computed samples. Thread: the lane. */
final class SyntheticSource implements SignalSource, Pacer.Track {
    private static final String FORMAT = "anodyne-synthetic";
    private static final int VERSION = 1;

    private final PluginContext context;
    private final StreamInfo stream;
    private final int blockLength;
    private final Pacer pacer;
    private long seed;
    private Generator generator;
    private long position;

    SyntheticSource(PluginContext context) {
        this.context = context;
        Parameters parameters = context.parameters();
        this.stream = describe(parameters.text("kind"), parameters);
        this.blockLength = (int) Math.max(1, Math.round(parameters.number("block") * stream.rateHz()));
        this.pacer = new Pacer(context, List.of(this));
    }

    /** The stream of one kind of signal; labels name EEG channels of a participant, whose skin conductance is one channel. */
    static StreamInfo describe(String kind, Parameters parameters) {
        String type = kind.toUpperCase(Locale.ROOT);
        String unit =
                switch (kind) {
                    case "eda" -> "uS";
                    case "ecg" -> "mV";
                    case "resp" -> "a.u.";
                    default -> "uV";
                };
        boolean other = kind.equals("eda") && parameters.text("kind").equals(ParticipantSource.KIND);
        List<?> labels = other ? List.of() : parameters.list("labels");
        int count = other ? 1 : parameters.integer("channels");
        List<StreamInfo.Channel> channels = IntStream.rangeClosed(1, count)
                .mapToObj(i ->
                        new StreamInfo.Channel(i <= labels.size() ? String.valueOf(labels.get(i - 1)) : type + i, unit))
                .toList();
        return new StreamInfo("", kind, type, parameters.number("rate"), channels, true);
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
        generator = Generator.of(context.parameters(), seed);
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(stream);
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
    public double rateHz() {
        return stream.rateHz();
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
        int channels = stream.channels().size();
        float[] samples = new float[blockLength * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = generator.at(position + i / channels, i % channels);
        }
        context.outlet()
                .samples(new SampleBlock(stream.name(), position, startNanos, stream.rateHz(), channels, samples));
        position += blockLength;
    }

    @Override
    public void exhausted(long atNanos) {
        throw new AssertionError("a generator has no end");
    }

    @Override
    public void skipped(long fromNanos, long toNanos) {
        context.outlet().event(gap(stream.name(), fromNanos, toNanos));
    }

    static Event gap(String stream, long fromNanos, long toNanos) {
        return new Event(
                "gap",
                toNanos,
                Map.of(
                        "stream",
                        stream,
                        "fromNanos",
                        fromNanos,
                        "toNanos",
                        toNanos,
                        "reason",
                        "the source was stopped"));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        pacer.pause();
        Pacer.Anchor anchor = pacer.anchors().get(0);
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(seed);
            out.writeLong(position);
            out.writeInt(pacer.anchoredPhase());
            out.writeLong(anchor.nanos());
            out.writeLong(anchor.position());
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            long savedSeed = in.readLong();
            long savedPosition = in.readLong();
            int phase = in.readInt();
            Pacer.Anchor anchor = new Pacer.Anchor(in.readLong(), in.readLong());
            return () -> {
                use(savedSeed);
                position = savedPosition;
                pacer.continueFrom(phase, List.of(anchor));
            };
        });
    }

    @Override
    public void close() {
        pacer.close();
    }
}
