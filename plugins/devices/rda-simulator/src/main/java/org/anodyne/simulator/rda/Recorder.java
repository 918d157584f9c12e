package org.anodyne.simulator.rda;

import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultDesk;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Frame;
import org.anodyne.simulator.kit.Json;
import org.anodyne.simulator.kit.Outbox;
import org.anodyne.simulator.kit.SimulatedDevice;
import org.anodyne.simulator.kit.Trace;
import org.anodyne.simulator.kit.Wire;

/**
 * A recorder whose monitor runs, on a clock that the caller turns. It talks from the moment that somebody connects and listens
 * to nothing. Every message counts as a reply: {@code no-reply} is a block that is lost, {@code bad-crc} a message whose length is
 * wrong, since the protocol has no check byte.
 */
final class Recorder implements SimulatedDevice, FaultDesk.Effect {
    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.ELECTRODE_OFF,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.RESET));

    private static final long NEVER = Long.MAX_VALUE;
    private static final double RESOLUTION = 0.1;

    /** Highest byte of the length: a block becomes 16 MiB longer than it is. */
    private static final int LENGTH_BYTE = 19;

    private static final long LATE_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Setup setup;
    private final FaultDesk faults;
    private final Outbox outbox;
    private boolean connected;
    private long since;
    private long blocks;
    private long total;
    private int replies;

    /** What is measured; {@code floats} for type 4, otherwise type 2. */
    record Setup(int channels, double rate, int points, boolean floats) {}

    Recorder(Setup setup, long seed, Wire wire, Trace trace) {
        this.setup = setup;
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), new Random(seed), wire, trace);
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
    }

    @Override
    public void connected(boolean isConnected, long now) {
        connected = isConnected;
        outbox.clear();
        if (isConnected) {
            begin(now);
        }
    }

    private void begin(long now) {
        since = now;
        blocks = 0;
        Wording start = new Wording().u32(setup.channels()).f64(1e6 / setup.rate());
        for (int i = 0; i < setup.channels(); i++) {
            start.f64(RESOLUTION);
        }
        for (int i = 0; i < setup.channels(); i++) {
            start.text("E" + (i + 1));
        }
        send(start.message(1), "start", now);
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            if (faults.nextDue() <= next) {
                faults.advance(next);
            } else if (outbox.nextDue() <= next) {
                faults.follow(outbox.send(next), next);
            } else {
                block(next);
            }
        }
    }

    @Override
    public long nextDue() {
        return Math.min(Math.min(outbox.nextDue(), faults.nextDue()), connected ? due() : NEVER);
    }

    private long due() {
        return since + Math.round((blocks + 1) * setup.points() * 1e9 / setup.rate());
    }

    /** Channel k swings by 100 µV at k + 1 Hz; every second sets a marker. */
    private void block(long now) {
        long number = blocks++;
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        long first = number * setup.points();
        long second = (long) Math.ceil(first / setup.rate());
        long marked = Math.round(second * setup.rate());
        boolean marks = marked >= first && marked < first + setup.points();
        Wording data = new Wording().u32(number).u32(setup.points()).u32(marks ? 1 : 0);
        for (int i = 0; i < setup.points(); i++) {
            for (int k = 0; k < setup.channels(); k++) {
                double microvolts = faults.holds(FaultKind.ELECTRODE_OFF)
                        ? 0
                        : 100 * StrictMath.sin(2 * Math.PI * (k + 1) * (first + i) / setup.rate());
                if (setup.floats()) {
                    data.f32((float) (microvolts / RESOLUTION));
                } else {
                    data.i16((int) Math.round(microvolts / RESOLUTION));
                }
            }
        }
        if (marks) {
            data.marker(marked - first, 1, -1, "Stimulus", String.format("S%3d", second % 256));
        }
        total++;
        send(data.message(setup.floats() ? 4 : 2), "block " + number, now);
    }

    private void send(byte[] bytes, String what, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        long due = late == null ? now : now + late.valueOr(LATE_MILLIS) * NANOS_PER_MILLI;
        outbox.add(due, Frame.checked(bytes, LENGTH_BYTE, json -> json.put("what", what)), struck);
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
                .put("streaming", connected && !faults.holds(FaultKind.SILENCE))
                .put("channels", setup.channels())
                .put("blocks", total)
                .put("replies", replies)
                .put("lastPacketAgeMs", -1)
                .put("faults", faults.labels());
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    /** A reset is a monitor that is stopped and started again. */
    @Override
    public void begins(Fault fault, long now) {
        if (fault.kind() == FaultKind.RESET && connected) {
            send(new Wording().message(3), "stop", now);
            begin(now);
        }
    }
}
