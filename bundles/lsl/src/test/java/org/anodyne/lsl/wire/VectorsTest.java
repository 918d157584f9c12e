package org.anodyne.lsl.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.Sample;
import org.anodyne.lsl.StreamInfo;
import org.junit.jupiter.api.Test;

/** Bytes written by hand from the published protocol, read and written. */
class VectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BE = ByteOrder.BIG_ENDIAN;

    /** 123456.789 as a double, the time of both patterns. */
    private static final String TIME_LE = "c976be9f0c24fe40";

    private static final String TIME_BE = "40fe240c9fbe76c9";

    /** Two channels of float32: 4, −5 and 2, −3. */
    private static final String FLOAT_LE =
            "02" + TIME_LE + "00008040" + "0000a0c0" + "02" + TIME_LE + "00000040" + "000040c0";

    private static final String FLOAT_BE =
            "02" + TIME_BE + "40800000" + "c0a00000" + "02" + TIME_BE + "40000000" + "c0400000";

    /** One channel of double64: 16777221 and 16777219. */
    private static final String DOUBLE_LE = "02" + TIME_LE + "0000005000007041" + "02" + TIME_LE + "0000003000007041";

    /** Two channels of int32: 65541, −65542 and 65539, −65540. */
    private static final String INT32_LE =
            "02" + TIME_LE + "05000100" + "fafffeff" + "02" + TIME_LE + "03000100" + "fcfffeff";

    /** Two channels of int16: 261, −262 and 259, −260. */
    private static final String INT16_BE = "02" + TIME_BE + "0105" + "fefa" + "02" + TIME_BE + "0103" + "fefc";

    /** Two channels of int8: 5, −6 and 3, −4. */
    private static final String INT8_LE = "02" + TIME_LE + "05" + "fa" + "02" + TIME_LE + "03" + "fc";

    /** One channel of int64: 2147483653 and 2147483651. */
    private static final String INT64_LE = "02" + TIME_LE + "0500008000000000" + "02" + TIME_LE + "0300008000000000";

    /** Two channels of texts: "10", "-11", the same twice. */
    private static final String TEXT_LE =
            "02" + TIME_LE + "01023130" + "01032d3131" + "02" + TIME_LE + "01023130" + "01032d3131";

    private static List<Sample> read(ChannelFormat format, int channels, double rate, ByteOrder order, String hex)
            throws MalformedException {
        byte[] bytes = HEX.parseHex(hex);
        List<Sample> whole = new ArrayList<>();
        new FeedDecoder(format, channels, rate, order).feed(bytes, bytes.length, whole::add);
        List<Sample> split = new ArrayList<>();
        FeedDecoder decoder = new FeedDecoder(format, channels, rate, order);
        for (byte each : bytes) {
            decoder.feed(new byte[] {each}, 1, split::add);
        }
        assertEquals(whole.size(), split.size(), "split at each byte it reads otherwise");
        for (int i = 0; i < whole.size(); i++) {
            assertEquals(whole.get(i).time(), split.get(i).time());
        }
        return whole;
    }

    private static void preamble(String hex, ChannelFormat format, int channels, ByteOrder order)
            throws MalformedException {
        assertEquals(hex, HEX.formatHex(new FeedEncoder(format, channels, order).preamble()), format.label());
        byte[] bytes = HEX.parseHex(hex);
        FeedDecoder decoder = new FeedDecoder(format, channels, 0, order);
        decoder.feed(bytes, bytes.length, s -> {
            throw new AssertionError("a test pattern is no sample");
        });
        assertTrue(decoder.begun());
    }

    @Test
    void testPatternsOfEveryFormat() throws MalformedException {
        preamble(FLOAT_LE, ChannelFormat.FLOAT32, 2, LE);
        preamble(FLOAT_BE, ChannelFormat.FLOAT32, 2, BE);
        preamble(DOUBLE_LE, ChannelFormat.DOUBLE64, 1, LE);
        preamble(INT32_LE, ChannelFormat.INT32, 2, LE);
        preamble(INT16_BE, ChannelFormat.INT16, 2, BE);
        preamble(INT8_LE, ChannelFormat.INT8, 2, LE);
        preamble(INT64_LE, ChannelFormat.INT64, 1, LE);
        preamble(TEXT_LE, ChannelFormat.STRING, 2, LE);
    }

    @Test
    void wholeNumbersOfManyChannelsWrapAtTheGreatestOfTheirFormat() {
        double[] values = TestPattern.of(ChannelFormat.INT8, 130, 4).values().numbers();
        assertEquals(126, values[121] * -1);
        assertEquals(0, values[122]);
        assertEquals(-1, values[123]);
    }

    @Test
    void timesAreSentOrDeduced() throws MalformedException {
        // 1000.0 s with 1, 2; then deduced twice at 250 Hz; then 1001.0 s.
        String data = "020000000000408f40" + "0000803f" + "00000040" + "01" + "0000803f" + "00000040" + "01"
                + "0000803f" + "00000040" + "020000000000488f40" + "0000803f" + "00000040";
        List<Sample> samples = read(ChannelFormat.FLOAT32, 2, 250, LE, FLOAT_LE + data);
        assertEquals(
                List.of(1000.0, 1000.004, 1000.008, 1001.0),
                samples.stream().map(Sample::time).toList());
        assertArrayEquals(new double[] {1, 2}, samples.get(3).values().numbers());
        FeedEncoder encoder = new FeedEncoder(ChannelFormat.FLOAT32, 2, LE);
        assertEquals(
                data.substring(0, 52),
                HEX.formatHex(encoder.encode(Sample.of(1000, 1, 2), false))
                        + HEX.formatHex(encoder.encode(Sample.of(1000.004, 1, 2), true)));
    }

    @Test
    void textsHaveLengthsOfOneTwoFourOrEightBytes() throws MalformedException {
        String marker = HEX.formatHex("S  1".getBytes(StandardCharsets.UTF_8));
        List<Sample> samples = read(
                ChannelFormat.STRING,
                2,
                0,
                LE,
                TEXT_LE + "020000000000408f40" + "0104" + marker + "020400" + marker + "01" + "0404000000" + marker
                        + "080400000000000000" + marker);
        assertEquals(2, samples.size());
        assertEquals(new Sample.Texts(List.of("S  1", "S  1")), samples.get(0).values());
        assertEquals(1000.0, samples.get(1).time(), "irregular streams repeat the time");
        String longText = "x".repeat(256);
        String encoded =
                HEX.formatHex(new FeedEncoder(ChannelFormat.STRING, 1, BE).encode(Sample.of(1000, longText), false));
        assertTrue(encoded.startsWith("02408f400000000000" + "0400000100" + "78"), encoded.substring(0, 40));
    }

    @Test
    void feedThatIsJoinedWithinAChunkBeginsWithTheFirstTime() throws MalformedException {
        String value = "0000803f" + "00000040";
        List<Sample> samples = read(
                ChannelFormat.FLOAT32,
                2,
                250,
                LE,
                FLOAT_LE + "01" + value + "01" + value + "020000000000408f40" + value + "01" + value);
        assertEquals(
                List.of(1000.0, 1000.004), samples.stream().map(Sample::time).toList());
        // The test patterns themselves have a time.
        assertThrows(
                MalformedException.class, () -> read(ChannelFormat.FLOAT32, 2, 250, LE, "01" + FLOAT_LE.substring(18)));
    }

    @Test
    void largeTextThatComesByteByByteIsNotReadAnewWithEach() throws MalformedException {
        int length = FeedDecoder.MOST_TEXT_BYTES;
        byte[] bytes = new FeedEncoder(ChannelFormat.STRING, 1, LE).encode(Sample.of(1000, "x".repeat(length)), false);
        List<Sample> samples = new ArrayList<>();
        FeedDecoder decoder = new FeedDecoder(ChannelFormat.STRING, 1, 0, LE);
        byte[] preamble = new FeedEncoder(ChannelFormat.STRING, 1, LE).preamble();
        decoder.feed(preamble, preamble.length, samples::add);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (byte each : bytes) {
                decoder.feed(new byte[] {each}, 1, samples::add);
            }
        });
        assertEquals(
                new Sample.Texts(List.of("x".repeat(length))), samples.get(0).values());
    }

    @Test
    void whatIsNoFeedIsRefused() {
        assertThrows(MalformedException.class, () -> read(ChannelFormat.FLOAT32, 2, 250, BE, FLOAT_LE));
        assertThrows(MalformedException.class, () -> read(ChannelFormat.FLOAT32, 1, 250, LE, FLOAT_LE));
        assertThrows(MalformedException.class, () -> read(ChannelFormat.FLOAT32, 2, 250, LE, FLOAT_LE + "03"));
        // Not a number as time; a text of 2 GiB; a length in 3 bytes.
        assertThrows(
                MalformedException.class,
                () -> read(ChannelFormat.FLOAT32, 2, 250, LE, FLOAT_LE + "02000000000000f87f" + "0000803f00000040"));
        assertThrows(
                MalformedException.class,
                () -> read(ChannelFormat.STRING, 2, 0, LE, TEXT_LE + "020000000000408f40" + "04ffffff7f"));
        assertThrows(
                MalformedException.class,
                () -> read(ChannelFormat.STRING, 2, 0, LE, TEXT_LE + "020000000000408f40" + "03"));
    }

    @Test
    void handshakesAreReadAndWritten() throws MalformedException {
        String request = "LSL:streamfeed/110 0a1b\r\nNative-Byte-Order: 4321\r\nEndian-Performance: 1000\r\n"
                + "Has-IEEE754-Floats: 1\r\nSupports-Subnormals: 1\r\nValue-Size: 4\r\nData-Protocol-Version: 110\r\n"
                + "Max-Buffer-Length: 360\r\nMax-Chunk-Length: 0\r\nHostname: lab\r\nSource-Id: s1\r\n"
                + "Session-Id: default\r\n\r\n";
        assertTrue(Handshake.complete(request));
        assertEquals(
                new Handshake.Request.Feed(110, "0a1b", BE, true, 360),
                Handshake.request(request, ChannelFormat.FLOAT32));
        assertEquals(
                false,
                ((Handshake.Request.Feed) Handshake.request(request, ChannelFormat.DOUBLE64)).binary(),
                "values of another size would have to be converted");
        assertEquals(new Handshake.Request.FullInfo(), Handshake.request("LSL:fullinfo\r\n", ChannelFormat.INT8));
        assertEquals(
                new Handshake.Request.ShortInfo("name='X'"),
                Handshake.request("LSL:shortinfo\r\nname='X'\r\n", ChannelFormat.INT8));
        String consent = "LSL/110 200 OK\r\nUID: 0a1b\r\nByte-Order: 1234\r\nSuppress-Subnormals: 0\r\n"
                + "Data-Protocol-Version: 110\r\n\r\n";
        assertEquals(consent, new String(Handshake.consent("0a1b", LE), StandardCharsets.UTF_8));
        assertEquals(new Handshake.Consent("0a1b", LE, 110), Handshake.consent(consent, "0a1b"));
        assertEquals(
                new Handshake.Consent("0a1b", BE, 110), Handshake.consent(consent.replace("1234", "4321"), "0a1b"));
        for (String bad : List.of(
                "LSL/110 404 Not found\r\n\r\n",
                "LSL/110 505 Version not supported\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                consent.replace("LSL/110", "LSL/210"),
                consent.replace("Version: 110", "Version: 111"),
                consent.replace("1234", "2134"),
                consent.replace("0a1b", "ffff"))) {
            assertThrows(MalformedException.class, () -> Handshake.consent(bad, "0a1b"), bad);
        }
        StreamInfo info = new StreamInfo(
                "X",
                "EEG",
                1,
                250,
                ChannelFormat.INT16,
                "s1",
                "0a1b",
                "default",
                "lab",
                1,
                "",
                1,
                2,
                org.anodyne.lsl.Element.of("desc", List.of()));
        assertTrue(new String(Handshake.feed(info, 99, 32), StandardCharsets.UTF_8)
                .startsWith("LSL:streamfeed/110 0a1b\r\nNative-Byte-Order: "));
    }

    @Test
    void datagramsAreReadAndWritten() throws MalformedException {
        byte[] question =
                "LSL:shortinfo\r\nsession_id='default' and name='X'\r\n16600 42\r\n".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(question, Datagrams.shortInfo("session_id='default' and name='X'", 16600, "42"));
        assertEquals(
                new Datagrams.Question.ShortInfo("session_id='default' and name='X'", 16600, "42"),
                Datagrams.question(question));
        Datagrams.Question time = Datagrams.question("LSL:timedata\r\n7 100.25\r\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(new Datagrams.Question.TimeData(7, "100.25"), time);
        byte[] answer = Datagrams.timeAnswer((Datagrams.Question.TimeData) time, 200.5, 200.75);
        assertEquals(" 7 100.25 200.5 200.75", new String(answer, StandardCharsets.UTF_8));
        assertEquals(new Datagrams.TimeAnswer(7, 100.25, 200.5, 200.75), Datagrams.timeAnswer(answer));
    }
}
