package org.anodyne.simulator.tcs2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
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

/** The thermode's box, on a clock that the caller turns. It acknowledges nothing, checks nothing and has no watchdog. */
final class Unit implements SimulatedDevice, FaultDesk.Effect {
    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.STUCK_OUTPUT,
            FaultKind.ELECTRODE_OFF,
            FaultKind.OVER_TEMPERATURE,
            FaultKind.EMERGENCY_STOP,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.MODULE_ERROR,
            FaultKind.RESET));

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long TICK = 5 * NANOS_PER_MILLI;
    private static final long SHORTEST_REPLY = 2 * NANOS_PER_MILLI;
    private static final int REPLY_SPREAD = (int) (10 * NANOS_PER_MILLI);
    private static final long LATE_REPLY_MILLIS = 500;
    private static final int NEUTRAL = 300;
    private static final int GREATEST = 600;
    private static final double OVERSHOOT = 4;

    private final Trace trace;
    private final Random random;
    private final FaultDesk faults;
    private final Outbox outbox;
    private final CommandReader reader = new CommandReader();
    private final Thermode thermode = new Thermode(NEUTRAL / 10.0);

    private final int[] target = new int[Thermode.AREAS];
    private final int[] rise = new int[Thermode.AREAS];
    private final int[] fall = new int[Thermode.AREAS];
    private final int[] millis = new int[Thermode.AREAS];
    private final long[] until = new long[Thermode.AREAS];
    private final boolean[] enabled = new boolean[Thermode.AREAS];
    private int neutral;
    private int maximum;
    private boolean hundredths;
    private boolean running;
    private boolean stoppable;
    private boolean error;
    private boolean pressed;
    private long stimuli;
    private long nextTick;
    private long lastByte = Long.MIN_VALUE;
    private long lastReplyDue = Long.MIN_VALUE;
    private int replies;

    Unit(long now, long seed, Wire wire, Trace trace) {
        this.trace = trace;
        random = new Random(seed);
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), random, wire, trace);
        nextTick = now + TICK;
        powerUp();
    }

    private void powerUp() {
        Arrays.fill(target, NEUTRAL);
        Arrays.fill(rise, 1000);
        Arrays.fill(fall, 1000);
        Arrays.fill(millis, 2000);
        Arrays.fill(enabled, true);
        Arrays.fill(until, NEVER);
        neutral = NEUTRAL;
        maximum = GREATEST;
        hundredths = false;
        error = false;
        pressed = false;
        reader.reset();
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            if (next == faults.nextDue()) {
                faults.advance(next);
            } else if (next == outbox.nextDue()) {
                faults.follow(outbox.send(next), next);
            } else {
                nextTick = next + TICK;
                tick(next);
            }
        }
    }

    @Override
    public long nextDue() {
        return Math.min(nextTick, Math.min(outbox.nextDue(), faults.nextDue()));
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        lastByte = now;
        for (CommandReader.Command command : reader.read(bytes)) {
            trace.event(now, "rx", json -> json.put("command", command.name()).put("digits", command.digits()));
            if (!faults.holds(FaultKind.SILENCE)) {
                carryOut(command, now);
            }
        }
    }

    @Override
    public FaultDesk faults() {
        return faults;
    }

    /** While a stimulus is on; the way back to neutral is none. */
    @Override
    public boolean outputOn(long now) {
        return running;
    }

    @Override
    public Json state(long now) {
        return new Json()
                .put("outputOn", running)
                .put("celsius", thermode.hottest(), 2)
                .put("maxCelsius", thermode.greatest(), 2)
                .put("secondsFrom48Celsius", thermode.hotSeconds(), 3)
                .put("neutralCelsius", neutral / 10.0, 1)
                .put("limitCelsius", maximum / 10.0, 1)
                .put("onSkin", onSkin())
                .put("stimuli", stimuli)
                .put("lastPacketAgeMs", lastByte == Long.MIN_VALUE ? -1 : (now - lastByte) / NANOS_PER_MILLI)
                .put("replies", replies)
                .put("faults", faults.labels());
    }

    private void carryOut(CommandReader.Command command, long now) {
        switch (command.name()) {
            case "?" -> say("TCS", now);
            case "E" -> say(temperatures(), now);
            case "Q" -> {
                say(error ? "000001" : "000000", now);
                error = false;
            }
            case "K" -> {
                say(pressed ? "\r10" : "\r00", now);
                pressed = false;
            }
            case "B" -> say("12.0", now);
            case "N" -> neutral = within(command.number(0), 200, 400, neutral);
            case "Om" -> maximum = within(command.number(0), 100, GREATEST, maximum);
            case "Oe" -> hundredths = true;
            case "S" -> {
                for (int area = 0; area < Thermode.AREAS; area++) {
                    enabled[area] = command.digits().charAt(area) == '1';
                }
            }
            case "C" -> set(target, command, 100, maximum);
            case "V" -> set(rise, command, 1, 9999);
            case "R" -> set(fall, command, 1, 9999);
            case "D" -> set(millis, command, 10, 99_999);
            case "L", "Ol" -> start(command.name().equals("Ol"), now);
            case "A" -> end("abort", now);
            case "Oc" -> {
                end("reset", now);
                powerUp();
            }
            default -> {
                // Display and triggers: nothing that can be seen here.
            }
        }
    }

    /** A probe that has come off heats nobody; the box has no sense for it and goes on. */
    private boolean onSkin() {
        return !faults.holds(FaultKind.ELECTRODE_OFF);
    }

    private static int within(int value, int least, int greatest, int old) {
        return value >= least && value <= greatest ? value : old;
    }

    private static void set(int[] values, CommandReader.Command command, int least, int greatest) {
        // A target above the maximum is brought down to it; anything else out of range is ignored.
        int value = Math.min(command.number(1), Math.max(greatest, least));
        for (int area = 0; area < Thermode.AREAS; area++) {
            if ((command.area() == 0 || command.area() == area + 1) && value >= least) {
                values[area] = value;
            }
        }
    }

    private String temperatures() {
        StringBuilder text = new StringBuilder();
        int scale = hundredths ? 100 : 10;
        int digits = hundredths ? 4 : 3;
        text.append(String.format(Locale.ROOT, "%0" + digits + "d", Math.round(neutral / 10.0 * scale)));
        for (int area = 0; area < Thermode.AREAS; area++) {
            text.append('+')
                    .append(String.format(
                            Locale.ROOT, "%0" + digits + "d", Math.round(thermode.celsius(area) * scale)));
        }
        return text.toString();
    }

    private void start(boolean byButton, long now) {
        if (running || error) {
            return;
        }
        running = true;
        stoppable = byButton;
        stimuli++;
        for (int area = 0; area < Thermode.AREAS; area++) {
            until[area] = now + millis[area] * NANOS_PER_MILLI;
            if (enabled[area]) {
                thermode.go(area, Math.min(target[area], maximum) / 10.0, rise[area] / 10.0);
            }
        }
        trace.event(now, "output", json -> json.put("on", true).put("why", byButton ? "Ol" : "L"));
    }

    private void tick(long now) {
        thermode.step(TICK * 1e-9, running && faults.holds(FaultKind.OVER_TEMPERATURE), onSkin());
        if (!running || faults.holds(FaultKind.STUCK_OUTPUT)) {
            return;
        }
        boolean any = false;
        for (int area = 0; area < Thermode.AREAS; area++) {
            if (until[area] <= now) {
                thermode.go(area, neutral / 10.0, fall[area] / 10.0);
            } else {
                any |= enabled[area];
            }
        }
        if (!any) {
            end("time", now);
        }
    }

    private void end(String why, long now) {
        if (!running) {
            return;
        }
        if (faults.holds(FaultKind.STUCK_OUTPUT)) {
            trace.event(
                    now, "output", json -> json.put("on", true).put("why", why).put("stuck", true));
            return;
        }
        running = false;
        for (int area = 0; area < Thermode.AREAS; area++) {
            thermode.go(area, neutral / 10.0, fall[area] / 10.0);
        }
        trace.event(now, "output", json -> json.put("on", false).put("why", why).put("celsius", thermode.hottest(), 2));
    }

    private void say(String text, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        long due = Math.max(lastReplyDue, now + SHORTEST_REPLY + random.nextInt(REPLY_SPREAD));
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        if (late == null) {
            lastReplyDue = due;
        } else {
            due = now + late.valueOr(LATE_REPLY_MILLIS) * NANOS_PER_MILLI;
        }
        outbox.add(
                due,
                Frame.plain(text.getBytes(StandardCharsets.US_ASCII), json -> json.put("text", text.strip())),
                struck);
    }

    @Override
    public void begins(Fault fault, long now) {
        switch (fault.kind()) {
            case OVER_TEMPERATURE -> thermode.exceed(fault.value() < 0 ? OVERSHOOT : fault.value());
            case MODULE_ERROR -> {
                error = true;
                end("error", now);
            }
            case EMERGENCY_STOP -> {
                // The response button: it ends what was started by Ol only.
                pressed = true;
                if (stoppable) {
                    end("button", now);
                }
            }
            case RESET -> {
                outbox.clear();
                end("reset", now);
                powerUp();
            }
            default -> {
                // Silence and a stuck output show later.
            }
        }
    }

    @Override
    public void ended(FaultKind kind, long now) {
        if (kind == FaultKind.OVER_TEMPERATURE) {
            thermode.exceed(0);
        }
    }
}
