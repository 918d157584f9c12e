package org.anodyne.plugins.bitalino;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {
    private static final int[] SENT = {0x155, 0x2AA, 512, 100, 0x3F, 1};

    private final List<Frame> frames = new ArrayList<>();

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 54 C5 50",
        "2, AA 56 C5 57",
        "3, 00 80 AA 56 C5 5D",
        "4, 40 06 80 AA 56 C5 56",
        "5, C0 4F 06 80 AA 56 C5 5B",
        "6, C1 4F 06 80 AA 56 C5 55"
    })
    void literalFramesAreRead(int inputs, String hex) {
        byte[] frame = bytes(hex);
        assertEquals(frame.length, Frame.length(inputs));
        assertTrue(Crc4.holds(frame, 0, frame.length));
        Frame read = Frame.read(frame, 0, inputs);
        assertEquals(5, read.sequence());
        assertEquals(0xC, read.digital());
        assertArrayEquals(java.util.Arrays.copyOf(SENT, inputs), read.analog());
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            byte[] damaged = frame.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(Crc4.holds(damaged, 0, damaged.length), "bit " + bit);
        }
    }

    @Test
    void firstFrameOfAnotherExample() {
        byte[] frame = bytes("00 08 0E");
        assertTrue(Crc4.holds(frame, 0, 3));
        assertArrayEquals(new int[] {512}, Frame.read(frame, 0, 1).analog());
    }

    @Test
    void literalStatesAreRead() {
        DeviceState old = DeviceState.read(bytes("00 02 00 02 00 02 00 02 00 02 00 02 30 02 00 C8"))
                .orElseThrow();
        assertEquals(512, old.analog()[5]);
        assertEquals(560, old.battery());
        assertEquals(0xC, old.digital());
        assertEquals(Optional.empty(), old.pwm());
        DeviceState now = DeviceState.read(bytes("00 02 00 02 00 02 00 02 00 02 00 02 30 02 00 64 C2"))
                .orElseThrow();
        assertEquals(Optional.of(100), now.pwm());
        assertEquals(Optional.empty(), DeviceState.read(bytes("00 02 00 02 00 02 00 02 00 02 00 02 30 02 00 64 C3")));
    }

    private static Settings settings(Map<String, Object> parameters) {
        return Settings.of(new Parameters(Schema.of(BitalinoFactory.class).defaultsWith(parameters)));
    }

    @Test
    void commandsAreTheLiteralBytes() {
        Map<String, Object> all = Map.of("A1", "RAW", "A2", "RAW", "A3", "RAW", "A4", "RAW", "A5", "RAW", "A6", "RAW");
        assertEquals((byte) 0x03, settings(Map.of("rate", 1L)).rateCommand());
        assertEquals((byte) 0x43, settings(Map.of("rate", 10L)).rateCommand());
        assertEquals((byte) 0x83, settings(Map.of("rate", 100L)).rateCommand());
        assertEquals((byte) 0xC3, settings(Map.of("rate", 1000L)).rateCommand());
        assertEquals(
                (byte) 0x05, settings(Map.of("inputs", Map.of("A1", "RAW"))).startCommand());
        assertEquals((byte) 0xFD, settings(Map.of("inputs", all)).startCommand());
        assertEquals(
                (byte) 0xFE, settings(Map.of("inputs", all, "simulated", true)).startCommand());
    }

    @Test
    void quantitiesHaveTheirUnits() {
        assertEquals(0, Signal.ECG.of(1023, 2046), 1e-12);
        assertEquals(1.5, Signal.ECG.of(1023, 1023), 1e-9);
        assertEquals(-1.5 * 1100 / 1009, Signal.EMG.of(0, 1023), 1e-9);
        assertEquals(12.5, Signal.EDA.of(512, 1023), 1e-9);
        assertEquals(2, Signal.EDA_OLD.of(511, 1022), 1e-9);
        assertEquals(1023, Signal.EDA_OLD.of(1023, 1023), 1e-6);
        assertEquals(7, Signal.RAW.of(7, 63));
    }

    /** A stream of frames with one input, A1 = 512, from the simulator's literal: only sequence and CRC change. */
    static byte[] frame(int sequence) {
        for (int crc = 0; crc < 16; crc++) {
            byte[] frame = {0x00, 0x08, (byte) (sequence << 4 | crc)};
            if (Crc4.holds(frame, 0, 3)) {
                return frame;
            }
        }
        throw new AssertionError();
    }

    @Test
    void stepIsFoundAfterThreeGoodFramesInARow() {
        FrameParser parser = new FrameParser(1, frames::add);
        feed(parser, (byte) 0x13, (byte) 0x37);
        for (int i = 0; i < 3; i++) {
            feed(parser, frame(i));
        }
        assertEquals(List.of(0, 1, 2), frames.stream().map(Frame::sequence).toList());
        assertEquals(2, parser.takeSkipped());
        feed(parser, frame(3));
        assertEquals(4, frames.size());
    }

    /** 10,000 damaged streams: nothing is thrown, and good frames afterwards are found again. */
    @Test
    void damagedStreamsNeitherThrowNorLastForEver() {
        Random random = new Random(71);
        for (int round = 0; round < 10_000; round++) {
            frames.clear();
            FrameParser parser = new FrameParser(1, frames::add);
            for (int i = 0; i < 6; i++) {
                byte[] frame = frame(i);
                frame[random.nextInt(3)] = (byte) random.nextInt(256);
                feed(parser, random.nextInt(4) == 0 ? new byte[] {frame[0]} : frame);
            }
            for (int i = 0; i < 16; i++) {
                feed(parser, frame(i));
            }
            assertEquals(15, frames.get(frames.size() - 1).sequence(), "round " + round);
        }
    }

    private static void feed(FrameParser parser, byte... bytes) {
        for (byte b : bytes) {
            parser.next(b);
        }
    }
}
