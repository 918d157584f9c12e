package org.anodyne.simulator.fieldtrip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to literal requests of the published protocol. */
class BufferTest {
    private static final HexFormat HEX = HexFormat.of();

    private final List<String> sent = new ArrayList<>();
    private Buffer buffer;

    @BeforeEach
    void connect() {
        buffer = new Buffer(
                new Buffer.Setup(2, 250, 5, 1, true),
                0,
                0,
                new Wire() {
                    @Override
                    public void write(byte[] bytes) {
                        sent.add(HEX.formatHex(bytes));
                    }

                    @Override
                    public void cut(boolean cut) {
                        sent.add("cut " + cut);
                    }
                },
                line -> {});
        buffer.connected(true, 0);
    }

    private String ask(String hex, long millis) {
        sent.clear();
        buffer.receive(HEX.parseHex(hex), millis * 1_000_000);
        return String.join(" ", sent);
    }

    @Test
    void headerInTheOrderOfTheClient() {
        String names = "01000000" + "06000000" + "453100453200";
        assertEquals(
                "01000402" + "26000000" + "02000000" + "05000000" + "01000000" + "00007a43" + "09000000" + "0e000000"
                        + names,
                ask("0100010200000000", 20));
        assertTrue(ask("0001020100000000", 20).startsWith("00010204" + "00000026" + "00000002" + "00000005"));
    }

    @Test
    void dataThatIsThereAndDataThatIsNot() {
        assertTrue(ask("01000202" + "08000000" + "00000000" + "01000000", 20)
                .startsWith("01000402" + "20000000" + "02000000" + "02000000" + "09000000" + "10000000" + "00000000"));
        assertEquals("0100050200000000", ask("01000202" + "08000000" + "00000000" + "05000000", 20));
        assertEquals("0100050200000000", ask("01000202" + "08000000" + "00000000" + "01000000", 2000), "overwritten");
    }

    @Test
    void waitsForSamplesOrTime() {
        assertEquals("", ask("01000204" + "0c000000" + "05000000" + "01000000" + "64000000", 20));
        buffer.advance(40_000_000);
        assertEquals(List.of("01000404" + "08000000" + "0a000000" + "01000000"), sent);
    }

    /** The buffer refuses writers, so it never says this one; it is worded as the description has it. */
    @Test
    void putOkIsTheLiteralOne() {
        assertEquals("0100040100000000", HEX.formatHex(new Bytes(false).message(0x104)));
        assertEquals("0001010400000000", HEX.formatHex(new Bytes(true).message(0x104)));
    }

    @Test
    void whatOnlyReadersMayDoIsRefused() {
        assertEquals(
                "0100050100000000",
                ask(
                        "0100010118000000" + "02000000" + "00000000" + "00000000" + "00007a43" + "09000000"
                                + "00000000",
                        20));
    }
}
