package org.anodyne.plugins.__package__;

import java.nio.charset.StandardCharsets;
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
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;
import org.anodyne.simulator.kit.Trace;
import org.anodyne.simulator.kit.Wire;

/**
 * The device without the device, as a program of its own: {@code --tcp 0 --control 0}. It is written from the manual and shares no
 * code with the adapter, so that a mistake in one shows at the other.
 */
final class __Class__Simulator implements SimulatedDevice, FaultDesk.Effect {
    private static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.NO_REPLY,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.RESET));
    private static final long PERIOD = 10_000_000;

    private final FaultDesk faults;
    private final Outbox outbox;
    private boolean streaming;
    private long next;
    private int number;
    private int replies;

    private __Class__Simulator(long seed, Wire wire, Trace trace) {
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), new Random(seed), wire, trace);
    }

    public static void main(String[] arguments) {
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of __name__.",
                        Map.of(),
                        FAULTS,
                        (options, wire, trace, now) -> new __Class__Simulator(options.seed(), wire, trace)));
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        for (byte each : bytes) {
            switch (each) {
                case '?' -> send(Frame.plain("HELLO\n".getBytes(StandardCharsets.US_ASCII), json -> {}), now);
                case 'S' -> {
                    streaming = true;
                    next = now + PERIOD;
                }
                case 'X' -> streaming = false;
                default -> {
                    // What it does not know it ignores.
                }
            }
        }
        advance(now);
    }

    @Override
    public void advance(long now) {
        for (long due = nextDue(); due <= now; due = nextDue()) {
            if (faults.nextDue() <= due) {
                faults.advance(due);
            } else if (outbox.nextDue() <= due) {
                faults.follow(outbox.send(due), due);
            } else {
                next += PERIOD;
                measure(due);
            }
        }
    }

    private void measure(long now) {
        int value = (int) Math.round(1000 * Math.sin(2 * Math.PI * number / 100));
        byte[] frame = {(byte) 0xA5, (byte) number, (byte) (value >> 8), (byte) value, 0};
        frame[4] = (byte) (frame[1] + frame[2] + frame[3]);
        number++;
        if (!faults.holds(FaultKind.SILENCE)) {
            send(Frame.checked(frame, 4, json -> {}), now);
        }
    }

    private void send(Frame frame, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            faults.follow(struck, now);
        } else {
            outbox.add(now, frame, struck);
        }
    }

    @Override
    public long nextDue() {
        return Math.min(Math.min(outbox.nextDue(), faults.nextDue()), streaming ? next : Long.MAX_VALUE);
    }

    @Override
    public Json state(long now) {
        // What comes out is known here, so that the kit can check the adapter's scale: 1000 counts of 0.1 mV.
        return new Json()
                .put("outputOn", false)
                .put("streaming", streaming)
                .put("knownStream", "values")
                .put("knownChannel", 0)
                .put("knownUnit", "mV")
                .put("knownLeast", -100.0, 3)
                .put("knownGreatest", 100.0, 3)
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
            streaming = false;
        }
    }

    @Override
    public void ended(FaultKind kind, long now) {}
}
