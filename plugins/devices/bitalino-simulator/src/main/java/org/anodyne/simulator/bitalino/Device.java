package org.anodyne.simulator.bitalino;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
 * The device itself, on a clock that the caller turns. An answer and a frame of live mode both count as replies, so
 * {@code no-reply} in live mode is a frame lost on the way. What it does not know it ignores without a word.
 */
final class Device implements SimulatedDevice, FaultDesk.Effect {

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
    private static final int SWING = 200;
    private static final int[] RATES = {1, 10, 100, 1000};
    private static final int BATTERY = 560;
    private static final int PWM_VERSION = 52;
    private static final long REPLY_NANOS = 3_000_000;
    private static final long LATE_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final int firmware;
    private final Trace trace;
    private final FaultDesk faults;
    private final Outbox outbox;

    private boolean live;
    private List<Integer> chosen = List.of();
    private int rate = 1000;
    private long liveSince;
    private long frames;
    private long framesTotal;
    private int replies;
    private int threshold;
    private int thresholdCommands;
    private int pwm = 100;
    private int outputs;
    private boolean pwmFollows;
    private long lastCommand = Long.MIN_VALUE;

    Device(long now, long seed, int firmware, Wire wire, Trace trace) {
        this.firmware = firmware;
        this.trace = trace;
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), new Random(seed), wire, trace);
        liveSince = now;
    }

    @Override
    public void receive(byte[] bytes, long now) {
        advance(now);
        trace.event(now, "rx", json -> json.put("raw", Hex.of(bytes)));
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        lastCommand = now;
        for (byte each : bytes) {
            command(each & 0xFF, now);
        }
        advance(now);
    }

    private void command(int command, long now) {
        if (pwmFollows) {
            pwmFollows = false;
            pwm = command;
        } else if (command == 0xA3) {
            pwmFollows = true;
        } else if ((command & 0xF3) == 0xB3) {
            outputs = (command >> 2 & 1) << 1 | command >> 3 & 1;
        } else if (live) {
            if (command == 0x00 || command == 0xFF) {
                live = false;
                trace.event(now, "live", json -> json.put("on", false));
            }
        } else {
            idle(command, now);
        }
    }

    private void idle(int command, long now) {
        int low = command & 3;
        if (command == 0x07 || command == 0x0F) {
            String version = "BITalino_v" + firmware / 10 + "." + firmware % 10 + "\n";
            reply(
                    Frame.plain(version.getBytes(StandardCharsets.US_ASCII), json -> json.put("text", version.strip())),
                    now + REPLY_NANOS,
                    now);
        } else if (command == 0x0B) {
            int[] values = new int[6];
            java.util.Arrays.fill(values, 512);
            byte[] state = Layout.state(values, BATTERY, threshold, firmware >= PWM_VERSION ? pwm : -1, digital());
            reply(Frame.checked(state, state.length - 1, json -> json.put("command", "state")), now + REPLY_NANOS, now);
        } else if (low == 3 && (command & 0x3C) == 0) {
            rate = RATES[command >> 6];
        } else if (low == 0) {
            threshold = command >> 2;
            thresholdCommands++;
        } else if ((low == 1 || low == 2) && command >> 2 != 0) {
            begin(command >> 2, now);
        } else {
            trace.event(now, "ignored", json -> json.put("command", command));
        }
    }

    private void begin(int mask, long now) {
        List<Integer> inputs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            if ((mask >> i & 1) == 1) {
                inputs.add(i);
            }
        }
        chosen = List.copyOf(inputs);
        live = true;
        liveSince = now;
        frames = 0;
        trace.event(now, "live", json -> json.put("on", true).put("rate", rate).put("mask", mask));
    }

    private int digital() {
        return 0xC | outputs;
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            if (faults.nextDue() <= next) {
                faults.advance(next);
            } else if (outbox.nextDue() <= next) {
                faults.follow(outbox.send(next), next);
            } else {
                frame(next);
            }
        }
    }

    @Override
    public long nextDue() {
        return Math.min(Math.min(outbox.nextDue(), faults.nextDue()), live ? due() : NEVER);
    }

    private long due() {
        return liveSince + (frames + 1) * (1_000_000_000L / rate);
    }

    private void frame(long now) {
        long number = frames++;
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        framesTotal++;
        int[] values = chosen.stream().mapToInt(input -> value(input, number)).toArray();
        byte[] bytes = Layout.frame((int) (number & 0x0F), digital(), values);
        reply(Frame.checked(bytes, bytes.length - 1, json -> json.put("frame", number)), now, now);
    }

    /** What a count is worth on an input to which an ECG sensor is connected. */
    private static double millivolts(int count) {
        return (count / 1023.0 - 0.5) * 3.3 / 1100 * 1000;
    }

    /** Input A1 swings at 1 Hz, A2 at 2 Hz and so on, by 200 counts about the middle. */
    private int value(int input, long number) {
        if (faults.holds(FaultKind.ELECTRODE_OFF)) {
            return 0;
        }
        return (int) Math.round(512 + SWING * StrictMath.sin(2 * Math.PI * (input + 1) * number / rate));
    }

    private void reply(Frame frame, long due, long now) {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            trace.event(now, "not-sent", json -> json.put("reply", replies));
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        outbox.add(late == null ? due : now + late.valueOr(LATE_MILLIS) * NANOS_PER_MILLI, frame, struck);
    }

    @Override
    public Json state(long now) {
        return new Json()
                .put("outputOn", false)
                .put("knownStream", "ecg")
                .put("knownChannel", 0)
                .put("knownUnit", "mV")
                .put("knownLeast", millivolts(512 - SWING), 4)
                .put("knownGreatest", millivolts(512 + SWING), 4)
                .put("streaming", live)
                .put("rate", rate)
                .put("inputs", chosen.size())
                .put("frames", framesTotal)
                .put("replies", replies)
                .put("batteryThreshold", threshold)
                .put("thresholdCommands", thresholdCommands)
                .put("lastPacketAgeMs", lastCommand == Long.MIN_VALUE ? -1 : (now - lastCommand) / NANOS_PER_MILLI)
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
            live = false;
            rate = RATES[RATES.length - 1];
            pwmFollows = false;
        }
    }
}
