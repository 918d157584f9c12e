package org.anodyne.export.decoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.decoder.train.Training;
import org.anodyne.decoder.train.Training.Settings;
import org.anodyne.decoder.train.Training.Trained;
import org.anodyne.export.facts.FactsReader;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.report.DecoderPage;
import org.anodyne.export.summary.Json;
import org.anodyne.record.DecoderTrainer;
import org.anodyne.record.RecordException;
import org.osgi.service.component.annotations.Component;

/** Reads calibrations, trains, writes model and page. Thread: any. */
@Component
public final class Trainer implements DecoderTrainer {
    @Override
    public Map<String, Object> train(List<Source> sources, String slot, Path model, Path page) {
        List<Calibration> calibrations = new ArrayList<>();
        List<Map<String, Object>> records = new ArrayList<>();
        List<SessionFacts> all = new ArrayList<>();
        for (Source source : sources) {
            SessionFacts facts = FactsReader.read(source.record(), Map.of());
            all.add(facts);
            calibrations.add(new Calibration(facts, slot));
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("session", facts.meta().session());
            told.put("files", hashes(source.folder()));
            records.add(told);
        }
        alike(all, calibrations);
        Calibration first = calibrations.get(0);
        Trained trained;
        try {
            trained = Training.train(Calibration.rows(calibrations), first.features(), settings(first, all.get(0)));
        } catch (DecoderException e) {
            throw new RecordException("no decoder was trained: " + e.getMessage());
        }
        boolean simulated = all.stream().anyMatch(f -> f.synthetic() || f.simulatedParticipant());
        int leftOut = calibrations.stream().mapToInt(Calibration::leftOut).sum();
        Map<String, Object> file = ModelFile.of(
                first,
                new ModelFile.Origin(
                        all.get(0).meta().participant(),
                        simulated,
                        all.get(0).meta().seed(),
                        records,
                        leftOut),
                trained);
        String text = text(file);
        DecoderModel.parse(text); // what cannot be read back must not be frozen
        String sha256 = DecoderModel.sha256(text);
        write(model, text);
        write(page, new DecoderPage(file, trained, sha256).html());
        Map<String, Object> told = new LinkedHashMap<>(file);
        told.put("sha256", sha256);
        told.put("slot", first.slot());
        return told;
    }

    private static Settings settings(Calibration c, SessionFacts facts) {
        Map<String, Object> r = c.rule();
        return new Settings(
                (int) figure(r, "folds"),
                figure(r, "purge"),
                (int) figure(r, "permutations"),
                facts.meta().seed(),
                figure(r, "step"),
                figure(r, "threshold"),
                figure(r, "hold"),
                figure(r, "refractory"));
    }

    private static double figure(Map<String, Object> rule, String name) {
        return ((Number) rule.get(name)).doubleValue();
    }

    private static void alike(List<SessionFacts> all, List<Calibration> calibrations) {
        for (int i = 1; i < all.size(); i++) {
            String these = "records " + all.get(0).meta().session() + " and "
                    + all.get(i).meta().session();
            if (!all.get(i).meta().participant().equals(all.get(0).meta().participant())) {
                throw new RecordException(these + " are of different participants; a decoder is trained on one person");
            }
            Calibration a = calibrations.get(0);
            Calibration b = calibrations.get(i);
            if (!a.features().equals(b.features())
                    || !a.rule().equals(b.rule())
                    || a.figure("lag") != b.figure("lag")
                    || a.figure("maximumAge") != b.figure("maximumAge")
                    || !a.chain().equals(b.chain())) {
                throw new RecordException(
                        these + " differ in features, in the plug-ins and parameters that computed them, or"
                                + " in the rule of training; train on sessions of one protocol");
            }
        }
    }

    /** SHA-256 by file name of the record's segments. */
    private static Map<String, Object> hashes(Path record) {
        Map<String, Object> hashes = new LinkedHashMap<>();
        Path folder = Files.isDirectory(record.resolve("record")) ? record.resolve("record") : record;
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".xdf")).sorted().toList()) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
                hashes.put(file.getFileName().toString(), HexFormat.of().formatHex(digest.digest()));
            }
            return hashes;
        } catch (IOException e) {
            throw new RecordException("the record " + record + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** One line per entry: a file that people compare, and no line for each of a thousand scores. */
    private static String text(Map<String, Object> file) {
        ObjectMapper json = new ObjectMapper();
        StringBuilder s = new StringBuilder("{\n");
        try {
            int left = file.size();
            for (Map.Entry<String, Object> e : file.entrySet()) {
                s.append("  ")
                        .append(json.writeValueAsString(e.getKey()))
                        .append(": ")
                        .append(json.writeValueAsString(Json.plain(e.getValue())))
                        .append(--left > 0 ? ",\n" : "\n");
            }
            return s.append("}\n").toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void write(Path file, String text) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new RecordException("the file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
