package org.anodyne.formats.edf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sample files that a separate script wrote, with values that it and MNE agree on. */
@Timeout(300)
class EdfReaderTest {
    private static final List<EdfAnnotation> NOTES = List.of(
            new EdfAnnotation(0.5, -1, "Lights off"),
            new EdfAnnotation(0.75, 2.5, "Schmerz äö 中"),
            new EdfAnnotation(3.25, 0, "pulse"));

    @TempDir
    private Path folder;

    static Path resource(String name) {
        try {
            return Path.of(EdfReaderTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> expected() throws IOException {
        return Files.readAllLines(resource("expected.tsv"), StandardCharsets.UTF_8).stream();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void values_are_those_the_script_meant(String line) {
        String[] field = line.split("\t");
        try (EdfReader reader = EdfReader.open(resource(field[0]))) {
            int signal = reader.header().signals().stream()
                    .map(EdfSignal::label)
                    .toList()
                    .indexOf(field[1]);
            assertEquals(field[2], reader.header().signals().get(signal).unit());
            assertEquals(Double.parseDouble(field[3]), reader.header().rate(signal), 1e-9);
            double[] all = reader.signal(signal);
            assertEquals(Integer.parseInt(field[4]), all.length);
            double[] picked = {
                all[0],
                all[all.length / 2],
                all[all.length - 1],
                Arrays.stream(all).sum()
            };
            for (int i = 0; i < picked.length; i++) {
                double wanted = Double.parseDouble(field[5 + i]);
                assertEquals(wanted, picked[i], 1e-9 * Math.max(1, Math.abs(wanted)) * 100);
            }
            double[] part = new double[150];
            int count = reader.read(signal, 55, part);
            assertEquals(Math.max(0, Math.min(150, all.length - 55)), count);
            if (count > 0) {
                assertArrayEquals(Arrays.copyOfRange(all, 55, 55 + count), Arrays.copyOf(part, count));
            }
            assertEquals(0, reader.read(signal, all.length, part));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.edf",
                "plus_c.edf",
                "plus_d.edf",
                "torn.edf",
                "unknown_count.edf",
                "biosemi.bdf",
                "plus_c.bdf"
            })
    void mne_sees_the_same(String name) throws Exception {
        Oracle.Result result =
                Oracle.python("mne_dump.py", "mne", resource(name).toString());
        assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        try (EdfReader reader = EdfReader.open(resource(name))) {
            for (int i = 0; i < reader.header().signals().size(); i++) {
                String[] seen = result.lines().get(i).split("\\|");
                double[] all = reader.signal(i);
                assertEquals(reader.header().signals().get(i).label(), seen[1]);
                assertEquals(reader.header().rate(i), Double.parseDouble(seen[2]), 1e-6);
                assertEquals(all.length, Integer.parseInt(seen[3]));
                double[] picked = {
                    all[0],
                    all[all.length / 2],
                    all[all.length - 1],
                    Arrays.stream(all).sum()
                };
                for (int k = 0; k < picked.length; k++) {
                    assertEquals(Double.parseDouble(seen[4 + k]), picked[k], 1e-7 * Math.max(1, Math.abs(picked[k])));
                }
            }
        }
    }

    @Test
    void kinds_dates_and_annotations() {
        try (EdfReader plain = EdfReader.open(resource("plain.edf"))) {
            assertEquals(EdfKind.EDF, plain.header().kind());
            assertEquals(
                    Optional.of(LocalDateTime.of(2021, 3, 2, 13, 14, 15)),
                    plain.header().start());
            assertEquals("HP:0.5Hz LP:100Hz", plain.header().signals().get(0).prefilter());
            assertEquals(List.of(), plain.annotations());
            assertEquals(List.of(), plain.warnings());
        }
        try (EdfReader plus = EdfReader.open(resource("plus_c.edf"))) {
            assertEquals(EdfKind.EDF_PLUS_C, plus.header().kind());
            assertEquals(NOTES, plus.annotations());
            assertEquals(3.5, plus.recordOnset(7));
        }
        try (EdfReader plus = EdfReader.open(resource("plus_c.bdf"))) {
            assertEquals(EdfKind.BDF_PLUS_C, plus.header().kind());
            assertEquals(NOTES, plus.annotations());
        }
        try (EdfReader gaps = EdfReader.open(resource("plus_d.edf"))) {
            assertEquals(EdfKind.EDF_PLUS_D, gaps.header().kind());
            assertEquals(NOTES, gaps.annotations());
            assertEquals(1, gaps.recordOnset(1));
            assertEquals(10.5, gaps.recordOnset(2));
        }
        try (EdfReader bdf = EdfReader.open(resource("biosemi.bdf"))) {
            assertEquals(EdfKind.BDF, bdf.header().kind());
        }
    }

    @Test
    void what_can_be_forgiven_is_forgiven_and_told() {
        try (EdfReader torn = EdfReader.open(resource("torn.edf"))) {
            assertTrue(torn.truncated());
            assertEquals(3, torn.records());
            assertEquals(List.of("The file is truncated: 3 whole data records of 5 are there."), torn.warnings());
        }
        try (EdfReader unknown = EdfReader.open(resource("unknown_count.edf"))) {
            assertFalse(unknown.truncated());
            assertEquals(3, unknown.records());
            assertTrue(unknown.warnings().get(0).contains("does not say how many"));
        }
        try (EdfReader odd = EdfReader.open(resource("odd_date.edf"))) {
            assertEquals(Optional.empty(), odd.header().start());
            assertTrue(odd.warnings().get(0).contains("is no date and time"));
        }
    }

    @Test
    void what_cannot_be_read_rightly_is_refused_in_plain_words() throws IOException {
        byte[] good = Files.readAllBytes(resource("plain.edf"));
        refused(new byte[0], "the file is empty");
        refused("not edf".repeat(60).getBytes(StandardCharsets.US_ASCII), "neither an EDF nor a BDF");
        refused(Arrays.copyOf(good, 200), "ends inside its header");
        refused(Arrays.copyOf(good, 700), "ends inside its header");
        refused(Arrays.copyOf(good, 768), "not one whole data record");
        refused(Arrays.copyOf(good, 768 + 219), "not one whole data record");
        refused(with(good, 184, "512     "), "512 bytes long, but 2 signals need 768");
        refused(with(good, 252, "0   "), "number of signals is 0");
        refused(with(good, 252, "x   "), "the number of signals is \"x\", not a number");
        refused(with(good, 244, "0       "), "no sampling rate");
        refused(with(good, 244, "-1      "), "no sampling rate");
        refused(with(good, 236, "many    "), "the number of data records is \"many\"");
        int digitalMin = 256 + 2 * (16 + 80 + 8 + 8 + 8);
        refused(with(good, digitalMin, "2047    "), "digital range of signal \"EEG Fpz-Cz\" is 2047 to 2047");
        refused(with(good, digitalMin, "-99999  "), "which cannot be");
        refused(with(good, 256 + 2 * (16 + 80 + 8), "abc     "), "physical minimum of signal \"EEG Fpz-Cz\"");
        refused(with(good, digitalMin + 2 * (8 + 8 + 80), "0       "), "has 0 samples per record");
    }

    @Test
    void random_damage_is_refused_or_read_but_never_hangs() throws IOException {
        byte[] good = Files.readAllBytes(resource("plus_d.edf"));
        Random random = new Random(3);
        Path file = folder.resolve("damaged.edf");
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = good.clone();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                bytes[random.nextInt(round % 2 == 0 ? 1024 : bytes.length)] = (byte) ('!' + random.nextInt(90));
            }
            Files.write(file, bytes);
            try (EdfReader reader = EdfReader.open(file)) {
                for (int i = 0; i < reader.header().signals().size(); i++) {
                    reader.signal(i);
                }
            } catch (FormatException refused) {
                assertTrue(refused.getMessage().startsWith(file.toString()));
            }
        }
    }

    private void refused(byte[] bytes, String because) throws IOException {
        Path file = Files.write(folder.resolve("bad.edf"), bytes);
        FormatException e = assertThrows(FormatException.class, () -> EdfReader.open(file));
        assertTrue(e.getMessage().contains(because), e.getMessage());
        assertFalse(e.whatToDo().isEmpty());
    }

    private static byte[] with(byte[] good, int at, String text) {
        byte[] bytes = good.clone();
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, text.length());
        return bytes;
    }
}
