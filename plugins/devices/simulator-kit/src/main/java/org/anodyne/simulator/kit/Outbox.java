package org.anodyne.simulator.kit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** What a device is about to send, with the faults that befall it on the way. Not thread-safe. */
public final class Outbox {

    /** A frame on its way out, with the faults of its reply. */
    private record Sending(long nanos, long order, Frame frame, Map<FaultKind, Fault> faults) {}

    private static final long NEVER = Long.MAX_VALUE;

    /** Within the 100 ms that a reply may take. */
    private static final long HOLD_NANOS = 60_000_000;

    private final PriorityQueue<Sending> queue =
            new PriorityQueue<>(Comparator.comparingLong(Sending::nanos).thenComparingLong(Sending::order));
    private final FaultPlan plan;
    private final Random random;
    private final Wire wire;
    private final Trace trace;

    private byte[] held = new byte[0];
    private long holdUntil = NEVER;
    private long order;

    /**
     * An empty outbox.
     *
     * @param plan asked for faults that strike everything that leaves
     * @param random draws the byte that is lost
     */
    public Outbox(FaultPlan plan, Random random, Wire wire, Trace trace) {
        this.plan = plan;
        this.random = random;
        this.wire = wire;
        this.trace = trace;
    }

    /** Puts a frame in line for {@code due}; {@code faults} are those of the reply that it is, if it is one. */
    public void add(long due, Frame frame, Map<FaultKind, Fault> faults) {
        Map<FaultKind, Fault> copy = new EnumMap<>(FaultKind.class);
        copy.putAll(faults);
        queue.add(new Sending(due, order++, frame, copy));
    }

    /** Forgets everything, as a loss of power does. */
    public void clear() {
        queue.clear();
        held = new byte[0];
        holdUntil = NEVER;
    }

    /** When something leaves next; {@link Long#MAX_VALUE} for never. */
    public long nextDue() {
        return Math.min(holdUntil, queue.isEmpty() ? NEVER : queue.peek().nanos());
    }

    /** Sends the first thing that is due by {@code now}; gives the faults that are to follow it. */
    public Map<FaultKind, Fault> send(long now) {
        if (!queue.isEmpty() && queue.peek().nanos() <= now) {
            Sending sending = queue.remove();
            put(sending);
            return sending.faults();
        }
        if (holdUntil <= now) {
            release(plan.always(FaultKind.SPLIT));
        }
        return Map.of();
    }

    private void put(Sending sending) {
        Frame frame = sending.frame();
        Map<FaultKind, Fault> faults = sending.faults();
        byte[] bytes = damage(frame, faults);
        trace.event(sending.nanos(), "tx", json -> {
            frame.description().accept(json);
            json.put("raw", Hex.of(bytes));
            if (!faults.isEmpty()) {
                json.put(
                        "faults", faults.keySet().stream().map(FaultKind::label).toList());
            }
        });
        boolean split = faults.containsKey(FaultKind.SPLIT) || plan.always(FaultKind.SPLIT);
        boolean merge = faults.containsKey(FaultKind.MERGE) || plan.always(FaultKind.MERGE);
        boolean first = held.length == 0;
        held = joined(held, bytes);
        if (merge && frame.repeats()) {
            // A host that is late to read finds two of them; holding one for its whole period would only look like
            // silence.
            held = joined(held, bytes);
        } else if (merge && first) {
            holdUntil = sending.nanos() + HOLD_NANOS;
            return;
        }
        release(split);
    }

    private void release(boolean split) {
        byte[] bytes = held;
        held = new byte[0];
        holdUntil = NEVER;
        if (!split) {
            wire.write(bytes);
            return;
        }
        for (byte each : bytes) {
            wire.write(new byte[] {each});
        }
    }

    private byte[] damage(Frame frame, Map<FaultKind, Fault> faults) {
        byte[] damaged = frame.bytes();
        if (faults.containsKey(FaultKind.BAD_CRC) && frame.checkByte() >= 0) {
            damaged[frame.checkByte()] ^= 0x01;
        }
        if (faults.containsKey(FaultKind.HALF_FRAME)) {
            damaged = Arrays.copyOf(damaged, damaged.length / 2);
        }
        if (faults.containsKey(FaultKind.LOST_BYTE) && damaged.length > 0) {
            int lost = random.nextInt(damaged.length);
            byte[] shorter = new byte[damaged.length - 1];
            System.arraycopy(damaged, 0, shorter, 0, lost);
            System.arraycopy(damaged, lost + 1, shorter, lost, shorter.length - lost);
            damaged = shorter;
        }
        return damaged;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
