package org.anodyne.simulator.magstim;

import java.util.Locale;
import java.util.Set;
import org.anodyne.simulator.kit.Frame;
import org.anodyne.simulator.kit.Json;
import org.anodyne.simulator.kit.Trace;

/**
 * What the stimulator is set to and does: released, in standby, armed, ready, in a train. Not thread-safe.
 *
 * <p>A status in a reply to a command that changes something is that of before, except for {@code Q} and {@code R}.
 */
final class Panel {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000_000L;

    /** What software from 9 on answers to when it is not under remote control. */
    private static final String ALWAYS_HEARD = "QRF\\";

    /** What needs remote control. */
    private static final Set<Character> REMOTE =
            Set.of('@', 'A', 'C', 'E', 'B', 'D', '[', '^', '_', 'Y', 'Z', 'n', 'b');

    private final StimulatorOptions options;
    private final Product product;
    private final Coil coil;
    private final Trace trace;
    private final Train train = new Train();

    private boolean remote;
    private boolean armed;
    private boolean ready;
    private boolean coilPresent = true;
    private boolean stopped;
    private boolean stuck;
    private boolean enhanced;
    private boolean highResolution;
    private boolean interlockIgnored;
    private int error;
    private long forcedCelsius = -1;
    private int secondPower;
    private int interval = 10;
    private int chargeDelay;
    private long readyAt = NEVER;
    private long lastUse;
    private long firedAt = Long.MIN_VALUE;
    private int firedPower;

    Panel(StimulatorOptions options, Coil coil, Trace trace) {
        this.options = options;
        this.product = options.product();
        this.coil = coil;
        this.trace = trace;
    }

    boolean remote() {
        return remote;
    }

    boolean armed() {
        return armed;
    }

    /** Whether a command gets no answer at all now. */
    boolean deafTo(char name) {
        return product.late() && !remote && ALWAYS_HEARD.indexOf(name) < 0;
    }

    Frame carryOut(char name, String data, long now) {
        if (!remote && REMOTE.contains(name)) {
            return conflict(name);
        }
        int before = status();
        int rapidBefore = rapidStatus(now);
        return switch (name) {
            case 'Q' -> {
                boolean right =
                        options.unlockCode().isEmpty() || options.unlockCode().equals(data);
                remote |= right;
                yield right ? Wording.reply(name, (byte) status()) : bad(name);
            }
            case 'R' -> {
                disarm(now, "released");
                remote = false;
                yield Wording.reply(name, (byte) status());
            }
            case 'E' -> mode(data, before, now);
            case '@' -> power(name, data, before, now);
            case 'A', 'C' -> second(name, data, before);
            case 'Y', 'Z' -> {
                highResolution = name == 'Y';
                yield Wording.reply(name, (byte) before);
            }
            case 'X' -> Wording.reply(name, (byte) before, (byte) bistimMode());
            case 'J' ->
                Wording.reply(
                        name,
                        Wording.data(
                                String.format("%03d%03d%03d", coil.target(), bi(secondPower), bi(interval)), before));
            case 'F' -> {
                int tenths = (int) Math.round(celsius(now) * 10);
                yield Wording.reply(name, Wording.data(String.format("%03d%03d", tenths, tenths), before));
            }
            case 'B', 'D', '[' -> repetitive(name, data, before, rapidBefore, now);
            case '^', '_' -> {
                enhanced = name == '^';
                yield Wording.reply(name, (byte) before, (byte) rapidBefore);
            }
            case 'b' -> {
                interlockIgnored = true;
                yield Wording.reply(name, (byte) before);
            }
            case '\\' -> Wording.reply(name, Wording.data(parameters(), before, rapidBefore));
            case 'N' -> Wording.reply(name, Wording.data(product.software() + "\0"));
            case 'I' -> {
                String code = String.format("%c%02d", error == 0 ? 'U' : 'E', error);
                error = 0;
                yield Wording.reply(name, Wording.data(code, before));
            }
            case 'x' -> {
                int extended = product.kind() == Product.Kind.SUPER_RAPID_PLUS1 ? 1 : 0;
                extended |= chargeDelay > 0 ? 4 : 0;
                yield Wording.reply(name, Wording.data("", before, rapidBefore, extended, extended));
            }
            case 'o' ->
                Wording.reply(
                        name, Wording.data(String.format("%0" + product.delayDigits() + "d", chargeDelay), before));
            case 'n' -> delay(name, data, before, rapidBefore);
            default -> throw new IllegalStateException("no command " + name);
        };
    }

    private int bi(int value) {
        return product.bistim() ? value : 0;
    }

    private int bistimMode() {
        return secondPower == 0 ? '0' : interval == 0 ? '1' : highResolution ? '4' : '2';
    }

    private static Frame conflict(char name) {
        return Wording.reply(name, (byte) 'S');
    }

    private static Frame bad(char name) {
        return Wording.reply(name, (byte) '?');
    }

    private static int number(String data) {
        return data.matches("[0-9]+") ? Integer.parseInt(data) : -1;
    }

    private Frame power(char name, String data, int before, long now) {
        int value = number(data);
        if (value < 0 || value > (enhanced ? 110 : 100)) {
            return bad(name);
        }
        if (train.running() || train.waiting(now)) {
            return conflict(name);
        }
        coil.set(value, now);
        return Wording.reply(name, (byte) before);
    }

    private Frame second(char name, String data, int before) {
        int value = number(data);
        if (value < 0 || name == 'A' && value > 100) {
            return bad(name);
        }
        if (name == 'A') {
            secondPower = value;
        } else {
            interval = value;
        }
        return Wording.reply(name, (byte) before);
    }

    private Frame delay(char name, String data, int before, int rapidBefore) {
        int value = number(data);
        if (value < 0 || value > product.longestDelay()) {
            return bad(name);
        }
        chargeDelay = value;
        return product.version() < 10
                ? Wording.reply(name, (byte) before, (byte) rapidBefore)
                : Wording.reply(name, (byte) before, (byte) rapidBefore, (byte) 0, (byte) 0);
    }

    private Frame repetitive(char name, String data, int before, int rapidBefore, long now) {
        int value = number(data);
        if (train.running() || train.waiting(now) || armed && options.lockedWhileArmed()) {
            return conflict(name);
        }
        boolean fits =
                switch (name) {
                    case 'B' -> value >= 1 && value <= 1000;
                    case 'D' -> value >= 1 && value <= 6000;
                    default -> value >= 0;
                };
        if (!fits) {
            return bad(name);
        }
        if (name == 'B') {
            train.decihertz(value);
        } else if (name == 'D') {
            train.pulses(value);
        } else if (value == 0) {
            train.repetitive(false);
        } else {
            train.repetitive(true);
            train.deciseconds(value);
        }
        return Wording.reply(name, (byte) before, (byte) rapidBefore);
    }

    private String parameters() {
        return String.format("%03d%04d", coil.target(), train.decihertz())
                + digits(train.pulses(), product.pulseDigits())
                + digits(train.deciseconds(), product.durationDigits())
                + digits(train.waitDeciseconds(coil.target()), product.waitDigits());
    }

    private static String digits(int value, int count) {
        return String.format("%0" + count + "d", value);
    }

    private Frame mode(String data, int before, long now) {
        char name = 'E';
        switch (data) {
            case "A" -> disarm(now, "host");
            case "B" -> {
                if (!coilPresent || stopped || error != 0 || celsius(now) > Stimulator.HOTTEST) {
                    return conflict(name);
                }
                if (!armed) {
                    armed = true;
                    lastUse = now;
                    charge(now);
                    note(now, "host");
                }
            }
            case "H" -> {
                boolean tooFast =
                        train.repetitive() && train.decihertz() > 10 * product.highestFrequency(coil.target());
                if (!ready || train.running() || train.waiting(now) || tooFast) {
                    return conflict(name);
                }
                fire(now);
            }
            default -> {
                return bad(name);
            }
        }
        return Wording.reply(name, (byte) before);
    }

    private void fire(long now) {
        lastUse = now;
        firedAt = now;
        firedPower = coil.target();
        if (product.rapid() && train.repetitive()) {
            train.begin(now);
            trace.event(now, "train", json -> json.put("pulses", train.pulses()).put("decihertz", train.decihertz()));
            return;
        }
        give(now);
        if (product.bistim() && secondPower > 0) {
            coil.pulse(secondPower, now);
        }
        charge(now);
    }

    private void give(long now) {
        coil.pulse(now);
        trace.event(now, "pulse", json -> json.put("percentMso", coil.power(now), 1)
                .put("count", coil.pulses())
                .put("coilCelsius", coil.celsius(now), 2));
    }

    private void charge(long now) {
        ready = false;
        long refractory = firedAt == Long.MIN_VALUE ? 0 : firedAt + product.secondsBetween(firedPower) * SECOND - now;
        readyAt = now + Math.max(Stimulator.CHARGE_NANOS, refractory) + chargeDelay * 1_000_000L;
    }

    /** When something happens next by itself. */
    long nextDue() {
        if (!armed) {
            return NEVER;
        }
        long idle = train.running() || stuck ? NEVER : lastUse + Stimulator.IDLE_NANOS;
        return Math.min(Math.min(idle, readyAt), train.nextDue());
    }

    /** Lets happen what is due at this moment. */
    void advance(long now) {
        if (train.nextDue() <= now) {
            give(now);
            train.given(coil.target(), now);
            lastUse = now;
            watchTemperature(now);
        } else if (readyAt <= now) {
            readyAt = NEVER;
            ready = true;
        } else {
            disarm(now, "idle");
        }
    }

    /** Too warm a coil disarms. */
    void watchTemperature(long now) {
        if (armed && celsius(now) > Stimulator.HOTTEST) {
            disarm(now, "coil temperature");
        }
    }

    void disarm(long now, String why) {
        if (stuck && armed) {
            trace.event(now, "output", json -> json.put("on", true)
                    .put("stuck", true)
                    .put("why", why));
            return;
        }
        boolean was = armed;
        train.end(coil.target(), now);
        armed = false;
        ready = false;
        readyAt = NEVER;
        if (was) {
            note(now, why);
        }
    }

    private void note(long now, String why) {
        trace.event(now, "output", json -> json.put("on", armed).put("why", why));
    }

    /** Ends remote control. */
    void release() {
        remote = false;
    }

    void stick(boolean sticks) {
        stuck = sticks;
    }

    void coil(boolean present) {
        coilPresent = present;
    }

    void stop(boolean pressed) {
        stopped = pressed;
    }

    void error(int code) {
        error = code;
    }

    /** Gives the coil this temperature; −1 for the one it has. */
    void warm(long degrees, long now) {
        forcedCelsius = degrees;
        watchTemperature(now);
    }

    /** Power was lost for a moment. */
    void reset(long now) {
        stuck = false;
        disarm(now, "reset");
        remote = false;
        error = 0;
        secondPower = 0;
        train.repetitive(false);
        coil.set(0, now);
    }

    private double celsius(long now) {
        return forcedCelsius < 0 ? coil.celsius(now) : forcedCelsius;
    }

    private int status() {
        int bits = armed ? ready ? 4 : 2 : 1;
        bits |= coilPresent ? 8 : 0;
        bits |= error != 0 ? 32 : 0;
        return bits | (remote ? 128 : 0);
    }

    private int rapidStatus(long now) {
        int bits = enhanced ? 1 : 0;
        bits |= train.running() ? 2 : 0;
        bits |= train.waiting(now) ? 4 : 0;
        bits |= train.repetitive() ? 0 : 8;
        bits |= 16;
        return bits | (coilPresent ? 32 : 0);
    }

    Json state(long now) {
        return new Json()
                .put("model", product.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("outputOn", armed)
                .put("armed", armed)
                .put("ready", ready)
                .put("remote", remote)
                .put("trainRunning", train.running())
                .put("percentMso", armed ? coil.power(now) : 0, 1)
                .put("maxPercentMso", coil.greatest(), 1)
                .put("setPercentMso", coil.target())
                .put("pulses", coil.pulses())
                .put("unsettledPulses", coil.unsettled())
                .put("joules", coil.joules(), 1)
                .put("coilCelsius", celsius(now), 1)
                .put("interlockIgnored", interlockIgnored);
    }
}
