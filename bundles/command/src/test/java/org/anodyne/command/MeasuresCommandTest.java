package org.anodyne.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a lab types to take tables of measures in. */
class MeasuresCommandTest {
    private static final String ASSAYS = "../../docs/examples/assays.csv";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = new CommandLine(new MeasuresCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((e, l, parsed) -> {
            l.getErr().println(e.getMessage());
            return e instanceof CommandFailure f ? f.exit() : 1;
        });
        return line.execute(words);
    }

    @Test
    void withoutAFolderATableIsOnlyChecked() {
        assertEquals(0, run(ASSAYS, "--kind", "assay"));
        assertTrue(out.toString().contains("10 measures of 2 participants, no fault"), out.toString());
    }

    @Test
    void aTableIsTakenInOnce() {
        String study = folder.resolve("study").toString();
        assertEquals(0, run(ASSAYS, "--kind", "assay", "--out", study, "--by", "staff-1"));
        assertTrue(out.toString().contains("taken in: 10 measures; 0 were there already, 0 corrected"), out.toString());
        assertTrue(Files.exists(folder.resolve("study/bids/phenotype/assay.tsv")));
        assertEquals(0, run(ASSAYS, "--kind", "assay", "--out", study, "--by", "staff-2"));
        assertTrue(out.toString().contains("taken in before, by staff-1 at "), out.toString());
    }

    @Test
    void faultsAreToldWithFileAndLineAndNothingIsTakenIn() throws IOException {
        String study = folder.resolve("study").toString();
        assertEquals(2, run("../../docs/examples/imaging.tsv", "--kind", "assay", "--out", study, "--by", "staff-1"));
        assertTrue(err.toString().contains("imaging.tsv: line 1: column 'sampled' is missing"), err.toString());
        assertTrue(err.toString().contains("faults; nothing was taken in"), err.toString());
        assertFalse(Files.exists(folder.resolve("study")));
        assertEquals(2, run(ASSAYS, "--kind", "blood"));
        assertEquals(2, run(ASSAYS, "--kind", "assay", "--out", study));
        assertTrue(err.toString().contains("--by is missing"), err.toString());
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertEquals(1, run(ASSAYS, "--kind", "assay", "--out", file.toString(), "--by", "staff-1"));
        assertTrue(err.toString().contains("cannot be written"), err.toString());
    }
}
