package org.anodyne.plugins.tmsmagventure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The literal frames of the protocol description. */
class FrameTest {
    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static List<PacketParser.Received> parsed(byte[] bytes) {
        PacketParser parser = new PacketParser();
        List<PacketParser.Received> received = new ArrayList<>();
        for (byte b : bytes) {
            parser.next(b).ifPresent(received::add);
        }
        return received;
    }

    private static Packet packet(String hex) {
        List<PacketParser.Received> received = parsed(bytes(hex));
        assertEquals(1, received.size(), received.toString());
        return ((PacketParser.Received.Whole) received.get(0)).packet();
    }

    @Test
    void checkValueOfTheCrc() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xA1, Packet.crc(digits, 0, digits.length));
    }

    @Test
    void commandsAreAsDescribed() {
        assertArrayEquals(bytes("FE 01 00 00 FF"), Packet.status().encoded());
        assertArrayEquals(bytes("FE 01 05 3F FF"), Packet.longStatus().encoded());
        assertArrayEquals(bytes("FE 02 01 32 C6 FF"), Packet.amplitude(50).encoded());
        assertArrayEquals(bytes("FE 02 02 01 CF FF"), Packet.enable(true).encoded());
        assertArrayEquals(bytes("FE 02 02 00 91 FF"), Packet.enable(false).encoded());
        assertArrayEquals(bytes("FE 02 03 01 0B FF"), Packet.fire().encoded());
        assertArrayEquals(bytes("FE 01 04 61 FF"), Packet.train().encoded());
        assertArrayEquals(bytes("FE 02 07 02 D2 FF"), Packet.page(2).encoded());
        assertArrayEquals(
                bytes("FE 0E 0B 01 00 00 64 00 32 00 14 00 FA 00 64 0A 80 FF"),
                Packet.timing(new Timing(100, 50, 20, 250)).encoded());
    }

    @Test
    void thetaBurstIsSetAsBurstsOfThreeTwentyMillisecondsApart() {
        assertArrayEquals(
                bytes("FE 0B 09 01 03 00 00 03 02 00 C8 00 64 B8 FF"),
                Packet.waveform(Model.X100_OPTION.ordinal(), 0, State.BURSTS).encoded());
        assertArrayEquals(
                bytes("FE 0E 0B 01 00 00 32 00 0A 00 14 00 50 00 64 0A 17 FF"),
                Packet.timing(ThetaBurst.INTERMITTENT_600.timing()).encoded());
        assertArrayEquals(
                bytes("FE 0E 0B 01 00 00 32 00 C8 00 01 00 01 00 64 0A AD FF"),
                Packet.timing(ThetaBurst.CONTINUOUS_600.timing()).encoded());
    }

    @ParameterizedTest
    @CsvSource({
        "01 32 28, FE 03 01 32 28 F6 FF",
        "02 01 00, FE 03 02 01 00 8B FF",
        "03, FE 01 03 E2 FF",
        "03 01 00, FE 03 03 01 00 20 FF",
        "09 00, FE 02 09 00 B2 FF",
        "0A 00, FE 02 0A 00 E7 FF",
        "0B 00, FE 02 0B 00 23 FF",
        "0C 00, FE 02 0C 00 4D FF",
    })
    void otherFramesOfTheDescription(String payload, String frame) {
        assertArrayEquals(bytes(frame), new Packet(bytes(payload)).encoded());
        assertEquals(new Packet(bytes(payload)), packet(frame));
    }

    @Test
    void statusIsRead() {
        State state = State.NONE.with(packet("FE 09 00 34 00 30 39 19 3C 32 00 01 FF"), 1);
        assertTrue(state.enabled());
        assertEquals(Model.X100.ordinal(), state.model());
        assertEquals(List.of(0, 25, 50), List.of(state.mode(), state.celsius(), state.amplitude()));
    }

    @Test
    void amplitudeAndPulseAreRead() {
        State state = State.NONE.with(packet("FE 04 01 32 00 34 C1 FF"), 1);
        assertTrue(state.enabled() && state.amplitude() == 50);
        Packet pulse = packet("FE 04 02 4B 00 34 28 FF");
        assertEquals(List.of(Packet.PULSE, 75), List.of(pulse.type(), pulse.at(1)));
    }

    @Test
    void longStatusTellsPageAndTrain() {
        Packet told = Packet.of(5, 0x34, 0, 0x30, 0x39, 25, 60, 50, 0, 50, 0, 100, 100, 2, 1);
        State state = State.NONE.with(told, 1);
        assertTrue(state.trainRunning() && state.page() == State.TIMING_PAGE && state.enabled());
        assertFalse(state.with(Packet.of(8, 1, 0), 2).trainRunning());
        assertEquals(State.NONE, State.NONE.with(Packet.of(5, 0x34), 2), "too short to tell anything");
    }

    @Test
    void payloadsMayHoldAnyByte() {
        Packet odd = Packet.of(8, 0xFE, 0xFF, 0xFE);
        byte[] two = Arrays.copyOf(odd.encoded(), odd.encoded().length * 2);
        System.arraycopy(odd.encoded(), 0, two, two.length / 2, two.length / 2);
        assertEquals(2, parsed(two).size());
    }

    @Test
    void afterDamageTheNextPacketIsFound() {
        byte[] damaged = bytes("FE 04 01 32 00 35 C1 FF FE 04 02 4B 00 34 28 FF");
        List<PacketParser.Received> received = parsed(damaged);
        assertEquals(2, received.size(), received.toString());
        assertEquals(
                Packet.PULSE,
                ((PacketParser.Received.Whole) received.get(1)).packet().type());
    }

    @Test
    void everyFlippedBitIsSeen() {
        byte[] sound = bytes("FE 04 01 32 00 34 C1 FF");
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(parsed(flipped).stream().noneMatch(PacketParser.Received.Whole.class::isInstance), "bit " + bit);
        }
    }

    /** Flips, drops, doubles or inserts bytes, or cuts the end off. */
    static byte[] mutated(byte[] frame, SplittableRandom random) {
        byte[] mutated = frame.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = mutated.length == 0 ? 0 : random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (mutated.length > 0) {
                        mutated[at] ^= (byte) (1 << random.nextInt(8));
                    }
                }
                case 1 -> mutated = Arrays.copyOf(mutated, at);
                case 2 ->
                    mutated = joined(
                            Arrays.copyOf(mutated, at),
                            at < mutated.length ? Arrays.copyOfRange(mutated, at + 1, mutated.length) : new byte[0]);
                case 3 ->
                    mutated = joined(
                            joined(Arrays.copyOf(mutated, at), new byte[] {(byte) random.nextInt(256)}),
                            Arrays.copyOfRange(mutated, at, mutated.length));
                default -> mutated = joined(mutated, frame);
            }
        }
        return mutated;
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
