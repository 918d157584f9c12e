package org.anodyne.plugins.fieldtripbuffer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.line.Address;
import org.anodyne.line.Receiver;
import org.anodyne.line.SerialSettings;
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
 * One buffer in one slot. The thread that owns the connection asks and reads: it waits for samples, fetches them, fetches
 * events, waits again, one request at a time. When an answer does not come or cannot be, the connection is opened anew,
 * every second, until the buffer is back.
 */
final class FieldTripSource implements SignalSource, Receiver.Talk {
    /** Without meaning over TCP. */
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);

    private static final long WAIT_MILLIS = 100;
    private static final int MOST_FETCHED_BYTES = 1 << 20;
    private static final int MOST_EVENTS = 1000;

    private final PluginContext context;
    private final String siteAddress;
    private final String type;
    private final String unit;
    private final long startNanos;
    private final long replyNanos;
    private final long silenceNanos;
    private final AnswerParser parser = new AnswerParser();
    private volatile Receiver receiver;
    private volatile LiveStream live;
    private volatile boolean started;
    private volatile boolean paused;
    private volatile boolean active;
    private volatile boolean closed;

    // The owner's own.
    private Receiver line;
    private Answer.Header shape;
    private int request;
    private long asked;
    private long samples;
    private long events;
    private long knownSamples;
    private long knownEvents;
    private long fetchedTo;
    private long lastSample;
    private boolean silent;
    private boolean anchored;
    private String away = "";
    /** Whether a loss was told and no return yet. */
    private boolean lost;

    private float[] sample = new float[0];

    FieldTripSource(PluginContext context, String siteAddress) {
        this.context = context;
        this.siteAddress = siteAddress;
        this.type = context.parameters().text("type");
        this.unit = context.parameters().text("unit");
        this.startNanos = nanos("startTimeout");
        this.replyNanos = nanos("replyTimeout");
        this.silenceNanos = nanos("silence");
    }

    private long nanos(String parameter) {
        return Math.round(context.parameters().number(parameter) * 1e9);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("fieldtrip-buffer: no buffer was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=tcp:HOST:1972, or set the site's address.");
        }
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("fieldtrip-buffer: " + e.getMessage(), e);
        }
        Receiver opened = new Receiver(address, SETTINGS, "fieldtrip-buffer-" + context.slot(), this);
        receiver = opened;
        try {
            opened.open(deadline.left());
        } catch (IOException e) {
            opened.close();
            throw new PluginException(
                    "fieldtrip-buffer: the buffer at " + address + " cannot be used: " + e.getMessage()
                            + ". Start the buffer and what writes into it, check the address.",
                    e);
        }
    }

    @Override
    public List<StreamInfo> streams() {
        LiveStream now = live;
        return now == null ? List.of() : List.of(now.info());
    }

    @Override
    public void start() {
        started = true;
        live.start();
    }

    @Override
    public void pause() {
        paused = true;
        live.pause();
    }

    @Override
    public void resume() {
        paused = false;
        live.resume();
    }

    @Override
    public void enterPhase(Phase phase) {
        active = phase.active();
        live.enterPhase(phase);
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        pause();
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        Receiver now = receiver;
        if (now != null) {
            now.close();
        }
        LiveStream stream = live;
        if (stream != null) {
            stream.close();
        }
    }

    // --- the owner's thread

    @Override
    public void begin(Receiver line) throws IOException, InterruptedException {
        this.line = line;
        parser.reset();
        ask(Requests.GET_HEADER, Requests.header());
        byte[] buffer = new byte[4096];
        long until = System.nanoTime() + startNanos;
        Optional<Answer> answer = Optional.empty();
        while (answer.isEmpty()) {
            long left = until - System.nanoTime();
            int count = left > 0 ? line.read(buffer, left) : 0;
            if (count == 0) {
                throw new IOException("it did not answer within " + startNanos / 1_000_000 + " ms");
            }
            parser.take(buffer, count);
            answer = parser.next(request);
        }
        if (!(answer.get() instanceof Answer.Header header)) {
            throw new IOException("it has no header yet: nothing writes into it");
        }
        header(header);
        lastSample = System.nanoTime();
        silent = false;
        await();
    }

    private void ask(int command, byte[] bytes) throws IOException {
        request = command;
        asked = System.nanoTime();
        line.write(bytes);
    }

    private void await() throws IOException {
        ask(Requests.WAIT, Requests.await(samples, events, WAIT_MILLIS));
    }

    private void header(Answer.Header header) throws IOException {
        if (shape == null) {
            shape = header;
            sample = new float[header.channels()];
            try {
                live = new LiveStream(context, stream(header), Duration.ofNanos(nanos("block")));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        } else if (!shape.sameShape(header)) {
            throw new IOException("the buffer was set up otherwise than at the beginning: " + header.channels()
                    + " channels at " + header.rateHz() + " Hz instead of " + shape.channels() + " at "
                    + shape.rateHz() + " Hz, or other names or resolutions");
        }
        // What lies in the buffer already was measured before anybody wanted it.
        samples = header.samples();
        events = header.events();
    }

    private StreamInfo stream(Answer.Header header) {
        List<StreamInfo.Channel> channels = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < header.channels(); i++) {
            String label = header.names().isEmpty() ? "" : header.names().get(i).strip();
            if (label.isEmpty() || !labels.add(label)) {
                label = "ch" + (i + 1);
                labels.add(label);
            }
            channels.add(new StreamInfo.Channel(label, unit));
        }
        return new StreamInfo("", type.toLowerCase(Locale.ROOT), type, header.rateHz(), channels, false);
    }

    @Override
    public void received(byte[] buffer, int count) throws IOException {
        parser.take(buffer, count);
        Optional<Answer> answer = parser.next(request);
        if (answer.isEmpty()) {
            return;
        }
        Answer now = answer.get();
        if (now instanceof Answer.Header header) {
            header(header);
            await();
        } else if (now instanceof Answer.Waited waited) {
            waited(waited);
        } else if (now instanceof Answer.Data data) {
            data(data);
            fetch();
        } else if (now instanceof Answer.Events came) {
            events(came);
            fetch();
        } else {
            refused();
        }
    }

    private void waited(Answer.Waited waited) throws IOException {
        if (waited.samples() < samples || waited.events() < events) {
            away = away.isEmpty() ? "the buffer was begun anew" : away;
            ask(Requests.GET_HEADER, Requests.header());
            return;
        }
        knownSamples = waited.samples();
        knownEvents = waited.events();
        fetch();
    }

    private void fetch() throws IOException {
        if (knownSamples > samples) {
            int most = Math.max(
                    1, MOST_FETCHED_BYTES / (shape.channels() * shape.type().bytes()));
            fetchedTo = Math.min(knownSamples, samples + most);
            ask(Requests.GET_DATA, Requests.data(samples, fetchedTo - 1));
        } else if (knownEvents > events) {
            fetchedTo = Math.min(knownEvents, events + MOST_EVENTS);
            ask(Requests.GET_EVENTS, Requests.events(events, fetchedTo - 1));
        } else {
            await();
        }
    }

    /** What was asked for has been overwritten already, or thrown away. */
    private void refused() throws IOException {
        if (request == Requests.GET_DATA) {
            if (anchored && away.isEmpty()) {
                live.lost(fetchedTo - samples, "the buffer no longer had them");
            }
            samples = fetchedTo;
            fetch();
        } else if (request == Requests.GET_EVENTS) {
            events = fetchedTo;
            fetch();
        } else {
            throw new IOException(String.format("the buffer refuses the request 0x%X", request));
        }
    }

    private void data(Answer.Data data) throws IOException {
        if (data.channels() != sample.length || data.samples() != fetchedTo - samples) {
            throw new IOException(data.samples() + " samples of " + data.channels() + " channels, when "
                    + (fetchedTo - samples) + " of " + sample.length + " were asked for");
        }
        long arrived = context.clock().nowNanos();
        long length = Math.round(data.samples() * 1e9 / live.info().rateHz());
        if (!away.isEmpty()) {
            if (anchored) {
                live.interrupted(arrived - length, away);
            }
            away = "";
            if (lost) {
                // A line that stands again and says nothing is not back.
                lost = false;
                tell("device-back", context.clock().nowNanos(), Map.of());
            }
        }
        for (int i = 0; i < data.samples(); i++) {
            for (int k = 0; k < sample.length; k++) {
                double value = data.values()[i * sample.length + k];
                sample[k] = (float)
                        (shape.resolutions().isEmpty()
                                ? value
                                : value * shape.resolutions().get(k));
            }
            // What is fetched at once comes as one: only its last sample came as early as it can.
            live.sample(sample, arrived);
            anchored = true;
        }
        samples = fetchedTo;
        lastSample = System.nanoTime();
        silent = false;
    }

    private void events(Answer.Events came) {
        if (active && !paused) {
            long now = context.clock().nowNanos();
            for (Answer.Marker marker : came.markers()) {
                double behind = (samples - marker.sample()) * 1e9 / live.info().rateHz();
                long time = anchored ? live.nextNanos() - Math.round(behind) : now;
                tell(
                        "marker",
                        time,
                        Map.of(
                                "stream",
                                live.info().name(),
                                "type",
                                marker.type(),
                                "value",
                                marker.value(),
                                "sample",
                                (long) marker.sample(),
                                "offset",
                                (long) marker.offset(),
                                "duration",
                                (long) marker.duration()));
            }
        }
        events = fetchedTo;
    }

    @Override
    public void idle() throws IOException {
        long now = System.nanoTime();
        if (now - asked > replyNanos) {
            throw new IOException("the buffer did not answer within " + replyNanos / 1_000_000 + " ms");
        }
        if (now - lastSample > silenceNanos && !silent) {
            silent = true;
            tell("device-silent", context.clock().nowNanos(), Map.of("milliseconds", silenceNanos / 1_000_000));
        }
    }

    @Override
    public void lost(String reason) {
        away = away.isEmpty() ? reason : away;
        if (!lost) {
            lost = true;
            tell("device-lost", context.clock().nowNanos(), Map.of("reason", reason));
        }
    }

    @Override
    public void end(Receiver line) {
        // The buffer is not to be told anything.
    }

    private void tell(String event, long time, Map<String, Object> attributes) {
        if (started && !closed) {
            try {
                context.outlet().event(new Event(event, time, attributes));
            } catch (IllegalStateException e) {
                // The slot was closed at this moment; there is nobody left to tell.
                closed = true;
            }
        }
    }
}
