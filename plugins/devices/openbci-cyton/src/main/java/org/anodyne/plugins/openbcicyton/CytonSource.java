package org.anodyne.plugins.openbcicyton;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * One board in one slot. The thread that owns the line reads, cuts, scales and publishes; when the board falls silent or the
 * line is lost it sets the board up anew, every second, until it is back.
 */
final class CytonSource implements SignalSource, Receiver.Talk {
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);
    private static final long SILENT_NANOS = 250_000_000L;
    private static final long GONE_NANOS = 1_000_000_000L;
    private static final long START_NANOS = 2_000_000_000L;

    private final PluginContext context;
    private final String siteAddress;
    private final Settings settings;
    private final LiveStream main;
    private final LiveStream second;
    private volatile Receiver receiver;
    private volatile boolean started;
    private volatile boolean closed;

    // The owner's own.
    private final PacketParser parser;
    private final Samples samples;
    private long arrived;
    private long lastPacket;
    private boolean silent;
    private boolean away;
    private String lostBy = "";

    CytonSource(PluginContext context, String siteAddress) {
        this.context = context;
        this.siteAddress = siteAddress;
        this.settings = Settings.of(context.parameters());
        this.main = new LiveStream(context, settings.main(), settings.block());
        this.second = new LiveStream(context, settings.second(), settings.block());
        this.samples = new Samples(
                settings,
                main,
                second,
                (millis, nanos) -> tell("board-time", Map.of("boardMillis", millis, "sessionNanos", nanos)));
        this.parser = new PacketParser(packet -> {
            lastPacket = System.nanoTime();
            samples.packet(packet, arrived);
        });
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("openbci-cyton: no board was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS
                    + ", or set the site's address.");
        }
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("openbci-cyton: " + e.getMessage(), e);
        }
        Receiver opened = new Receiver(address, SETTINGS, "openbci-cyton-" + context.slot(), this);
        receiver = opened;
        try {
            opened.open(deadline.left());
        } catch (IOException e) {
            opened.close();
            throw new PluginException(
                    "openbci-cyton: the board at " + address + " cannot be used: " + e.getMessage()
                            + ". Switch board and dongle on (dongle switch at GPIO6), check the address.",
                    e);
        }
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(main.info(), second.info());
    }

    @Override
    public void start() {
        started = true;
        main.start();
        second.start();
    }

    @Override
    public void pause() {
        main.pause();
        second.pause();
    }

    @Override
    public void resume() {
        main.resume();
        second.resume();
    }

    @Override
    public void enterPhase(Phase phase) {
        main.enterPhase(phase);
        second.enterPhase(phase);
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
        main.close();
        second.close();
    }

    // --- the owner's thread

    @Override
    public void begin(Receiver line) throws IOException, InterruptedException {
        new Setup(line, settings).run();
        parser.reset();
        samples.restart();
        lastPacket = 0;
        if (away) {
            long now = context.clock().nowNanos();
            main.interrupted(now, lostBy);
            second.interrupted(now, lostBy);
        }
        byte[] buffer = new byte[1024];
        long until = System.nanoTime() + START_NANOS;
        while (lastPacket == 0) {
            long left = until - System.nanoTime();
            int count = left > 0 ? line.read(buffer, left) : 0;
            if (count == 0) {
                throw new IOException("the board was started but sends no packets");
            }
            take(buffer, count);
        }
        if (away) {
            away = false;
            tell("device-back", Map.of());
        }
        silent = false;
        parser.takeSkipped();
    }

    @Override
    public void received(byte[] buffer, int count) {
        take(buffer, count);
        long skipped = parser.takeSkipped();
        if (skipped > 0) {
            tell("resynchronised", Map.of("skippedBytes", skipped));
        }
    }

    private void take(byte[] buffer, int count) {
        arrived = context.clock().nowNanos();
        for (int i = 0; i < count; i++) {
            parser.next(buffer[i]);
        }
    }

    @Override
    public void idle() throws IOException {
        long quiet = System.nanoTime() - lastPacket;
        if (quiet > SILENT_NANOS != silent) {
            silent = !silent;
            if (silent) {
                tell(
                        "device-silent",
                        Map.of("milliseconds", Duration.ofNanos(SILENT_NANOS).toMillis()));
            }
        }
        if (quiet > GONE_NANOS) {
            throw new IOException("the board has sent nothing for " + GONE_NANOS / 1_000_000 + " ms");
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
        Setup.stop(line);
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
