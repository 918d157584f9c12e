package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anodyne.dsp.artefact.ArtefactDetector;
import org.anodyne.dsp.artefact.ArtefactKind;
import org.anodyne.dsp.artefact.ArtefactSettings;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Artefacts where this machine's MNE finds them ({@code src/test/oracle/artefacts.py}): MNE sees the whole file before it chooses its
 * thresholds, the detector here only what came before. Skipped where MNE or the recordings are absent.
 */
class MneArtefactsTest {
    private static final String PYTHON = "/usr/bin/python3";

    private record Span(String kind, double from, double to) {
        boolean meets(Span other, double before, double after) {
            return from < other.to + after && to > other.from - before;
        }
    }

    @TempDir
    static Path folder;

    @BeforeAll
    static void mne() throws Exception {
        Path recordings = Signals.recordings()
                .orElseGet(() -> Assumptions.abort(
                        "No folder ../shared/data/biosppy next to the checkout: real recordings not checked."));
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && run("-c", "import mne") == 0,
                "No " + PYTHON + " with MNE here: artefacts are not compared with it.");
        Path script = Signals.module().resolve("src/test/oracle/artefacts.py");
        assertEquals(0, run(script.toString(), recordings.toString(), folder.toString()), script + " failed");
    }

    private static int run(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(PYTHON));
        line.addAll(List.of(arguments));
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

    private static double[] signal(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".f64")));
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    private static List<Span> spans(String name, String kind) throws IOException {
        return Files.readAllLines(folder.resolve(name + ".csv")).stream()
                .map(l -> l.split(","))
                .filter(c -> c[0].equals(kind))
                .map(c -> new Span(c[0], Double.parseDouble(c[1]), Double.parseDouble(c[2])))
                .toList();
    }

    private static List<Span> told(double[] x, double rate, ArtefactKind kind) {
        ArtefactDetector detector = new ArtefactDetector(ArtefactSettings.of(rate));
        List<Span> told = new ArrayList<>();
        boolean before = false;
        for (double value : x) {
            boolean now = (detector.add(value) & kind.bit()) != 0;
            if (before && !now) {
                told.add(new Span(kind.name(), detector.since(kind) / rate, detector.samples() / rate));
            }
            before = now;
        }
        return told;
    }

    private static long missed(List<Span> wanted, List<Span> told, double before, double after) {
        return wanted.stream()
                .filter(w -> told.stream().noneMatch(t -> t.meets(w, before, after)))
                .count();
    }

    /** The mean over 200 ms of the detector makes it up to so much later and longer. */
    @ParameterizedTest
    @CsvSource({"eeg_ec,125,9,3", "eeg_eo,125,7,1", "made,500,3,0"})
    void muscleIsWhereMneFindsIt(String name, double rate, int put, int mostElsewhere) throws IOException {
        List<Span> mne = spans(name, "muscle");
        assertEquals(put, spans(name, "MUSCLE").size());
        assertEquals(0, missed(spans(name, "MUSCLE"), mne, 0, 0), "MNE finds all that were put in");
        List<Span> told = told(signal(name), rate, ArtefactKind.MUSCLE);
        assertEquals(0, missed(mne, told, 0.2, 0.2), "of MNE's " + mne.size());
        long elsewhere = missed(told, mne, 0.3, 0.3);
        assertTrue(elsewhere <= mostElsewhere, elsewhere + " of " + told.size() + " are not MNE's");
    }

    @ParameterizedTest
    @CsvSource({"eeg_ec,125,9", "eeg_eo,125,7", "made,500,3"})
    void stillStretchesBeginAndEndWhereMneFindsThem(String name, double rate, int put) throws IOException {
        List<Span> mne = spans(name, "flat");
        assertEquals(put, mne.size());
        List<Span> told = told(signal(name), rate, ArtefactKind.FLAT);
        for (Span one : mne) {
            assertTrue(
                    told.stream()
                            .anyMatch(
                                    t -> Math.abs(t.from() - one.from()) < 0.05 && Math.abs(t.to() - one.to()) < 0.05),
                    "MNE has it from " + one.from() + " to " + one.to() + " s; here " + told);
        }
    }

    /** What is told as clipping is also still to MNE, which knows no rails and finds more. */
    @ParameterizedTest
    @CsvSource({"eeg_ec_as_it_is,20", "eeg_eo_as_it_is,20"})
    void clippingIsStillToMne(String name, int least) throws IOException {
        List<Span> told = told(signal(name), 125, ArtefactKind.CLIP);
        assertTrue(told.size() >= least, told.size() + " stretches");
        assertEquals(0, missed(told, spans(name, "still"), 0.02, 0.02), "of " + told.size());
    }

    /** MNE has its peak at 0.3 s of each blink that was put in; the detector tells it at most 0.15 s after that. */
    @ParameterizedTest
    @CsvSource({"eeg_ec,125,10,10", "eeg_eo,125,8,7", "made,500,4,3"})
    void blinksAreToldWhereMneFindsThem(String name, double rate, int put, int least) throws IOException {
        List<Span> mne = spans(name, "blink");
        List<Span> peaks = spans(name, "BLINK").stream()
                .map(b -> new Span("peak", b.from() + 0.25, b.from() + 0.35))
                .toList();
        assertEquals(put, peaks.size());
        assertEquals(0, missed(peaks, mne, 0, 0), "MNE finds all that were put in");
        List<Span> told = told(signal(name), rate, ArtefactKind.BLINK);
        long found = put - missed(peaks, told, 0, 0.1);
        assertTrue(found >= least, "told of " + found + " of " + put);
    }
}
