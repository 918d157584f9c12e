package org.anodyne.simulator.rehastim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.anodyne.simulator.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire format against the literal frames of the protocol description, both ways, and against damage. */
class CodecTest {

    /** Every frame of the description, with the packet it stands for. */
    static Stream<Arguments> literalFrames() {
        return Stream.of(
                frame("Init", "F0 81 47 81 56 00 01 01 0F", Packet.of(0, 1, 1)),
                frame("InitAck", "F0 81 7F 81 56 00 02 00 0F", Packet.of(0, 2, 0)),
                frame("InitAck, bad version", "F0 81 90 81 56 00 02 FB 0F", Packet.of(0, 2, -5)),
                frame("Watchdog", "F0 81 5C 81 57 01 04 0F", Packet.of(1, 4)),
                frame("GetStimMode", "F0 81 49 81 57 02 0A 0F", Packet.of(2, 10)),
                frame("GetStimModeAck", "F0 81 95 81 51 02 0B 00 00 0F", Packet.of(2, 11, 0, 0)),
                frame(
                        "InitChannelList",
                        "F0 81 13 81 5C 03 1E 00 01 00 0D 00 62 00 0F",
                        Packet.of(3, 30, 0, 1, 0, 13, 0, 98, 0)),
                frame("InitChannelListAck", "F0 81 7C 81 56 03 1F 00 0F", Packet.of(3, 31, 0)),
                frame("Start", "F0 81 E5 81 52 04 20 00 00 C8 81 5A 0F", Packet.of(4, 32, 0, 0, 200, 15)),
                frame("StartAck", "F0 81 45 81 56 04 21 00 0F", Packet.of(4, 33, 0)),
                frame("StartAck, parameter error", "F0 81 B1 81 56 04 21 FE 0F", Packet.of(4, 33, -2)),
                frame("Stop", "F0 81 FA 81 57 05 22 0F", Packet.of(5, 34)),
                frame("StopAck", "F0 81 04 81 56 05 23 00 0F", Packet.of(5, 35, 0)),
                frame("SinglePulse", "F0 81 3B 81 53 06 24 00 00 C8 0A 0F", Packet.of(6, 36, 0, 0, 200, 10)),
                frame("SinglePulseAck", "F0 81 C7 81 56 06 25 00 0F", Packet.of(6, 37, 0)),
                frame("StimulationError, emergency stop", "F0 81 1D 81 56 01 26 FF 0F", Packet.of(1, 38, -1)),
                frame("StimulationError, electrode", "F0 81 A7 81 56 02 26 FE 0F", Packet.of(2, 38, -2)),
                frame("UnknownCommand", "F0 81 52 81 56 07 03 63 0F", Packet.of(7, 3, 99)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("literalFrames")
    void writesTheLiteralFrame(String name, byte[] frame, Packet packet) {
        assertArrayEquals(frame, PacketWriter.encode(packet));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("literalFrames")
    void readsTheLiteralFrame(String name, byte[] frame, Packet packet) {
        assertEquals(List.of(new Reading.Received(packet)), new PacketReader().read(frame));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("literalFrames")
    void readsAFrameSplitAtEveryByte(String name, byte[] frame, Packet packet) {
        for (int cut = 0; cut <= frame.length; cut++) {
            PacketReader reader = new PacketReader();
            List<Reading> readings = new ArrayList<>(reader.read(Arrays.copyOf(frame, cut)));
            assertEquals(cut == frame.length ? 1 : 0, readings.size(), "packets after " + cut + " bytes");
            readings.addAll(reader.read(Arrays.copyOfRange(frame, cut, frame.length)));
            assertEquals(List.of(new Reading.Received(packet)), readings, "cut at " + cut);
        }
    }

    @Test
    void readsAllFramesByteByByteInOneStream() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Packet> expected = new ArrayList<>();
        literalFrames().forEach(arguments -> {
            stream.writeBytes((byte[]) arguments.get()[1]);
            expected.add((Packet) arguments.get()[2]);
        });
        PacketReader reader = new PacketReader();
        List<Packet> packets = new ArrayList<>();
        for (byte each : stream.toByteArray()) {
            reader.read(new byte[] {each}).forEach(reading -> packets.add(received(reading)));
        }
        assertEquals(expected, packets);
    }

    @Test
    void readsTwoFramesThatCameTogether() {
        byte[] both = joined(hex("F0 81 5C 81 57 01 04 0F"), hex("F0 81 49 81 57 02 0A 0F"));
        assertEquals(
                List.of(new Reading.Received(Packet.of(1, 4)), new Reading.Received(Packet.of(2, 10))),
                new PacketReader().read(both));
    }

    @Test
    void checkByteHasItsKnownValues() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xF4, Crc8.of(digits, 0, digits.length));
        assertEquals(0x00, Crc8.of(new byte[0], 0, 0));
        assertEquals(0x07, Crc8.of(new byte[] {1}, 0, 1));
        assertEquals(0x12, Crc8.of(hex("00 01 01"), 0, 3), "Init carries 47, which is 12 with the mask");
    }

    @Test
    void stuffsEachSpecialByteAndNoOther() {
        assertEquals("81 A5", stuffed(0xF0));
        assertEquals("81 5A", stuffed(0x0F));
        assertEquals("81 D4", stuffed(0x81));
        for (int value = 0; value < 256; value++) {
            if (value != 0xF0 && value != 0x0F && value != 0x81) {
                assertEquals(String.format("%02X", value), stuffed(value));
            }
        }
    }

    @Test
    void stuffsPacketNumberAndCommandToo() {
        for (int special : new int[] {0xF0, 0x0F, 0x81}) {
            Packet packet = Packet.of(special, special, special);
            byte[] frame = PacketWriter.encode(packet);
            assertEquals(5 + 6 + 1, frame.length);
            assertEquals(6 ^ 0x55, frame[4] & 0xFF, "length counts stuffed bytes");
            assertEquals(packet, received(new PacketReader().read(frame).get(0)));
        }
    }

    @Test
    void acceptsStuffingThatWasNotNeeded() {
        byte[] body = hex("02 81 5F");
        byte[] frame = framed(body);
        assertEquals(Packet.of(2, 0x0A), received(new PacketReader().read(frame).get(0)));
    }

    @Test
    void readsTheHeaderByPositionWhenCheckByteLooksLikeABoundary() {
        Set<Integer> seen = new HashSet<>();
        for (int number = 0; number < 256; number++) {
            for (int data = 0; data < 256; data++) {
                byte[] frame = PacketWriter.encode(Packet.of(number, 4, data));
                int check = frame[2] & 0xFF;
                if (check == 0xF0 || check == 0x0F || check == 0x81) {
                    seen.add(check);
                    assertReadsInEverySplit(frame, Packet.of(number, 4, data));
                }
            }
        }
        assertEquals(Set.of(0xF0, 0x0F, 0x81), seen);
    }

    @Test
    void readsTheHeaderByPositionWhenLengthByteLooksLikeABoundary() {
        for (int look : new int[] {0xF0, 0x0F, 0x81}) {
            int length = look ^ 0x55;
            Packet packet = new Packet(9, 40, new byte[length - 2]);
            byte[] frame = PacketWriter.encode(packet);
            assertEquals(look, frame[4] & 0xFF);
            assertReadsInEverySplit(frame, packet);
        }
    }

    @Test
    void findsTheFrameBehindEveryTornOne() {
        byte[] torn = hex("F0 81 E5 81 52 04 20 00 00 C8 81 5A 0F");
        byte[] whole = hex("F0 81 FA 81 57 05 22 0F");
        for (int lost = 0; lost < torn.length; lost++) {
            byte[] damaged =
                    joined(joined(Arrays.copyOf(torn, lost), Arrays.copyOfRange(torn, lost + 1, torn.length)), whole);
            assertEquals(List.of(Packet.of(5, 34)), packets(new PacketReader().read(damaged)), "lost byte " + lost);
            byte[] cut = joined(Arrays.copyOf(torn, lost), whole);
            assertEquals(List.of(Packet.of(5, 34)), packets(new PacketReader().read(cut)), "cut at " + lost);
        }
    }

    @Test
    void refusesEverySingleChangedBit() {
        byte[] frame = hex("F0 81 E5 81 52 04 20 00 00 C8 81 5A 0F");
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(List.of(), packets(new PacketReader().read(changed)), "bit " + bit);
        }
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> PacketWriter.encode(new Packet(1, 4, new byte[254])));
        byte[] longest = PacketWriter.encode(new Packet(1, 4, new byte[253]));
        assertEquals(253, received(new PacketReader().read(longest).get(0)).size());
    }

    @Test
    void refusesABodyWithoutCommandOrWithALoneEscape() {
        assertInstanceOf(
                Reading.Damaged.class,
                new PacketReader().read(framed(hex("05"))).get(0));
        assertInstanceOf(
                Reading.Damaged.class,
                new PacketReader().read(framed(new byte[0])).get(0));
        assertInstanceOf(
                Reading.Damaged.class,
                new PacketReader().read(framed(hex("05 22 81"))).get(0));
    }

    @Test
    void survivesTenThousandMutatedFrames() {
        Random random = new Random(20_260_101);
        List<byte[]> frames =
                literalFrames().map(each -> (byte[]) each.get()[1]).toList();
        PacketReader reader = new PacketReader();
        byte[] sentinel = PacketWriter.encode(Packet.of(0xF0, 0x0F, 0x81, 77));
        // Enough bytes to end any frame that a mutation has begun.
        byte[] flush = new byte[300];
        Arrays.fill(flush, (byte) 0x0F);
        for (int round = 0; round < 10_000; round++) {
            byte[] mutated = mutate(frames.get(random.nextInt(frames.size())), random);
            int cut = random.nextInt(mutated.length + 1);
            reader.read(Arrays.copyOf(mutated, cut));
            reader.read(Arrays.copyOfRange(mutated, cut, mutated.length));
            reader.read(flush);
            assertEquals(
                    List.of(new Reading.Received(Packet.of(0xF0, 0x0F, 0x81, 77))),
                    reader.read(sentinel),
                    "round " + round);
        }
    }

    private static byte[] mutate(byte[] frame, Random random) {
        byte[] mutated = frame.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && mutated.length > 1; i++) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 ->
                    mutated = joined(Arrays.copyOf(mutated, at), Arrays.copyOfRange(mutated, at + 1, mutated.length));
                default ->
                    mutated = joined(
                            joined(Arrays.copyOf(mutated, at), new byte[] {(byte) random.nextInt(256)}),
                            Arrays.copyOfRange(mutated, at, mutated.length));
            }
        }
        return mutated;
    }

    private static void assertReadsInEverySplit(byte[] frame, Packet packet) {
        for (int cut = 1; cut < frame.length; cut++) {
            PacketReader reader = new PacketReader();
            assertTrue(reader.read(Arrays.copyOf(frame, cut)).isEmpty());
            assertEquals(
                    List.of(new Reading.Received(packet)),
                    reader.read(Arrays.copyOfRange(frame, cut, frame.length)),
                    Hex.of(frame) + " cut at " + cut);
        }
        assertNotEquals(0, frame.length);
    }

    private static String stuffed(int value) {
        byte[] frame = PacketWriter.encode(Packet.of(1, 4, value));
        return Hex.of(Arrays.copyOfRange(frame, 7, frame.length - 1));
    }

    private static byte[] framed(byte[] body) {
        byte[] header = {
            (byte) 0xF0,
            (byte) 0x81,
            (byte) (Crc8.of(body, 0, body.length) ^ 0x55),
            (byte) 0x81,
            (byte) (body.length ^ 0x55)
        };
        return joined(joined(header, body), new byte[] {0x0F});
    }

    private static List<Packet> packets(List<Reading> readings) {
        return readings.stream()
                .filter(Reading.Received.class::isInstance)
                .map(CodecTest::received)
                .toList();
    }

    private static Packet received(Reading reading) {
        return assertInstanceOf(Reading.Received.class, reading).packet();
    }

    private static Arguments frame(String name, String hex, Packet packet) {
        return Arguments.of(name, hex(hex), packet);
    }

    static byte[] hex(String hex) {
        return java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
