package org.anodyne.simulator.fieldtrip;

import java.util.Arrays;
import java.util.EnumSet;
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

/**
 * The buffer and what writes into it, on a clock that the caller turns. Samples are what they are by their number, so none has
 * to be kept; those older than the buffer's length are refused. {@code bad-crc} spoils the length of an answer, since the
 * protocol has no check byte; {@code silence} means that nothing writes any more, and the buffer answers on.
 */
final class Buffer implements SimulatedDevice, FaultDesk.Effect {
    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.UNKNOWN_COMMAND,
            FaultKind.ELECTRODE_OFF,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.RESET));

    private static final long NEVER = Long.MAX_VALUE;
    private static final int FLOAT32 = 9;
    private static final int INT16 = 6;
    private static final double RESOLUTION = 0.1;

    /** Highest byte of the length of a little-endian answer. */
    private static final int LENGTH_BYTE = 7;

    private static final long LATE_MILLIS = 300;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Setup setup;
    private final Trace trace;
    private final FaultDesk faults;
    private final Outbox outbox;
    private byte[] kept = new byte[0];
    private long since;
    private long written;
    private int replies;
    private boolean waiting;
    private boolean waitingBig;
    private long waitSamples;
    private long waitEvents;
    private long waitUntil;
    private long lastRequest = Long.MIN_VALUE;

    /**
     * What writes.
     *
     * @param block samples that it writes at once
     * @param seconds how much the buffer holds
     * @param floats for float32, otherwise int16 with a resolution of 0.1
     */
    record Setup(int channels, double rate, int block, double seconds, boolean floats) {}

    Buffer(Setup setup, long now, long seed, Wire wire, Trace trace) {
        this.setup = setup;
        this.trace = trace;
        since = now;
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), new Random(seed), wire, trace);
    }

    @Override
    public void connected(boolean connected, long now) {
        kept = new byte[0];
        waiting = false;
        outbox.clear();
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        trace.event(now, "rx", json -> json.put("raw", Hex.of(bytes)));
        lastRequest = now;
        byte[] all = Arrays.copyOf(kept, kept.length + bytes.length);
        System.arraycopy(bytes, 0, all, kept.length, bytes.length);
        kept = all;
        while (kept.length >= 8) {
            boolean big = kept[0] == 0 && kept[1] == 1;
            long size = word(kept, 4, big);
            if (kept.length < 8 + size) {
                break;
            }
            int command = big ? (kept[2] & 0xFF) << 8 | kept[3] & 0xFF : (kept[3] & 0xFF) << 8 | kept[2] & 0xFF;
            byte[] body = Arrays.copyOfRange(kept, 8, (int) (8 + size));
            kept = Arrays.copyOfRange(kept, (int) (8 + size), kept.length);
            request(command, body, big, now);
        }
        advance(now);
    }

    private static long word(byte[] bytes, int at, boolean big) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (bytes[at + i] & 0xFFL) << 8 * (big ? 3 - i : i);
        }
        return value;
    }

    private long events() {
        return (long) Math.ceil(written / setup.rate());
    }

    private void request(int command, byte[] body, boolean big, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        boolean refuses = struck.containsKey(FaultKind.UNKNOWN_COMMAND);
        if (command == 0x402 && body.length == 12 && !refuses) {
            waiting = true;
            waitingBig = big;
            waitSamples = word(body, 0, big);
            waitEvents = word(body, 4, big);
            waitUntil = now + word(body, 8, big) * NANOS_PER_MILLI;
            answerWait(struck, now);
            return;
        }
        byte[] answer =
                switch (refuses ? -1 : command) {
                    case 0x201 -> header(big);
                    case 0x202 ->
                        body.length == 8
                                ? data(word(body, 0, big), word(body, 4, big), big)
                                : new Bytes(big).message(0x205);
                    case 0x203 ->
                        body.length == 8
                                ? events(word(body, 0, big), word(body, 4, big), big)
                                : new Bytes(big).message(0x205);
                    case 0x101, 0x102, 0x103 -> new Bytes(big).message(0x105);
                    case 0x301, 0x302, 0x303 -> new Bytes(big).message(0x305);
                    case 0x402 -> new Bytes(big).message(0x405);
                    default -> new Bytes(big).message(0x205);
                };
        send(answer, String.format("0x%X", command), struck, now);
    }

    private byte[] header(boolean big) {
        Bytes chunks = new Bytes(big);
        Bytes names = new Bytes(big);
        for (int k = 0; k < setup.channels(); k++) {
            names.text("E" + (k + 1)).zero();
        }
        chunks.u32(1).u32(names.size()).add(names.done());
        if (!setup.floats()) {
            chunks.u32(3).u32(8L * setup.channels());
            for (int k = 0; k < setup.channels(); k++) {
                chunks.f64(RESOLUTION);
            }
        }
        return new Bytes(big)
                .u32(setup.channels())
                .u32(written)
                .u32(events())
                .f32((float) setup.rate())
                .u32(setup.floats() ? FLOAT32 : INT16)
                .u32(chunks.size())
                .add(chunks.done())
                .message(0x204);
    }

    /** Channel k swings by 100 µV at k + 1 Hz. */
    private byte[] data(long first, long last, boolean big) {
        long oldest = Math.max(0, written - Math.round(setup.seconds() * setup.rate()));
        if (first > last || first < oldest || last >= written) {
            return new Bytes(big).message(0x205);
        }
        Bytes values = new Bytes(big);
        for (long i = first; i <= last; i++) {
            for (int k = 0; k < setup.channels(); k++) {
                double microvolts = faults.holds(FaultKind.ELECTRODE_OFF)
                        ? 0
                        : 100 * StrictMath.sin(2 * Math.PI * (k + 1) * i / setup.rate());
                if (setup.floats()) {
                    values.f32((float) microvolts);
                } else {
                    values.u16((int) Math.round(microvolts / RESOLUTION) & 0xFFFF);
                }
            }
        }
        return new Bytes(big)
                .u32(setup.channels())
                .u32(last - first + 1)
                .u32(setup.floats() ? FLOAT32 : INT16)
                .u32(values.size())
                .add(values.done())
                .message(0x204);
    }

    /** Each second begins with an event of type {@code second}, whose value is its number. */
    private byte[] events(long first, long last, boolean big) {
        if (first > last || last >= events()) {
            return new Bytes(big).message(0x205);
        }
        Bytes all = new Bytes(big);
        for (long i = first; i <= last; i++) {
            all.u32(0)
                    .u32(6)
                    .u32(7)
                    .u32(1)
                    .u32(Math.round(i * setup.rate()))
                    .u32(0)
                    .u32(1)
                    .u32(10)
                    .text("second")
                    .u32(i);
        }
        return all.message(0x204);
    }

    private void answerWait(Map<FaultKind, Fault> struck, long now) {
        if (waiting && (written > waitSamples || events() > waitEvents || now >= waitUntil)) {
            waiting = false;
            send(new Bytes(waitingBig).u32(written).u32(events()).message(0x404), "wait", struck, now);
        } else if (struck.containsKey(FaultKind.NO_REPLY)) {
            waiting = false;
        } else {
            // The answer comes later; what was to befall it befalls the next one instead.
            struck.values().forEach(faults.plan()::add);
        }
    }

    private void send(byte[] bytes, String what, Map<FaultKind, Fault> struck, long now) {
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        long due = late == null ? now : now + late.valueOr(LATE_MILLIS) * NANOS_PER_MILLI;
        outbox.add(due, Frame.checked(bytes, LENGTH_BYTE, json -> json.put("what", what)), struck);
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            if (faults.nextDue() <= next) {
                faults.advance(next);
            } else if (outbox.nextDue() <= next) {
                faults.follow(outbox.send(next), next);
            } else if (writes() && due() <= next) {
                written += setup.block();
                answerWait(faults.plan().take(replies), next);
            } else {
                answerWait(faults.plan().take(replies), next);
            }
        }
    }

    private boolean writes() {
        return !faults.holds(FaultKind.SILENCE);
    }

    private long due() {
        return since + Math.round((written + setup.block()) * 1e9 / setup.rate());
    }

    @Override
    public long nextDue() {
        long next = Math.min(outbox.nextDue(), faults.nextDue());
        next = Math.min(next, waiting ? waitUntil : NEVER);
        return Math.min(next, writes() ? due() : NEVER);
    }

    @Override
    public Json state(long now) {
        return new Json()
                .put("outputOn", false)
                .put("knownStream", "eeg")
                .put("knownChannel", 0)
                .put("knownUnit", "uV")
                .put("knownLeast", -100.0, 4)
                .put("knownGreatest", 100.0, 4)
                .put("streaming", writes())
                .put("samples", written)
                .put("events", events())
                .put("replies", replies)
                .put("lastPacketAgeMs", lastRequest == Long.MIN_VALUE ? -1 : (now - lastRequest) / NANOS_PER_MILLI)
                .put("faults", faults.labels());
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    /** A reset is a header that is written anew: the buffer is empty. */
    @Override
    public void begins(Fault fault, long now) {
        if (fault.kind() == FaultKind.RESET) {
            written = 0;
            since = now;
        }
    }

    @Override
    public void ended(FaultKind kind, long now) {
        if (kind == FaultKind.SILENCE) {
            since = now - Math.round(written * 1e9 / setup.rate());
        }
    }
}
