package org.anodyne.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anodyne.record.DecoderTrainer;
import org.anodyne.record.RecordReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description =
                "Trains a decoder of pain on calibration sessions of one participant, by the rule in their protocol, and"
                        + " writes the model and a page with its figures. Not validated; for research.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORD",
            description = "Folders that calibration sessions left, or their record/ folders.")
    List<Path> records;

    @Option(names = "--slot", paramLabel = "SLOT", description = "Slot of the decoder, where several have 'training'.")
    String slot = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL.json",
            description = "Where the model goes; the page goes beside it, as MODEL.html.")
    Path out;

    TrainCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path page = out.resolveSibling(out.getFileName().toString().replaceFirst("\\.json$", "") + ".html");
        CommandFailure.unlessFree("file", List.of(out, page));
        Platform p = session.platform().get();
        List<DecoderTrainer.Source> sources = new ArrayList<>();
        for (Path record : records) {
            RecordReader.Record opened =
                    ReplayCommand.opened(p, record, spec.commandLine().getErr());
            sources.add(new DecoderTrainer.Source(opened, record));
        }
        Map<String, Object> model = p.trainer.train(sources, slot, out, page);
        tell(model, page, spec.commandLine().getOut());
        return 0;
    }

    private void tell(Map<String, Object> model, Path page, PrintWriter to) {
        Map<?, ?> f = (Map<?, ?>) model.get("figures");
        Map<?, ?> chance = (Map<?, ?>) f.get("chance");
        to.printf(
                Locale.ROOT,
                "decoder of participant %s, slot %s%s%n",
                model.get("participant"),
                model.get("slot"),
                Boolean.TRUE.equals(model.get("simulated")) ? ", trained on simulated data" : "");
        for (Object t : (List<?>) model.get("features")) {
            Map<?, ?> term = (Map<?, ?>) t;
            to.printf(
                    Locale.ROOT, "  %-24s weight %+.3f per standard deviation%n", term.get("name"), term.get("weight"));
        }
        to.printf(Locale.ROOT, "rows            %s of high, %s of low pain%n", f.get("rowsHigh"), f.get("rowsLow"));
        to.printf(
                Locale.ROOT,
                "AUC             %.3f; chance %.3f on average, %.3f at its 95th percentile, p = %.3f%n",
                f.get("auc"),
                chance.get("meanAuc"),
                chance.get("upper95Auc"),
                chance.get("p"));
        to.printf(
                Locale.ROOT,
                "above %.2f      balanced accuracy %.3f, sensitivity %.3f, specificity %.3f, %.1f false triggers per hour%n",
                f.get("threshold"),
                f.get("balancedAccuracy"),
                f.get("sensitivity"),
                f.get("specificity"),
                f.get("falseTriggersPerHour"));
        to.printf(Locale.ROOT, "Brier score     %.3f%n", f.get("brier"));
        to.println("model           " + out);
        to.println("page            " + page);
        to.println("SHA-256         " + model.get("sha256"));
        to.println("cross-validated on this participant's calibration alone; not validated, for research");
    }
}
