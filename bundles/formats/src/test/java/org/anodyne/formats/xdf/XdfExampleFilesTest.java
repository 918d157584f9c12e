package org.anodyne.formats.xdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anodyne.formats.SharedData;
import org.junit.jupiter.api.Test;

/** The example files of the format; the expected values were worked out from their bytes by a separate script. */
class XdfExampleFilesTest {
    @Test
    void minimal() {
        XdfFile file = XdfFile.load(SharedData.file("xdf/minimal.xdf"));
        assertEquals("1.0", file.header().orElseThrow().version());
        assertEquals(0, file.tornBytes());
        assertEquals(List.of(), file.damage());
        assertEquals(2, file.streams().size());

        XdfFile.Stream signal = file.streams().get(0);
        assertEquals(0, signal.id());
        assertEquals("SendDataC", signal.header().name());
        assertEquals("EEG", signal.header().type());
        assertEquals(10, signal.header().nominalRate());
        assertEquals(XdfFormat.INT16, signal.header().format());
        assertEquals("50942.723319709003", signal.header().createdAt());
        assertEquals(
                List.of(1, 4, 4),
                signal.blocks().stream().map(XdfSamples::count).toList());
        assertArrayEquals(new double[] {192, 12, 13, 14, 15, 12, 13, 14, 15}, signal.channel(0));
        assertArrayEquals(new double[] {255, 22, 23, 24, 25, 22, 23, 24, 25}, signal.channel(1));
        assertArrayEquals(new double[] {238, 32, 33, 34, 35, 32, 33, 34, 35}, signal.channel(2));
        double[] stamps = {5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9};
        assertArrayEquals(stamps, signal.stamps(), 1e-12);
        assertEquals(
                List.of(new XdfEvent.ClockOffset(0, 6.1, -0.1), new XdfEvent.ClockOffset(0, 7.1, -0.1)),
                signal.offsets());
        assertArrayEquals(
                new double[] {5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8}, signal.synchronisedStamps(), 1e-12);
        XdfEvent.StreamFooter footer = signal.footer().orElseThrow();
        assertEquals(5.1, footer.firstStamp());
        assertEquals(5.9, footer.lastStamp());
        assertEquals(9, footer.sampleCount());

        XdfFile.Stream text = file.streams().get(1);
        assertEquals(46202862, text.id());
        assertEquals(9, text.texts().size());
        assertTrue(
                text.texts().get(0).startsWith("<?xml version=\"1.0\"?><info><writer>LabRecorder xdfwriter</writer>"));
        assertEquals(321, text.texts().get(0).length());
        assertEquals(
                List.of("Hello", "World", "from", "LSL", "Hello", "World", "from", "LSL"),
                text.texts().subList(1, 9));
        assertArrayEquals(stamps, text.stamps(), 1e-12);
    }

    @Test
    void empty_streams() {
        XdfFile file = XdfFile.load(SharedData.file("xdf/empty_streams.xdf"));
        assertEquals(List.of(), file.damage());
        assertEquals(
                List.of(3, 4, 1, 2),
                file.streams().stream().map(XdfFile.Stream::id).toList());
        assertEquals(
                List.of(0L, 10L, 1L, 0L),
                file.streams().stream().map(XdfFile.Stream::sampleCount).toList());

        XdfFile.Stream counter = file.streams().get(1);
        assertEquals("Data stream: test stream 0 counter", counter.header().name());
        assertEquals(
                List.of(new XdfStreamHeader.Channel("ch:00", "", "misc")),
                counter.header().channels());
        assertEquals("pylsltools", counter.header().desc().get("manufacturer"));
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, counter.channel(0));
        double[] stamps = new double[10];
        for (int i = 0; i < 10; i++) {
            stamps[i] = 91725.21394789348 + i; // every second one is stored, the others deduced at 1 Hz
        }
        assertArrayEquals(stamps, counter.stamps(), 1e-9);
        assertEquals(7, counter.offsets().size());
        assertEquals(91735.21394789348, counter.footer().orElseThrow().lastStamp());

        XdfFile.Stream control = file.streams().get(2);
        assertEquals(0, control.header().nominalRate());
        assertEquals(List.of("{\"state\": 2}"), control.texts());
        assertArrayEquals(new double[] {91725.014004246}, control.stamps());
        assertEquals(
                new XdfEvent.ClockOffset(1, 91716.691545932, -1.8892002117354423e-05),
                control.offsets().get(0));
        assertEquals(0, file.streams().get(0).footer().orElseThrow().sampleCount());
    }
}
