package org.anodyne.simulator.magventure;

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
 * The stimulator itself, on a clock that the caller turns. It acknowledges nothing and refuses in silence; what it did shows
 * in the packets that follow. It has no watchdog: when the host vanishes it stays as it is. Not thread-safe.
 */
final class MagPro implements SimulatedDevice, FaultDesk.Effect {
    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.WRONG_STATE,
            FaultKind.STUCK_OUTPUT,
            FaultKind.COIL_OFF,
            FaultKind.OVER_TEMPERATURE,
            FaultKind.EMERGENCY_STOP,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.RESET));

    static final int TIMING_PAGE = 2;

    private static final long SHORTEST_REPLY_NANOS = 2_000_000L;
    private static final int REPLY_SPREAD_NANOS = 10_000_000;
    private static final long LATE_REPLY_MILLIS = 400;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int ENABLED = 0x10;
    private static final int BIPHASIC = 1;
    private static final int BI_BURST = 3;
    private static final int COIL = 60;

    /** Rate of change of the coil's current at full amplitude, A/µs. */
    private static final double SLOPE_AT_FULL = 150;

    private final MagProOptions options;
    private final Trace trace;
    private final FaultDesk faults;
    private final Random random;
    private final Outbox outbox;
    private final Output output;
    private final Framing framing = new Framing();

    private boolean enabled;
    private int amplitudeA;
    private int amplitudeB;
    private int page = 1;
    private int waveform = BIPHASIC;
    private long lastReplyDue = Long.MIN_VALUE;
    private long lastPacket = Long.MIN_VALUE;
    private int replies;

    MagPro(MagProOptions options, Wire wire, Trace trace, long now) {
        this.options = options;
        this.trace = trace;
        random = new Random(options.seed());
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), random, wire, trace);
        output = new Output(options.ambientCelsius(), now);
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        if (!faults.holds(FaultKind.SILENCE)) {
            for (byte[] payload : framing.take(bytes)) {
                lastPacket = now;
                take(payload, now);
            }
        }
        advance(now);
    }

    private void take(byte[] payload, long now) {
        trace.event(now, "rx", json -> json.put("payload", Hex.of(payload)));
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (struck.containsKey(FaultKind.WRONG_STATE)) {
            ignored(now, "a fault");
            return;
        }
        int count = payload.length;
        int first = count > 1 ? payload[1] & 0xFF : -1;
        switch (payload[0]) {
            case 0 -> say(shortStatus(now), struck, now);
            case 1 -> {
                if (first < 0 || first > 100) {
                    ignored(now, "no amplitude");
                    return;
                }
                amplitudeA = first;
                amplitudeB = count > 2 ? payload[2] & 0xFF : amplitudeB;
                say(Framing.frame(1, amplitudeA, amplitudeB, flags()), struck, now);
            }
            case 2 -> enable(first == 1, struck, now);
            case 3 -> {
                if (!enabled || output.running()) {
                    ignored(now, "not enabled, or in a train");
                    return;
                }
                if (output.inBursts()) {
                    output.beginBurst(now);
                } else {
                    pulse(now, struck);
                }
            }
            case 4 -> startOrStop(struck, now);
            case 6 -> {
                if (count == 9) {
                    timing(word(payload, 1), word(payload, 3), word(payload, 5), word(payload, 7), now);
                }
            }
            case 7 -> {
                page = first;
                sayPage(struck, now);
            }
            case 9 -> {
                if (count == 11 && first == 1) {
                    waveform(payload, now);
                } else {
                    ignored(now, "how it tells its waveform is not described");
                }
            }
            case 0x0B -> {
                if (count == 14 && first == 1) {
                    timing(word(payload, 3), word(payload, 5), word(payload, 7), word(payload, 9), now);
                }
            }
            case 5 -> say(longStatus(now), struck, now);
            default -> ignored(now, "how it answers to this is not described");
        }
    }

    private static int word(byte[] payload, int at) {
        return (payload[at] & 0xFF) << 8 | payload[at + 1] & 0xFF;
    }

    private void ignored(long now, String why) {
        trace.event(now, "ignored", json -> json.put("why", why));
    }

    /** Model, mode, direction, waveform, 5 − pulses in a burst, 0.1 ms from pulse to pulse, ratio of B to A in %. */
    private void waveform(byte[] payload, long now) {
        int wanted = payload[5] & 0xFF;
        int inBurst = 5 - (payload[6] & 0xFF);
        int apart = word(payload, 7);
        boolean fits = payload[2] == options.model()
                && payload[3] == options.mode()
                && wanted <= BI_BURST
                && (wanted != BI_BURST || options.bursts())
                && inBurst >= 2
                && inBurst <= 5
                && apart >= 5
                && apart <= 1000;
        if (!fits || output.running()) {
            ignored(now, "no waveform of this model, or in a train");
            return;
        }
        waveform = wanted;
        output.bursts(wanted == BI_BURST, inBurst, apart);
        trace.event(now, "waveform", json -> json.put("waveform", waveform).put("perBurst", output.perBurst()));
    }

    private void timing(int decihertz, int pulses, int trains, int pause, long now) {
        boolean fits = decihertz >= 10
                && decihertz <= 10 * options.highestFrequency()
                && pulses >= 1
                && pulses <= 2000
                && trains >= 1
                && trains <= 500;
        if (!fits || output.running()) {
            ignored(now, "no timing, or in a train");
            return;
        }
        output.timing(decihertz, pulses, trains, pause);
    }

    private void enable(boolean on, Map<FaultKind, Fault> struck, long now) {
        if (on && mayBeEnabled(now)) {
            turn(true, now, "host");
        } else if (!on) {
            off(now, "host");
        }
        say(Framing.frame(1, amplitudeA, amplitudeB, flags()), struck, now);
    }

    private boolean mayBeEnabled(long now) {
        return !faults.holds(FaultKind.COIL_OFF)
                && !faults.holds(FaultKind.EMERGENCY_STOP)
                && celsius(now) <= Output.HOTTEST;
    }

    private void startOrStop(Map<FaultKind, Fault> struck, long now) {
        if (output.running()) {
            output.end();
        } else if (enabled && page == TIMING_PAGE && output.fits()) {
            trace.event(now, "train", json -> json.put("pulses", output.perTrain())
                    .put("decihertz", output.decihertz())
                    .put("perBurst", output.perBurst()));
            output.begin(now);
        } else {
            ignored(now, "not enabled, not on the page for it, or bursts that do not fit");
            return;
        }
        sayPage(struck, now);
    }

    private void pulse(long now, Map<FaultKind, Fault> struck) {
        output.pulse(amplitudeA, now);
        trace.event(now, "pulse", json -> json.put("percentMso", amplitudeA)
                .put("count", output.pulses())
                .put("coilCelsius", output.celsius(now), 2));
        int slope = (int) Math.round(amplitudeA / 100.0 * SLOPE_AT_FULL);
        say(Framing.frame(2, slope, 0, flags()), struck, now);
        warm(now);
    }

    private void sayPage(Map<FaultKind, Fault> struck, long now) {
        say(Framing.frame(8, page, output.running() ? 1 : 0), struck, now);
    }

    private Frame shortStatus(long now) {
        return Framing.frame(
                0,
                flags(),
                options.serial() >> 16 & 0xFF,
                options.serial() >> 8 & 0xFF,
                options.serial() & 0xFF,
                (int) Math.round(celsius(now)),
                coil(),
                amplitudeA,
                amplitudeB);
    }

    private Frame longStatus(long now) {
        return Framing.frame(
                5,
                flags(),
                options.serial() >> 16 & 0xFF,
                options.serial() >> 8 & 0xFF,
                options.serial() & 0xFF,
                (int) Math.round(celsius(now)),
                coil(),
                amplitudeA,
                amplitudeB,
                amplitudeA,
                amplitudeB,
                100,
                100,
                page,
                output.running() ? 1 : 0);
    }

    private int coil() {
        return faults.holds(FaultKind.COIL_OFF) ? 0 : COIL;
    }

    private int flags() {
        return options.mode() | waveform << 2 | (enabled ? ENABLED : 0) | options.model() << 5;
    }

    private void say(Frame frame, Map<FaultKind, Fault> struck, long now) {
        if (struck.containsKey(FaultKind.NO_REPLY) || faults.holds(FaultKind.SILENCE)) {
            trace.event(now, "not-sent", json -> json.put("raw", Hex.of(frame.bytes())));
            faults.follow(struck, now);
            return;
        }
        long due = Math.max(lastReplyDue, now + SHORTEST_REPLY_NANOS + random.nextInt(REPLY_SPREAD_NANOS));
        Fault late = struck.get(FaultKind.LATE_REPLY);
        if (late == null) {
            lastReplyDue = due;
        } else {
            due = now + late.valueOr(LATE_REPLY_MILLIS) * NANOS_PER_MILLI;
        }
        outbox.add(due, frame, struck);
    }

    private void turn(boolean on, long now, String why) {
        if (enabled != on) {
            enabled = on;
            trace.event(now, "output", json -> json.put("on", on).put("why", why));
        }
    }

    private void off(long now, String why) {
        if (faults.holds(FaultKind.STUCK_OUTPUT)) {
            trace.event(now, "output", json -> json.put("on", enabled)
                    .put("stuck", true)
                    .put("why", why));
            return;
        }
        output.end();
        turn(false, now, why);
    }

    private double celsius(long now) {
        return faults.held(FaultKind.OVER_TEMPERATURE)
                .map(fault -> (double) fault.valueOr((long) Output.HOTTEST + 1))
                .orElseGet(() -> output.celsius(now));
    }

    private void warm(long now) {
        if (enabled && celsius(now) > Output.HOTTEST) {
            off(now, "coil temperature");
        }
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            if (next == faults.nextDue()) {
                faults.advance(next);
            } else if (next == output.nextDue()) {
                output.counted();
                pulse(next, Map.of());
                if (!output.running()) {
                    sayPage(Map.of(), next);
                }
            } else {
                faults.follow(outbox.send(next), next);
            }
        }
    }

    @Override
    public long nextDue() {
        return Math.min(Math.min(faults.nextDue(), outbox.nextDue()), output.nextDue());
    }

    @Override
    public Json state(long now) {
        return new Json()
                .put("outputOn", enabled)
                .put("enabled", enabled)
                .put("trainRunning", output.running())
                .put("page", page)
                .put("waveform", waveform)
                .put("perBurst", output.perBurst())
                .put("percentMso", enabled ? amplitudeA : 0)
                .put("maxPercentMso", output.greatest())
                .put("setPercentMso", amplitudeA)
                .put("pulses", output.pulses())
                .put("joules", output.joules(), 1)
                .put("coilCelsius", celsius(now), 1)
                .put("lastPacketAgeMs", lastPacket == Long.MIN_VALUE ? -1 : (now - lastPacket) / NANOS_PER_MILLI)
                .put("replies", replies)
                .put("faults", faults.labels());
    }

    @Override
    public boolean outputOn(long now) {
        return enabled;
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    @Override
    public void begins(Fault fault, long now) {
        switch (fault.kind()) {
            case COIL_OFF -> off(now, "no coil");
            case EMERGENCY_STOP -> off(now, "stop button");
            case OVER_TEMPERATURE -> warm(now);
            case RESET -> {
                outbox.clear();
                framing.reset();
                output.end();
                turn(false, now, "reset");
                amplitudeA = 0;
                amplitudeB = 0;
                page = 1;
                waveform = BIPHASIC;
                output.bursts(false, 3, 200);
            }
            default -> {
                // A silent or stuck stimulator goes on with what it does.
            }
        }
    }
}
