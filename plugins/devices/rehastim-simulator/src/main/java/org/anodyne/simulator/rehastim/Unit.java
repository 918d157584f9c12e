package org.anodyne.simulator.rehastim;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultDesk;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Hex;
import org.anodyne.simulator.kit.Json;
import org.anodyne.simulator.kit.Outbox;
import org.anodyne.simulator.kit.SimulatedDevice;
import org.anodyne.simulator.kit.Trace;
import org.anodyne.simulator.kit.Wire;

/**
 * The stimulator itself, on a clock that the caller turns: the same seed, bytes and times give the same output. Not
 * thread-safe; times are nanoseconds of one monotonic clock and never go back.
 *
 * <p>The unit does not see whether anybody is connected, as a serial unit does not: a vanished host shows by silence, and
 * the watchdog ends the session.
 */
final class Unit implements SimulatedDevice, FaultDesk.Effect {

    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.WRONG_STATE,
            FaultKind.BUSY,
            FaultKind.UNKNOWN_COMMAND,
            FaultKind.STUCK_OUTPUT,
            FaultKind.ELECTRODE_OFF,
            FaultKind.EMERGENCY_STOP,
            FaultKind.CABLE_PULLED,
            FaultKind.MODULE_ERROR,
            FaultKind.WATCHDOG_EXPIRY,
            FaultKind.RESET));

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
    private final Trace trace;
    private final FaultDesk faults;
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
    private int replies;

    Unit(long now, UnitOptions options, Wire wire, Trace trace) {
        this.options = options;
        this.trace = trace;
        random = new Random(options.seed());
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), random, wire, trace);
        output = new OutputStage(options.stepMilliamps(), trace);
        ownNumber = options.firstNumber();
        beginInit(now);
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            happen(next);
        }
    }

    @Override
    public long nextDue() {
        long own = Math.min(Math.min(output.nextDue(), outbox.nextDue()), Math.min(nextInit, faults.nextDue()));
        return state == SessionState.AWAITING_INIT_ACK ? own : Math.min(own, lastPacket + WATCHDOG_NANOS);
    }

    @Override
    public void receive(byte[] bytes, long now) {
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

    @Override
    public FaultDesk faults() {
        return faults;
    }

    @Override
    public Json state(long now) {
        return snapshot(now).json();
    }

    @Override
    public boolean outputOn(long now) {
        return output.isOn();
    }

    /** What the unit and the body are like now. */
    Snapshot snapshot(long now) {
        return Snapshot.of(
                state, mode(), output, lastPacket == Long.MIN_VALUE ? -1 : now - lastPacket, replies, faults.labels());
    }

    private void happen(long next) {
        if (next == faults.nextDue()) {
            faults.advance(next);
        } else if (next == output.nextDue()) {
            pulse(next);
        } else if (next == outbox.nextDue()) {
            faults.follow(outbox.send(next), next);
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
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (command.isEmpty() || struck.containsKey(FaultKind.UNKNOWN_COMMAND)) {
            reply(Packet.of(packet.number(), Command.UNKNOWN_COMMAND.code(), packet.command()), struck, now);
            return;
        }
        Result result;
        if (struck.containsKey(FaultKind.WRONG_STATE)) {
            result = Result.WRONG_MODE;
        } else if (struck.containsKey(FaultKind.BUSY)) {
            result = Result.BUSY;
        } else {
            result = carryOut(command.get(), packet, now);
        }
        // Every acknowledgement has the code that follows its command's.
        int code = packet.command() + 1;
        Packet answer = command.get() == Command.GET_STIM_MODE
                ? Packet.of(packet.number(), code, result.code(), mode())
                : Packet.of(packet.number(), code, result.code());
        reply(answer, struck, now);
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

    private void reply(Packet answer, Map<FaultKind, Fault> struck, long now) {
        long due = Math.max(lastReplyDue, now + SHORTEST_REPLY_NANOS + random.nextInt(REPLY_SPREAD_NANOS));
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            trace.event(now, "not-sent", json -> json.put("command", Names.of(answer.command())));
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        if (late == null) {
            lastReplyDue = due;
        } else {
            due = now + late.valueOr(LATE_REPLY_MILLIS) * NANOS_PER_MILLI;
        }
        outbox.add(due, PacketWriter.frame(answer), struck);
    }

    private void pulse(long now) {
        OutputStage.Due due = output.take(now);
        if (due == null) {
            return;
        }
        boolean stuck = faults.holds(FaultKind.STUCK_OUTPUT);
        if (!stuck && faults.holds(FaultKind.EMERGENCY_STOP)) {
            stimulationError(EMERGENCY_STOP, now);
        } else if (faults.holds(FaultKind.ELECTRODE_OFF)) {
            // Nothing flows through an electrode that is off; a session that is already over has no error to raise.
            stimulationError(ELECTRODE_ERROR, now);
        } else {
            output.deliver(due);
        }
    }

    @Override
    public void begins(Fault fault, long now) {
        switch (fault.kind()) {
            case STUCK_OUTPUT -> output.stick(true);
            case EMERGENCY_STOP -> stimulationError(EMERGENCY_STOP, now);
            case MODULE_ERROR -> stimulationError(MODULE_ERROR, now);
            case WATCHDOG_EXPIRY -> end(SessionState.Trigger.WATCHDOG_EXPIRED, now, "watchdog");
            case RESET -> {
                outbox.clear();
                reader.reset();
                ownNumber = options.firstNumber();
                end(SessionState.Trigger.POWER_RESET, now, "reset");
            }
            default -> {
                // An electrode that is off shows at the next pulse.
            }
        }
    }

    @Override
    public void ended(FaultKind kind, long now) {
        if (kind == FaultKind.STUCK_OUTPUT) {
            output.stick(false);
            if (state != SessionState.STARTED) {
                output.off(now, "no longer stuck");
            }
        }
    }

    private void stimulationError(int code, long now) {
        if (state.after(SessionState.Trigger.STIMULATION_ERROR).isEmpty()) {
            return;
        }
        // After the acknowledgement of the command that led here.
        long due = Math.max(now, lastReplyDue);
        outbox.add(due, PacketWriter.frame(Packet.of(ownNumber, Command.STIMULATION_ERROR.code(), code)), Map.of());
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
        outbox.add(now, PacketWriter.frame(Packet.of(initNumber, Command.INIT.code(), PROTOCOL_VERSION)), Map.of());
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
        boolean stuckOn = faults.holds(FaultKind.STUCK_OUTPUT) && output.isOn();
        return stuckOn ? SessionState.STARTED.mode() : state.mode();
    }
}
