package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outcomes of real EEG, eyes closed and open, as two visits, against scipy 1.10.1: {@code f, p = welch(x, 125, nperseg=500, noverlap=250)} of the samples
 * as 32-bit floats, then {@code simpson(p[m], f[m])} over {@code m = (f >= low) & (f <= high)}, divided by that from 1 to 45 Hz. All bands hold an
 * odd number of bins, of which every version of scipy makes the same.
 */
class OutcomesOfRecordingsTest {
    private static final String BANDS = """
            outcomes:
              - {id: theta, kind: band-power, band: {low: 4 Hz, high: 8 Hz}, relativeTo: {low: 1 Hz, high: 45 Hz}, phase: rest, baseline: first-session, benefit: down}
              - {id: alpha, kind: band-power, band: {low: 8 Hz, high: 13 Hz}, relativeTo: {low: 1 Hz, high: 45 Hz}, phase: rest}
              - {id: gamma, kind: band-power, band: {low: 30 Hz, high: 45 Hz}, relativeTo: {low: 1 Hz, high: 45 Hz}, phase: rest}
              - {id: power, kind: band-power, band: {low: 8 Hz, high: 13 Hz}, phase: rest}
            """;

    @TempDir
    Path folder;

    private static FakeRecord visit(String file) {
        Optional<Path> recording = RealRecordingTest.shared(file);
        assumeTrue(recording.isPresent(), "skipped: ../shared/data/biosppy is not there");
        return RealRecordingTest.play(new FakeRecord(), "eeg", "EEG", recording.get())
                .phase("rest", 0, 0, 400);
    }

    private void equal(String expectedOf, double closed, double open) throws IOException {
        List<String[]> rows = Files.readAllLines(folder.resolve("outcomes.tsv")).stream()
                .map(l -> l.split("\t"))
                .filter(c -> c[4].equals(expectedOf))
                .toList();
        assertEquals(closed, Double.parseDouble(rows.get(0)[5]), 1e-9 * closed, expectedOf);
        assertEquals(open, Double.parseDouble(rows.get(1)[5]), 1e-9 * open, expectedOf);
    }

    @Test
    void relativeAndAbsolutePowersAreThoseOfScipy() throws IOException {
        new RecordExporter().outcomes(List.of(visit("eeg_ec.txt"), visit("eeg_eo.txt")), BANDS, Map.of(), folder);
        equal("theta", 0.22776715559247981, 0.05245804285576273);
        equal("alpha", 0.1124731713556986, 0.055063418295113103);
        equal("gamma", 0.062076685505094584, 0.03887466934099023);
        equal("power", 3094.9741533657552, 1804.5924012728324);
        String[] open =
                Files.readAllLines(folder.resolve("outcomes.tsv")).get(5).split("\t");
        assertEquals(100 * (0.05245804285576273 / 0.22776715559247981 - 1), Double.parseDouble(open[11]), 1e-7);
        assertEquals("1", open[14], "improved");
    }
}
