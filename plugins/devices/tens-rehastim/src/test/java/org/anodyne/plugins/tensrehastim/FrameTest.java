package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.anodyne.plugin.Command;
import org.anodyne.plugins.tensrehastim.PacketParser.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
    private static final int MUTATIONS = 2000;

    /** Literal frames of the protocol's description. */
    static Stream<Arguments> frames() {
        return Stream.of(
                frame("F0 81 47 81 56 00 01 01 0F", Packet.of(0, Packet.INIT, 1)),
                frame("F0 81 7F 81 56 00 02 00 0F", Packet.of(0, Packet.INIT_ACK, 0)),
                frame("F0 81 90 81 56 00 02 FB 0F", Packet.of(0, Packet.INIT_ACK, -5)),
                frame("F0 81 5C 81 57 01 04 0F", Packet.of(1, Packet.WATCHDOG)),
                frame("F0 81 49 81 57 02 0A 0F", Packet.of(2, Packet.GET_STIM_MODE)),
                frame("F0 81 95 81 51 02 0B 00 00 0F", null),
                frame(
                        "F0 81 13 81 5C 03 1E 00 01 00 0D 00 62 00 0F",
                        Packet.of(3, Packet.INIT_CHANNEL_LIST, 0, 1, 0, 13, 0, 98, 0)),
                frame("F0 81 7C 81 56 03 1F 00 0F", Packet.of(3, Packet.INIT_CHANNEL_LIST_ACK, 0)),
                frame("F0 81 E5 81 52 04 20 00 00 C8 81 5A 0F", Packet.of(4, Packet.START, 0, 0, 200, 15)),
                frame("F0 81 45 81 56 04 21 00 0F", Packet.of(4, Packet.START_ACK, 0)),
                frame("F0 81 B1 81 56 04 21 FE 0F", Packet.of(4, Packet.START_ACK, -2)),
                frame("F0 81 FA 81 57 05 22 0F", Packet.of(5, Packet.STOP)),
                frame("F0 81 04 81 56 05 23 00 0F", Packet.of(5, Packet.STOP_ACK, 0)),
                frame("F0 81 3B 81 53 06 24 00 00 C8 0A 0F", Packet.of(6, Packet.SINGLE_PULSE, 0, 0, 200, 10)),
                frame("F0 81 C7 81 56 06 25 00 0F", Packet.of(6, Packet.SINGLE_PULSE_ACK, 0)),
                frame("F0 81 1D 81 56 01 26 FF 0F", Packet.of(1, Packet.STIMULATION_ERROR, -1)),
                frame("F0 81 A7 81 56 02 26 FE 0F", Packet.of(2, Packet.STIMULATION_ERROR, -2)),
                frame("F0 81 52 81 56 07 03 63 0F", Packet.of(7, Packet.UNKNOWN_COMMAND, 99)));
    }

    private static Arguments frame(String bytes, Packet packet) {
        return Arguments.of(bytes, packet);
    }

    private static List<Received> parse(PacketParser parser, byte[] bytes) {
        List<Received> received = new ArrayList<>();
        for (byte b : bytes) {
            parser.next(b).ifPresent(received::add);
        }
        return received;
    }

    @ParameterizedTest
    @MethodSource("frames")
    void literalFrameIsReadAndWritten(String bytes, Packet packet) {
        Packet expected = packet == null ? MODE_ACK : packet;
        List<Received> received = parse(new PacketParser(), HEX.parseHex(bytes));
        assertEquals(List.of(new Received.Whole(expected)), received);
        assertEquals(bytes, HEX.formatHex(expected.encoded()));
    }

    private static final Packet MODE_ACK = Packet.of(2, Packet.GET_STIM_MODE_ACK, 0, 0);

    @Test
    void checkSumHasItsCheckValue() {
        byte[] nine = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(0xF4, Packet.crc(nine, nine.length));
    }

    @Test
    void everyByteSurvivesStuffing() {
        for (int value = 0; value < 256; value++) {
            Packet packet = Packet.of(value, Packet.SINGLE_PULSE, value, 255 - value, value);
            assertEquals(List.of(new Received.Whole(packet)), parse(new PacketParser(), packet.encoded()));
        }
    }

    @Test
    void packetsThatFollowEachOtherAreAllRead() {
        PacketParser parser = new PacketParser();
        List<Received> expected = new ArrayList<>();
        List<Received> received = new ArrayList<>();
        frames().forEach(arguments -> {
            byte[] bytes = HEX.parseHex((String) arguments.get()[0]);
            received.addAll(parse(parser, bytes));
            expected.addAll(parse(new PacketParser(), bytes));
        });
        assertEquals(expected, received);
    }

    @Test
    void damagedBytesNeverHangTheParserNorHideTheNextPacketButOne() {
        SplittableRandom random = new SplittableRandom(11);
        List<byte[]> originals =
                frames().map(a -> HEX.parseHex((String) a.get()[0])).toList();
        Packet sound = Packet.of(9, Packet.STOP_ACK, 0);
        for (int i = 0; i < MUTATIONS; i++) {
            PacketParser parser = new PacketParser();
            parse(parser, mutated(originals.get(i % originals.size()), random));
            List<Received> after = parse(parser, sound.encoded());
            after.addAll(parse(parser, sound.encoded()));
            assertTrue(after.contains(new Received.Whole(sound)), "after mutation " + i);
        }
    }

    /** The bytes with one to three of them changed, lost or doubled. */
    static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        for (int n = random.nextInt(1, 4); n > 0 && bytes.length > 1; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> {
                    System.arraycopy(bytes, at + 1, bytes, at, bytes.length - at - 1);
                    bytes = Arrays.copyOf(bytes, bytes.length - 1);
                }
                default -> {
                    bytes = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, bytes, at + 1, bytes.length - at - 1);
                }
            }
        }
        return bytes;
    }

    @Test
    void burstBecomesTheLiteralFrames() {
        Dose dose = Dose.of(
                new Command(
                        "c",
                        "tens",
                        "burst",
                        Map.of("amplitude", 15.0, "pulseWidth", 200.0, "frequency", 20.0, "duration", 1.0),
                        0,
                        "t"),
                Pattern.single(1));
        assertEquals(
                "F0 81 13 81 5C 03 1E 00 01 00 0D 00 62 00 0F",
                HEX.formatHex(Packet.of(3, Packet.INIT_CHANNEL_LIST, dose.channelList())
                        .encoded()));
        assertEquals(
                "F0 81 E5 81 52 04 20 00 00 C8 81 5A 0F",
                HEX.formatHex(Packet.of(4, Packet.START, dose.start()).encoded()));
        assertEquals(20, dose.groups());
        assertEquals(60, dose.delivered().get("charge_uC"), 1e-9);
        assertEquals(975_000_000, dose.stopAfterNanos());
    }

    @Test
    void frequencyBetweenStepsIsRoundedDown() {
        Dose dose = Dose.of(
                new Command(
                        "c",
                        "tens",
                        "burst",
                        Map.of("amplitude", 10.9, "pulseWidth", 99.9, "frequency", 99.0, "duration", 1.0),
                        0,
                        "t"),
                Pattern.single(1));
        assertEquals(10, dose.milliampere());
        assertEquals(99, dose.microseconds());
        assertEquals(10_500_000, dose.periodNanos());
        assertEquals(96, dose.groups());
    }
}
