package org.anodyne.plugins.lsloutlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.LslClock;
import org.anodyne.lsl.Network;
import org.anodyne.lsl.Outlet;
import org.anodyne.lsl.Sample;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.EventInput;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * One outlet for each stream and feature, one for all events. Outlets of streams and events are there from preparation on;
 * that of a feature, and of a stream of another process, from its first value on, when the number of its channels is known.
 */
final class LslOutletSink implements SignalSink {
    /** What the session's clock may seem to move against the machine's before the difference is taken anew. */
    private static final long STEADY_NANOS = 1_000_000;

    private static final String EVENTS = "events";

    private final PluginContext context;
    private final Network network;
    private final String prefix;
    private final boolean json;
    private final Map<String, Outlet> outlets = new HashMap<>();
    private final List<Event> untold = new ArrayList<>();
    private boolean started;
    private boolean paused;
    private boolean closed;
    private boolean measured;
    private long offsetNanos;

    LslOutletSink(PluginContext context, Network network) {
        this.context = context;
        this.network = network;
        this.prefix = context.parameters().text("prefix");
        this.json = context.parameters().text("markers").equals("json");
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        List<StreamInfo> streams = inputs.streams().getOrDefault(LslOutletFactory.SAMPLES, List.of());
        List<FeatureRef> events = inputs.features().getOrDefault(LslOutletFactory.EVENTS, List.of());
        try {
            for (StreamInfo stream : streams) {
                String key = stream.slot() + "-" + stream.name();
                open(
                        key,
                        wanted(key, stream.type(), stream.channels().size(), stream.rateHz(), ChannelFormat.FLOAT32)
                                .withChannels(stream.channels().stream()
                                        .map(c -> new org.anodyne.lsl.StreamInfo.Channel(
                                                c.label(), c.unit(), stream.type()))
                                        .toList()));
            }
            if (!events.isEmpty()) {
                open(EVENTS, wanted(EVENTS, "Markers", 1, 0, ChannelFormat.STRING));
            }
        } catch (IOException | IllegalArgumentException e) {
            close();
            throw new PluginException("lsl-outlet: an outlet could not be opened: " + e.getMessage(), e);
        }
    }

    private org.anodyne.lsl.StreamInfo wanted(
            String key, String type, int channels, double rateHz, ChannelFormat format) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        // The same after a restart, so that receivers find it again; another one on another computer.
        String sourceId = prefix + ":" + host + ":" + context.slot() + ":" + key;
        return org.anodyne.lsl.StreamInfo.of(prefix + "-" + key, type, channels, rateHz, format, sourceId)
                .withSession(context.parameters().text("session"));
    }

    private Outlet open(String key, org.anodyne.lsl.StreamInfo wanted) throws IOException {
        Outlet outlet = Outlet.open(wanted, network);
        outlets.put(key, outlet);
        tell(new Event(
                "outlet-opened",
                context.clock().nowNanos(),
                Map.of(
                        "name",
                        outlet.info().name(),
                        "type",
                        outlet.info().type(),
                        "channels",
                        (long) outlet.info().channelCount(),
                        "rate",
                        outlet.info().rateHz(),
                        "sourceId",
                        outlet.info().sourceId(),
                        "uid",
                        outlet.info().uid())));
        return outlet;
    }

    @Override
    public void start() {
        started = true;
        untold.forEach(this::tell);
        untold.clear();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        paused = true;
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        outlets.values().stream().filter(Objects::nonNull).forEach(Outlet::close);
        outlets.clear();
    }

    @Override
    public void samples(String port, String slot, SampleBlock block) {
        String key = slot + "-" + block.stream();
        Outlet outlet = outlet(key, "MISC", block.channels(), block.rateHz(), ChannelFormat.FLOAT32);
        if (outlet == null || outlet.info().channelCount() != block.channels()) {
            return;
        }
        double first = time(block.startNanos());
        for (int i = 0; i < block.length(); i++) {
            double[] values = new double[block.channels()];
            for (int k = 0; k < values.length; k++) {
                values[k] = block.at(i, k);
            }
            outlet.push(Sample.of(first + i / block.rateHz(), values));
        }
    }

    @Override
    public void feature(String port, FeatureInput input) {
        double[] values = input.feature().values();
        String key = input.slot() + "-" + input.feature().name();
        Outlet outlet = outlet(key, "Feature", values.length, 0, ChannelFormat.DOUBLE64);
        if (outlet != null && outlet.info().channelCount() == values.length) {
            outlet.push(Sample.of(time(input.feature().timeNanos()), values.clone()));
        }
    }

    @Override
    public void event(String port, EventInput input) {
        Outlet outlet = outlet(EVENTS, "Markers", 1, 0, ChannelFormat.STRING);
        if (outlet == null) {
            return;
        }
        Event event = input.event();
        String text = json
                ? Json.of(Map.of(
                        "slot",
                        input.slot(),
                        "type",
                        event.type(),
                        "timeNanos",
                        event.timeNanos(),
                        "attributes",
                        event.attributes()))
                : input.slot() + "/" + event.type();
        outlet.push(Sample.of(time(event.timeNanos()), text));
    }

    /** The outlet of this key, opened now when it was not known before; null when nothing is to be sent. */
    private Outlet outlet(String key, String type, int channels, double rateHz, ChannelFormat format) {
        if (paused || closed || !started) {
            return null;
        }
        Outlet outlet = outlets.get(key);
        if (outlet != null || outlets.containsKey(key)) {
            return outlet;
        }
        try {
            return open(key, wanted(key, type, channels, rateHz, format));
        } catch (IOException | IllegalArgumentException e) {
            outlets.put(key, null);
            tell(new Event(
                    "outlet-failed",
                    context.clock().nowNanos(),
                    Map.of("name", prefix + "-" + key, "reason", String.valueOf(e.getMessage()))));
            return null;
        }
    }

    /** Session time on the clock that time stamps are read from. */
    private double time(long sessionNanos) {
        long offset = System.nanoTime() - context.clock().nowNanos();
        if (!measured || Math.abs(offset - offsetNanos) > STEADY_NANOS) {
            measured = true;
            offsetNanos = offset;
        }
        return LslClock.seconds(sessionNanos + offsetNanos);
    }

    private void tell(Event event) {
        if (started) {
            context.outlet().event(event);
        } else {
            untold.add(event);
        }
    }
}
