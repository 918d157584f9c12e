package org.anodyne.simulator.cyton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Wire wire = new Wire() {
        @Override
        public void write(byte[] bytes) {
            sent.writeBytes(bytes);
        }

        @Override
        public void cut(boolean cut) {
            sent.reset();
        }
    };
    private final Board board = board(false);
    private long now;

    private Board board(boolean daisy) {
        return new Board(0, new Board.Build(0, daisy, 0, 50), wire, line -> {});
    }

    private String say(String command) {
        sent.reset();
        board.receive(command.getBytes(StandardCharsets.US_ASCII), now);
        now += SECOND / 2;
        board.advance(now);
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void repliesAreThePublishedOnes() {
        assertEquals(
                "OpenBCI V3 8-16 channel\nOn Board ADS1299 Device ID: 0x3E\nLIS3DH Device ID: 0x33\n"
                        + "Firmware: v3.1.2\n$$$",
                say("v"));
        assertEquals("Success: Channel set for 3$$$", say("x3020000X"));
        assertEquals("Failure: too few chars$$$", say("x30X"));
        assertEquals("Time stamp ON$$$", say("<"));
        assertEquals("updating channel settings to default$$$", say("d"));
    }

    @Test
    void anUnfinishedCommandTimesOut() {
        assertEquals("", say("x302"));
        now += SECOND;
        board.advance(now);
        assertTrue(sent.toString(StandardCharsets.US_ASCII)
                .startsWith("Timeout processing multi byte message - please send all commands at once as of v2$$$"));
    }

    @Test
    void streamHas250PacketsASecondAndNoWords() {
        say("b");
        sent.reset();
        board.advance(now += SECOND);
        assertEquals(250 * DataPacket.SIZE, sent.size());
        assertEquals(125 * DataPacket.SIZE, say("<").length());
        assertEquals("", say("s"));
    }

    @Test
    void aPacketThatIsNotSentLeavesAHoleInTheNumbers() {
        say("b");
        sent.reset();
        board.faults().inject(Fault.parse("no-reply"), now);
        board.advance(now += SECOND);
        byte[] bytes = sent.toByteArray();
        assertEquals(249 * DataPacket.SIZE, bytes.length);
        assertEquals(127, bytes[1]);
    }

    @Test
    void aSpoiledStopByteIsNone() {
        board.faults().inject(Fault.parse("bad-crc"), now);
        byte[] bytes = say("b").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(0x40, bytes[DataPacket.SIZE - 1] & 0xFF);
        assertEquals(0xC0, bytes[2 * DataPacket.SIZE - 1] & 0xFF);
    }

    @Test
    void aRefusalWaitsForASettingAndLeavesItAsItWas() {
        board.faults().inject(Fault.parse("wrong-state"), now);
        say("bs");
        assertTrue(say("v").startsWith("OpenBCI"));
        assertEquals("Failure: too few chars$$$", say("x1020000X"));
        assertTrue(board.state(now).toString().contains("\"gainOfChannel1\":24"));
        assertEquals("Success: Channel set for 1$$$", say("x1020000X"));
    }

    @Test
    void unknownLettersAreIgnored() {
        assertEquals("", say("\u0001y\u00ff"));
    }
}
