package org.anodyne.plugins.lslsource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.lsl.ClockOffset;
import org.anodyne.lsl.Inlet;
import org.anodyne.lsl.LslClock;
import org.anodyne.lsl.Network;
import org.anodyne.lsl.Resolver;
import org.anodyne.lsl.Sample;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.LiveStream;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * One stream of the Lab Streaming Layer in one slot. Its inlet's thread reads, corrects the time and publishes: numbers with
 * a rate as blocks, all else as events.
 */
final class LslSource implements SignalSource, Inlet.Listener {
    private static final String PREFIX = "lsl:";
    private static final double BUFFER_SECONDS = 60;
    private static final int IRREGULAR_BUFFER = 10_000;

    /** How long others are waited for that answer to the same question; it is asked twice in this time. */
    private static final Duration OTHERS = Duration.ofSeconds(1);

    /** So many streams make it clear that the question means more than one. */
    private static final int MANY = 8;

    private final PluginContext context;
    private final Network network;
    private final Duration block;
    private final long gapNanos;
    private final String eventType;

    private volatile Inlet inlet;
    private volatile LiveStream live;
    private volatile String name = "lsl";
    private volatile boolean started;
    private volatile boolean paused;
    private volatile boolean active;
    private volatile boolean closed;

    // The inlet's thread's own.
    private double period;
    private boolean anchored;
    private String away = "";
    /** Whether a loss was told and no return yet; a stream may be lost again before it has given anything. */
    private boolean gone;

    private long awaySince;
    private long uncertaintyNanos;
    private float[] values = new float[0];

    LslSource(PluginContext context, Network network) {
        this.context = context;
        this.network = network;
        this.block = duration("block");
        this.gapNanos = duration("gap").toNanos();
        this.eventType = context.parameters().text("event");
    }

    private Duration duration(String parameter) {
        return Duration.ofNanos(Math.round(context.parameters().number(parameter) * 1e9));
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String query = query();
        Resolver resolver = new Resolver(network);
        try {
            List<org.anodyne.lsl.StreamInfo> found =
                    resolver.resolve(query, 1, shorter(duration("wait"), deadline.left()));
            if (found.isEmpty()) {
                throw new PluginException("lsl-source: no stream answers to " + query + " within "
                        + context.parameters().number("wait") + " s; check that its program runs"
                        + (network.loopbackOnly() ? " on this computer" : " in the same network")
                        + ", and name, type and source id");
            }
            // Another one may only answer the second question: which is taken must not depend on that.
            found = resolver.resolve(query, MANY, shorter(OTHERS, deadline.left()));
            if (found.isEmpty()) {
                throw new PluginException(
                        "lsl-source: the stream that answered to " + query + " is gone again; check its program");
            }
            org.anodyne.lsl.StreamInfo info = Resolver.fullInfo(one(found, query), deadline.left());
            name = Shape.name(info, context.parameters());
            if (Shape.continuous(info)) {
                period = 1e9 / info.rateHz();
                values = new float[info.channelCount()];
                live = new LiveStream(context, Shape.stream(info, context.parameters()), block);
            }
            int buffer = info.rateHz() > 0 ? (int) Math.ceil(info.rateHz() * BUFFER_SECONDS) : IRREGULAR_BUFFER;
            Inlet opened = new Inlet(network, info, buffer, "lsl-source-" + context.slot(), this);
            inlet = opened;
            opened.open(deadline.left());
        } catch (IOException e) {
            close();
            throw new PluginException("lsl-source: " + e.getMessage(), e);
        }
    }

    /** The question for the stream, from parameters and from an input of the form {@code lsl:PREDICATE}. */
    private String query() throws PluginException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("name", context.parameters().text("name"));
        properties.put("type", context.parameters().text("type"));
        properties.put("source_id", context.parameters().text("sourceId"));
        List<String> more = new ArrayList<>(List.of(context.parameters().text("query")));
        String input = context.input().orElse("");
        if (!input.isEmpty()) {
            if (!input.startsWith(PREFIX)) {
                throw new PluginException("lsl-source: '" + input + "' names no stream; write " + PREFIX
                        + "name='NAME' or another predicate behind " + PREFIX);
            }
            more.add(input.substring(PREFIX.length()));
        }
        more.removeIf(String::isBlank);
        if (more.isEmpty() && properties.values().stream().allMatch(String::isEmpty)) {
            throw new PluginException("lsl-source: nothing says which stream slot '" + context.slot()
                    + "' takes; give name, type, sourceId or query, or --input " + context.slot() + "=" + PREFIX
                    + "name='NAME'");
        }
        try {
            StringBuilder query =
                    new StringBuilder(Resolver.query(context.parameters().text("session"), properties));
            more.forEach(each -> query.append(" and (").append(each).append(')'));
            return query.toString();
        } catch (IllegalArgumentException e) {
            throw new PluginException("lsl-source: " + e.getMessage(), e);
        }
    }

    /** Which one is meant must not depend on who answers first. */
    private static org.anodyne.lsl.StreamInfo one(List<org.anodyne.lsl.StreamInfo> found, String query)
            throws PluginException {
        if (found.size() > 1) {
            throw new PluginException("lsl-source: " + found.size() + " streams answer to " + query + ": "
                    + found.stream()
                            .map(f -> "'" + f.name() + "' of " + f.hostname() + " (source id '" + f.sourceId() + "')")
                            .toList()
                    + "; say which one by name or sourceId");
        }
        return found.get(0);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public List<StreamInfo> streams() {
        LiveStream now = live;
        return now == null ? List.of() : List.of(now.info());
    }

    @Override
    public void start() {
        started = true;
        each(LiveStream::start);
    }

    @Override
    public void pause() {
        paused = true;
        each(LiveStream::pause);
    }

    @Override
    public void resume() {
        paused = false;
        each(LiveStream::resume);
    }

    @Override
    public void enterPhase(Phase phase) {
        active = phase.active();
        each(stream -> stream.enterPhase(phase));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        pause();
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        Inlet now = inlet;
        if (now != null) {
            now.close();
        }
        each(LiveStream::close);
    }

    private void each(java.util.function.Consumer<LiveStream> what) {
        LiveStream now = live;
        if (now != null) {
            what.accept(now);
        }
    }

    // --- the inlet's thread

    @Override
    public void connected(org.anodyne.lsl.StreamInfo info, ClockOffset clock) {
        if (gone) {
            gone = false;
            tell("device-back", context.clock().nowNanos(), Map.of("stream", name, "host", info.hostname()));
        }
        clock(clock);
    }

    @Override
    public void clock(ClockOffset clock) {
        uncertaintyNanos = Math.round(clock.uncertaintySeconds() * 1e9);
        tell(
                "clock-offset",
                session(clock.measuredAt()),
                Map.of(
                        "stream",
                        name,
                        "correctionNanos",
                        Math.round(clock.correctionSeconds() * 1e9),
                        "uncertaintyNanos",
                        uncertaintyNanos));
    }

    @Override
    public void lost(String reason) {
        String why = reason.isEmpty() ? "the stream was lost" : reason;
        long now = context.clock().nowNanos();
        if (away.isEmpty()) {
            away = why;
            awaySince = now;
        }
        if (!gone) {
            gone = true;
            tell("device-lost", now, Map.of("stream", name, "reason", why));
        }
    }

    @Override
    public void sample(Sample sample, double localSeconds) {
        long time = session(localSeconds);
        LiveStream stream = live;
        if (stream == null) {
            event(sample, time);
            return;
        }
        double[] numbers = sample.values().numbers();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        gap(stream, time);
        stream.sample(values, time + Math.round(period));
    }

    private void gap(LiveStream stream, long time) {
        if (!away.isEmpty()) {
            if (anchored) {
                stream.interrupted(time, "the stream was away: " + away);
            }
            away = "";
        } else if (anchored) {
            long ahead = time - stream.nextNanos();
            if (ahead > gapNanos) {
                stream.lost(Math.round(ahead / period), "the time stamps jump");
            } else if (ahead < -gapNanos) {
                stream.interrupted(stream.nextNanos(), "the time stamps go back");
            }
        }
        anchored = true;
    }

    private void event(Sample sample, long time) {
        if (!away.isEmpty()) {
            tell(
                    "gap",
                    time,
                    Map.of("stream", name, "fromNanos", awaySince, "toNanos", time, "reason", "it was away: " + away));
            away = "";
        }
        List<Object> values = new ArrayList<>();
        if (sample.values() instanceof Sample.Texts texts) {
            values.addAll(texts.texts());
        } else if (sample.values() instanceof Sample.Wholes wholes) {
            for (long whole : wholes.wholes()) {
                values.add(whole);
            }
        } else {
            for (double number : sample.values().numbers()) {
                values.add(number);
            }
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("stream", name);
        attributes.put("uncertaintyNanos", uncertaintyNanos);
        if (values.size() == 1) {
            attributes.put("value", values.get(0));
        } else {
            attributes.put("values", values);
        }
        if (active && !paused) {
            tell(eventType, time, attributes);
        }
    }

    /** A time of our clock as session time. */
    private long session(double localSeconds) {
        long age = System.nanoTime() - LslClock.nanos(localSeconds);
        return context.clock().nowNanos() - age;
    }

    private void tell(String type, long time, Map<String, Object> attributes) {
        if (started && !closed) {
            try {
                context.outlet().event(new Event(type, time, attributes));
            } catch (IllegalStateException e) {
                // The slot was closed at this moment; there is nobody left to tell.
                closed = true;
            }
        }
    }
}
