package org.anodyne.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.export.bids.BidsDataset;
import org.anodyne.export.bids.FilledForms;
import org.anodyne.export.crednf.CredNfPage;
import org.anodyne.export.facts.FactsReader;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.outcome.Fhir;
import org.anodyne.export.quantity.Definition;
import org.anodyne.export.quantity.Definitions;
import org.anodyne.export.quantity.OutcomeFiles;
import org.anodyne.export.quantity.SessionOutcomes;
import org.anodyne.export.quantity.Value;
import org.anodyne.export.report.Report;
import org.anodyne.export.signal.Envelope;
import org.anodyne.export.signal.PhaseSpectra;
import org.anodyne.export.signal.Sweep;
import org.anodyne.export.summary.Json;
import org.anodyne.export.summary.Summary;
import org.anodyne.formats.FormatException;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;
import org.osgi.service.component.annotations.Component;

/**
 * Reads the record twice: first for what happened, then for the samples, which go straight to the files of the dataset and
 * to the pictures' envelopes. What a session holds in memory does not grow with its samples.
 */
@Component
public final class RecordExporter implements DatasetExporter {
    private static final int SLICES = 1000;
    private static final int MOST_CHANNELS_SHOWN = 8;

    @Override
    public Map<String, Object> export(RecordReader.Record record, Map<String, Object> outcome, Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw failed("the folder " + target + " cannot be made", e);
        }
        SessionFacts facts = FactsReader.read(record, outcome);
        Sweep sweep = new Sweep();
        Map<StreamFacts, Envelope> envelopes = new LinkedHashMap<>();
        List<PhaseSpectra> spectra = new ArrayList<>();
        for (StreamFacts s : facts.streams()) {
            int shown = Math.min(MOST_CHANNELS_SHOWN, s.key().channels());
            Envelope envelope =
                    new Envelope(java.util.stream.IntStream.range(0, shown).toArray(), facts.durationNanos(), SLICES);
            sweep.add(s.key(), envelope);
            envelopes.put(s, envelope);
            if (s.eeg()) {
                PhaseSpectra of = new PhaseSpectra(s.info(), facts.phases());
                sweep.add(s.key(), of);
                spectra.add(of);
            }
        }
        String unread = "";
        List<Definition> definitions = List.of();
        try {
            definitions = Definitions.of(record.meta().protocol());
        } catch (IllegalArgumentException e) {
            // The session ran with this text, whatever this reader makes of it; the rest of the export does not need
            // it.
            unread = String.valueOf(e.getMessage());
        }
        SessionOutcomes outcomes = new SessionOutcomes(facts, definitions, sweep);
        dataset(record, facts, sweep, target);
        features(facts, target);
        fhir(facts, target);
        Summary.Alpha alpha = Summary.alpha(facts, spectra);
        List<Value> values = outcomes.values();
        Map<String, Object> summary = Summary.of(facts, alpha);
        if (!unread.isEmpty()) {
            summary.put("outcomesNotRead", unread);
        }
        if (!values.isEmpty()) {
            summary.put("outcomes", values.stream().map(OutcomeFiles::value).toList());
        }
        file(target.resolve("report.html"), new Report(facts, envelopes, spectra, alpha, values).html());
        if (facts.feedback().any()) {
            file(target.resolve("cred-nf.md"), CredNfPage.markdown(facts));
            for (Map.Entry<String, String> picture : CredNfPage.pictures(facts).entrySet()) {
                file(target.resolve(picture.getKey()), picture.getValue());
            }
        }
        file(target.resolve("summary.json"), Json.text(summary));
        return summary;
    }

    @Override
    public Map<String, Object> outcomes(
            List<RecordReader.Record> records, String definitions, Map<String, String> phases, Path folder) {
        try {
            return new OutcomeExport(definitions, phases).write(records, folder);
        } catch (IOException | UncheckedIOException e) {
            throw failed("the outcomes in " + folder + " cannot be written", e);
        }
    }

    @Override
    public void phenotype(List<Filled> filled, Path folder) {
        try {
            FilledForms.write(filled, folder);
        } catch (IOException | UncheckedIOException e) {
            throw new RecordException(
                    "the tables of questionnaires in " + folder + " cannot be written: " + e.getMessage()
                            + ". The answers themselves are kept; make room, and they are written with the next one",
                    e);
        }
    }

    private static void dataset(RecordReader.Record record, SessionFacts facts, Sweep sweep, Path target) {
        Path making = target.resolve(".bids.part");
        BidsDataset dataset = null;
        try {
            delete(making);
            Files.createDirectories(making);
            dataset = new BidsDataset(making, facts, sweep);
            try {
                record.messages(sweep);
            } catch (RecordException | FormatException e) {
                // The first pass met it too and noted it as damage; both stop at the same message.
                if (facts.damage().isEmpty()) {
                    throw e;
                }
            }
            dataset.finish();
            dataset = null;
            replace(making, target.resolve("bids"));
        } catch (IOException | UncheckedIOException e) {
            throw failed("the dataset in " + target + " cannot be written", e);
        } finally {
            if (dataset != null) {
                dataset.abandon();
            }
            try {
                delete(making);
            } catch (IOException e) {
                throw failed("the unfinished dataset " + making + " cannot be removed", e);
            }
        }
    }

    private static void features(SessionFacts facts, Path target) {
        Path making = target.resolve(".features.part");
        try {
            delete(making);
            FeatureTables.write(facts, making);
            replace(making, target.resolve("features"));
        } catch (IOException e) {
            throw failed("the tables of features in " + target + " cannot be written", e);
        }
    }

    private static void fhir(SessionFacts facts, Path target) {
        Path making = target.resolve(".fhir.part");
        try {
            delete(making);
            Fhir.write(facts, making);
            if (Files.exists(making)) {
                replace(making, target.resolve("fhir"));
            }
        } catch (IOException e) {
            throw failed("the questionnaires in " + target + " cannot be written", e);
        }
    }

    /** Moves a finished folder to its place; one that is there already steps aside first and is then deleted. */
    private static void replace(Path made, Path place) throws IOException {
        Path old = place.resolveSibling("." + place.getFileName() + ".old");
        delete(old);
        if (Files.exists(place)) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void file(Path place, String text) {
        Path making = place.resolveSibling("." + place.getFileName() + ".part");
        try {
            Files.write(making, text.getBytes(StandardCharsets.UTF_8));
            Files.move(making, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(place + " cannot be written", e);
        }
    }

    private static RecordException failed(String what, Exception e) {
        return new RecordException(
                what + ": " + e.getMessage()
                        + ". The record itself is untouched; make room or choose another folder, and"
                        + " export it again",
                e);
    }
}
