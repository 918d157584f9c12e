package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What streams carry, between our ends and those of the reference library: formats, shapes, rates, values, times. */
class LiblslStreamsTest {
    private static final int PORT = 42_572;
    private static final Network NETWORK = Network.LOOPBACK.ports(PORT, 64);

    @TempDir
    Path folder;

    private Liblsl theirs;

    @BeforeEach
    void start() throws Exception {
        theirs = Liblsl.start(folder, Liblsl.settings(PORT, ""));
    }

    @AfterEach
    void end() throws Exception {
        if (theirs != null) {
            theirs.close();
        }
    }

    private static Sample ramp(ChannelFormat format, int channels, long k, double time) {
        if (format == ChannelFormat.STRING) {
            return new Sample(
                    time,
                    new Sample.Texts(IntStream.range(0, channels)
                            .mapToObj(i -> "m" + k + "-" + i)
                            .toList()));
        }
        return new Sample(
                time,
                new Sample.Numbers(IntStream.range(0, channels)
                        .mapToDouble(i -> (k + i) % 100)
                        .toArray()));
    }

    private static void push(Outlet outlet, int count) {
        double first = LslClock.seconds();
        double rate = outlet.info().rateHz();
        for (int k = 0; k < count; k++) {
            double time = rate > 0 ? first + k / rate : first;
            outlet.push(ramp(outlet.info().format(), outlet.info().channelCount(), k, time));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 1, 250, 1000", "FLOAT32, 8, 1, 60", "FLOAT32, 64, 1000, 5000", "FLOAT32, 300, 10000, 5000",
        "DOUBLE64, 300, 250, 1000", "INT8, 300, 250, 1000", "INT16, 64, 10000, 20000", "INT32, 130, 1000, 3000",
        "INT64, 32, 1000, 3000", "STRING, 1, 0, 1000", "STRING, 300, 250, 500", "FLOAT32, 2, 0, 500"
    })
    void everyShapeBothWays(ChannelFormat format, int channels, double rate, int count) throws Exception {
        StreamInfo wanted = StreamInfo.of("ours", "Test", channels, rate, format, "ours");
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='ours'\", '" + format.label() + "', 36000))");
            assertEquals("0", theirs.ask("i.begin()"));
            theirs.say("i.check(" + count + ")");
            push(outlet, count);
            assertEquals("\"ok\"", theirs.line());
            theirs.ask("i.shut()");
        }
        theirs.ask("put('o', Outlet('theirs', 'Test', " + channels + ", " + rate + ", '" + format.label() + "', 'x'))");
        for (int chunk : new int[] {1, 10}) {
            Taken taken = new Taken();
            try (Inlet inlet = taken.inlet(NETWORK, "name='theirs'")) {
                assertEquals("1", theirs.ask("o.consumers(20.0)"));
                theirs.say("o.ramp(" + count + ", " + chunk + ")");
                taken.ramp(count, channels, rate);
                theirs.line();
            }
        }
    }

    @Test
    void valuesThatAreSpecialArriveAsTheyAre() throws Exception {
        double[] special = {
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            2.5e-310
        };
        StreamInfo wanted = StreamInfo.of("special", "Test", 7, 0, ChannelFormat.DOUBLE64, "");
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='special'\", 'double64'))");
            assertEquals("0", theirs.ask("i.begin()"));
            outlet.push(Sample.of(100.5, special));
            assertEquals(
                    "[100.5, [\"nan\", \"inf\", \"-inf\", \"-0.0\", \"5e-324\", \"1.7976931348623157e+308\", \"2.5e-310\"]]",
                    theirs.ask("i.pull()"));
        }
        StreamInfo floats = StreamInfo.of("small", "Test", 2, 0, ChannelFormat.FLOAT32, "");
        try (Outlet outlet = Outlet.open(floats, NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='small'\", 'float32'))");
            assertEquals("0", theirs.ask("i.begin()"));
            outlet.push(Sample.of(100.5, Float.MIN_VALUE, Double.NaN));
            assertEquals("[100.5, [\"1.401298464324817e-45\", \"nan\"]]", theirs.ask("i.pull()"));
        }
        theirs.ask("put('o', Outlet('theirs', 'Test', 7, 0.0, 'double64', 'x'))");
        Taken taken = new Taken();
        try (Inlet inlet = taken.inlet(NETWORK, "name='theirs'")) {
            theirs.ask("o.consumers(20.0)");
            theirs.ask(
                    "o.push([math.nan, math.inf, -math.inf, -0.0, 5e-324, 1.7976931348623157e308, 2.5e-310], 100.5)");
            Sample sample = taken.sample();
            assertEquals(100.5, sample.time());
            for (int i = 0; i < special.length; i++) {
                assertEquals(
                        Double.doubleToLongBits(special[i]),
                        Double.doubleToLongBits(sample.values().numbers()[i]));
            }
        }
        StreamInfo wholes = StreamInfo.of("wholes", "Test", 3, 0, ChannelFormat.INT64, "");
        try (Outlet outlet = Outlet.open(wholes, NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='wholes'\", 'int64'))");
            assertEquals("0", theirs.ask("i.begin()"));
            outlet.push(new Sample(100.5, new Sample.Wholes(new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE})));
            assertEquals("[100.5, [-9223372036854775808, -1, 9223372036854775807]]", theirs.ask("i.pull()"));
        }
        theirs.ask("put('w', Outlet('wide', 'Test', 3, 0.0, 'int64', 'x'))");
        Taken wide = new Taken();
        try (Inlet inlet = wide.inlet(NETWORK, "name='wide'")) {
            theirs.ask("w.consumers(20.0)");
            theirs.ask("w.push([-2**63, -1, 2**63-1], 100.5)");
            Sample sample = wide.sample();
            assertEquals(
                    List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE),
                    java.util.Arrays.stream(((Sample.Wholes) sample.values()).wholes())
                            .boxed()
                            .toList());
        }
    }

    @Test
    void textsOfAnyLengthArriveWhole() throws Exception {
        List<Integer> lengths = List.of(0, 1, 255, 256, 65_535, 65_536, 300_000);
        StreamInfo wanted = StreamInfo.of("texts", "Markers", 1, 0, ChannelFormat.STRING, "t");
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='texts'\", 'string'))");
            assertEquals("0", theirs.ask("i.begin()"));
            for (int length : lengths) {
                outlet.push(Sample.of(100.5, "x".repeat(length)));
                assertEquals(
                        "[100.5, " + length + ", true]",
                        theirs.ask(
                                "put('r', i.pull()) and " + "[r[0], len(r[1][0]), r[1][0] == 'x' * " + length + "]"));
            }
            String mixed = "Größe µV 痛み 𝄞 <&> \"'\r\n\t;";
            outlet.push(Sample.of(101.5, mixed));
            assertEquals("\"Größe µV 痛み 𝄞 <&> \\\"'\\r\\n\\t;\"", theirs.ask("i.pull()[1][0]"));
        }
        theirs.ask("put('o', Outlet('theirs', 'Markers', 1, 0.0, 'string', 'x'))");
        Taken taken = new Taken();
        try (Inlet inlet = taken.inlet(NETWORK, "name='theirs'")) {
            theirs.ask("o.consumers(20.0)");
            for (int length : lengths) {
                theirs.ask("o.push(['x' * " + length + "], 100.5)");
                assertEquals(
                        new Sample.Texts(List.of("x".repeat(length))),
                        taken.sample().values());
            }
            theirs.ask("o.push(['Größe µV 痛み 𝄞 <&> \"\\'\\r\\n\\t;'], 100.5)");
            assertEquals(
                    new Sample.Texts(List.of("Größe µV 痛み 𝄞 <&> \"'\r\n\t;")),
                    taken.sample().values());
        }
    }

    @Test
    void clocksAgreeWithinTheirUncertaintyBothWays() throws Exception {
        try (Outlet outlet = Outlet.open(StreamInfo.of("ours", "EEG", 1, 100, ChannelFormat.FLOAT32, "c"), NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='ours'\", 'float32'))");
            assertEquals("0", theirs.ask("i.begin()"));
            double theirView = Double.parseDouble(theirs.ask("i.correction()"));
            assertTrue(Math.abs(theirView) < 0.01, "one clock, and yet corrected by " + theirView);
            double difference = Double.parseDouble(theirs.ask("call('local_clock', D)")) - LslClock.seconds();
            assertTrue(Math.abs(difference) < 1, "the same clock is read, but it differs by " + difference);
        }
        theirs.ask("put('o', Outlet('theirs', 'EEG', 1, 100.0, 'float32', 'x'))");
        Taken taken = new Taken();
        try (Inlet inlet = taken.inlet(NETWORK, "name='theirs'")) {
            for (int i = 0; i < 3; i++) {
                ClockOffset clock = taken.told(ClockOffset.class);
                assertTrue(
                        Math.abs(clock.correctionSeconds()) <= clock.uncertaintySeconds() + 1e-6,
                        "one clock, and yet beyond the uncertainty: " + clock);
                assertTrue(clock.uncertaintySeconds() < 0.01, "on one machine: " + clock);
            }
        }
    }

    @Test
    void severalInletsOnOneOutletEachGetAll() throws Exception {
        try (Outlet outlet = Outlet.open(StreamInfo.of("ours", "EEG", 4, 1000, ChannelFormat.FLOAT32, "s"), NETWORK)) {
            assertEquals(0, outlet.receivers());
            for (int i = 0; i < 5; i++) {
                theirs.ask("put('i" + i + "', Inlet(\"name='ours'\", 'float32', 36000))");
                assertEquals("0", theirs.ask("i" + i + ".begin()"));
            }
            push(outlet, 2000);
            for (int i = 0; i < 5; i++) {
                assertEquals("\"ok\"", theirs.ask("i" + i + ".check(2000)"));
            }
            // One that comes late gets what is pushed from then on.
            theirs.ask("put('late', Inlet(\"name='ours'\", 'float32', 36000))");
            assertEquals("0", theirs.ask("late.begin()"));
            push(outlet, 500);
            assertEquals("\"ok\"", theirs.ask("late.check(500)"));
            assertEquals("0", theirs.ask("late.waiting()"));
            assertEquals(6, outlet.receivers());
        }
        theirs.ask("put('o', Outlet('theirs', 'EEG', 4, 1000.0, 'float32', 'x'))");
        List<Taken> all = new ArrayList<>();
        List<Inlet> inlets = new ArrayList<>();
        try {
            assertEquals("0", theirs.ask("o.consumers()"));
            for (int i = 0; i < 5; i++) {
                Taken taken = new Taken();
                inlets.add(taken.inlet(NETWORK, "name='theirs'"));
                all.add(taken);
            }
            assertEquals("1", theirs.ask("o.consumers(20.0)"));
            theirs.ask("o.ramp(2000, 20)");
            for (Taken taken : all) {
                taken.ramp(2000, 4, 1000);
            }
        } finally {
            inlets.forEach(Inlet::close);
        }
    }
}
