package org.anodyne.export.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.decoder.train.Scored;
import org.anodyne.decoder.train.Training;
import org.anodyne.decoder.train.Training.Trained;

/** A trained decoder as the file says it: all that is needed to use it, to judge it, and to see how it came about. */
final class ModelFile {
    private ModelFile() {}

    /** Whose records they are and what they were made of. */
    record Origin(String participant, boolean simulated, long seed, List<Map<String, Object>> records, int leftOut) {}

    static Map<String, Object> of(Calibration c, Origin origin, Trained t) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("format", DecoderModel.FORMAT);
        m.put("version", DecoderModel.VERSION);
        m.put("participant", origin.participant());
        m.put("simulated", origin.simulated());
        m.put("use", "research; not validated, not a medical device");
        List<Object> features = new ArrayList<>();
        for (int f = 0; f < c.features().size(); f++) {
            Map<String, Object> term = new LinkedHashMap<>();
            term.put("name", c.features().get(f));
            term.put("unit", c.unit(c.features().get(f)));
            term.put("mean", t.mean()[f]);
            term.put("standardDeviation", t.deviation()[f]);
            term.put("weight", t.weights()[f]);
            features.add(term);
        }
        m.put("features", features);
        m.put("intercept", t.intercept());
        m.put("lag", c.figure("lag"));
        m.put("maximumAge", c.figure("maximumAge"));
        m.put("figures", figures(t));
        m.put("folds", folds(t));
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("solver", Training.solver());
        made.put("c", t.c());
        made.put("tried", Arrays.stream(Training.grid()).boxed().toList());
        made.put("seed", origin.seed());
        made.put("rule", c.rule());
        made.put("rowsLeftOut", origin.leftOut());
        m.put("training", made);
        m.put("slots", c.chain());
        m.put("records", origin.records());
        m.put("crossValidated", scores(t.scores()));
        return m;
    }

    private static Map<String, Object> figures(Trained t) {
        Scored s = t.crossValidated();
        double sensitivity = s.above(t.threshold(), true);
        double specificity = 1 - s.above(t.threshold(), false);
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("rowsHigh", (long) count(s.high(), true));
        m.put("rowsLow", (long) count(s.high(), false));
        m.put("auc", s.auc());
        m.put("balancedAccuracy", (sensitivity + specificity) / 2);
        m.put("sensitivity", sensitivity);
        m.put("specificity", specificity);
        m.put("brier", s.brier());
        m.put("threshold", DecoderModel.probability(t.threshold()));
        m.put("falseTriggersPerHour", t.falseTriggersPerHour());
        Map<String, Object> chance = new LinkedHashMap<>();
        chance.put("permutations", (long) t.chance().auc().length);
        chance.put("meanAuc", t.chance().mean());
        chance.put("upper95Auc", t.chance().upper95());
        chance.put("p", t.chance().p());
        m.put("chance", chance);
        List<Object> calibration = new ArrayList<>();
        s.calibration().forEach(b -> {
            Map<String, Object> bin = new LinkedHashMap<>();
            bin.put("said", b.said());
            bin.put("was", b.was());
            bin.put("rows", (long) b.rows());
            calibration.add(bin);
        });
        m.put("calibration", calibration);
        return m;
    }

    private static List<Object> folds(Trained t) {
        List<Object> folds = new ArrayList<>();
        t.folds().forEach(f -> {
            Map<String, Object> fold = new LinkedHashMap<>();
            fold.put("rowsHigh", (long) f.high());
            fold.put("rowsLow", (long) (f.rows() - f.high()));
            fold.put("trainedOn", (long) f.trainedOn());
            fold.put("c", f.c());
            fold.put("auc", f.auc());
            fold.put("logLoss", f.logLoss());
            folds.add(fold);
        });
        return folds;
    }

    private static Map<String, Object> scores(DecoderModel.Scores s) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("step", s.stepSeconds());
        List<Object> high = new ArrayList<>();
        for (boolean h : s.high()) {
            high.add(h ? 1L : 0L);
        }
        m.put("period", Arrays.stream(s.period()).mapToObj(p -> (long) p).toList());
        m.put("seconds", Arrays.stream(s.seconds()).boxed().toList());
        m.put("high", high);
        m.put("logit", Arrays.stream(s.logit()).boxed().toList());
        return m;
    }

    static int count(boolean[] high, boolean what) {
        int n = 0;
        for (boolean h : high) {
            n += h == what ? 1 : 0;
        }
        return n;
    }
}
