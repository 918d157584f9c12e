package org.anodyne.plugins.__package__;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.line.Address;
import org.anodyne.line.Receiver;
import org.anodyne.line.SerialSettings;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.LiveStream;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * One device in one slot. {@link Receiver} has the one thread that owns the line, opens it, and opens it again when it was lost;
 * {@link LiveStream} times and publishes. What is left is here: what to say, and what to make of the bytes.
 */
final class __Class__ implements SignalSource, Receiver.Talk {
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);
    private static final double RATE = 100;
    private static final double MILLIVOLTS_PER_COUNT = 0.1;
    private static final long ANSWER_NANOS = 1_000_000_000L;
    private static final long SILENT_NANOS = 1_000_000_000L;
    private static final int NONE = -1;

    private final PluginContext context;
    private final LiveStream stream;
    private volatile Receiver receiver;
    private volatile boolean started;

    // The owner's own.
    private final byte[] held = new byte[Frame.LENGTH];
    private int count;
    private int last = NONE;
    private long heardAt;
    private String lostBy = "";

    __Class__(PluginContext context) {
        this.context = context;
        stream = new LiveStream(
                context,
                new StreamInfo(
                        "", __Class__Factory.STREAM, "MISC", RATE, List.of(new StreamInfo.Channel("value", "mV")), false),
                Duration.ofNanos(Math.round(context.parameters().number("block") * 1e9)));
    }

    /** The only step that may be slow: opens the line and sets the device up, or says to a person why not. */
    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String text = context.input()
                .orElseThrow(() -> new PluginException("__name__: no device was named for slot '" + context.slot()
                        + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS + "."));
        try {
            receiver = new Receiver(Address.parse(text), SETTINGS, "__name__-" + context.slot(), this);
            receiver.open(deadline.left());
        } catch (IOException | IllegalArgumentException e) {
            close();
            throw new PluginException(
                    "__name__: the device at " + text + " cannot be used: " + e.getMessage()
                            + ". Switch it on, check cable and address.",
                    e);
        }
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(stream.info());
    }

    @Override
    public void start() {
        started = true;
        stream.start();
    }

    @Override
    public void pause() {
        stream.pause();
    }

    @Override
    public void resume() {
        stream.resume();
    }

    @Override
    public void enterPhase(Phase phase) {
        stream.enterPhase(phase);
    }

    @Override
    public void close() {
        started = false;
        Receiver now = receiver;
        if (now != null) {
            now.close();
        }
        stream.close();
    }

    // --- the owner's thread

    @Override
    public void begin(Receiver line) throws IOException, InterruptedException {
        line.write("X?".getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[64];
        long until = System.nanoTime() + ANSWER_NANOS;
        while (answer.indexOf("HELLO\n") < 0) {
            int read = line.read(buffer, until - System.nanoTime());
            if (read == 0) {
                throw new IOException("it does not answer to ? with HELLO");
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        if (!lostBy.isEmpty()) {
            stream.interrupted(context.clock().nowNanos(), lostBy);
            tell("device-back", Map.of());
            lostBy = "";
        }
        count = 0;
        last = NONE;
        heardAt = System.nanoTime();
        line.write("S".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void received(byte[] buffer, int length) {
        long arrived = context.clock().nowNanos();
        for (int i = 0; i < length; i++) {
            held[count++] = buffer[i];
            if (count == Frame.LENGTH) {
                if (Frame.holds(held)) {
                    take(Frame.read(held), arrived);
                    count = 0;
                } else {
                    // Out of step: look one byte further.
                    System.arraycopy(held, 1, held, 0, --count);
                }
            }
        }
    }

    private void take(Frame frame, long arrived) {
        heardAt = System.nanoTime();
        if (last != NONE) {
            stream.lost(frame.sequence() - last - 1 & 0xFF, "the sequence numbers jumped");
        }
        last = frame.sequence();
        stream.sample(new float[] {(float) (frame.value() * MILLIVOLTS_PER_COUNT)}, arrived);
    }

    @Override
    public void idle() throws IOException {
        if (System.nanoTime() - heardAt > SILENT_NANOS) {
            throw new IOException("the device has sent nothing for 1 s");
        }
    }

    @Override
    public void lost(String reason) {
        if (lostBy.isEmpty()) {
            lostBy = reason;
            tell("device-lost", Map.of("reason", reason));
        }
    }

    @Override
    public void end(Receiver line) throws IOException {
        line.write("X".getBytes(StandardCharsets.US_ASCII));
    }

    private void tell(String type, Map<String, Object> attributes) {
        if (started) {
            context.outlet().event(new Event(type, context.clock().nowNanos(), attributes));
        }
    }
}
