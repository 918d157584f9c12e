package org.anodyne.plugins.tdcsreference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The literal lines of the protocol's document. */
class LinesTest {
    @ParameterizedTest
    @CsvSource({
        "*IDN?,44",
        "SYST:CRC ON,22",
        "SYST:WDOG 800,76",
        "CONF:CURR 1.500,B0",
        "CONF:CURR?,DB",
        "OUTP:ARM,62",
        "OUTP ON,05",
        "STAT?,7B",
        "ABOR,24"
    })
    void writesTheLiteralLines(String text, String check) {
        assertEquals(text + " *" + check + "\n", new String(Lines.encoded(text), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "OK,9A",
                "'ANODYNE,TDCS-REF,SIM-0001,1.0',30",
                "1.500,F4",
                "'IDLE,0.0,0.000,8.0,0.0',6E",
                "'ERR 103,\"CHECK\"',6B",
                "'ERR 103,\"CHECK MISSING\"',A5"
            })
    void readsTheLiteralAnswers(String text, String check) {
        assertEquals(List.of(new Lines.Received.Whole(text)), read(text + " *" + check + "\n"));
    }

    @Test
    void readsLinesInWhateverPiecesTheyCome() {
        List<Lines.Received> received = read("OK *9A\nIDLE,0.0,0.000,8.0,0.0 *6E\n");
        assertEquals(
                List.of(new Lines.Received.Whole("OK"), new Lines.Received.Whole("IDLE,0.0,0.000,8.0,0.0")), received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OK *9B\n", "OK\n", "OK *9a\n", " *00\n", "OK*9A\n", "O\u0001K *9A\n", "OK *9A\r\n"})
    void takesNothingElseForALine(String text) {
        assertInstanceOf(Lines.Received.Damaged.class, read(text).get(0));
    }

    @Test
    void holdsNoMoreThanALine() {
        Lines lines = new Lines();
        int damaged = 0;
        for (int i = 0; i < 1280; i++) {
            damaged += lines.next((byte) 'A').isPresent() ? 1 : 0;
        }
        assertEquals(10, damaged);
    }

    @Test
    void readsAStatusAndNothingThatOnlyLooksLikeOne() {
        assertEquals(
                Optional.of(new Status("HOLD", 312.4, 1.5, 9.9, 456.2)), Status.read("HOLD,312.4,1.500,9.9,456.2"));
        for (String wrong : List.of(
                "HOLD,312.4,1.500,9.9",
                "hold,312.4,1.500,9.9,456.2",
                "HOLD,-1.0,1.500,9.9,456.2",
                "HOLD,1,1,1,1",
                "OK")) {
            assertTrue(Status.read(wrong).isEmpty(), wrong);
        }
    }

    private static List<Lines.Received> read(String text) {
        Lines lines = new Lines();
        List<Lines.Received> received = new ArrayList<>();
        for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            lines.next(each).ifPresent(received::add);
        }
        return received;
    }
}
