package org.anodyne.formats.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleTextTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.write(folder.resolve("a.txt"), content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "eeg_ec.txt, 125, EEG, 537, 442",
        "eeg_eo.txt, 125, EEG, 47, 176",
        "eda.txt, 1000, EDA, 2669, 2671",
        "ecg.txt, 1000, ECG, 2044, 2044",
        "resp.txt, 1000, Resp, 2094, 2094"
    })
    void real_recordings(String name, double rate, String label, double first, double second) throws IOException {
        Path path = SharedData.file("biosppy/" + name);
        SimpleText text = SimpleText.read(path);
        assertEquals(rate, text.rate());
        assertEquals(List.of(label), text.labels());
        assertEquals(first, text.channels()[0][0]);
        assertEquals(second, text.channels()[0][1]);
        double[] independent = Files.readAllLines(path).stream()
                .filter(l -> !l.startsWith("#") && !l.isBlank())
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertArrayEquals(independent, text.channels()[0]);
        assertEquals(0, text.nanSamples());
        assertEquals(List.of(), text.warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", ",", "  ", ", ", ";", " \t"})
    void columns_are_separated_by_tab_comma_or_blank(String separator) throws IOException {
        SimpleText text = SimpleText.read(file("\uFEFF# Sampling Rate (Hz):= 250.00\r\n# Labels:= F 3,Cz µ,Pz\r\n"
                + String.join(separator, "1.5", "-2e3", "nan") + "\r\n\r\n"
                + String.join(separator, "4", "5", "6") + "\r\n"));
        assertEquals(250, text.rate());
        assertEquals(List.of("F 3", "Cz µ", "Pz"), text.labels());
        assertEquals("[[1.5, 4.0], [-2000.0, 5.0], [NaN, 6.0]]", Arrays.deepToString(text.channels()));
        assertEquals(1, text.nanSamples());
        assertEquals(List.of("1 of 6 numbers are NaN (not a number)."), text.warnings());
    }

    @Test
    void labels_that_do_not_fit_are_told() throws IOException {
        SimpleText text = SimpleText.read(file("# Sampling Rate (Hz):= 1\n# Labels:= A B C\n1 2\n"));
        assertEquals(List.of("column 1", "column 2"), text.labels());
        assertTrue(text.warnings().get(0).contains("do not fit the 2 signals"));
    }

    @Test
    void the_same_rate_twice_is_no_contradiction() throws IOException {
        assertEquals(
                125,
                SimpleText.read(file("# Sampling Rate (Hz):= 125.00\n# Sampling Rate (Hz):= 125\n1\n"))
                        .rate());
    }

    @Test
    void faults_are_refused_with_their_line() throws IOException {
        String rate = "# Sampling Rate (Hz):= 125\n";
        refused("", "the file is empty");
        refused(rate, "holds no samples");
        refused(rate + "\n\n", "holds no samples");
        refused("1\n2\n", "does not tell its sampling rate");
        refused("# Sampling Rate (Hz):= fast\n1\n", "line 1: the sampling rate is \"fast\", not a number");
        refused("# Sampling Rate (Hz):= 0\n1\n", "line 1: the sampling rate is 0 Hz");
        refused("# Sampling Rate (Hz):= -5\n1\n", "line 1: the sampling rate is -5 Hz");
        refused("# Sampling Rate (Hz):= NaN\n1\n", "line 1: the sampling rate is NaN Hz");
        refused(
                rate + "# x\n# Sampling Rate (Hz):= 250\n1\n",
                "line 3: the header speaks of two sampling rates, 125.0 Hz in line 1 and 250.0 Hz here");
        refused(rate + "1\ntwo\n3\n", "line 3: \"two\" is not a number");
        refused(rate + "1\n5d\n", "line 3: \"5d\" is not a number");
        refused(rate + "1\n1e999\n", "line 3: \"1e999\" is not a number");
        refused(rate + "1 2\n3\n", "line 3: there are 1 numbers, but 2 in line 2");
        refused(rate + "1,,2\n", "line 2: \"\" is not a number");
        refused(rate + "nan\nNaN\n", "all 2 samples are NaN");
    }

    private void refused(String content, String because) throws IOException {
        Path path = file(content);
        FormatException e = assertThrows(FormatException.class, () -> SimpleText.read(path), content);
        assertTrue(e.getMessage().contains(because), e.getMessage());
        assertFalse(e.whatToDo().isEmpty());
    }
}
