package org.anodyne.plugins.bitalino;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * One device in one slot. The thread that owns the line reads, cuts, converts and publishes; when the device falls silent or the
 * line is lost it sets the device up anew, every second, until it is back.
 */
final class BitalinoSource implements SignalSource, Receiver.Talk {
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);
    private static final String LOST = "the sequence numbers jumped: frames were lost on the way";
    private static final Pattern VERSION = Pattern.compile("BITalino_v(\\d{1,3})\\.(\\d{1,3})");

    /** Stops a device that streams and is unknown, so ignored, to one that is idle; 00 would set the battery threshold there. */
    private static final byte STOP = (byte) 0xFF;

    private static final byte ASK_VERSION = 0x07;
    private static final byte ASK_STATE = 0x0B;
    private static final long BETWEEN_NANOS = 100_000_000L;
    private static final long LEAST_SILENT_NANOS = 250_000_000L;
    private static final long LEAST_GONE_NANOS = 1_000_000_000L;
    private static final Duration LEAST_TOLERANCE = Duration.ofMillis(20);
    private static final int NONE = -1;

    /** A stream and the inputs that it is made of. */
    private record Part(LiveStream stream, List<Settings.Input> inputs) {}

    private final PluginContext context;
    private final String siteAddress;
    private final Settings settings;
    private final List<Part> parts = new ArrayList<>();
    private final Optional<LiveStream> digital;
    private final List<LiveStream> streams = new ArrayList<>();
    private final long silentNanos;
    private final long goneNanos;
    private volatile Receiver receiver;
    private volatile boolean started;
    private volatile boolean closed;

    // The owner's own.
    private final FrameParser parser;
    private final byte[] buffer = new byte[1024];
    private long arrived;
    private long lastFrame;
    private int lastSequence = NONE;
    private boolean silent;
    private boolean away;
    private String lostBy = "";
    private Map<String, Object> state = Map.of();

    BitalinoSource(PluginContext context, String siteAddress) {
        this.context = context;
        this.siteAddress = siteAddress;
        this.settings = Settings.of(context.parameters());
        long period = 1_000_000_000L / settings.rate();
        // Sixteen lost frames in a row show by time alone.
        Duration twelve = Duration.ofNanos(12 * period);
        Duration tolerance = twelve.compareTo(LEAST_TOLERANCE) > 0 ? twelve : LEAST_TOLERANCE;
        settings.streams()
                .forEach((info, inputs) ->
                        parts.add(new Part(new LiveStream(context, info, settings.block(), tolerance), inputs)));
        digital = settings.digital()
                ? Optional.of(new LiveStream(context, settings.digitalStream(), settings.block(), tolerance))
                : Optional.empty();
        parts.forEach(part -> streams.add(part.stream()));
        digital.ifPresent(streams::add);
        silentNanos = Math.max(LEAST_SILENT_NANOS, 3 * period);
        goneNanos = Math.max(LEAST_GONE_NANOS, 5 * period);
        parser = new FrameParser(settings.inputs().size(), this::frame);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("bitalino: no device was named for slot '" + context.slot() + "'; pass --input "
                    + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS + ", or set the site's address.");
        }
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("bitalino: " + e.getMessage(), e);
        }
        Receiver opened = new Receiver(address, SETTINGS, "bitalino-" + context.slot(), this);
        receiver = opened;
        try {
            opened.open(deadline.left());
        } catch (IOException e) {
            opened.close();
            throw new PluginException(
                    "bitalino: the device at " + address + " cannot be used: " + e.getMessage()
                            + ". Switch it on, check battery, pairing and address.",
                    e);
        }
    }

    @Override
    public List<StreamInfo> streams() {
        return streams.stream().map(LiveStream::info).toList();
    }

    @Override
    public void start() {
        started = true;
        streams.forEach(LiveStream::start);
        tell("device-state", state);
    }

    @Override
    public void pause() {
        streams.forEach(LiveStream::pause);
    }

    @Override
    public void resume() {
        streams.forEach(LiveStream::resume);
    }

    @Override
    public void enterPhase(Phase phase) {
        streams.forEach(stream -> stream.enterPhase(phase));
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
        streams.forEach(LiveStream::close);
    }

    // --- the owner's thread

    @Override
    public void begin(Receiver line) throws IOException, InterruptedException {
        say(line, STOP);
        while (line.read(buffer, BETWEEN_NANOS) > 0) {
            // The rest of a stream.
        }
        say(line, ASK_VERSION);
        String answer = new String(answer(line, '\n', 64), StandardCharsets.US_ASCII);
        Matcher version = VERSION.matcher(answer);
        if (!version.find()) {
            throw new IOException("what answers is no BITalino; it says '"
                    + answer.replaceAll("[^ -~]+", " ").strip() + "'");
        }
        int number = 10 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        pause(line);
        say(line, ASK_STATE);
        byte[] bytes = answer(line, NONE, number >= 52 ? DeviceState.LENGTH_WITH_PWM : DeviceState.LENGTH);
        DeviceState read = DeviceState.read(bytes)
                .orElseThrow(
                        () -> new IOException("its state cannot be read (" + bytes.length + " bytes, or a wrong CRC)"));
        state = read.attributes(version.group());
        pause(line);
        say(line, settings.rateCommand());
        pause(line);
        parser.reset();
        lastSequence = NONE;
        lastFrame = 0;
        if (away) {
            long now = context.clock().nowNanos();
            streams.forEach(stream -> stream.interrupted(now, lostBy));
        }
        say(line, settings.startCommand());
        long until = System.nanoTime() + settings.reply().toNanos() + 5_000_000_000L / settings.rate();
        while (lastFrame == 0) {
            long left = until - System.nanoTime();
            int count = left > 0 ? line.read(buffer, left) : 0;
            if (count == 0) {
                throw new IOException("it was started but sends no frames");
            }
            take(buffer, count);
        }
        parser.takeSkipped();
        silent = false;
        if (away) {
            away = false;
            tell("device-back", Map.of());
            tell("device-state", state);
        }
    }

    private static void say(Receiver line, byte command) throws IOException {
        line.write(new byte[] {command});
    }

    /** The device wants time between commands. */
    private void pause(Receiver line) throws IOException, InterruptedException {
        line.read(buffer, BETWEEN_NANOS);
    }

    /** Reads up to this byte, or so many bytes, or as long as the device may take. */
    private byte[] answer(Receiver line, int end, int length) throws IOException, InterruptedException {
        byte[] all = new byte[length];
        int count = 0;
        long until = System.nanoTime() + settings.reply().toNanos();
        while (count < length && (count == 0 || end == NONE || all[count - 1] != end)) {
            long left = until - System.nanoTime();
            byte[] one = new byte[1];
            if (left <= 0 || line.read(one, left) == 0) {
                if (count == 0) {
                    throw new IOException(
                            "nothing answers within " + settings.reply().toMillis() + " ms");
                }
                break;
            }
            all[count++] = one[0];
        }
        return Arrays.copyOf(all, count);
    }

    @Override
    public void received(byte[] bytes, int count) {
        take(bytes, count);
        long skipped = parser.takeSkipped();
        if (skipped > 0) {
            tell("resynchronised", Map.of("skippedBytes", skipped));
        }
    }

    private void take(byte[] bytes, int count) {
        arrived = context.clock().nowNanos();
        for (int i = 0; i < count; i++) {
            parser.next(bytes[i]);
        }
    }

    private void frame(Frame frame) {
        lastFrame = System.nanoTime();
        int lost = lastSequence == NONE ? 0 : frame.sequence() - lastSequence - 1 & 0x0F;
        lastSequence = frame.sequence();
        for (Part part : parts) {
            float[] values = new float[part.inputs().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = part.inputs().get(i).of(frame);
            }
            part.stream().lost(lost, LOST);
            part.stream().sample(values, arrived);
        }
        digital.ifPresent(stream -> {
            stream.lost(lost, LOST);
            float[] bits = new float[4];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = frame.digital() >> 3 - i & 1;
            }
            stream.sample(bits, arrived);
        });
    }

    @Override
    public void idle() throws IOException {
        long quiet = System.nanoTime() - lastFrame;
        if (quiet > silentNanos != silent) {
            silent = !silent;
            if (silent) {
                tell("device-silent", Map.of("milliseconds", silentNanos / 1_000_000));
            }
        }
        if (quiet > goneNanos) {
            throw new IOException("the device has sent nothing for " + goneNanos / 1_000_000 + " ms");
        }
    }

    @Override
    public void lost(String reason) {
        if (!away) {
            away = true;
            lostBy = reason;
            tell("device-lost", Map.of("reason", reason));
        }
    }

    @Override
    public void end(Receiver line) throws IOException {
        say(line, STOP);
    }

    private void tell(String type, Map<String, Object> attributes) {
        if (started && !closed) {
            try {
                context.outlet().event(new Event(type, context.clock().nowNanos(), attributes));
            } catch (IllegalStateException e) {
                // The slot was closed at this moment; there is nobody left to tell.
                closed = true;
            }
        }
    }
}
