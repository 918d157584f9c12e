package org.anodyne.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.anodyne.measures.Kind;
import org.anodyne.measures.MeasureException;
import org.anodyne.measures.holdings.Holdings;
import org.anodyne.measures.table.MeasureTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "measures",
        description = {
            "Checks a table of measures made outside the platform, assays of a laboratory or what a pipeline made of images,",
            "and tells all its faults at once, with lines. With --out it is taken in: as BIDS phenotype tables and as FHIR",
            "Observations, with file hash, who and when. What is there already is not taken in twice. Exit code 2: it has",
            "faults, and nothing was taken in.",
            "  anodyne measures il6.csv --kind assay",
            "  anodyne measures il6.csv --kind assay --out FOLDER --by NAME"
        },
        mixinStandardHelpOptions = true)
final class MeasuresCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "Table with comma, semicolon or tab, in UTF-8.")
    Path file;

    @Option(names = "--kind", required = true, paramLabel = "KIND", description = "assay or imaging.")
    String kind;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder of the study's measures. Made when absent.")
    Path out;

    @Option(names = "--by", paramLabel = "NAME", description = "Who takes it in.")
    String by = "";

    @Option(
            names = "--correct",
            paramLabel = "REASON",
            description = "Why the table says something else than those before it; needed where it does.")
    String reason = "";

    @Override
    public Integer call() {
        Instant now = Instant.now();
        try {
            MeasureTable table = MeasureTable.read(file, kind(), now);
            if (out == null) {
                long participants = table.measures().stream()
                        .map(m -> m.cell("participant"))
                        .distinct()
                        .count();
                say(file + ": " + count(table.measures().size()) + " of " + participants
                        + (participants == 1 ? " participant" : " participants") + ", no fault");
                return 0;
            }
            if (by.isBlank()) {
                throw new CommandFailure(CommandFailure.BAD_INPUT, "--by is missing: who takes the table in?");
            }
            tell(new Holdings(out).add(table, by.strip(), reason, now));
            return 0;
        } catch (MeasureException e) {
            e.faults()
                    .forEach(
                            f -> spec.commandLine().getErr().println(f.line() > 0 ? file + ": " + f : "anodyne: " + f));
            spec.commandLine()
                    .getErr()
                    .println(e.faults().size() + (e.faults().size() == 1 ? " fault" : " faults")
                            + "; nothing was taken in");
            return CommandFailure.BAD_INPUT;
        } catch (IOException e) {
            throw new CommandFailure(
                    1, "the folder " + out + " cannot be written: " + e.getMessage() + ". Mend that and do it again");
        }
    }

    private Kind kind() {
        for (Kind k : Kind.values()) {
            if (k.word().equals(kind)) {
                return k;
            }
        }
        throw new CommandFailure(CommandFailure.BAD_INPUT, "--kind is '" + kind + "'; there is assay, imaging");
    }

    private void tell(Holdings.Result result) {
        if (!result.before().isEmpty()) {
            say("taken in before, " + result.before() + "; nothing was done");
            return;
        }
        say("taken in: " + count(result.added()) + "; " + result.same() + " were there already, " + result.corrected()
                + " corrected");
        say("dataset   " + out.resolve("bids").toAbsolutePath().normalize());
        say("FHIR      " + out.resolve("fhir").toAbsolutePath().normalize());
    }

    private static String count(int measures) {
        return measures + (measures == 1 ? " measure" : " measures");
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
    }
}
