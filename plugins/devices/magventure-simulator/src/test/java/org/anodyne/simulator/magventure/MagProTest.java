package org.anodyne.simulator.magventure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The literal frames of the protocol description, and how the stimulator behaves, on a clock that the test turns. */
class MagProTest {
    private static final long MILLI = 1_000_000L;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Wire wire = new Wire() {
        @Override
        public void write(byte[] bytes) {
            sent.writeBytes(bytes);
        }

        @Override
        public void cut(boolean cut) {}
    };
    private long now = 1000 * MILLI;
    private MagPro magPro = new MagPro(new MagProOptions(1, 0, 12_345, 25, 0), wire, line -> {}, now);

    /** Sends bytes, lets 20 ms pass and gives what came back. */
    private String ask(String hex) {
        sent.reset();
        magPro.receive(HexFormat.of().parseHex(hex.replace(" ", "")), now);
        pass(20);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(sent.toByteArray());
    }

    private void pass(long millis) {
        now += millis * MILLI;
        magPro.advance(now);
    }

    private String state() {
        return magPro.state(now).toString();
    }

    @Test
    void checkValueOfTheCrc() {
        assertEquals(0xA1, Framing.crc("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void framesOfTheDescription() {
        ask("FE 02 02 01 CF FF");
        assertEquals("FE 04 01 32 00 34 C1 FF", ask("FE 02 01 32 C6 FF"));
        assertEquals("FE 09 00 34 00 30 39 19 3C 32 00 01 FF", ask("FE 01 00 00 FF"));
        assertEquals("FE 04 02 4B 00 34 28 FF", ask("FE 02 03 01 0B FF"));
        assertTrue(state().contains("\"pulses\":1,"), state());
        ask("FE 01 03 E2 FF");
        ask("FE 03 03 01 00 20 FF");
        assertTrue(state().contains("\"pulses\":3,"), state());
        assertEquals(19 * 3 - 1, ask("FE 01 05 3F FF").length());
        ask("FE 02 02 00 91 FF");
        assertFalse(magPro.outputOn(now));
        ask("FE 03 02 01 00 8B FF");
        assertTrue(magPro.outputOn(now));
    }

    @Test
    void bothAmplitudesAreSetAndEchoed() {
        ask("FE 02 02 01 CF FF");
        String echo = ask("FE 03 01 32 28 F6 FF");
        assertTrue(echo.startsWith("FE 04 01 32 28 34 "), echo);
        String status = ask("FE 01 00 00 FF");
        assertTrue(status.startsWith("FE 09 00 34 00 30 39 19 3C 32 28 "), status);
    }

    /** They are heard as what they are; how the unit answers is not described, so the simulator says nothing. */
    @ParameterizedTest
    @CsvSource({
        "09 00, FE 02 09 00 B2 FF",
        "0A 00, FE 02 0A 00 E7 FF",
        "0B 00, FE 02 0B 00 23 FF",
        "0C 00, FE 02 0C 00 4D FF"
    })
    void queriesOfTheDescriptionAreReadAndChangeNothing(String payload, String frame) {
        byte[] bytes = HexFormat.of().parseHex(frame.replace(" ", ""));
        List<byte[]> read = new Framing().take(bytes);
        assertEquals(1, read.size());
        assertArrayEquals(HexFormat.of().parseHex(payload.replace(" ", "")), read.get(0));
        String before = ask("FE 01 05 3F FF");
        assertEquals("", ask(frame));
        assertEquals(before, ask("FE 01 05 3F FF"));
    }

    @Test
    void badFramesAreIgnored() {
        assertEquals("", ask("FE 02 02 01 CE FF"));
        assertFalse(magPro.outputOn(now));
        assertEquals("", ask("FE 02 03 01 0B FF"), "not enabled");
        ask("12 FE FE 02 02 01 CF FF");
        assertTrue(magPro.outputOn(now), "found behind other bytes");
    }

    @Test
    void trainRunsOnTheTimingPageOnly() {
        ask("FE 02 02 01 CF FF");
        assertEquals("", ask("FE 01 04 61 FF"));
        ask("FE 0E 0B 01 00 00 64 00 32 00 14 00 FA 00 64 0A 80 FF");
        ask("FE 02 07 02 D2 FF");
        ask("FE 01 04 61 FF");
        assertTrue(state().contains("\"trainRunning\":true"), state());
        pass(5000);
        assertTrue(state().contains("\"pulses\":50,"), state());
        pass(24_900);
        assertTrue(state().contains("\"pulses\":50,"), "between two trains: " + state());
        pass(1000);
        assertTrue(state().contains("\"trainRunning\":true"), state());
        ask("FE 01 04 61 FF");
        assertTrue(state().contains("\"trainRunning\":false"), state());
    }

    private void withOption() {
        magPro = new MagPro(new MagProOptions(3, 0, 12_345, 15, 0), wire, line -> {}, now);
        ask("FE 02 02 01 CF FF");
        ask("FE 02 07 02 D2 FF");
    }

    /** 20 trains of 10 bursts of 3 pulses, 5 bursts a second, 8 s between trains. */
    @Test
    void intermittentThetaBurstIsSixHundredPulsesInTwentyTrains() {
        withOption();
        ask("FE 0B 09 01 03 00 00 03 02 00 C8 00 64 B8 FF");
        assertTrue(state().contains("\"waveform\":3,\"perBurst\":3"), state());
        ask("FE 0E 0B 01 00 00 32 00 0A 00 14 00 50 00 64 0A 17 FF");
        ask("FE 01 04 61 FF");
        pass(21); // the third pulse is 40 ms after the first
        assertTrue(state().contains("\"pulses\":3,"), state());
        pass(1900);
        assertTrue(state().contains("\"pulses\":30,"), state());
        pass(8000);
        assertTrue(state().contains("\"pulses\":30,"), "8 s off: " + state());
        pass(100);
        assertTrue(state().contains("\"pulses\":33,"), state());
        pass(181_650);
        assertTrue(state().contains("\"pulses\":597,"), state());
        pass(500);
        assertTrue(state().contains("\"pulses\":600,"), state());
        assertTrue(state().contains("\"trainRunning\":false"), state());
    }

    @Test
    void continuousThetaBurstIsSixHundredPulsesInFortySeconds() {
        withOption();
        ask("FE 0B 09 01 03 00 00 03 02 00 C8 00 64 B8 FF");
        ask("FE 0E 0B 01 00 00 32 00 C8 00 01 00 01 00 64 0A AD FF");
        ask("FE 01 04 61 FF");
        pass(39_700);
        assertTrue(state().contains("\"pulses\":597,"), state());
        pass(200);
        assertTrue(state().contains("\"pulses\":600,"), state());
        assertTrue(state().contains("\"trainRunning\":false"), state());
    }

    @Test
    void aFireCommandGivesAWholeBurstUntilTheWaveformIsAnother() {
        withOption();
        ask("FE 0B 09 01 03 00 00 03 00 00 C8 00 64 3B FF");
        ask("FE 02 03 01 0B FF");
        pass(100);
        assertTrue(state().contains("\"pulses\":5,"), state());
        ask("FE 0B 09 01 03 00 00 01 02 00 C8 00 64 D6 FF");
        ask("FE 02 03 01 0B FF");
        assertTrue(state().contains("\"pulses\":6,"), state());
    }

    @Test
    void burstsOfAnotherModelOrFasterThanTwentyAreIgnored() {
        ask("FE 0B 09 01 03 00 00 03 02 00 C8 00 64 B8 FF");
        ask("FE 0B 09 01 01 00 00 03 02 00 C8 00 64 E9 FF");
        assertTrue(state().contains("\"waveform\":1,\"perBurst\":1"), "an X100 without option: " + state());
        withOption();
        ask("FE 0B 09 01 03 00 00 03 02 00 C8 00 64 B8 FF");
        ask("FE 0E 0B 01 00 00 D2 00 0A 00 14 00 50 00 64 0A F4 FF");
        assertEquals("", ask("FE 01 04 61 FF"), "21 bursts a second");
    }

    @Test
    void hasNoWatchdog() {
        ask("FE 02 02 01 CF FF");
        pass(3_600_000);
        assertTrue(magPro.outputOn(now));
    }

    @Test
    void conditionsDisableAndKeepItDisabled() {
        for (FaultKind kind :
                new FaultKind[] {FaultKind.COIL_OFF, FaultKind.EMERGENCY_STOP, FaultKind.OVER_TEMPERATURE}) {
            ask("FE 02 02 01 CF FF");
            assertTrue(magPro.outputOn(now));
            magPro.faults().inject(new Fault(kind, -1, Fault.NOW), now);
            assertFalse(magPro.outputOn(now), kind.label());
            ask("FE 02 02 01 CF FF");
            assertFalse(magPro.outputOn(now), kind.label());
            magPro.faults().clear(kind, now);
            assertFalse(magPro.outputOn(now), "not by itself");
        }
    }

    @Test
    void pulsesWarmTheCoilUntilItDisables() {
        ask("FE 02 02 01 CF FF");
        ask("FE 02 01 64 50 FF"
                .replace("50", HexFormat.of().withUpperCase().toHexDigits((byte) Framing.crc(new byte[] {1, 100}))));
        for (int i = 0; i < 60; i++) {
            ask("FE 02 03 01 0B FF");
        }
        assertFalse(magPro.outputOn(now), state());
    }
}
