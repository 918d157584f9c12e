package org.anodyne.plugins.openbcicyton;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketParserTest {
    private final List<Packet> packets = new ArrayList<>();
    private final PacketParser parser = new PacketParser(packets::add);

    private void feed(byte... bytes) {
        for (byte b : bytes) {
            parser.next(b);
        }
    }

    @Test
    void literalPacketIsRead() {
        Packet packet = Packet.read(Hex.PACKET, 0);
        assertEquals(1, packet.number());
        assertArrayEquals(new int[] {0, 1, -1, 8388607, -8388608, 4474, -4474, 100}, packet.counts());
        assertTrue(packet.accelerometer());
        assertFalse(packet.timed());
        double scale = Packet.microvoltsPerCount(24);
        assertEquals(0.02235, scale, 5e-6);
        assertEquals(100.0, 4474 * scale, 0.05);
        assertEquals(187_500, 8388607 * scale, 1e-6);
    }

    @Test
    void boardTimeAndAxisAreRead() {
        byte[] bytes = Hex.PACKET.clone();
        System.arraycopy(Hex.bytes("1F 40 00 01 86 A0 C4"), 0, bytes, 26, 7);
        Packet packet = Packet.read(bytes, 0);
        assertTrue(packet.timed());
        assertEquals(8000, packet.auxWord(0));
        assertEquals(100_000, packet.boardMillis());
    }

    @Test
    void theFirstPacketCountsWhenTheNextBegins() {
        feed(Hex.PACKET);
        assertEquals(0, packets.size());
        feed(Hex.numbered(2)[0]);
        assertEquals(1, packets.size());
    }

    @Test
    void onceInStepAPacketCountsAtItsLastByte() {
        feed(Hex.numbered(1));
        feed(Hex.numbered(2));
        assertEquals(2, packets.size());
        feed(Hex.numbered(3));
        assertEquals(3, packets.size());
        assertEquals(0, parser.takeSkipped());
    }

    @Test
    void stepIsFoundAgainAfterEachLostByte() {
        for (int lost = 0; lost < Packet.LENGTH; lost++) {
            packets.clear();
            parser.reset();
            feed(Hex.numbered(0));
            feed(Hex.numbered(1));
            byte[] damaged = Hex.numbered(2);
            for (int i = 0; i < damaged.length; i++) {
                if (i != lost) {
                    feed(damaged[i]);
                }
            }
            for (int number = 3; number <= 5; number++) {
                feed(Hex.numbered(number));
            }
            assertTrue(parser.takeSkipped() > 0, "byte " + lost);
            List<Integer> numbers = packets.stream().map(Packet::number).toList();
            assertTrue(
                    numbers.equals(List.of(0, 1, 3, 4, 5)) || numbers.equals(List.of(0, 1, 4, 5)),
                    "byte " + lost + " lost gives " + numbers);
        }
    }

    @Test
    void aStartByteWithinAPacketDoesNotDeceive() {
        byte[] tricky = Hex.numbered(0xA0);
        tricky[10] = Packet.START;
        feed((byte) 0x17, Packet.START, (byte) 0x33);
        for (int i = 0; i < 4; i++) {
            feed(tricky);
        }
        assertTrue(packets.size() >= 3, "only " + packets.size());
        packets.forEach(p -> assertEquals(0xA0, p.number()));
    }

    /** 10,000 damaged streams: nothing is thrown, and two good packets later the parser is in step. */
    @Test
    void damagedStreamsNeitherThrowNorLastForEver() {
        Random random = new Random(61);
        for (int round = 0; round < 10_000; round++) {
            packets.clear();
            parser.reset();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 3; i++) {
                stream.writeBytes(Hex.numbered(random.nextInt(256)));
            }
            byte[] bytes = stream.toByteArray();
            for (int i = random.nextInt(8); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int cut = random.nextInt(bytes.length);
            for (int i = 0; i < bytes.length; i++) {
                if (i != cut) {
                    feed(bytes[i]);
                }
            }
            for (int i = 0; i < 6; i++) {
                feed(Hex.numbered(100 + i));
            }
            assertEquals(105, packets.get(packets.size() - 1).number(), "round " + round);
        }
    }

    @Test
    void settingsCommandHasNineCharacters() {
        assertEquals("x1060110X", Channel.of(1, "", 24, Map.of()).command());
        assertEquals("xI150001X", new Channel(16, "", false, 12, 0, false, false, true).command());
        assertEquals(9, Channel.of(9, "", 1, Map.of()).command().length());
    }
}
