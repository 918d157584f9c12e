package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.anodyne.line.Address;
import org.anodyne.line.Line;
import org.anodyne.line.SerialSettings;

/**
 * A request that each device answers, sent over the line that its adapter opens: from the write until the whole answer is
 * read, less the time that the simulated device takes for it by design. Read every 50 µs.
 *
 * @param plugin id of the adapter whose line it is
 * @param simulator name of the simulator
 * @param options of the simulator's command line
 * @param settings of the serial port
 * @param greeting bytes that the device says at first by itself; 0 for none
 * @param hello what is said to it then
 * @param request what is asked
 * @param length of the answer
 */
record LineProbe(
        String plugin,
        String simulator,
        List<String> options,
        SerialSettings settings,
        int greeting,
        byte[] hello,
        byte[] request,
        int length) {
    private static final byte[] NOTHING = {};
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = 50_000;
    /** From one request to the next. */
    private static final long PAUSE_NANOS = 20_000_000;

    private static final Pattern HEARD = Pattern.compile("\"event\":\"rx\"");
    private static final Pattern SAID = Pattern.compile("\"event\":\"tx\"");

    /** Of every adapter whose device answers requests. */
    static final List<LineProbe> ALL = List.of(
            of("tens-rehastim", "rehastim", SerialSettings.evenParity(460_800), hex("F081498157020A0F"), 10)
                    .greeted(9, hex("F0817F81560002000F")),
            of("tdcs-reference", "tdcs", SerialSettings.baud(115_200), ascii("*IDN?\n"), 30),
            of("tms-magstim", "magstim", SerialSettings.baud(9600), hex("51406E"), 3),
            of("tms-magventure", "magventure", SerialSettings.baud(38_400), hex("FE010000FF"), 13),
            of("thermode-tcs2", "tcs2", SerialSettings.baud(115_200), ascii("?"), 3),
            of("openbci-cyton", "cyton", SerialSettings.baud(115_200), ascii("V"), 9),
            of("bitalino", "bitalino", SerialSettings.baud(115_200), hex("07"), 14),
            new LineProbe(
                    "marker-box",
                    "marker",
                    List.of("--box", "xid"),
                    SerialSettings.baud(115_200),
                    0,
                    NOTHING,
                    ascii("_c1"),
                    5));

    private static LineProbe of(String plugin, String simulator, SerialSettings settings, byte[] request, int length) {
        return new LineProbe(plugin, simulator, List.of(), settings, 0, NOTHING, request, length);
    }

    private LineProbe greeted(int by, byte[] with) {
        return new LineProbe(plugin, simulator, options, settings, by, with, request, length);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Asks so many times, by a simulator of its own. */
    void ask(Path home, Path folder, LineKind kind, int times, LongConsumer into)
            throws IOException, InterruptedException {
        long[] written = new long[times];
        long[] read = new long[times];
        List<String> trace;
        try (Simulator device = Simulator.start(home, simulator, folder, kind, options.toArray(String[]::new));
                Line line = Address.parse(device.address()).open(settings, PATIENCE)) {
            if (greeting > 0) {
                await(line, greeting);
                line.write(hello);
            }
            for (int i = 0; i < times; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                written[i] = System.nanoTime();
                line.write(request);
                await(line, length);
                read[i] = System.nanoTime();
            }
            trace = device.trace();
        }
        List<Long> heard = Simulator.times(trace, HEARD);
        List<Long> said = Simulator.times(trace, SAID);
        for (int i = 0; i < times; i++) {
            long from = written[i];
            long to = read[i];
            long taken = heard.stream()
                    .filter(t -> t >= from && t <= to)
                    .findFirst()
                    .flatMap(h -> said.stream()
                            .filter(t -> t >= h && t <= to)
                            .findFirst()
                            .map(s -> s - h))
                    .orElse(0L);
            into.accept(to - from - taken);
        }
    }

    private void await(Line line, int bytes) throws IOException {
        byte[] buffer = new byte[256];
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int count = 0; count < bytes; count += line.read(buffer)) {
            if (System.nanoTime() - until > 0) {
                throw new IOException("the simulator of " + plugin + " answered " + count + " of " + bytes + " bytes");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
