package org.anodyne.simulator.magstim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Frame;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The literal frames of the protocol description, and how the stimulator behaves, on a clock that the test turns. */
class StimulatorTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Wire wire = new Wire() {
        @Override
        public void write(byte[] bytes) {
            sent.writeBytes(bytes);
        }

        @Override
        public void cut(boolean cut) {}
    };
    private long now = SECOND;
    private Stimulator stimulator = make("magstim-200", "9.0.0");

    private Stimulator make(String model, String software) {
        StimulatorOptions options = new StimulatorOptions(Product.of(model, software, 240), "", true, 22, 0);
        return new Stimulator(options, wire, line -> {}, now);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Sends bytes, lets 20 ms pass and gives what came back. */
    private String ask(String hex) {
        sent.reset();
        stimulator.receive(bytes(hex), now);
        pass(20);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(sent.toByteArray());
    }

    private void pass(long millis) {
        now += millis * MILLI;
        stimulator.advance(now);
    }

    private String state() {
        return stimulator.state(now).toString();
    }

    /** Half-second steps with a keep-alive in each. */
    private void keepAlive(int times) {
        for (int i = 0; i < times; i++) {
            ask("51 40 6E");
            pass(480);
        }
    }

    @Test
    void framesOfA200() {
        assertEquals("45 53 67", ask("45 42 78"), "not under remote control");
        assertEquals("51 89 25", ask("51 40 6E"));
        assertEquals("4A 89 30 33 30 30 30 30 30 30 30 79", ask("4A 40 75"));
        assertEquals("46 89 32 32 30 32 32 30 08", ask("46 40 79"));
        assertEquals("45 89 31", ask("45 42 78"), "status of before");
        assertEquals("51 8A 24", ask("51 40 6E"));
        pass(900);
        assertEquals("51 8A 24", ask("51 40 6E"), "still charging");
        pass(300);
        assertEquals("51 8C 22", ask("51 40 6E"));
        assertEquals("45 8C 2E", ask("45 48 72"));
        assertTrue(state().contains("\"pulses\":1,"), state());
        assertEquals("45 53 67", ask("45 48 72"), "not ready again yet");
        assertEquals("45 8A 30", ask("45 41 79"));
        assertFalse(stimulator.outputOn(now));
    }

    @Test
    void framesOfABistim() {
        stimulator = make("bistim", "9.0.0");
        ask("51 40 6E");
        ask("40 30 35 30 2A");
        ask("41 30 34 35 25");
        ask("43 30 31 30 2B");
        assertEquals("4A 89 30 35 30 30 34 35 30 31 30 6D", ask("4A 40 75"));
        assertEquals("58 89 32 EC", ask("58 40 67"));
    }

    @Test
    void framesOfARapid() {
        stimulator = make("rapid", "9.0.0");
        assertEquals("", ask("4E 44 6D"), "deaf when not under remote control");
        assertEquals("51 89 25", ask("51 40 6E"));
        assertEquals("4E 39 2E 30 2E 30 00 BC", ask("4E 44 6D"));
        assertEquals(4 * 3 - 1, ask("5B 30 30 31 30 E3").length(), "four bytes");
        ask("42 30 31 30 30 FC");
        ask("44 30 30 30 35 30 C6");
        ask("5B 30 30 35 30 DF");
        ask("40 30 35 30 2A");
        String told = ask("5C 40 63");
        assertEquals(24 * 3 - 1, told.length());
        assertTrue(told.startsWith("5C 89 30 30 35 30 30 31 30 30 30 30 30 35 30 30 30 35 30 30 30 30 35"), told);
        assertEquals(6 * 3 - 1, ask("78 40 47").length());
        assertEquals(7 * 3 - 1, ask("6F 40 50").length());
        assertEquals(3 * 3 - 1, ask("62 40 5D").length());
        assertTrue(state().contains("\"interlockIgnored\":true"));
    }

    /** Every literal command whose reply the description does not spell out: it is taken, and what it sets is set. */
    @ParameterizedTest
    @CsvSource({
        "magstim-200, 9.0.0, 52 40 6D, 52 09 A4, remote=false",
        "magstim-200, 9.0.0, 40 30 37 30 28, 40 89 36, setPercentMso=70",
        "magstim-200, 9.0.0, 49 40 76, 49 89 55 30 30 78, pulses=0",
        "bistim, 9.0.0, 41 30 35 30 29, 41 89 35, armed=false",
        "bistim, 9.0.0, 59 40 66, 59 89 1D, armed=false",
        "bistim, 9.0.0, 5A 40 65, 5A 89 1C, armed=false",
        "rapid, 9.0.0, 5B 30 30 30 30 E4, 5B 89 38 E3, trainRunning=false",
        "rapid, 8.0.0, 5B 30 31 30 13, 5B 89 38 E3, trainRunning=false",
        "rapid, 8.0.0, 5B 30 30 30 14, 5B 89 38 E3, trainRunning=false",
        "rapid, 9.0.0, 5E 40 61, 5E 89 38 E0, armed=false",
        "rapid, 9.0.0, 5F 40 60, 5F 89 38 DF, armed=false"
    })
    void otherLiteralCommands(String model, String software, String command, String reply, String then) {
        stimulator = make(model, software);
        ask("51 40 6E");
        assertEquals(reply, ask(command));
        assertTrue(state().contains("\"" + then.replace("=", "\":")), state());
    }

    @Test
    void repetitiveModeIsEnteredAndLeftByTheLiteralDurations() {
        stimulator = make("rapid", "8.0.0");
        ask("51 40 6E");
        ask("5B 30 31 30 13");
        assertEquals("5B 89 30 EB", ask("5B 30 30 30 14"), "in repetitive mode before");
        assertEquals("5B 89 38 E3", ask("5B 30 30 30 14"), "single pulses again");
    }

    @Test
    void bistimModesFollowTheLiteralCommands() {
        stimulator = make("bistim", "9.0.0");
        ask("51 40 6E");
        ask("41 30 35 30 29");
        ask("59 40 66");
        assertEquals("58 89 34 EA", ask("58 40 67"), "high resolution");
        ask("5A 40 65");
        assertEquals("58 89 32 EC", ask("58 40 67"), "low resolution");
    }

    @Test
    void literalRepliesAreWordedToTheLastByte() {
        assertEquals("46 89 32 34 30 32 34 35 FF", hex(Wording.reply('F', Wording.data("240245", 0x89))));
        assertEquals(
                "5C 89 38 30 35 30 30 31 30 30 30 30 30 35 30 30 30 35 30 30 30 35 30 0D",
                hex(Wording.reply('\\', Wording.data("050" + "0100" + "00050" + "0050" + "0050", 0x89, 0x38))));
    }

    private static String hex(Frame frame) {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(frame.bytes());
    }

    @ParameterizedTest
    @CsvSource({"6.0, 21, 44 30 30 35 30 F6", "8.0, 22, 44 30 30 35 30 F6", "10.0, 24, 44 30 30 30 35 30 C6"})
    void lengthsFollowTheSoftware(String software, int length, String pulses) {
        stimulator = make("rapid", software);
        ask("51 40 6E");
        assertEquals(length * 3 - 1, ask("5C 40 63").length());
        assertEquals(4 * 3 - 1, ask(pulses).length());
    }

    @Test
    void errors() {
        assertEquals("3F", ask("7A 40 45"), "unknown command");
        assertEquals("51 3F 6F", ask("51 40 6F"), "wrong check byte");
        ask("51 40 6E");
        assertEquals("40 3F 80", ask("40 39 39 39 14"), "no such power");
        assertEquals("45 3F 7B", ask("45 5A 60"), "no such mode");
        stimulator = make("magstim-200", "9.0.0");
        assertEquals("40 53 6C", ask("40 30 35 30 2A"), "power without remote control");
    }

    @Test
    void withoutKeepAliveItDisarms() {
        ask("51 40 6E");
        ask("45 42 78");
        pass(900);
        assertTrue(stimulator.outputOn(now));
        pass(200);
        assertFalse(stimulator.outputOn(now));
        assertTrue(state().contains("\"remote\":false"), state());
    }

    @Test
    void afterAMinuteWithoutAPulseItDisarms() {
        ask("51 40 6E");
        ask("45 42 78");
        keepAlive(118);
        assertTrue(stimulator.outputOn(now));
        keepAlive(4);
        assertFalse(stimulator.outputOn(now));
        assertTrue(state().contains("\"remote\":true"), state());
    }

    @Test
    void powerMovesSlowlyAndEarlyPulsesAreCounted() {
        ask("51 40 6E");
        ask("45 42 78");
        keepAlive(3);
        ask("40 30 31 30 2E");
        ask("45 48 72");
        assertTrue(state().contains("\"unsettledPulses\":1"), state());
    }

    @Test
    void trainHeatsTheCoilAndIsFollowedByAWait() {
        stimulator = make("super-rapid", "9.0.0");
        ask("51 40 6E");
        ask("5B 30 30 31 30 E3");
        ask("42 30 31 30 30 FC");
        ask("44 30 30 30 35 30 C6");
        ask("5B 30 30 35 30 DF");
        ask("40 31 30 30 2E");
        ask("45 42 78");
        assertEquals("44 53 68", ask("44 30 30 30 35 30 C6"), "locked while armed");
        keepAlive(3);
        ask("45 48 72");
        assertTrue(state().contains("\"trainRunning\":true"), state());
        keepAlive(10);
        assertTrue(state().contains("\"pulses\":50,"), state());
        assertTrue(state().contains("\"joules\":12600.0"), state());
        assertTrue(stimulator.state(now).toString().matches(".*\"coilCelsius\":3[67]\\..*"), state());
        assertEquals("45 53 67", ask("45 48 72"), "it waits");
    }

    @Test
    void tooFastATrainIsRefused() {
        stimulator = make("rapid", "9.0.0");
        ask("51 40 6E");
        ask("5B 30 30 31 30 E3");
        ask("42 30 35 30 30 F8");
        ask("40 31 30 30 2E");
        ask("45 42 78");
        keepAlive(3);
        assertEquals("45 53 67", ask("45 48 72"));
    }

    @Test
    void warmCoilAndMissingCoilDisarm() {
        for (FaultKind kind :
                new FaultKind[] {FaultKind.OVER_TEMPERATURE, FaultKind.COIL_OFF, FaultKind.EMERGENCY_STOP}) {
            ask("51 40 6E");
            ask("45 42 78");
            assertTrue(stimulator.outputOn(now));
            stimulator.faults().inject(new Fault(kind, -1, Fault.NOW), now);
            assertFalse(stimulator.outputOn(now), kind.label());
            assertEquals("45 53 67", ask("45 42 78"), kind.label());
            stimulator.faults().clear(kind, now);
        }
    }

    @Test
    void highestFrequencies() {
        assertEquals(50, Product.of("rapid", "9", 240).highestFrequency(30));
        assertEquals(37, Product.of("rapid", "9", 240).highestFrequency(31));
        assertEquals(15, Product.of("rapid", "9", 240).highestFrequency(91));
        assertEquals(60, Product.of("super-rapid", "9", 115).highestFrequency(37));
        assertEquals(97, Product.of("super-rapid-plus1", "9", 240).highestFrequency(49));
        assertEquals(58, Product.of("super-rapid-plus1", "9", 115).highestFrequency(50));
    }
}
