package org.anodyne.plugins.markerbox;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.anodyne.line.Address;
import org.anodyne.line.Receiver;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.EventInput;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.device.Witness;

/**
 * One box in one slot: what happens in the session becomes a code by the table, held for the length of a pulse and then taken
 * back. The thread that owns the line does the writing; a marker is never repeated and never sent late after a loss of the line.
 */
final class MarkerBox implements SignalSink, Witness, Receiver.Talk {
    private static final int QUEUE = 64;

    /** A marker on its way. */
    private record Marker(String name, int code, long askedNanos) {}

    private final PluginContext context;
    private final String siteAddress;
    private final Box box;
    private final CodeTable table;
    private final long pulseNanos;
    private final BlockingQueue<Marker> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile Receiver receiver;
    private volatile boolean started;
    private volatile boolean closed;
    private volatile boolean away;
    private Phase phase;

    // The owner's own.
    private Receiver line;
    private boolean raised;
    private long changeAt;

    MarkerBox(PluginContext context, String siteAddress) {
        this.context = context;
        this.siteAddress = siteAddress;
        this.box = box(context.parameters());
        this.table = table(context.parameters());
        this.pulseNanos = Math.round(context.parameters().number("pulse") * 1e9);
    }

    private static Box box(Parameters parameters) {
        return Box.valueOf(parameters.text("box").toUpperCase(Locale.ROOT));
    }

    /** The table of codes; see {@link CodeTable#of} for errors. */
    static CodeTable table(Parameters parameters) {
        return CodeTable.of(parameters.object("codes"), box(parameters).greatest());
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("marker-box: no box was named for slot '" + context.slot() + "'; pass --input "
                    + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS + ", or set the site's address.");
        }
        Address address;
        try {
            address = Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("marker-box: " + e.getMessage(), e);
        }
        Receiver opened = new Receiver(address, box.settings(), "marker-box-" + context.slot(), this);
        receiver = opened;
        try {
            opened.open(deadline.left());
        } catch (IOException e) {
            opened.close();
            throw new PluginException(
                    "marker-box: the box at " + address + " cannot be used: " + e.getMessage()
                            + ". Check cable, address and the parameter box.",
                    e);
        }
    }

    @Override
    public void start() {
        started = true;
        mark("session", "start");
    }

    @Override
    public void enterPhase(Phase next) {
        phase = next;
        if (next.active()) {
            mark("phase", next.id());
        }
    }

    @Override
    public void event(String port, EventInput input) {
        mark("event", input.slot() + "/" + input.event().type());
    }

    @Override
    public void commanded(Command command) {
        mark("trigger", command.cause());
    }

    @Override
    public void answered(String slot, Acknowledgement answer) {
        switch (answer.outcome()) {
            // An unknown outcome counts as executed.
            case EXECUTED, UNKNOWN -> mark("stimulus", slot);
            case REFUSED, FAILED -> mark("refused", slot);
        }
    }

    private void mark(String kind, String name) {
        table.of(kind, name).ifPresent(code -> {
            Marker marker = new Marker(kind + "/" + name, code, context.clock().nowNanos());
            if (away || !queue.offer(marker)) {
                tell("marker-lost", marker, Map.of("reason", away ? "the line is lost" : "too many at once"));
                return;
            }
            Receiver now = receiver;
            if (now != null) {
                now.wake();
            }
        });
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (started && !closed && phase != null) {
            mark("session", "end");
        }
        closed = true;
        Receiver now = receiver;
        if (now != null) {
            now.close();
        }
    }

    // --- the owner's thread

    @Override
    public void begin(Receiver opened) throws IOException, InterruptedException {
        line = opened;
        box.open(opened, Math.max(1, pulseNanos / 1_000_000));
        raised = false;
        changeAt = System.nanoTime();
        if (away) {
            away = false;
            tell("device-back", null, Map.of());
        }
    }

    @Override
    public void received(byte[] buffer, int count) {
        // Boxes report buttons and lines of their own; nobody asked for them.
    }

    @Override
    public void idle() throws IOException {
        long now = System.nanoTime();
        if (now - changeAt < 0) {
            return;
        }
        if (raised) {
            line.write(box.rest());
            raised = false;
            // The lines stay down as long, so that two markers never run together.
            changeAt = now + pulseNanos;
            return;
        }
        Marker marker = queue.poll();
        if (marker != null) {
            line.write(box.raise(marker.code()));
            raised = true;
            changeAt = System.nanoTime() + pulseNanos;
            tell("marker", marker, Map.of("sentNanos", context.clock().nowNanos()));
        }
    }

    @Override
    public void lost(String reason) {
        if (!away) {
            away = true;
            tell("device-lost", null, Map.of("reason", reason));
        }
        for (Marker left = queue.poll(); left != null; left = queue.poll()) {
            tell("marker-lost", left, Map.of("reason", reason));
        }
    }

    @Override
    public void end(Receiver opened) throws IOException {
        byte[] buffer = new byte[16];
        for (Marker next = null; raised || (next = queue.poll()) != null; ) {
            if (!raised) {
                opened.write(box.raise(next.code()));
            }
            raised = false;
            try {
                opened.hold(buffer, pulseNanos);
            } finally {
                opened.write(box.rest());
            }
            opened.hold(buffer, pulseNanos);
        }
        box.close(opened);
    }

    private void tell(String type, Marker marker, Map<String, Object> more) {
        if (!started) {
            return;
        }
        Map<String, Object> attributes = new HashMap<>(more);
        if (marker != null) {
            attributes.put("name", marker.name());
            attributes.put("code", (long) marker.code());
            attributes.put("askedNanos", marker.askedNanos());
        }
        try {
            context.outlet().event(new Event(type, context.clock().nowNanos(), attributes));
        } catch (IllegalStateException e) {
            // The slot was closed at this moment; there is nobody left to tell.
            started = false;
        }
    }
}
