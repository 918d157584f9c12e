package org.anodyne.plugins.filter;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Filters a stream and gives it another reference; every block leaves as it came, with the same number, time and channels. Works
 * through phases and pauses alike. Thread: the lane.
 */
final class FilterProcessor implements SignalProcessor {
    private static final String FORMAT = "anodyne-filter";
    private static final int VERSION = 1;

    /** A jump of time by more than this is a gap even where sample numbers go on, as after a phase without the source. */
    private static final long GAP_NANOS = 250_000_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Outlet outlet;
    private final Settings settings;

    /** Written by {@code prepare} before anybody asks. */
    private volatile List<StreamInfo> streams = List.of();

    private Optional<StreamInfo> input = Optional.empty();
    private Optional<Chain> chain = Optional.empty();
    private long nextIndex;
    private long lastEndNanos = NEVER;

    FilterProcessor(Outlet outlet, Settings settings) {
        this.outlet = outlet;
        this.settings = settings;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        settings.check();
        List<StreamInfo> known = inputs.streams().getOrDefault(FilterFactory.PORT, List.of());
        if (!known.isEmpty()) {
            StreamInfo of = known.get(0);
            settings.designs(of.rateHz());
            Layout.of(settings, of);
            input = Optional.of(of);
            streams = List.of(
                    new StreamInfo("", FilterFactory.STREAM, of.type(), of.rateHz(), of.channels(), of.synthetic()));
        }
    }

    @Override
    public List<StreamInfo> streams() {
        return streams;
    }

    @Override
    public void samples(String port, SampleBlock block) {
        Chain current = chainFor(block);
        if (lastEndNanos != NEVER
                && (block.index() != nextIndex || Math.abs(block.startNanos() - lastEndNanos) > GAP_NANOS)) {
            current.gap();
            outlet.event(new Event(
                    "filter-restarted",
                    block.startNanos(),
                    Map.of("stream", block.stream(), "expected", nextIndex, "index", block.index())));
        }
        outlet.samples(new SampleBlock(
                FilterFactory.STREAM,
                block.index(),
                block.startNanos(),
                block.rateHz(),
                block.channels(),
                current.apply(block)));
        nextIndex = block.index() + block.length();
        lastEndNanos = block.endNanos();
    }

    private Chain chainFor(SampleBlock block) {
        if (chain.isEmpty()) {
            try {
                chain = Optional.of(chain(block.rateHz(), block.channels(), block.stream()));
            } catch (PluginException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        Chain current = chain.get();
        if (current.rateHz() != block.rateHz() || current.channels() != block.channels()) {
            throw new IllegalStateException("filter: stream '" + block.stream() + "' changed from " + current.channels()
                    + " channels at " + current.rateHz() + " Hz to " + block.channels() + " at " + block.rateHz()
                    + " Hz within the session; restart the session.");
        }
        return current;
    }

    private Chain chain(double rateHz, int channels, String stream) throws PluginException {
        if (input.isEmpty() && settings.namesChannels()) {
            throw new PluginException("filter: the channels of stream '" + stream
                    + "' were not known when the session was prepared, so none can be named; leave"
                    + " 'referenceChannels', 'neighbours' and 'untouched' empty.");
        }
        Layout layout = input.isPresent() ? Layout.of(settings, input.get()) : Layout.ofAll(settings, channels);
        return new Chain(rateHz, layout, settings.designs(rateHz));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(nextIndex);
            out.writeLong(lastEndNanos);
            out.writeBoolean(chain.isPresent());
            if (chain.isPresent()) {
                chain.get().write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            long index = in.readLong();
            long end = in.readLong();
            Optional<Chain> saved = Optional.empty();
            if (in.readBoolean()) {
                double rateHz = in.readDouble();
                int channels = in.readInt();
                boolean fits = input.isPresent()
                        ? channels == input.get().channels().size()
                        : channels > 0 && channels <= handOver.bytes().length / Double.BYTES;
                if (!fits) {
                    throw new IOException("it is of a stream of " + channels + " channels");
                }
                Chain read = rebuilt(rateHz, channels);
                read.read(in);
                saved = Optional.of(read);
            }
            Optional<Chain> taken = saved;
            return () -> {
                nextIndex = index;
                lastEndNanos = end;
                chain = taken;
            };
        });
    }

    private Chain rebuilt(double rateHz, int channels) throws IOException {
        try {
            return chain(rateHz, channels, "");
        } catch (PluginException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        chain = Optional.empty();
    }
}
