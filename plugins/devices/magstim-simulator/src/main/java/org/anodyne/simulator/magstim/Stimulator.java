package org.anodyne.simulator.magstim;

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
 * The stimulator itself, on a clock that the caller turns. It does not see whether anybody is connected: a vanished host
 * shows by silence, and the keep-alive runs out after 1 s armed, 10 s otherwise. Not thread-safe.
 */
final class Stimulator implements SimulatedDevice, FaultDesk.Effect {
    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.WRONG_STATE,
            FaultKind.UNKNOWN_COMMAND,
            FaultKind.STUCK_OUTPUT,
            FaultKind.COIL_OFF,
            FaultKind.OVER_TEMPERATURE,
            FaultKind.EMERGENCY_STOP,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.MODULE_ERROR,
            FaultKind.WATCHDOG_EXPIRY,
            FaultKind.RESET));

    static final long ARMED_KEEP_ALIVE_NANOS = 1_000_000_000L;
    static final long KEEP_ALIVE_NANOS = 10_000_000_000L;
    static final long CHARGE_NANOS = 1_000_000_000L;
    static final long IDLE_NANOS = 60_000_000_000L;
    static final double HOTTEST = 40;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SHORTEST_REPLY_NANOS = 2_000_000L;
    private static final int REPLY_SPREAD_NANOS = 10_000_000;
    private static final long LATE_REPLY_MILLIS = 400;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long COMMAND_GAP_NANOS = 100_000_000L;
    private static final int FIRST_POWER = 30;
    private static final int MODULE_ERROR = 12;

    private final StimulatorOptions options;
    private final Trace trace;
    private final FaultDesk faults;
    private final Random random;
    private final Outbox outbox;
    private final Wording wording;
    private final Panel panel;

    private long lastReplyDue = Long.MIN_VALUE;
    private long lastPacket = Long.MIN_VALUE;
    private int replies;

    Stimulator(StimulatorOptions options, Wire wire, Trace trace, long now) {
        this.options = options;
        this.trace = trace;
        random = new Random(options.seed());
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), random, wire, trace);
        wording = new Wording(options.product(), options.unlockCode());
        panel = new Panel(options, new Coil(options.ambientCelsius(), FIRST_POWER, now), trace);
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        if (wording.isBegun() && now - lastPacket > COMMAND_GAP_NANOS) {
            wording.reset();
        }
        for (Wording.Heard heard : wording.take(bytes)) {
            take(heard, now);
        }
        advance(now);
    }

    private void take(Wording.Heard heard, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (heard instanceof Wording.Heard.Unknown unknown) {
            trace.event(now, "rx", json -> json.put("unknown", unknown.value()));
            reply(Wording.unknown(), struck, now);
            return;
        }
        if (heard instanceof Wording.Heard.Damaged damaged) {
            trace.event(now, "rx", json -> json.put("damaged", String.valueOf(damaged.name())));
            reply(Wording.reply(damaged.name(), (byte) '?'), struck, now);
            return;
        }
        Wording.Heard.Command command = (Wording.Heard.Command) heard;
        trace.event(now, "rx", json -> json.put("command", command.name() + command.data()));
        if (panel.deafTo(command.name())) {
            trace.event(now, "ignored", json -> json.put("why", "not under remote control"));
            faults.follow(struck, now);
            return;
        }
        Frame answer;
        if (struck.containsKey(FaultKind.UNKNOWN_COMMAND)) {
            answer = Wording.unknown();
        } else if (struck.containsKey(FaultKind.WRONG_STATE)) {
            answer = Wording.reply(command.name(), (byte) 'S');
        } else {
            answer = panel.carryOut(command.name(), command.data(), now);
            lastPacket = now;
        }
        reply(answer, struck, now);
    }

    private void reply(Frame answer, Map<FaultKind, Fault> struck, long now) {
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            trace.event(now, "not-sent", json -> json.put("raw", Hex.of(answer.bytes())));
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
        outbox.add(due, answer, struck);
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            happen(next);
        }
        panel.watchTemperature(now);
    }

    @Override
    public long nextDue() {
        return Math.min(Math.min(faults.nextDue(), outbox.nextDue()), Math.min(panel.nextDue(), keepAliveDue()));
    }

    private long keepAliveDue() {
        if (!panel.remote() || lastPacket == Long.MIN_VALUE || faults.holds(FaultKind.STUCK_OUTPUT)) {
            return NEVER;
        }
        return lastPacket + (panel.armed() ? ARMED_KEEP_ALIVE_NANOS : KEEP_ALIVE_NANOS);
    }

    private void happen(long next) {
        if (next == faults.nextDue()) {
            faults.advance(next);
        } else if (next == panel.nextDue()) {
            panel.advance(next);
        } else if (next == outbox.nextDue()) {
            faults.follow(outbox.send(next), next);
        } else {
            expire(next);
        }
    }

    private void expire(long now) {
        long silent = lastPacket == Long.MIN_VALUE ? 0 : now - lastPacket;
        trace.event(now, "watchdog", json -> json.put("silentMs", silent / NANOS_PER_MILLI));
        panel.disarm(now, "keep-alive");
        panel.release();
    }

    @Override
    public Json state(long now) {
        panel.watchTemperature(now);
        Json json = panel.state(now);
        json.put("lastPacketAgeMs", lastPacket == Long.MIN_VALUE ? -1 : (now - lastPacket) / NANOS_PER_MILLI);
        return json.put("replies", replies).put("faults", faults.labels());
    }

    @Override
    public boolean outputOn(long now) {
        return panel.armed();
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    @Override
    public void begins(Fault fault, long now) {
        switch (fault.kind()) {
            case STUCK_OUTPUT -> panel.stick(true);
            case COIL_OFF -> {
                panel.coil(false);
                panel.disarm(now, "no coil");
            }
            case OVER_TEMPERATURE -> panel.warm(fault.valueOr((long) HOTTEST + 1), now);
            case EMERGENCY_STOP -> {
                panel.stop(true);
                panel.disarm(now, "stop button");
            }
            case MODULE_ERROR -> {
                panel.error(MODULE_ERROR);
                panel.disarm(now, "error");
            }
            case WATCHDOG_EXPIRY -> expire(now);
            case RESET -> {
                outbox.clear();
                wording.reset();
                panel.reset(now);
                lastPacket = Long.MIN_VALUE;
            }
            default -> {
                // A silent stimulator goes on with what it does.
            }
        }
    }

    @Override
    public void ended(FaultKind kind, long now) {
        switch (kind) {
            case STUCK_OUTPUT -> {
                panel.stick(false);
                panel.disarm(now, "no longer stuck");
            }
            case COIL_OFF -> panel.coil(true);
            case OVER_TEMPERATURE -> panel.warm(-1, now);
            case EMERGENCY_STOP -> panel.stop(false);
            default -> {
                // Nothing else holds.
            }
        }
    }
}
