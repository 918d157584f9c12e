package org.anodyne.simulator.rehastim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The stimulator itself, on a clock that the caller turns: the same seed, bytes and times give the same output. Not
 * thread-safe; times are nanoseconds of one monotonic clock and never go back.
 *
 * <p>The unit does not see whether anybody is connected, as a serial unit does not: a vanished host shows by silence, and
 * the watchdog ends the session.
 */
final class Unit {

    static final long INIT_INTERVAL_NANOS = 500_000_000L;
    static final long WATCHDOG_NANOS = 1_200_000_000L;

    private static final long NEVER = Long.MAX_VALUE;
    private static final int PROTOCOL_VERSION = 1;
    private static final int EMERGENCY_STOP = -1;
    private static final int ELECTRODE_ERROR = -2;
    private static final int MODULE_ERROR = -3;
    private static final long SHORTEST_REPLY_NANOS = 2_000_000L;
    private static final int REPLY_SPREAD_NANOS = 10_000_000;
    private static final long LATE_REPLY_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final UnitOptions options;
    private final Wire wire;
    private final Trace trace;
    private final FaultPlan plan = new FaultPlan();
    private final Set<FaultKind> conditions = EnumSet.noneOf(FaultKind.class);
    private final Random random;
    private final Outbox outbox;
    private final OutputStage output;
    private final PacketReader reader = new PacketReader();

    private SessionState state = SessionState.AWAITING_INIT_ACK;
    private Optional<ChannelList> channelList = Optional.empty();
    private int ownNumber;
    private int initNumber;
    private long nextInit;
    private long lastReplyDue = Long.MIN_VALUE;
    private long lastSingle = Long.MIN_VALUE;
    private long lastPacket = Long.MIN_VALUE;
    private long cableBack = NEVER;
    private int replies;

    Unit(long now, UnitOptions options, Wire wire, Trace trace) {
        this.options = options;
        this.wire = wire;
        this.trace = trace;
        random = new Random(options.seed());
        outbox = new Outbox(plan, random, wire, trace);
        output = new OutputStage(options.stepMilliamps(), trace);
        ownNumber = options.firstNumber();
        beginInit(now);
        options.faults().forEach(fault -> inject(fault, now));
    }

    /** Lets everything happen that is due by {@code now}, in the order of its times. */
    void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            happen(next);
        }
    }

    /** When something happens next by itself. */
    long nextDue() {
        long own = Math.min(Math.min(output.nextDue(), outbox.nextDue()), Math.min(nextInit, cableBack));
        return state == SessionState.AWAITING_INIT_ACK ? own : Math.min(own, lastPacket + WATCHDOG_NANOS);
    }

    /** Takes in bytes that arrived at {@code now}, after everything that was due before. */
    void receive(byte[] bytes, long now) {
        advance(now);
        for (Reading reading : reader.read(bytes)) {
            if (reading instanceof Reading.Received received) {
                take(received.packet(), now);
            } else if (reading instanceof Reading.Damaged damaged) {
                trace.event(now, "damaged", json -> json.put("why", damaged.reason())
                        .put("raw", Hex.of(damaged.bytes())));
            }
        }
        advance(now);
    }

    /** Injects a fault: at once, or when its reply comes. */
    void inject(Fault fault, long now) {
        trace.event(now, "fault", json -> json.put("name", fault.kind().label()).put("reply", fault.reply()));
        boolean waits =
                switch (fault.kind().nature()) {
                    case REPLY, WIRE -> true;
                    case CONDITION, EVENT -> fault.reply() != Fault.NOW;
                };
        if (waits) {
            plan.add(fault);
        } else {
            follow(fault, now);
        }
    }

    /** Ends a fault, whether it holds or still waits. */
    void clear(FaultKind kind, long now) {
        trace.event(now, "cleared", json -> json.put("name", kind.label()));
        plan.remove(kind);
        conditions.remove(kind);
        if (kind == FaultKind.STUCK_OUTPUT) {
            output.stick(false);
            if (state != SessionState.STARTED) {
                output.off(now, "no longer stuck");
            }
        } else if (kind == FaultKind.CABLE_PULLED) {
            cableBack = NEVER;
            wire.cut(false);
        }
    }

    /** What the unit and the body are like now. */
    Snapshot snapshot(long now) {
        List<String> faults =
                new ArrayList<>(conditions.stream().map(FaultKind::label).toList());
        faults.addAll(plan.labels());
        return Snapshot.of(
                state, mode(), output, lastPacket == Long.MIN_VALUE ? -1 : now - lastPacket, replies, faults);
    }

    private void happen(long next) {
        if (next == cableBack) {
            clear(FaultKind.CABLE_PULLED, next);
        } else if (next == output.nextDue()) {
            pulse(next);
        } else if (next == outbox.nextDue()) {
            outbox.send(next).values().forEach(fault -> follow(fault, next));
        } else if (next == nextInit) {
            sendInit(next);
        } else {
            end(SessionState.Trigger.WATCHDOG_EXPIRED, next, "watchdog");
        }
    }

    private void take(Packet packet, long now) {
        trace.event(now, "rx", json -> json.put("command", Names.of(packet.command()))
                .put("number", packet.number())
                .put("data", Hex.of(packet.data())));
        if (state == SessionState.AWAITING_INIT_ACK) {
            beforeSession(packet, now);
            return;
        }
        lastPacket = now;
        Optional<Command> command = Command.fromHost(packet.command());
        if (command.isPresent() && (command.get() == Command.WATCHDOG || command.get() == Command.INIT_ACK)) {
            return;
        }
        Map<FaultKind, Fault> faults = plan.take(++replies);
        if (command.isEmpty() || faults.containsKey(FaultKind.UNKNOWN_COMMAND)) {
            reply(Packet.of(packet.number(), Command.UNKNOWN_COMMAND.code(), packet.command()), faults, now);
            return;
        }
        Result result;
        if (faults.containsKey(FaultKind.WRONG_STATE)) {
            result = Result.WRONG_MODE;
        } else if (faults.containsKey(FaultKind.BUSY)) {
            result = Result.BUSY;
        } else {
            result = carryOut(command.get(), packet, now);
        }
        // Every acknowledgement has the code that follows its command's.
        int code = packet.command() + 1;
        Packet answer = command.get() == Command.GET_STIM_MODE
                ? Packet.of(packet.number(), code, result.code(), mode())
                : Packet.of(packet.number(), code, result.code());
        reply(answer, faults, now);
    }

    /** Before the session is open only the acknowledgement of Init counts. */
    private void beforeSession(Packet packet, long now) {
        boolean acknowledges =
                packet.command() == Command.INIT_ACK.code() && packet.size() == 1 && packet.number() == initNumber;
        if (!acknowledges) {
            trace.event(
                    now, "ignored", json -> json.put("why", "no session is open and this is not the answer to Init"));
        } else if ((byte) packet.unsigned(0) == Result.OK.code()) {
            lastPacket = now;
            nextInit = NEVER;
            move(SessionState.Trigger.INIT_ACKNOWLEDGED, now);
        } else {
            trace.event(now, "refused", json -> json.put("result", (byte) packet.unsigned(0)));
        }
    }

    private Result carryOut(Command command, Packet packet, long now) {
        return switch (command) {
            case GET_STIM_MODE -> packet.size() == 0 ? Result.OK : Result.TRANSFER_ERROR;
            case INIT_CHANNEL_LIST -> loadList(packet, now);
            case START -> start(packet, now);
            case STOP -> stop(packet, now);
            case SINGLE_PULSE -> single(packet, now);
            case INIT,
                    INIT_ACK,
                    UNKNOWN_COMMAND,
                    WATCHDOG,
                    GET_STIM_MODE_ACK,
                    INIT_CHANNEL_LIST_ACK,
                    START_ACK,
                    STOP_ACK,
                    SINGLE_PULSE_ACK,
                    STIMULATION_ERROR -> throw new IllegalStateException(command + " is not carried out");
        };
    }

    private Result loadList(Packet packet, long now) {
        if (packet.size() != ChannelList.SIZE) {
            return Result.TRANSFER_ERROR;
        }
        if (state.after(SessionState.Trigger.CHANNEL_LIST).isEmpty()) {
            return Result.WRONG_MODE;
        }
        Optional<ChannelList> list = ChannelList.read(packet);
        if (list.isEmpty()) {
            return Result.PARAMETER_ERROR;
        }
        channelList = list;
        move(SessionState.Trigger.CHANNEL_LIST, now);
        return Result.OK;
    }

    private Result start(Packet packet, long now) {
        if (state.after(SessionState.Trigger.START).isEmpty() || channelList.isEmpty()) {
            return Result.WRONG_MODE;
        }
        ChannelList list = channelList.get();
        if (packet.size() != list.active().size() * ChannelPulse.SIZE) {
            return Result.TRANSFER_ERROR;
        }
        Optional<List<ChannelPulse>> settings = ChannelPulse.readStart(packet, list);
        if (settings.isEmpty()) {
            return Result.PARAMETER_ERROR;
        }
        if (list.mainIntervalNanos() == 0 && output.isPending()) {
            return Result.BUSY;
        }
        output.start(list, settings.get(), now);
        move(SessionState.Trigger.START, now);
        return Result.OK;
    }

    private Result stop(Packet packet, long now) {
        if (packet.size() != 0) {
            return Result.TRANSFER_ERROR;
        }
        output.off(now, "stop");
        if (options.modeAfterStop() == 1) {
            move(SessionState.Trigger.STOP_KEEPING_LIST, now);
        } else {
            channelList = Optional.empty();
            move(SessionState.Trigger.STOP, now);
        }
        return Result.OK;
    }

    private Result single(Packet packet, long now) {
        if (packet.size() != ChannelPulse.SIZE) {
            return Result.TRANSFER_ERROR;
        }
        if (state.after(SessionState.Trigger.SINGLE_PULSE).isEmpty()) {
            return Result.WRONG_MODE;
        }
        Optional<ChannelPulse> pulse = ChannelPulse.readSingle(packet);
        if (pulse.isEmpty()) {
            return Result.PARAMETER_ERROR;
        }
        if (lastSingle != Long.MIN_VALUE && now - lastSingle < ChannelList.SLOT_NANOS) {
            return Result.BUSY;
        }
        lastSingle = now;
        output.single(pulse.get(), now);
        move(SessionState.Trigger.SINGLE_PULSE, now);
        return Result.OK;
    }

    private void reply(Packet answer, Map<FaultKind, Fault> faults, long now) {
        long due = Math.max(lastReplyDue, now + SHORTEST_REPLY_NANOS + random.nextInt(REPLY_SPREAD_NANOS));
        if (faults.containsKey(FaultKind.NO_REPLY)) {
            trace.event(now, "not-sent", json -> json.put("command", Names.of(answer.command())));
            faults.values().forEach(fault -> follow(fault, now));
            return;
        }
        Fault late = faults.get(FaultKind.LATE_REPLY);
        if (late == null) {
            lastReplyDue = due;
        } else {
            due = now + late.millisOr(LATE_REPLY_MILLIS) * NANOS_PER_MILLI;
        }
        outbox.add(due, answer, faults);
    }

    private void pulse(long now) {
        OutputStage.Due due = output.take(now);
        if (due == null) {
            return;
        }
        boolean stuck = conditions.contains(FaultKind.STUCK_OUTPUT);
        if (!stuck && conditions.contains(FaultKind.EMERGENCY_STOP)) {
            stimulationError(EMERGENCY_STOP, now);
        } else if (conditions.contains(FaultKind.ELECTRODE_OFF)) {
            // Nothing flows through an electrode that is off; a session that is already over has no error to raise.
            stimulationError(ELECTRODE_ERROR, now);
        } else {
            output.deliver(due);
        }
    }

    /** What a fault does that is not about the bytes of a reply. */
    private void follow(Fault fault, long now) {
        switch (fault.kind()) {
            case BAD_CRC, LOST_BYTE, SPLIT, MERGE, LATE_REPLY, NO_REPLY, WRONG_STATE, BUSY, UNKNOWN_COMMAND -> {
                // These have struck already.
            }
            case STUCK_OUTPUT -> {
                conditions.add(fault.kind());
                output.stick(true);
            }
            case ELECTRODE_OFF -> conditions.add(fault.kind());
            case EMERGENCY_STOP -> {
                conditions.add(fault.kind());
                stimulationError(EMERGENCY_STOP, now);
            }
            case CABLE_PULLED -> {
                conditions.add(fault.kind());
                cableBack = fault.millis() < 0 ? NEVER : now + fault.millis() * NANOS_PER_MILLI;
                wire.cut(true);
            }
            case MODULE_ERROR -> stimulationError(MODULE_ERROR, now);
            case WATCHDOG_EXPIRY -> end(SessionState.Trigger.WATCHDOG_EXPIRED, now, "watchdog");
            case RESET -> {
                outbox.clear();
                reader.reset();
                ownNumber = options.firstNumber();
                end(SessionState.Trigger.POWER_RESET, now, "reset");
            }
        }
    }

    private void stimulationError(int code, long now) {
        if (state.after(SessionState.Trigger.STIMULATION_ERROR).isEmpty()) {
            return;
        }
        // After the acknowledgement of the command that led here.
        long due = Math.max(now, lastReplyDue);
        outbox.add(due, Packet.of(ownNumber, Command.STIMULATION_ERROR.code(), code), Map.of());
        ownNumber = ownNumber + 1 & 0xFF;
        end(SessionState.Trigger.STIMULATION_ERROR, now, "error " + code);
    }

    /** Output off, mode reset, Init from the beginning; nothing when the session is already at its beginning. */
    private void end(SessionState.Trigger trigger, long now, String why) {
        if (state.after(trigger).isEmpty()) {
            return;
        }
        if (trigger == SessionState.Trigger.WATCHDOG_EXPIRED) {
            long silent = now - lastPacket;
            trace.event(now, "watchdog", json -> json.put("silentMs", silent / NANOS_PER_MILLI));
        }
        output.off(now, why);
        channelList = Optional.empty();
        move(trigger, now);
        beginInit(Math.max(now, lastReplyDue));
    }

    private void beginInit(long first) {
        initNumber = ownNumber;
        ownNumber = ownNumber + 1 & 0xFF;
        nextInit = first;
    }

    private void sendInit(long now) {
        outbox.add(now, Packet.of(initNumber, Command.INIT.code(), PROTOCOL_VERSION), Map.of());
        nextInit = now + INIT_INTERVAL_NANOS;
    }

    private void move(SessionState.Trigger trigger, long now) {
        SessionState next = state.after(trigger)
                .orElseThrow(() -> new IllegalStateException("no move from " + state + " by " + trigger));
        if (next != state) {
            SessionState previous = state;
            trace.event(now, "state", json -> json.put("from", previous.name())
                    .put("to", next.name())
                    .put("mode", next.mode())
                    .put("why", trigger.name()));
        }
        state = next;
    }

    /** A stuck output shows: the unit says "started" as long as current flows. */
    private int mode() {
        boolean stuckOn = conditions.contains(FaultKind.STUCK_OUTPUT) && output.isOn();
        return stuckOn ? SessionState.STARTED.mode() : state.mode();
    }
}
