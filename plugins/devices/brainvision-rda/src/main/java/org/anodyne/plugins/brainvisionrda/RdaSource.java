package org.anodyne.plugins.brainvisionrda;

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
 * One recorder in one slot. The thread that owns the connection reads, cuts, scales and publishes; when the recorder falls
 * silent, breaks off or says what cannot be, the connection is opened anew, every second, until it is back.
 */
final class RdaSource implements SignalSource, Receiver.Talk {
    /** Without meaning over TCP. */
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);

    private final PluginContext context;
    private final String siteAddress;
    private final String type;
    private final String unit;
    private final long startNanos;
    private final long silenceNanos;
    private final MessageParser parser = new MessageParser(this::message);
    private final List<Message> arrivedMessages = new ArrayList<>();
    private volatile Receiver receiver;
    private volatile LiveStream live;
    private volatile boolean started;
    private volatile boolean paused;
    private volatile boolean active;
    private volatile boolean closed;

    // The owner's own.
    private Message.Start shape;
    private boolean told;
    private boolean stopped;
    private long expected = -1;
    private long lastData;
    private boolean anchored;
    private String away = "";
    /** Whether a loss was told and no return yet. */
    private boolean lost;

    private float[] sample = new float[0];

    RdaSource(PluginContext context, String siteAddress) {
        this.context = context;
        this.siteAddress = siteAddress;
        this.type = context.parameters().text("type");
        this.unit = context.parameters().text("unit");
        this.startNanos = nanos("startTimeout");
        this.silenceNanos = nanos("silence");
    }

    private long nanos(String parameter) {
        return Math.round(context.parameters().number(parameter) * 1e9);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("brainvision-rda: no recorder was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=tcp:HOST:51244, or set the site's address.");
        }
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("brainvision-rda: " + e.getMessage(), e);
        }
        Receiver opened = new Receiver(address, SETTINGS, "brainvision-rda-" + context.slot(), this);
        receiver = opened;
        try {
            opened.open(deadline.left());
        } catch (IOException e) {
            opened.close();
            throw new PluginException(
                    "brainvision-rda: the recorder at " + address + " cannot be used: " + e.getMessage()
                            + ". Switch Remote Data Access on in the recorder, start its monitor, check the address.",
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

    private void message(Message message) {
        arrivedMessages.add(message);
    }

    @Override
    public void begin(Receiver line) throws IOException, InterruptedException {
        parser.reset();
        arrivedMessages.clear();
        told = false;
        byte[] buffer = new byte[4096];
        long until = System.nanoTime() + startNanos;
        while (!told) {
            long left = until - System.nanoTime();
            int count = left > 0 ? line.read(buffer, left) : 0;
            if (count == 0) {
                throw new IOException("it did not say what it measures within " + startNanos / 1_000_000 + " ms");
            }
            received(buffer, count);
        }
    }

    @Override
    public void received(byte[] buffer, int count) throws IOException {
        long arrived = context.clock().nowNanos();
        parser.take(buffer, count);
        for (Message message : arrivedMessages) {
            if (message instanceof Message.Start start) {
                begins(start);
            } else if (message instanceof Message.Data data) {
                samples(data, arrived);
            } else {
                stopped = true;
                tell("recorder-stopped", arrived, Map.of());
                away = away.isEmpty() ? "the recorder's monitor was stopped" : away;
            }
        }
        arrivedMessages.clear();
    }

    private void begins(Message.Start start) throws IOException {
        if (shape == null) {
            shape = start;
            sample = new float[start.names().size()];
            try {
                live = new LiveStream(context, stream(start), Duration.ofNanos(nanos("block")));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        } else if (!shape.equals(start)) {
            throw new IOException("the recorder was set up otherwise than at the beginning: "
                    + start.names().size()
                    + " channels at " + start.rateHz() + " Hz instead of "
                    + shape.names().size() + " at "
                    + shape.rateHz() + " Hz, or other names or resolutions");
        } else if (away.isEmpty() && expected >= 0) {
            away = "the recorder began anew";
        }
        told = true;
        stopped = false;
        expected = -1;
        lastData = System.nanoTime();
    }

    private StreamInfo stream(Message.Start start) {
        List<StreamInfo.Channel> channels = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < start.names().size(); i++) {
            String label = start.names().get(i).strip();
            if (label.isEmpty() || !labels.add(label)) {
                label = "ch" + (i + 1);
                labels.add(label);
            }
            channels.add(new StreamInfo.Channel(label, unit));
        }
        return new StreamInfo("", type.toLowerCase(Locale.ROOT), type, start.rateHz(), channels, false);
    }

    private void samples(Message.Data data, long arrived) throws IOException {
        lastData = System.nanoTime();
        if (expected >= 0 && data.block() != expected) {
            long missing = (data.block() - expected) & 0xFFFFFFFFL;
            if (missing > Integer.MAX_VALUE) {
                throw new IOException("block " + data.block() + " came after block " + (expected - 1));
            }
            live.lost(missing * data.points(), missing + " blocks of the recorder are missing");
        }
        expected = (data.block() + 1) & 0xFFFFFFFFL;
        long period = Math.round(1e9 / live.info().rateHz());
        if (!away.isEmpty()) {
            if (anchored) {
                live.interrupted(arrived - period * data.points(), away);
            }
            away = "";
            if (lost) {
                // A line that stands again and says nothing is not back.
                lost = false;
                tell("device-back", context.clock().nowNanos(), Map.of());
            }
        }
        int channels = sample.length;
        long first = anchored ? live.nextNanos() : arrived - period * data.points();
        for (int i = 0; i < data.points(); i++) {
            for (int k = 0; k < channels; k++) {
                sample[k] = (float)
                        (data.values()[i * channels + k] * shape.resolutions().get(k));
            }
            // A block comes as one: only its last sample came as early as it can.
            live.sample(sample, arrived);
            anchored = true;
        }
        for (Message.Marker marker : data.markers()) {
            if (active && !paused) {
                tell(
                        "marker",
                        first + Math.round(marker.position() * 1e9 / live.info().rateHz()),
                        Map.of(
                                "stream",
                                live.info().name(),
                                "type",
                                marker.type(),
                                "value",
                                marker.description(),
                                "channel",
                                (long) marker.channel(),
                                "samples",
                                marker.points()));
            }
        }
    }

    @Override
    public void idle() throws IOException {
        long quiet = System.nanoTime() - lastData;
        if (!stopped && quiet > silenceNanos) {
            throw new IOException("the recorder has sent nothing for " + quiet / 1_000_000 + " ms");
        }
    }

    @Override
    public void lost(String reason) {
        away = away.isEmpty() ? reason : away;
        if (!lost) {
            lost = true;
            tell("device-lost", context.clock().nowNanos(), Map.of("reason", reason));
        }
        expected = -1;
    }

    @Override
    public void end(Receiver line) {
        // The recorder is not to be told anything.
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
