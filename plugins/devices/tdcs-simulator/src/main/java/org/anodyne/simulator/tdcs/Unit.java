package org.anodyne.simulator.tdcs;

import java.util.ArrayDeque;
import java.util.Deque;
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

/** The stimulator, on a clock that the caller turns. */
final class Unit implements SimulatedDevice, FaultDesk.Effect {
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
            FaultKind.ELECTRODE_OFF,
            FaultKind.IMPEDANCE_RISE,
            FaultKind.EMERGENCY_STOP,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.MODULE_ERROR,
            FaultKind.WATCHDOG_EXPIRY,
            FaultKind.RESET));

    static final int SYNTAX = 100;
    static final int RANGE = 101;
    static final int STATE = 102;
    static final int CHECK = 103;
    private static final int IMPEDANCE = 200;
    private static final int OVER_CURRENT = 201;
    private static final int COMPLIANCE = 202;
    private static final int WATCHDOG = 203;
    private static final int EMERGENCY_STOP = 204;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long TICK = 5 * NANOS_PER_MILLI;
    private static final long SHORTEST_REPLY = 2 * NANOS_PER_MILLI;
    private static final int REPLY_SPREAD = (int) (10 * NANOS_PER_MILLI);
    private static final long LATE_REPLY_MILLIS = 250;
    private static final long RISE_TO = 25;
    private static final double EXCESS = 0.5;

    private static final double START_LIMIT = 10;
    private static final double OWN_LIMIT = 30;
    private static final long OWN_LIMIT_NANOS = 3_000 * NANOS_PER_MILLI;
    private static final long OPEN_NANOS = 100 * NANOS_PER_MILLI;
    private static final int ERRORS = 16;

    private final Trace trace;
    private final Random random;
    private final FaultDesk faults;
    private final Outbox outbox;
    private final Body body;
    private final CurrentSource source;
    private final LineReader reader = new LineReader();
    private final Interpreter interpreter = new Interpreter(this);
    private final Deque<String> errors = new ArrayDeque<>();

    private State state = State.IDLE;
    private State afterFall = State.DONE;
    private Settings settings = Settings.INITIAL;
    private boolean checked;
    private long watchdogMillis = 1000;
    private long lastLine = Long.MIN_VALUE;
    private long lastReplyDue = Long.MIN_VALUE;
    private long nextTick;
    private long highSince = NEVER;
    private boolean limitTold;
    private int replies;

    Unit(long now, long seed, Body body, Wire wire, Trace trace) {
        this.trace = trace;
        this.body = body;
        random = new Random(seed);
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), random, wire, trace);
        source = new CurrentSource(body, now);
        nextTick = now + TICK;
        tell("! 0,\"POWER ON\"", now);
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            happen(next);
        }
        if (!ticking()) {
            source.step(now);
            nextTick = now + TICK;
        }
    }

    @Override
    public long nextDue() {
        long own = Math.min(outbox.nextDue(), faults.nextDue());
        own = ticking() ? Math.min(own, nextTick) : own;
        return state.watched() ? Math.min(own, lastLine + watchdogMillis * NANOS_PER_MILLI) : own;
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        for (LineReader.Line line : reader.read(bytes)) {
            take(line, now);
        }
        advance(now);
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    @Override
    public boolean outputOn(long now) {
        return source.closed();
    }

    @Override
    public Json state(long now) {
        return new Json()
                .put("state", state.name())
                .put("outputOn", source.closed())
                .put("milliamps", source.milliamps(), 3)
                .put("maxMilliamps", source.greatest(), 3)
                .put("chargeMillicoulomb", source.totalCharge(), 3)
                .put("runMillicoulomb", source.runCharge(), 3)
                .put("elapsedSeconds", source.elapsed(now), 3)
                .put("kiloohms", body.measured(now), 3)
                .put("sham", settings.sham())
                .put("lastPacketAgeMs", lastLine == Long.MIN_VALUE ? -1 : (now - lastLine) / NANOS_PER_MILLI)
                .put("replies", replies)
                .put("faults", faults.labels());
    }

    private boolean ticking() {
        return source.closed() || state.flowing();
    }

    private void happen(long next) {
        if (next == faults.nextDue()) {
            faults.advance(next);
        } else if (next == outbox.nextDue()) {
            faults.follow(outbox.send(next), next);
        } else if (ticking() && next == nextTick) {
            nextTick = next + TICK;
            tick(next);
        } else {
            expire(next);
        }
    }

    private void take(LineReader.Line line, long now) {
        if (line.text().isEmpty() && line.legible()) {
            return;
        }
        trace.event(now, "rx", json -> json.put("text", line.text()));
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        int mark = line.text().length() - 4;
        boolean carries = mark > 0 && line.text().startsWith(" *", mark);
        String text = carries ? line.text().substring(0, mark) : line.text();
        String answer;
        if (!line.legible()) {
            answer = error(SYNTAX, "SYNTAX");
        } else if (carries ? !Replies.check(text).equals(line.text().substring(mark + 2)) : checked) {
            answer = error(CHECK, carries ? "CHECK" : "CHECK MISSING");
        } else {
            lastLine = now;
            if (struck.containsKey(FaultKind.UNKNOWN_COMMAND)) {
                answer = error(SYNTAX, "SYNTAX");
            } else if (struck.containsKey(FaultKind.WRONG_STATE)) {
                answer = error(STATE, "STATE " + state);
            } else {
                answer = interpreter.answer(text, now);
            }
        }
        reply(Replies.frame(answer, checked || carries), struck, now);
    }

    private void reply(Frame answer, Map<FaultKind, Fault> struck, long now) {
        long due = Math.max(lastReplyDue, now + SHORTEST_REPLY + random.nextInt(REPLY_SPREAD));
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            trace.event(now, "not-sent", json -> json.put("why", "no-reply"));
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        if (late == null) {
            lastReplyDue = due;
        } else {
            due = now + late.valueOr(LATE_REPLY_MILLIS) * NANOS_PER_MILLI;
        }
        outbox.add(due, answer, struck);
    }

    // --- what the interpreter asks for

    String error(int number, String text) {
        if (errors.size() == ERRORS) {
            errors.removeFirst();
        }
        errors.addLast(number + ",\"" + text + '"');
        return Replies.error(number, text);
    }

    String nextError() {
        return errors.isEmpty() ? "0,\"NO ERROR\"" : errors.removeFirst();
    }

    State state() {
        return state;
    }

    Settings settings() {
        return settings;
    }

    /** Takes new settings; only while nothing is armed. */
    String set(Settings changed, long now) {
        if (state != State.IDLE && state != State.DONE) {
            return error(STATE, "STATE " + state);
        }
        if (state == State.DONE) {
            move(State.IDLE, now, "setting");
        }
        settings = changed;
        return Replies.OK;
    }

    boolean checked() {
        return checked;
    }

    void check(boolean on) {
        checked = on;
    }

    long watchdogMillis() {
        return watchdogMillis;
    }

    void watchdog(long millis) {
        watchdogMillis = millis;
    }

    String impedance(long now) {
        return Replies.number(body.anode(now), 1) + "," + Replies.number(body.cathode(now), 1);
    }

    String current() {
        return Replies.number(source.milliamps(), 3);
    }

    String status(long now) {
        return String.join(
                ",",
                state.name(),
                Replies.number(source.elapsed(now), 1),
                current(),
                Replies.number(body.measured(now), 1),
                Replies.number(source.runCharge(), 1));
    }

    String arm(long now) {
        if (state != State.IDLE && state != State.DONE) {
            return error(STATE, "STATE " + state);
        }
        if (!settings.contradiction().isEmpty()) {
            return error(RANGE, settings.contradiction());
        }
        if (faults.holds(FaultKind.EMERGENCY_STOP)) {
            return error(EMERGENCY_STOP, "E-STOP");
        }
        if (source.closed()) {
            return error(OVER_CURRENT, "OVER-CURRENT");
        }
        double kiloohms = body.measured(now);
        if (kiloohms >= START_LIMIT) {
            return error(IMPEDANCE, "IMPEDANCE " + Replies.number(kiloohms, 1));
        }
        move(State.ARMED, now, "armed");
        return Replies.OK;
    }

    String on(long now) {
        if (state != State.ARMED) {
            return error(STATE, "STATE " + state);
        }
        source.start(settings, now);
        nextTick = now + TICK;
        highSince = NEVER;
        limitTold = false;
        move(State.RAMPUP, now, "on");
        return Replies.OK;
    }

    String off(long now) {
        if (state == State.ARMED) {
            move(State.IDLE, now, "off");
        } else if (state == State.RAMPUP || state == State.HOLD) {
            double part = source.nominal(now) / settings.milliamps();
            fall(Math.max(CurrentSource.SHORT_RAMP, part * settings.ramp()), State.DONE, now, "off");
        }
        return Replies.OK;
    }

    String abort(long now) {
        switch (state) {
            case IDLE -> source.open(now);
            case ARMED, DONE -> move(State.IDLE, now, "abort");
            case RAMPUP, HOLD -> fall(CurrentSource.SHORT_RAMP, State.IDLE, now, "abort");
            case RAMPDOWN -> {
                source.fall(CurrentSource.SHORT_RAMP, now);
                afterFall = State.IDLE;
            }
            case FAULT -> {
                source.open(now);
                if (!source.closed() && !faults.holds(FaultKind.EMERGENCY_STOP)) {
                    move(State.IDLE, now, "abort");
                }
            }
        }
        return Replies.OK;
    }

    // --- what happens by itself

    private void tick(long now) {
        source.step(now);
        if (source.fallen(now)) {
            source.open(now);
            if (state == State.RAMPDOWN) {
                move(afterFall, now, "zero");
            }
        } else if (state == State.RAMPUP && source.elapsed(now) >= settings.ramp()) {
            move(State.HOLD, now, "time");
        } else if (state == State.HOLD && source.elapsed(now) >= settings.duration() - settings.ramp()) {
            fall(settings.ramp(), State.DONE, now, "time");
        }
        if (state.flowing()) {
            protect(now);
        }
    }

    private void protect(long now) {
        if (source.milliamps() > source.target(now) + 0.2 && !faults.holds(FaultKind.STUCK_OUTPUT)) {
            fail(OVER_CURRENT, "OVER-CURRENT " + Replies.number(source.milliamps(), 3), now);
            source.open(now);
            return;
        }
        double kiloohms = body.measured(now);
        highSince = kiloohms <= OWN_LIMIT ? NEVER : Math.min(highSince, now);
        long allowed = body.isOpen() ? OPEN_NANOS : OWN_LIMIT_NANOS;
        if (highSince != NEVER && now - highSince >= allowed) {
            fail(IMPEDANCE, "IMPEDANCE " + Replies.number(kiloohms, 1), now);
        } else if (source.limited(now) && !limitTold) {
            limitTold = true;
            error(COMPLIANCE, "COMPLIANCE " + current());
            tell("! " + COMPLIANCE + ",\"COMPLIANCE " + current() + '"', now);
        }
    }

    private void expire(long now) {
        trace.event(now, "watchdog", json -> json.put("silentMs", (now - lastLine) / NANOS_PER_MILLI));
        fail(WATCHDOG, "WATCHDOG", now);
    }

    /** An error that ends the run: the short ramp, and an asynchronous line. */
    private void fail(int number, String text, long now) {
        error(number, text);
        tell("! " + number + ",\"" + text + '"', now);
        if (state.flowing()) {
            source.fall(CurrentSource.SHORT_RAMP, now);
        }
        if (state.mayBecome(State.FAULT)) {
            move(State.FAULT, now, text);
        }
    }

    private void fall(double seconds, State then, long now, String why) {
        source.fall(seconds, now);
        afterFall = then;
        move(State.RAMPDOWN, now, why);
    }

    private void tell(String text, long now) {
        if (!faults.holds(FaultKind.SILENCE)) {
            outbox.add(Math.max(now, lastReplyDue), Replies.frame(text, checked), Map.of());
        }
    }

    private void move(State next, long now, String why) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("no move from " + state + " to " + next);
        }
        State previous = state;
        trace.event(now, "state", json -> json.put("from", previous.name())
                .put("to", next.name())
                .put("milliamps", source.milliamps(), 3)
                .put("runMillicoulomb", source.runCharge(), 3)
                .put("why", why));
        state = next;
    }

    @Override
    public void begins(Fault fault, long now) {
        switch (fault.kind()) {
            case STUCK_OUTPUT -> source.stick(true, true, now);
            case ELECTRODE_OFF -> body.lift(true);
            case IMPEDANCE_RISE -> body.rise(fault.valueOr(RISE_TO), now);
            case EMERGENCY_STOP -> {
                // A pressed button opens the output by itself; only what is stuck goes on.
                fail(EMERGENCY_STOP, "E-STOP", now);
                source.open(now);
            }
            case MODULE_ERROR -> source.exceed(EXCESS);
            case WATCHDOG_EXPIRY -> expire(now);
            case RESET -> {
                outbox.clear();
                reader.reset();
                errors.clear();
                source.open(now);
                checked = false;
                watchdogMillis = 1000;
                settings = Settings.INITIAL;
                trace.event(now, "reset", json -> json.put("from", state.name()));
                state = State.IDLE;
                tell("! 0,\"POWER ON\"", now);
            }
            default -> {
                // Silence shows when the next line comes.
            }
        }
    }

    @Override
    public void ended(FaultKind kind, long now) {
        switch (kind) {
            case STUCK_OUTPUT -> source.stick(false, state.flowing(), now);
            case ELECTRODE_OFF -> body.lift(false);
            case IMPEDANCE_RISE -> body.riseOver();
            default -> {
                // The others leave nothing behind.
            }
        }
    }
}
