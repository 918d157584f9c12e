package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.measures.Kind;
import org.anodyne.measures.holdings.Holdings;
import org.anodyne.measures.table.MeasureTable;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The BIDS schema validator finds no fault in what is exported. */
class BidsValidatorTest {
    @TempDir
    Path folder;

    private static void there() {
        assumeTrue(
                Tools.bidsValidator().isPresent(),
                "skipped: the BIDS validator is not there; cnf/tools/fetch-validators.sh fetches it");
    }

    private void valid(FakeRecord record) throws IOException {
        there();
        new RecordExporter().export(record, Sessions.completed(), folder);
        valid();
    }

    private void valid() throws IOException {
        Tools.Run run = Tools.validateBids(Tools.bidsValidator().get(), folder.resolve("bids"), folder);
        JsonNode report = JsonMapper.builder().build().readTree(run.out());
        List<String> errors = new ArrayList<>();
        for (JsonNode issue : report.path("issues").path("issues")) {
            if (issue.path("severity").asText().equals("error")) {
                errors.add(issue.toString());
            }
        }
        assertEquals(List.of(), errors);
        assertEquals(0, run.code(), run.out());
    }

    @Test
    void aWholeSession() throws IOException {
        valid(Sessions.closedLoop());
    }

    @Test
    void twoEegStreamsAndAForeignUnit() throws IOException {
        StreamInfo a = FakeRecord.stream("eeg", "frontal", "EEG", 125, false, "EEG a.u.", "EOG1 uV");
        StreamInfo b = FakeRecord.stream("eeg", "frontal", "EEG", 250, false, "Cz mV", "Cz mV");
        StreamInfo ecg = FakeRecord.stream("heart", "ecg", "ECG", 500, false, "II mV", "V1 mV");
        FakeRecord r = new FakeRecord("Ä-7 <script>", "id: x\n").declare(a).declare(ecg);
        r.signal(a, 1, 4, 25, Math::sin).signal(b, 0, 4, 25, Math::cos).signal(ecg, 0.5, 4, 50, Math::sin);
        valid(r);
    }

    @Test
    void noEeg() throws IOException {
        FakeRecord r = new FakeRecord().declare(Sessions.EDA);
        r.phase("baseline", 0, 0, 10);
        r.signal(Sessions.EDA, 0, 10, 5, t -> t == 3 ? Double.NaN : t);
        r.event("nrs", "answer", 9, Map.of("item", "pain", "value", 3L));
        valid(r);
    }

    @Test
    void ageAndSexOfParticipants() throws IOException {
        valid(Sessions.chosen(Map.of("interest", "forest", "age", 93L, "sex", "other")));
    }

    @Test
    void noSamplesAtAll() throws IOException {
        FakeRecord r = new FakeRecord();
        r.phase("baseline", 0, 0, 10);
        r.event("nrs", "answer", 9, Map.of("item", "pain", "value", 3L));
        valid(r);
    }

    @Test
    void measuresOfAssaysAndImages() throws Exception {
        there();
        for (Kind kind : Kind.values()) {
            String file = kind == Kind.ASSAY ? "assays.csv" : "imaging.tsv";
            MeasureTable table = MeasureTable.read(Tools.checkout("docs/examples/" + file), kind, Instant.now());
            new Holdings(folder).add(table, "staff-1", "", Instant.now());
        }
        valid();
    }

    @Test
    void questionnaires() throws IOException {
        valid(OutcomeExportTest.answered());
    }
}
