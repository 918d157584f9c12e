package org.anodyne.plugins.fieldtripbuffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerParserTest {
    private static final HexFormat HEX = HexFormat.of();
    static final String HEADER = "01000402" + "3e000000" + "02000000" + "e8030000" + "03000000" + "00007a43"
            + "09000000" + "26000000" + "01000000" + "06000000" + "433300433400" + "03000000" + "10000000"
            + "000000000000e03f" + "000000000000f03f";
    static final String DATA = "01000402" + "20000000" + "02000000" + "02000000" + "09000000" + "10000000" + "0000803f"
            + "000000c0" + "00004040" + "000080c0";
    static final String EVENTS = "01000402" + "2d000000" + "00000000" + "08000000" + "07000000" + "01000000"
            + "e7030000" + "00000000" + "01000000" + "0d000000" + HEX.formatHex("stimulus".getBytes()) + "05000000"
            + "00";
    static final String WAITED = "01000404" + "08000000" + "ed030000" + "03000000";

    private static Answer read(int request, String hex) throws IOException {
        AnswerParser parser = new AnswerParser();
        byte[] bytes = HEX.parseHex(hex);
        for (int i = 0; i + 1 < bytes.length; i++) {
            parser.take(new byte[] {bytes[i]}, 1);
            assertTrue(parser.next(request).isEmpty(), "an answer before it was whole");
        }
        parser.take(new byte[] {bytes[bytes.length - 1]}, 1);
        return parser.next(request).orElseThrow();
    }

    @Test
    void requestsAreThoseOfTheProtocol() {
        assertEquals("0100010200000000", HEX.formatHex(Requests.header()));
        assertEquals("01000202" + "08000000" + "05000000" + "09000000", HEX.formatHex(Requests.data(5, 9)));
        assertEquals("01000302" + "08000000" + "00000000" + "01000000", HEX.formatHex(Requests.events(0, 1)));
        assertEquals(
                "01000204" + "0c000000" + "05000000" + "01000000" + "64000000",
                HEX.formatHex(Requests.await(5, 1, 100)));
    }

    @Test
    void answersAreReadSplitAtEveryByte() throws IOException {
        assertEquals(
                new Answer.Header(2, 1000, 3, 250, DataType.FLOAT32, List.of("C3", "C4"), List.of(0.5, 1.0)),
                read(Requests.GET_HEADER, HEADER));
        Answer.Data data = (Answer.Data) read(Requests.GET_DATA, DATA);
        assertEquals(2, data.samples());
        assertArrayEquals(new double[] {1, -2, 3, -4}, data.values());
        assertEquals(
                new Answer.Events(List.of(new Answer.Marker("stimulus", 5L, 999, 0, 1))),
                read(Requests.GET_EVENTS, EVENTS));
        assertEquals(new Answer.Waited(1005, 3), read(Requests.WAIT, WAITED));
        assertEquals(new Answer.Refused(Requests.GET_DATA), read(Requests.GET_DATA, "0100050200000000"));
        assertEquals(new Answer.Refused(Requests.WAIT), read(Requests.WAIT, "0100050400000000"));
    }

    /** PUT_OK and PUT_HDR of the description, literally: the source only reads, so to it they are no answer. */
    @Test
    void whatOnlyWritersSayAndHearIsNoAnswer() {
        String putOk = "0100040100000000";
        String putHeader =
                "0100010118000000" + "02000000" + "00000000" + "00000000" + "00007a43" + "09000000" + "00000000";
        for (int request : List.of(Requests.GET_HEADER, Requests.GET_DATA, Requests.GET_EVENTS, Requests.WAIT)) {
            IOException ok = assertThrows(IOException.class, () -> read(request, putOk));
            assertEquals(String.format("the answer 0x104 to the request 0x%X", request), ok.getMessage());
            IOException header = assertThrows(IOException.class, () -> read(request, putHeader));
            assertEquals(String.format("the answer 0x101 to the request 0x%X", request), header.getMessage());
        }
    }

    @Test
    void whatCannotBeEndsTheConnection() {
        for (String bad : List.of(
                "00010402" + HEADER.substring(8),
                "01000401" + HEADER.substring(8),
                HEADER.substring(0, 8) + "ffffffff" + HEADER.substring(16),
                HEADER.replace("00007a43", "0000c07f"),
                HEADER.replace("00007a43", "00007a7b"),
                HEADER.replace("0900000026", "0b00000026"),
                HEADER.replace("06000000", "ff000000"))) {
            assertThrows(IOException.class, () -> read(Requests.GET_HEADER, bad), bad);
        }
        byte[] more = HEX.parseHex(HEADER + "00");
        AnswerParser parser = new AnswerParser();
        assertThrows(IOException.class, () -> {
            parser.take(more, more.length);
            parser.next(Requests.GET_HEADER);
        });
        assertThrows(IOException.class, () -> read(Requests.GET_DATA, DATA.replace("10000000", "0f000000")));
        assertThrows(IOException.class, () -> read(Requests.GET_DATA, DATA.replace("0200000009", "ffffffff09")));
        assertThrows(IOException.class, () -> read(Requests.GET_EVENTS, EVENTS.replace("0d000000", "ffffff7f")));
        assertThrows(IOException.class, () -> read(Requests.GET_EVENTS, EVENTS.replace("08000000", "ff000000")));
        assertThrows(IOException.class, () -> read(Requests.WAIT, "0100040404000000" + "ed030000"));
    }

    @Test
    void tenThousandDamagedAnswersAreReadOrRefused() {
        List<String> good = List.of(HEADER, DATA, EVENTS, WAITED);
        int[] requests = {Requests.GET_HEADER, Requests.GET_DATA, Requests.GET_EVENTS, Requests.WAIT};
        SplittableRandom random = new SplittableRandom(11);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 10_000; i++) {
                byte[] bytes = HEX.parseHex(good.get(i % 4));
                for (int n = random.nextInt(5); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                AnswerParser parser = new AnswerParser();
                try {
                    parser.take(bytes, bytes.length - random.nextInt(8));
                    parser.next(requests[i % 4]);
                } catch (IOException e) {
                    continue;
                }
            }
        });
    }
}
