package org.anodyne.plugins.brainvisionrda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageParserTest {
    static final String GUID = "8e45584396c9864caf4a98bbf6c91450";
    static final String START =
            GUID + "2f00000001000000" + "01000000" + "0000000000409f40" + "9a9999999999b93f" + "437a00";
    static final String DATA = GUID + "4a00000004000000" + "000000000200000001000000" + "0000803f000080bf" + "1e000000"
            + "01000000" + "01000000" + "ffffffff" + "5374696d756c757300" + "5320203100";
    static final String STOP = GUID + "1800000003000000";

    private static List<Message> read(String hex) throws IOException {
        List<Message> all = new ArrayList<>();
        byte[] bytes = HexFormat.of().parseHex(hex);
        new MessageParser(all::add).take(bytes, bytes.length);
        return all;
    }

    @Test
    void framesOfTheProtocolAreReadWholeAndSplitAtEveryByte() throws IOException {
        List<Message> all = read(START + DATA + STOP);
        Message.Start start = (Message.Start) all.get(0);
        assertEquals(new Message.Start(2000, List.of(0.1), List.of("Cz")), start);
        assertEquals(500, start.rateHz());
        Message.Data data = (Message.Data) all.get(1);
        assertEquals(0, data.block());
        assertArrayEquals(new float[] {1, -1}, data.values());
        assertEquals(List.of(new Message.Marker(1, 1, -1, "Stimulus", "S  1")), data.markers());
        assertEquals(new Message.Stop(), all.get(2));
        List<Message> split = new ArrayList<>();
        MessageParser parser = new MessageParser(split::add);
        for (byte each : HexFormat.of().parseHex(START + DATA + STOP)) {
            parser.take(new byte[] {each}, 1);
        }
        assertEquals(3, split.size());
        assertEquals(1, read(DATA + START).size(), "samples of nobody knows what");
    }

    @Test
    void sixteenBitsAndUnknownTypes() throws IOException {
        String data = GUID + "2800000002000000" + "070000000200000000000000" + "0100ff7f";
        String alive = GUID + "1c00000010270000" + "00000000";
        Message.Data read = (Message.Data) read(START + alive + data).get(1);
        assertEquals(7, read.block());
        assertArrayEquals(new float[] {1, 32767}, read.values());
    }

    @Test
    void whatCannotBeEndsTheConnection() {
        for (String bad : List.of(
                "00" + START.substring(2),
                GUID + "1700000003000000",
                GUID + "ffffffff03000000",
                START.replace("0100000000000000", "ffffffff00000000"),
                START.replace("0000000000409f40", "000000000000f87f"),
                START.replace("0000000000409f40", "0000000000000000"),
                START.replace("0000000000409f40", "0000000000409f01"),
                START.replace("437a00", "437a41"),
                START + DATA.replace("0000000002000000", "00000000ffffffff"),
                START + DATA.replace("0200000001000000", "02000000ffffffff"),
                START + DATA.replace("1e000000", "ffffffff"),
                START + DATA.replace("1e000000", "01000000"))) {
            assertThrows(IOException.class, () -> read(bad), bad);
        }
    }

    @Test
    void tenThousandDamagedStreamsAreReadOrRefused() {
        byte[] good = HexFormat.of().parseHex(START + DATA + DATA + STOP);
        SplittableRandom random = new SplittableRandom(3);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 10_000; i++) {
                byte[] bytes = Arrays.copyOf(good, good.length - (random.nextInt(4) == 0 ? random.nextInt(60) : 0));
                for (int n = random.nextInt(6); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                MessageParser parser = new MessageParser(m -> {});
                int half = bytes.length / 2;
                try {
                    parser.take(bytes, half);
                    parser.take(Arrays.copyOfRange(bytes, half, bytes.length), bytes.length - half);
                } catch (IOException e) {
                    continue;
                }
            }
        });
    }
}
