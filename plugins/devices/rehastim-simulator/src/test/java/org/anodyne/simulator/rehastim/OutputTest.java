package org.anodyne.simulator.rehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches the skin: which channel, when, how wide, how strong. */
class OutputTest {

    @Test
    void aTrainGivesAPulseAtOnceAndThenEveryMainInterval() {
        Bench bench = Bench.started();
        bench.pass(500);
        assertEquals(11, bench.snapshot().pulsesDelivered());
        assertEquals(
                List.of(1L, 51L, 101L),
                times(bench).subList(0, 3).stream().map(t -> t / 1000).toList());
        assertEquals(11 * 2_800, bench.snapshot().chargeNanocoulombs());
        assertTrue(
                bench.events("pulse")
                        .get(0)
                        .endsWith("\"channel\":1,\"widthUs\":200,\"ma\":14,\"commandedMa\":14,"
                                + "\"chargeUc\":2.800,\"count\":1}"),
                bench.events("pulse").get(0));
    }

    @Test
    void anUpdateCountsFromTheNextBurst() {
        Bench bench = Bench.started();
        bench.pass(120);
        bench.send(Packet.of(5, 32, 0, 0x01, 0x2C, 30));
        assertEquals(3, bench.snapshot().pulsesDelivered());
        bench.pass(40);
        assertEquals(4, bench.snapshot().pulsesDelivered());
        assertEquals(3 * 2_800 + 9_000, bench.snapshot().chargeNanocoulombs());
        assertEquals(151_000L, times(bench).get(3));
    }

    @Test
    void channelsFollowEachOtherInSlots() {
        Bench bench = Bench.open();
        bench.send(Packet.of(3, 30, 0, 0b1000_0101, 0, 13, 0, 98, 0));
        bench.send(Packet.of(4, 32, 0, 0, 100, 10, 0, 0, 200, 20, 0, 1, 0x2C, 30));
        bench.pass(49);
        assertEquals(List.of(1_000L, 2_500L, 4_000L), times(bench));
        assertEquals("1,3,8", channels(bench));
        assertEquals(1_000 + 4_000 + 9_000, bench.snapshot().chargeNanocoulombs());
    }

    @Test
    void doubletsAndTripletsUseTheirInterval() {
        Bench bench = Bench.open();
        bench.send(Packet.of(3, 30, 0, 3, 0, 17, 0, 98, 0));
        bench.send(Packet.of(4, 32, 1, 0, 100, 10, 2, 0, 100, 10));
        bench.pass(49);
        assertEquals(List.of(1_000L, 2_500L, 11_000L, 12_500L, 22_500L), times(bench));
        assertEquals("1,2,1,2,2", channels(bench));
    }

    @Test
    void lowFrequencyChannelsSkipBursts() {
        Bench bench = Bench.open();
        bench.send(Packet.of(3, 30, 2, 3, 1, 13, 0, 98, 0));
        bench.send(Packet.of(4, 32, 0, 0, 100, 10, 0, 0, 100, 10));
        bench.pass(290);
        assertEquals("1,2,2,2,1,2,2,2", channels(bench));
    }

    @Test
    void aMainIntervalOfZeroGivesOneBurstForEachStart() {
        Bench bench = Bench.open();
        bench.send(Packet.of(3, 30, 0, 1, 0, 13, 0, 0, 0));
        bench.send(Packet.of(4, 32, 1, 0, 100, 10));
        assertEquals(
                Packet.of(5, 33, -8), bench.ask(Packet.of(5, 32, 1, 0, 100, 10)).get(2));
        bench.pass(900);
        assertEquals(2, bench.snapshot().pulsesDelivered());
        assertFalse(bench.snapshot().outputOn());
        assertEquals(SessionState.STARTED, bench.snapshot().state());
        bench.send(Packet.of(6, 32, 0, 0, 100, 10));
        assertEquals(3, bench.snapshot().pulsesDelivered());
        assertEquals(List.of("true", "false", "true", "false"), onAndOff(bench));
    }

    @Test
    void aSinglePulseIsGivenAtOnce() {
        Bench bench = Bench.open();
        bench.send(Packet.of(6, 36, 7, 0, 200, 10));
        assertEquals("8", channels(bench));
        assertEquals(2_000, bench.snapshot().chargeNanocoulombs());
        assertEquals(List.of("true", "false"), onAndOff(bench));
    }

    @ParameterizedTest
    @CsvSource({"15, 2, 14", "15, 1, 15", "14, 2, 14", "1, 2, 0", "130, 2, 126", "127, 1, 126", "126, 2, 126"})
    void theOutputStageHasStepsAndACeiling(int commanded, int step, int delivered) {
        Bench bench = new Bench(new UnitOptions(1, step, 0, 0));
        bench.pass(1);
        bench.openSession(0);
        bench.send(Packet.of(6, 36, 0, 0, 100, commanded));
        assertEquals(delivered * 100L, bench.snapshot().chargeNanocoulombs());
        assertEquals(delivered == 0 ? 0 : 1, bench.snapshot().pulsesDelivered());
    }

    @Test
    void stopEndsABurstInTheMiddle() {
        Bench bench = Bench.open();
        bench.send(Packet.of(3, 30, 0, 1, 0, 13, 0, 98, 0));
        bench.send(Packet.of(4, 32, 2, 0, 100, 10));
        bench.pass(10);
        bench.send(Packet.of(5, 34));
        bench.pass(1_000);
        assertEquals(2, bench.snapshot().pulsesDelivered());
    }

    @Test
    void theSnapshotTellsItAllInOneLine() {
        Bench bench = Bench.started();
        bench.pass(100);
        String json = bench.snapshot().json().toString();
        assertTrue(
                json.startsWith("{\"mode\":2,\"state\":\"STARTED\",\"outputOn\":true,"
                        + "\"pulsesDelivered\":3,\"chargeMicroCoulomb\":8.400,"
                        + "\"maxChargePerPhaseMicroCoulomb\":2.800,\"lastPacketAgeMs\":100,\"replies\":2,"
                        + "\"faults\":[],\"channels\":[{\"channel\":1,\"widthUs\":200,\"ma\":14,\"pulses\":3,"
                        + "\"chargeMicroCoulomb\":8.400},"),
                json);
        assertEquals(1, json.lines().count());
    }

    /** Times of the pulses in µs. */
    private static List<Long> times(Bench bench) {
        return bench.events("pulse").stream()
                .map(line -> Long.parseLong(line.substring(5, line.indexOf(','))) / 1_000)
                .toList();
    }

    private static String channels(Bench bench) {
        return bench.events("pulse").stream()
                .map(line -> line.replaceAll(".*\"channel\":(\\d).*", "$1"))
                .collect(Collectors.joining(","));
    }

    private static List<String> onAndOff(Bench bench) {
        return bench.events("output").stream()
                .map(line -> line.replaceAll(".*\"on\":(\\w+).*", "$1"))
                .toList();
    }
}
