package org.anodyne.simulator.cyton;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
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
 * The board itself with its dongle, on a clock that the caller turns. A reply to a command and a data packet both count as
 * replies, so {@code no-reply} while it streams is a packet lost on the radio. Its packets have no check byte:
 * {@code bad-crc} spoils the last byte, by which a packet is known. {@code wrong-state} waits for the next setting and
 * refuses it.
 */
final class Board implements SimulatedDevice, FaultDesk.Effect {

    /**
     * How the board is built.
     *
     * @param seed of which byte is lost
     * @param daisy whether a second board with eight more channels is plugged on
     * @param driftPpm how much too fast its clock runs, parts per million
     * @param amplitude of the sine waves on normal inputs, µV
     */
    record Build(long seed, boolean daisy, double driftPpm, double amplitude) {}

    static final Set<FaultKind> FAULTS = Set.copyOf(EnumSet.of(
            FaultKind.BAD_CRC,
            FaultKind.LOST_BYTE,
            FaultKind.HALF_FRAME,
            FaultKind.SPLIT,
            FaultKind.MERGE,
            FaultKind.LATE_REPLY,
            FaultKind.NO_REPLY,
            FaultKind.WRONG_STATE,
            FaultKind.ELECTRODE_OFF,
            FaultKind.SILENCE,
            FaultKind.CABLE_PULLED,
            FaultKind.RESET));

    private static final long NEVER = Long.MAX_VALUE;
    private static final double RATE = 250;
    private static final long REPLY_NANOS = 5_000_000;
    private static final long RESET_NANOS = 50_000_000;
    private static final long COMMAND_NANOS = 1_000_000_000L;
    private static final long LATE_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final double RAIL_MICROVOLTS = 1e9;
    private static final int ONE_G = 8000;
    private static final String REFUSED = "Failure: too few chars$$$";
    /** No packet ends so: the highest bits of its last byte are always C. */
    private static final int SPOILED = 0x80;

    private final Build build;
    private final Trace trace;
    private final FaultDesk faults;
    private final Outbox outbox;
    private final long poweredOn;
    private final StringBuilder unfinished = new StringBuilder();

    private Registers registers = new Registers();
    private boolean streaming;
    private long streamBegan;
    private long packets;
    private long packetsTotal;
    private int replies;
    private long unfinishedSince;
    private long bootedAt;
    private long lastCommand = Long.MIN_VALUE;

    Board(long now, Build build, Wire wire, Trace trace) {
        this.build = build;
        this.trace = trace;
        poweredOn = now;
        bootedAt = now;
        faults = new FaultDesk(FAULTS, wire, trace, this);
        outbox = new Outbox(faults.plan(), new Random(build.seed()), wire, trace);
        registers.channels(build.daisy() ? 16 : 8);
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
            letter((char) (each & 0xFF), now);
        }
        advance(now);
    }

    @Override
    public void advance(long now) {
        for (long next = nextDue(); next <= now; next = nextDue()) {
            happen(next);
        }
    }

    @Override
    public long nextDue() {
        long unfinishedDue = unfinished.length() == 0 ? NEVER : unfinishedSince + COMMAND_NANOS;
        return Math.min(
                Math.min(outbox.nextDue(), faults.nextDue()),
                Math.min(unfinishedDue, streaming ? due(packets) : NEVER));
    }

    private long due(long packet) {
        return streamBegan + Math.round((packet + 1) * 1e9 / (RATE * (1 + build.driftPpm() * 1e-6)));
    }

    private void happen(long next) {
        if (faults.nextDue() <= next) {
            faults.advance(next);
        } else if (outbox.nextDue() <= next) {
            faults.follow(outbox.send(next), next);
        } else if (unfinished.length() > 0 && unfinishedSince + COMMAND_NANOS <= next) {
            unfinished.setLength(0);
            say("Timeout processing multi byte message - please send all commands at once as of v2$$$", next);
        } else {
            packet(next);
        }
    }

    // --- commands

    private void letter(char c, long now) {
        if (unfinished.length() > 0) {
            unfinished.append(c);
            finish(now);
        } else if ("xz/~`".indexOf(c) >= 0) {
            unfinished.append(c);
            unfinishedSince = now;
        } else {
            single(c, now);
        }
    }

    private void finish(long now) {
        String command = unfinished.toString();
        char first = command.charAt(0);
        char last = command.charAt(command.length() - 1);
        if (first == 'x' && last == 'X' && command.length() > 2) {
            unfinished.setLength(0);
            set(() -> registers.set(command, registers.channels()), now);
        } else if (first == 'z' && last == 'Z') {
            unfinished.setLength(0);
            say(
                    command.length() == 5
                            ? "Success: Lead off set for " + command.charAt(1) + "$$$"
                            : "Failure: too few chars$$$",
                    now);
        } else if (first == '/') {
            unfinished.setLength(0);
            if (last >= '0' && last <= '4') {
                String[] names = {"default", "debug", "analog", "digital", "marker"};
                set(
                        () -> {
                            registers.mode(last - '0');
                            return "Success: " + names[last - '0'] + "$$$";
                        },
                        now);
            } else {
                say("Failure: invalid board mode value$$$", now);
            }
        } else if (first == '~' || first == '`') {
            unfinished.setLength(0);
            say(first == '~' ? "Failure: sample rate cannot be changed without an SD card or WiFi$$$" : "", now);
        } else if (command.length() > 9) {
            unfinished.setLength(0);
            say("Failure: too many chars$$$", now);
        }
    }

    private void single(char c, long now) {
        switch (c) {
            case 'b' -> {
                streaming = true;
                streamBegan = now;
                packets = 0;
                trace.event(now, "stream", json -> json.put("on", true));
            }
            case 's' -> stop(now);
            case 'v' -> {
                stop(now);
                boolean sixteen = build.daisy();
                registers = new Registers();
                registers.channels(sixteen ? 16 : 8);
                reply(banner(), RESET_NANOS, now);
            }
            case 'V' -> say("v3.1.2$$$", now);
            case 'd' -> {
                registers.defaults();
                say("updating channel settings to default$$$", now);
            }
            case 'c' -> {
                registers.channels(8);
                say("daisy removed$$$", now);
            }
            case 'C' -> {
                registers.channels(build.daisy() ? 16 : 8);
                say(build.daisy() ? "16$$$" : "no daisy to attach!8$$$", now);
            }
            case '<' -> {
                registers.stamp(true);
                say("Time stamp ON$$$", now);
            }
            case '>' -> {
                registers.stamp(false);
                say("Time stamp OFF$$$", now);
            }
            default -> {
                if (!registers.toggle(c)) {
                    trace.event(now, "ignored", json -> json.put("letter", String.valueOf(c)));
                }
            }
        }
    }

    private void stop(long now) {
        if (streaming) {
            streaming = false;
            trace.event(now, "stream", json -> json.put("on", false));
        }
    }

    private String banner() {
        return "OpenBCI V3 8-16 channel\nOn Board ADS1299 Device ID: 0x3E\n"
                + (build.daisy() ? "On Daisy ADS1299 Device ID: 0x3E\n" : "")
                + "LIS3DH Device ID: 0x33\nFirmware: v3.1.2\n$$$";
    }

    /** Answers; the board says nothing in words while it streams. */
    private void say(String text, long now) {
        if (!streaming && !text.isEmpty()) {
            reply(text, REPLY_NANOS, now);
        }
    }

    /** Carries a setting out and answers, or refuses it by a fault. */
    private void set(Supplier<String> setting, long now) {
        if (streaming) {
            setting.get();
            return;
        }
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        String text = struck.containsKey(FaultKind.WRONG_STATE) ? REFUSED : setting.get();
        send(plain(text), now + REPLY_NANOS, struck, now);
    }

    private static Frame plain(String text) {
        return Frame.plain(text.getBytes(StandardCharsets.US_ASCII), json -> json.put("text", text));
    }

    private void reply(String text, long after, long now) {
        send(plain(text), now + after, now);
    }

    private void send(Frame frame, long due, long now) {
        send(frame, due, struck(), now);
    }

    /** The faults that strike the next reply; only a setting can be refused, so a refusal waits for one. */
    private Map<FaultKind, Fault> struck() {
        Map<FaultKind, Fault> struck = faults.plan().take(++replies);
        Fault refusal = struck.remove(FaultKind.WRONG_STATE);
        if (refusal != null && refusal.reply() == Fault.NOW) {
            faults.plan().add(refusal);
        }
        return struck;
    }

    private void send(Frame frame, long due, Map<FaultKind, Fault> struck, long now) {
        if (struck.containsKey(FaultKind.NO_REPLY)) {
            trace.event(now, "not-sent", json -> json.put("reply", replies));
            faults.follow(struck, now);
            return;
        }
        Fault late = struck.get(FaultKind.LATE_REPLY);
        outbox.add(late == null ? due : now + late.valueOr(LATE_MILLIS) * NANOS_PER_MILLI, frame, struck);
    }

    // --- data

    private void packet(long now) {
        long number = packets++;
        if (faults.holds(FaultKind.SILENCE)) {
            return;
        }
        packetsTotal++;
        boolean sixteen = registers.channels() == 16;
        // Odd numbers are the board's own, the even ones that follow them the Daisy's.
        boolean fromDaisy = sixteen && number % 2 == 1;
        int shown = (int) (number + 1 & 0xFF);
        int[] counts = new int[DataPacket.INPUTS];
        for (int i = 0; i < counts.length; i++) {
            int channel = fromDaisy ? i + DataPacket.INPUTS : i;
            counts[i] = registers.isOn(channel)
                    ? DataPacket.count(microvolts(channel, number / RATE), registers.gain(channel))
                    : 0;
        }
        byte[] packet = DataPacket.layOut(shown, counts, aux(shown, now), type());
        Map<FaultKind, Fault> struck = struck();
        if (struck.containsKey(FaultKind.BAD_CRC)) {
            packet[packet.length - 1] ^= SPOILED;
        }
        send(Frame.plain(packet, json -> json.put("packet", shown)), now, struck, now);
    }

    /** What lies at an input, by time since the stream began. */
    private double microvolts(int channel, double seconds) {
        if (channel == 0 && faults.holds(FaultKind.ELECTRODE_OFF)) {
            return RAIL_MICROVOLTS;
        }
        return switch (registers.source(channel)) {
            case 0 -> build.amplitude() * StrictMath.sin(2 * Math.PI * (channel + 5) * seconds);
            // The test signal: a square of 4.5 V / 2400 at about 1 Hz.
            case 5 -> seconds % 1.0 < 0.5 ? 1875 : -1875;
            default -> 0;
        };
    }

    private boolean accelerates() {
        return registers.mode() == 0;
    }

    private int type() {
        if (!registers.stamped()) {
            return accelerates() ? 0 : 1;
        }
        boolean just = registers.takeStampJustSet();
        if (accelerates()) {
            return just ? 3 : 4;
        }
        return just ? 5 : 6;
    }

    private byte[] aux(int shown, long now) {
        long millis = (now - bootedAt) / NANOS_PER_MILLI;
        int[] words = accelerates() ? new int[] {0, 0, ONE_G} : new int[] {shown, 512, 1023};
        if (registers.stamped()) {
            int axis = shown % 10 - 7;
            int word = !accelerates() ? words[0] : axis >= 0 ? words[axis] : 0;
            return DataPacket.wordAndTime(word, millis);
        }
        if (accelerates() && shown % 10 != 0) {
            return new byte[6];
        }
        return DataPacket.words(words[0], words[1], words[2]);
    }

    // --- state and faults

    @Override
    public Json state(long now) {
        return new Json()
                .put("outputOn", false)
                .put("streaming", streaming)
                .put("channels", registers.channels())
                .put("gainOfChannel1", registers.gain(0))
                .put("knownStream", "eeg")
                .put("knownChannel", 0)
                .put("knownUnit", "uV")
                .put("knownLeast", -build.amplitude(), 4)
                .put("knownGreatest", build.amplitude(), 4)
                .put("packets", packetsTotal)
                .put("replies", replies)
                .put("lastPacketAgeMs", lastCommand == Long.MIN_VALUE ? -1 : (now - lastCommand) / NANOS_PER_MILLI)
                .put("poweredMs", (now - poweredOn) / NANOS_PER_MILLI)
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
            unfinished.setLength(0);
            stop(now);
            registers = new Registers();
            registers.channels(build.daisy() ? 16 : 8);
            bootedAt = now;
            reply(banner(), RESET_NANOS, now);
        }
    }
}
