package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anodyne.session.engine.protocol.Quantity.UnitException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "200 us, ms, 0.2",
        "200us, us, 200",
        "2 min, s, 120",
        "1.5 h, min, 90",
        "10 mA, uA, 10000",
        "0.1 A, mA, 100",
        "5 \u00b5S, uS, 5",
        "3 mS, uS, 3000",
        "8 Hz, Hz, 8",
        "0.008 kHz, Hz, 8",
        "6 1/min, Hz, 0.1",
        "6 /min, 1/min, 6",
        "2500 uV^2, mV^2, 0.0025",
        "2500 \u00b5V\u00b2, uV^2, 2500",
        "70 %, 1, 0.7",
        "0.7, 1, 0.7",
        "-3 uV, mV, -0.003",
        "1e3 ms, s, 1",
        "4 widgets, widgets, 4",
    })
    void isConverted(String text, String unit, double value) throws UnitException {
        assertEquals(value, Quantity.parse(text).in(unit));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 s | Hz | is a time, but a frequency is needed",
                "5 | s | 5 has no unit; write e.g. 5 s",
                "5 quux | s | the unit 'quux' is not known here; write it in ns, us, ms, s, min, h",
                "5 s | 1 | is a time, but a ratio is needed; write a number without a unit",
                "fast | s | 'fast' is no quantity",
                "5 5 | s | is no quantity",
                "1e9999 s | s | is not known here",
            })
    void isRefused(String text, String unit, String words) {
        UnitException e =
                assertThrows(UnitException.class, () -> Quantity.parse(text).in(unit));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
