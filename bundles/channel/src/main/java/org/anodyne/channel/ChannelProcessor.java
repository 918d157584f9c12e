package org.anodyne.channel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Feeds one channel of the stream at port {@code samples} to a {@link ChannelAnalysis}. What is published does not depend on the length
 * of blocks. A gap (sample numbers jump, or time jumps by more than 250 ms) is told by the event {@code window-restarted} {stream,
 * expected, index}. Thread: the lane.
 */
public final class ChannelProcessor implements SignalProcessor {
    /** The only port. */
    public static final String PORT = "samples";

    private static final int VERSION = 1;

    /** A jump of time by more than this is a gap even where sample numbers go on. */
    private static final long GAP_NANOS = 250_000_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final String plugin;
    private final Outlet outlet;
    private final String label;
    private final List<String> phaseFeatures;
    private final ChannelAnalysis.Maker maker;

    private Optional<StreamInfo> stream = Optional.empty();
    private Optional<ChannelAnalysis> analysis = Optional.empty();
    private Map<String, Double> phaseParameters = Map.of();
    private double rateHz;
    private int channels;
    private int position;
    private long nextIndex;
    private long lastEndNanos = NEVER;
    private boolean dataInPhase;

    /**
     * @param plugin id of the plug-in, for messages and as the name of its hand-over
     * @param label of the channel; empty for the first
     * @param phaseFeatures names of {@link ChannelAnalysis#phaseValues()}
     */
    public ChannelProcessor(
            String plugin, Outlet outlet, String label, List<String> phaseFeatures, ChannelAnalysis.Maker maker) {
        this.plugin = plugin;
        this.outlet = outlet;
        this.label = label;
        this.phaseFeatures = List.copyOf(phaseFeatures);
        this.maker = maker;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        List<StreamInfo> streams = inputs.streams().getOrDefault(PORT, List.of());
        if (!streams.isEmpty()) {
            StreamInfo given = streams.get(0);
            int chosen = choose(given);
            try {
                maker.make(given.rateHz(), given.channels().get(chosen).unit());
            } catch (IllegalArgumentException e) {
                throw new PluginException(
                        plugin + ": stream '" + given.name() + "' cannot be analysed: " + e.getMessage(), e);
            }
            stream = Optional.of(given);
        }
    }

    private int choose(StreamInfo given) throws PluginException {
        List<String> labels =
                given.channels().stream().map(StreamInfo.Channel::label).toList();
        int chosen = label.isEmpty() ? 0 : labels.indexOf(label);
        if (chosen < 0) {
            throw new PluginException(plugin + ": stream '" + given.name() + "' has no channel '" + label + "'; it has "
                    + String.join(", ", labels) + ".");
        }
        return chosen;
    }

    @Override
    public void enterPhase(Phase phase) {
        phaseParameters = numbers(phase);
        analysis.ifPresent(a -> a.beginPhase(phaseParameters));
        dataInPhase = false;
    }

    @Override
    public void samples(String port, SampleBlock block) {
        ChannelAnalysis current = analysisOf(block);
        if (lastEndNanos != NEVER
                && (block.index() != nextIndex || Math.abs(block.startNanos() - lastEndNanos) > GAP_NANOS)) {
            current.gap();
            outlet.event(new Event(
                    "window-restarted",
                    block.startNanos(),
                    Map.of("stream", block.stream(), "expected", nextIndex, "index", block.index())));
        }
        for (int i = 0; i < block.length(); i++) {
            current.add(block.at(i, position), block.startNanos() + Math.round((i + 1) * 1e9 / rateHz));
        }
        nextIndex = block.index() + block.length();
        lastEndNanos = block.endNanos();
        dataInPhase = true;
    }

    private ChannelAnalysis analysisOf(SampleBlock block) {
        if (analysis.isEmpty()) {
            begin(block);
        }
        if (rateHz != block.rateHz() || channels != block.channels()) {
            throw new IllegalStateException(plugin + ": stream '" + block.stream() + "' changed from " + channels
                    + " channels at " + rateHz + " Hz to " + block.channels() + " at " + block.rateHz()
                    + " Hz within the session; restart the session.");
        }
        return analysis.get();
    }

    private void begin(SampleBlock block) {
        if (stream.isEmpty() && !label.isEmpty()) {
            throw new IllegalStateException(plugin + ": the channels of stream '" + block.stream()
                    + "' were not known when the session was prepared, so 'channel' cannot be chosen by label;"
                    + " leave it out.");
        }
        rateHz = block.rateHz();
        channels = block.channels();
        try {
            position = stream.isPresent() ? choose(stream.get()) : 0;
        } catch (PluginException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        ChannelAnalysis made = maker.make(rateHz, unit());
        made.beginPhase(phaseParameters);
        analysis = Optional.of(made);
    }

    private String unit() {
        return stream.map(s -> s.channels().get(position).unit()).orElse("");
    }

    @Override
    public void endPhase(Phase phase) {
        if (!phase.active()) {
            return;
        }
        double[] values = new double[phaseFeatures.size()];
        Arrays.fill(values, Double.NaN);
        if (dataInPhase && analysis.isPresent()) {
            values = analysis.get().phaseValues();
        }
        long time = dataInPhase ? lastEndNanos : phase.startNanos();
        for (int i = 0; i < values.length; i++) {
            outlet.feature(new Feature(phaseFeatures.get(i), time, new double[] {values[i]}));
        }
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of("anodyne-" + plugin, VERSION, out -> {
            out.writeLong(nextIndex);
            out.writeLong(lastEndNanos);
            out.writeBoolean(dataInPhase);
            writeParameters(out);
            out.writeBoolean(analysis.isPresent());
            if (analysis.isPresent()) {
                out.writeDouble(rateHz);
                out.writeInt(channels);
                out.writeInt(position);
                analysis.get().write(out);
            }
        }));
    }

    private static Map<String, Double> numbers(Phase phase) {
        Map<String, Double> numbers = new TreeMap<>();
        phase.parameters().forEach((name, value) -> {
            if (value instanceof Number n) {
                numbers.put(name, n.doubleValue());
            }
        });
        return numbers;
    }

    private void writeParameters(DataOutputStream out) throws IOException {
        out.writeInt(phaseParameters.size());
        for (Map.Entry<String, Double> parameter : phaseParameters.entrySet()) {
            out.writeUTF(parameter.getKey());
            out.writeDouble(parameter.getValue());
        }
    }

    private static Map<String, Double> readParameters(DataInputStream in) throws IOException {
        Map<String, Double> read = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            read.put(in.readUTF(), in.readDouble());
        }
        return read;
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore("anodyne-" + plugin, VERSION, in -> {
            long savedNext = in.readLong();
            long savedEnd = in.readLong();
            boolean savedData = in.readBoolean();
            Map<String, Double> savedParameters = readParameters(in);
            if (!in.readBoolean()) {
                return () -> {
                    nextIndex = savedNext;
                    lastEndNanos = savedEnd;
                    dataInPhase = savedData;
                    phaseParameters = savedParameters;
                };
            }
            double savedRate = in.readDouble();
            int savedChannels = in.readInt();
            int savedPosition = in.readInt();
            if (savedChannels < 1 || savedPosition < 0 || savedPosition >= savedChannels) {
                throw new IllegalArgumentException("there is no channel " + savedPosition + " of " + savedChannels);
            }
            String unit = stream.filter(s -> savedPosition < s.channels().size())
                    .map(s -> s.channels().get(savedPosition).unit())
                    .orElse("");
            ChannelAnalysis saved = maker.make(savedRate, unit);
            saved.read(in);
            return () -> {
                nextIndex = savedNext;
                lastEndNanos = savedEnd;
                dataInPhase = savedData;
                phaseParameters = savedParameters;
                rateHz = savedRate;
                channels = savedChannels;
                position = savedPosition;
                analysis = Optional.of(saved);
            };
        });
    }

    @Override
    public void close() {
        analysis = Optional.empty();
    }
}
