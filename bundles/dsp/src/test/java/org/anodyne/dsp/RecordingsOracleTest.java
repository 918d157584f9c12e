package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every sample of every kind of filter and every bin of Welch's spectra over whole real recordings, against the scipy of this machine;
 * skipped where there is none, or no recording. The same filters over made-up signals are held to stored values everywhere.
 */
class RecordingsOracleTest {
    private static final String PYTHON = "/usr/bin/python3";

    /** Relative to the largest sample of a filtered recording. */
    private static final double FILTER = 1e-9;

    /** Of each bin to itself. */
    private static final double BIN = 1e-9;

    @TempDir
    static Path expected;

    @BeforeAll
    static void scipy() throws Exception {
        Path folder = Signals.recordings()
                .orElseGet(() -> Assumptions.abort(
                        "No folder ../shared/data/biosppy next to the checkout: real recordings not checked."));
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && run("-c", "import scipy.signal") == 0,
                "No " + PYTHON + " with scipy here: filters over real recordings are not checked.");
        Path script = Signals.module().resolve("src/test/oracle/oracle_recordings.py");
        assertEquals(0, run(script.toString(), folder.toString(), expected.toString()), script + " failed");
    }

    private static int run(String... arguments) throws Exception {
        String[] line = new String[arguments.length + 1];
        line[0] = PYTHON;
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        Process process = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", line) + " did not end within three minutes.");
        }
        return process.exitValue();
    }

    private static double[] expected(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(expected.resolve(name + ".f64")));
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    private static Map<String, Sos> sections(double rate) {
        return Map.of(
                "low", Butterworth.lowPass(4, 0.2 * rate / 2, rate),
                "high", Butterworth.highPass(2, 0.5, rate),
                "band", Butterworth.bandPass(4, 8, 13, rate),
                "stop", Butterworth.bandStop(2, 48, 52, rate),
                "notch", Butterworth.notch(50, 30, rate));
    }

    private static Map<String, Fir> taps(double rate) {
        return Map.of(
                "low", Fir.lowPass(101, 40, rate, Window.HAMMING),
                "even", Fir.lowPass(64, 10, rate, Window.BLACKMAN),
                "high", Fir.highPass(251, 1, rate, Window.HANN),
                "band", Fir.bandPass(127, 8, 13, rate, Window.kaiser(8.6)),
                "stop", Fir.bandStop(129, 48, 52, rate, Window.HAMMING));
    }

    @ParameterizedTest
    @CsvSource({"eeg_ec,125,38219", "eeg_eo,125,30203", "ecg,1000,15000"})
    void everySampleOfEveryFilter(String name, double rate, int samples) throws IOException {
        double[] x = Signals.recording(name + ".txt");
        assertEquals(samples, x.length);
        for (Map.Entry<String, Sos> e : sections(rate).entrySet()) {
            SosFilter filter = e.getValue().filter();
            filter.settle(x[0]);
            same("iir_" + e.getKey() + "_" + name, filter.filter(x));
            same("iir_both_" + e.getKey() + "_" + name, ZeroPhase.filter(e.getValue(), x));
        }
        for (Map.Entry<String, Fir> e : taps(rate).entrySet()) {
            FirFilter filter = e.getValue().filter();
            filter.settle(x[0]);
            same("fir_" + e.getKey() + "_" + name, filter.filter(x));
            same("fir_both_" + e.getKey() + "_" + name, ZeroPhase.filter(e.getValue(), x));
        }
    }

    private static void same(String name, double[] actual) throws IOException {
        double[] wanted = expected(name);
        assertEquals(wanted.length, actual.length, name);
        assertTrue(
                Arrays.stream(actual).allMatch(Double::isFinite)
                        && Arrays.stream(wanted).anyMatch(v -> v != 0),
                name);
        double deviation = Oracle.deviation(wanted, actual);
        assertTrue(deviation <= FILTER, name + " deviates by " + deviation + " of the largest sample");
    }

    @ParameterizedTest
    @CsvSource({"eeg_ec,125", "eeg_eo,125", "ecg,1000", "eda,1000", "resp,1000"})
    void everyBinOfWelchToItself(String name, int rate) throws IOException {
        double[] x = Signals.recording(name + ".txt");
        double[] wanted = expected("psd_" + name);
        WelchAccumulator stream = new WelchAccumulator(rate, 4 * rate, 2 * rate);
        for (int at = 0; at < x.length; at += 37) {
            stream.add(x, at, Math.min(37, x.length - at));
        }
        double[] whole = Welch.psd(x, rate, 4 * rate, 2 * rate).densities();
        double[] blocks = stream.spectrum().orElseThrow().densities();
        assertEquals(wanted.length, whole.length);
        for (int k = 0; k < wanted.length; k++) {
            assertEquals(wanted[k], whole[k], BIN * wanted[k], name + ", bin " + k);
            assertEquals(wanted[k], blocks[k], BIN * wanted[k], name + " in blocks, bin " + k);
        }
    }
}
