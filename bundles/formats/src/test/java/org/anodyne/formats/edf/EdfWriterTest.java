package org.anodyne.formats.edf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anodyne.formats.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdfWriterTest {
    private static final LocalDateTime START = LocalDateTime.of(2026, 5, 4, 3, 2, 1, 250_000_000);
    private static final List<EdfSignal> SIGNALS = List.of(
            new EdfSignal("EEG Cz", "AgAgCl electrode", "µV", -187.5, 187.5, -32768, 32767, "HP:0.5Hz", 250),
            EdfSignal.of("Resp", "mV", -1.23456789, 4, 10));

    @TempDir
    private Path folder;

    private final List<EdfAnnotation> notes = new ArrayList<>();

    private double value(int signal, int sample) {
        return signal == 0 ? 180 * Math.sin(sample * 0.05) : 1 + Math.cos(sample * 0.3);
    }

    private Path write(int records, int annotations) {
        Path file = folder.resolve("ours.edf");
        EdfWriter.Subject subject = new EdfWriter.Subject("P 007", "F", "", "");
        try (EdfWriter writer =
                EdfWriter.create(file, subject, new EdfWriter.Session("visit 2", "", "Cyton"), START, 1, SIGNALS)) {
            for (int i = 0; i < annotations; i++) {
                EdfAnnotation note =
                        new EdfAnnotation(i * records / (double) annotations, i % 2 == 0 ? -1 : 0.5, "Ereignis ä " + i);
                notes.add(note);
                writer.annotate(note.onsetSeconds(), note.durationSeconds(), note.text());
            }
            for (int r = 0; r < records; r++) {
                double[][] record = {new double[250], new double[10]};
                for (int s = 0; s < 2; s++) {
                    for (int i = 0; i < record[s].length; i++) {
                        record[s][i] = value(s, r * record[s].length + i);
                    }
                }
                writer.write(record);
                assertFalse(Files.exists(file), "the file has no name before it is whole");
            }
        }
        return file;
    }

    @Test
    void our_reader_gets_back_what_was_written_to_half_a_step() throws Exception {
        Path file = write(12, 7);
        try (EdfReader reader = EdfReader.open(file)) {
            assertEquals(EdfKind.EDF_PLUS_C, reader.header().kind());
            assertEquals(Optional.of(START.withNano(0)), reader.header().start());
            assertEquals(0.25, reader.recordOnset(0));
            assertEquals("P_007 F X X", reader.header().patient());
            assertEquals(
                    "Startdate 04-MAY-2026 visit_2 X Cyton", reader.header().recording());
            assertEquals("uV", reader.header().signals().get(0).unit());
            assertEquals(-1.23457, reader.header().signals().get(1).physicalMin(), "rounded to 8 characters");
            for (int s = 0; s < 2; s++) {
                double[] all = reader.signal(s);
                assertEquals(12 * SIGNALS.get(s).samplesPerRecord(), all.length);
                double half = reader.header().signals().get(s).gain() * 0.500001;
                for (int i = 0; i < all.length; i++) {
                    assertEquals(value(s, i), all[i], half);
                }
            }
            List<EdfAnnotation> shifted = notes.stream()
                    .map(n -> new EdfAnnotation(
                            Math.rint((n.onsetSeconds() + 0.25) * 1e6) / 1e6, n.durationSeconds(), n.text()))
                    .toList();
            assertEquals(shifted, reader.annotations());
            assertEquals(List.of(), reader.warnings());
        }
        assertEquals(1, Files.list(folder).count(), "nothing left beside the file");
    }

    @Test
    void many_annotations_at_one_moment_fit() {
        Path file = folder.resolve("many.edf");
        try (EdfWriter writer =
                EdfWriter.create(file, EdfWriter.Subject.unknown(), EdfWriter.Session.unknown(), START, 1, SIGNALS)) {
            for (int i = 0; i < 500; i++) {
                writer.annotate(2.9, 0, "crowd " + i);
            }
            for (int r = 0; r < 3; r++) {
                writer.write(new double[][] {new double[250], new double[10]});
            }
        }
        try (EdfReader reader = EdfReader.open(file)) {
            assertEquals(500, reader.annotations().size());
            assertEquals(List.of(), reader.warnings());
        }
    }

    @Test
    void clipping_and_missing_samples_are_counted() {
        Path file = folder.resolve("clip.edf");
        try (EdfWriter writer = EdfWriter.create(
                file,
                EdfWriter.Subject.unknown(),
                EdfWriter.Session.unknown(),
                START,
                1,
                List.of(EdfSignal.of("a", "uV", -1, 1, 4)))) {
            writer.write(new double[][] {{-5, 5, Double.NaN, 0.5}});
            assertEquals(2, writer.clipped());
            assertEquals(1, writer.missing());
        }
        try (EdfReader reader = EdfReader.open(file)) {
            assertArrayEquals(new double[] {-1, 1, -1, 0.5}, reader.signal(0), 2e-5);
        }
    }

    @Test
    void what_edf_cannot_hold_is_refused() throws Exception {
        EdfSignal flat = EdfSignal.of("a", "uV", 1, 1, 4);
        EdfSignal huge = EdfSignal.of("a", "uV", -1e9, 1e9, 4);
        for (EdfSignal signal : List.of(flat, huge)) {
            assertThrows(IllegalArgumentException.class, () -> create(signal, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> create(EdfSignal.of("a", "uV", -1, 1, 4), 1 / 3.0));
        EdfWriter empty = create(EdfSignal.of("a", "uV", -1, 1, 4), 1);
        assertThrows(IllegalStateException.class, empty::close);
        assertEquals(0, Files.list(folder).count());
    }

    private EdfWriter create(EdfSignal signal, double seconds) {
        return EdfWriter.create(
                folder.resolve("x.edf"),
                EdfWriter.Subject.unknown(),
                EdfWriter.Session.unknown(),
                START,
                seconds,
                List.of(signal));
    }

    @Test
    void edflib_finds_nothing_to_complain_about() throws Exception {
        Path program = Oracle.compile("edf_check.c", "edflib.h", "edf", folder);
        Path file = write(12, 7);
        Oracle.Result result = Oracle.run(List.of(program.toString(), file.toString()));
        assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        // 1 is EDFLIB_FILETYPE_EDFPLUS; the sub-second is in units of 100 ns.
        assertEquals(
                "FILE|1|2|12|12.0000000|04.05.2026 03:02:01|2500000|P_007|Cyton".replace("_", " "),
                result.lines().get(0).replace("_", " "));
        try (EdfReader reader = EdfReader.open(file)) {
            for (int s = 0; s < 2; s++) {
                String[] seen = result.lines().get(1 + s).split("\\|");
                double[] all = reader.signal(s);
                assertEquals(all.length, Integer.parseInt(seen[3]));
                assertEquals(all[0], Double.parseDouble(seen[4]), 1e-6);
                assertEquals(all[all.length - 1], Double.parseDouble(seen[5]), 1e-6);
                assertEquals(Arrays.stream(all).sum(), Double.parseDouble(seen[6]), 1e-4);
            }
        }
        List<String> annotations =
                result.lines().stream().filter(l -> l.startsWith("ANNOTATION")).toList();
        assertEquals(7, annotations.size());
        String[] second = annotations.get(1).split("\\|");
        assertEquals(notes.get(1).onsetSeconds(), Double.parseDouble(second[1]), 1e-6, "after the first sample");
        assertEquals("Ereignis ä 1", second[3]);
    }

    @Test
    void mne_reads_the_same_samples_and_annotations() throws Exception {
        Path file = write(12, 7);
        Oracle.Result result = Oracle.python("mne_dump.py", "mne", file.toString());
        assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        try (EdfReader reader = EdfReader.open(file)) {
            for (int s = 0; s < 2; s++) {
                String[] seen = result.lines().get(s).split("\\|");
                double[] all = reader.signal(s);
                assertEquals(all.length, Integer.parseInt(seen[3]));
                assertEquals(all[0], Double.parseDouble(seen[4]), 1e-6);
                assertEquals(all[all.length / 2], Double.parseDouble(seen[5]), 1e-6);
                assertEquals(Arrays.stream(all).sum(), Double.parseDouble(seen[7]), 1e-4);
            }
        }
        List<String> annotations =
                result.lines().stream().filter(l -> l.startsWith("ANNOTATION")).toList();
        assertEquals(7, annotations.size(), () -> String.join("\n", result.lines()));
        assertTrue(annotations.get(1).endsWith("|0.500000|Ereignis ä 1"), annotations.get(1));
    }
}
