package org.anodyne.simulator.marker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultDesk;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Frame;
import org.anodyne.simulator.kit.Hex;
import org.anodyne.simulator.kit.Json;
import org.anodyne.simulator.kit.Outbox;
import org.anodyne.simulator.kit.SimulatedDevice;
import org.anodyne.simulator.kit.Trace;
import org.anodyne.simulator.kit.Wire;

/** A box and the lines behind it, on a clock that the caller turns: keeps what was shown and for how long. */
final class MarkerDevice implements SimulatedDevice, FaultDesk.Effect {

    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.UNKNOWN_COMMAND,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.RESET));

    private static final long NEVER = Long.MAX_VALUE;
    private static final long REPLY_NANOS = 2_000_000;
    private static final long LATE_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int KEPT = 64;

    private final boolean xid;
    private final Trace trace;
    private final FaultDesk faults;
    private final Outbox outbox;
    private final List<Integer> shown = new ArrayList<>();
    private final List<Integer> command = new ArrayList<>();

    private int lines;
    private long raisedAt;
    private long markers;
    private long shortest = NEVER;
    private long pulseNanos;
    private long lowerAt = NEVER;
    private int replies;
    private long lastByte = Long.MIN_VALUE;

    MarkerDevice(long now, long seed, boolean xid, Wire wire, Trace trace) {
        this.xid = xid;
        this.trace = trace;
        raisedAt = now;
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), new Random(seed), wire, trace);
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        trace.event(now, "rx", json -> json.put("raw", Hex.of(bytes)));
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        lastByte = now;
        for (byte each : bytes) {
            if (xid) {
                command.add(each & 0xFF);
                carryOut(now);
            } else {
                // FF is what a TriggerBox rests on, and no code.
                show(each & 0xFF, now);
            }
        }
        advance(now);
    }

    private void carryOut(long now) {
        int length = command.size();
        String name = "" + (char) (int) command.get(0) + (length > 1 ? (char) (int) command.get(1) : "");
        switch (name) {
            case "_", "m", "c" -> {
                // More is needed.
            }
            case "_c", "_d" -> {
                if (length == 3) {
                    answer(name.equals("_c") ? "_xid2" : "_d" + (char) (int) command.get(2) + "S", now);
                    command.clear();
                }
            }
            case "_m" -> {
                if (length == 3) {
                    answer("_mp" + pulseNanos / NANOS_PER_MILLI, now);
                    command.clear();
                }
            }
            case "c1" -> {
                if (length == 3) {
                    command.clear();
                }
            }
            case "mp" -> {
                if (length == 6) {
                    pulseNanos = number(4) * NANOS_PER_MILLI;
                    command.clear();
                }
            }
            case "mh" -> {
                if (length == 4) {
                    show((int) number(2), now);
                    lowerAt = lines == 0 || pulseNanos == 0 ? NEVER : now + pulseNanos;
                    command.clear();
                }
            }
            default -> {
                trace.event(now, "ignored", json -> json.put("command", name));
                command.clear();
            }
        }
    }

    private long number(int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | command.get(2 + i);
        }
        return value;
    }

    private void answer(String text, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (struck.containsKey(FaultKind.UNKNOWN_COMMAND)) {
            // A box says nothing to what it does not know.
            trace.event(now, "ignored", json -> json.put("answer", text));
        }
        if (struck.containsKey(FaultKind.NO_REPLY) || struck.containsKey(FaultKind.UNKNOWN_COMMAND)) {
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        outbox.add(
                now + (late == null ? REPLY_NANOS : late.valueOr(LATE_MILLIS) * NANOS_PER_MILLI),
                Frame.plain(text.getBytes(StandardCharsets.US_ASCII), json -> json.put("text", text)),
                struck);
    }

    private void show(int code, long now) {
        if (code == lines) {
            return;
        }
        if (lines != 0) {
            shortest = Math.min(shortest, now - raisedAt);
        }
        lines = !xid && code == 0xFF ? 0 : code;
        raisedAt = now;
        trace.event(now, "lines", json -> json.put("code", code));
        if (lines != 0) {
            markers++;
            shown.add(lines);
            if (shown.size() > KEPT) {
                shown.remove(0);
            }
        }
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            if (faults.nextDue() <= next) {
                faults.advance(next);
            } else if (outbox.nextDue() <= next) {
                faults.follow(outbox.send(next), next);
            } else {
                lowerAt = NEVER;
                show(0, next);
            }
        }
    }

    @Override
    public long nextDue() {
        return Math.min(Math.min(outbox.nextDue(), faults.nextDue()), lowerAt);
    }

    @Override
    public Json state(long now) {
        return new Json()
                .put("outputOn", false)
                .put("lines", lines)
                .put("markers", markers)
                .put("shown", shown.stream().map(String::valueOf).toList())
                .put("shortestMs", shortest == NEVER ? -1 : shortest / 1e6, 3)
                .put("replies", replies)
                .put("lastPacketAgeMs", lastByte == Long.MIN_VALUE ? -1 : (now - lastByte) / NANOS_PER_MILLI)
                .put("faults", faults.labels());
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    @Override
    public void begins(Fault fault, long now) {
        if (fault.kind() == FaultKind.RESET) {
            outbox.clear();
            command.clear();
            lowerAt = NEVER;
            pulseNanos = 0;
            show(0, now);
        }
    }
}
