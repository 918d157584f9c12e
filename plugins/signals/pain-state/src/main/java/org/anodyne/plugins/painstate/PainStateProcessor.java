package org.anodyne.plugins.painstate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.dsp.RunningStats;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SignalProcessor;

/**
 * Steps on the first connected feature; of the others it uses the newest value older than the lag. A value belongs to the
 * baseline by its time, and the baseline is closed one lag after its phase, so the order in which features of different
 * slots arrive changes nothing. Thread: the lane.
 */
final class PainStateProcessor implements SignalProcessor {
    private static final String FORMAT = "anodyne-pain-state";
    private static final int VERSION = 2;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long OPEN = Long.MAX_VALUE;

    private final Outlet outlet;
    private final Model model;
    private final boolean hasModel;
    private Map<String, History> features = new LinkedHashMap<>();
    private String driving = "";

    /** The baseline is what lies after the one time and not after the other. */
    private long baselineFrom = NEVER;

    private long baselineTo = NEVER;
    private boolean reported;

    /** Whether the record was told which model decides. */
    private boolean named;

    PainStateProcessor(Outlet outlet, Parameters parameters) {
        this.outlet = outlet;
        this.model = Model.of(parameters);
        this.hasModel = parameters.values().containsKey("model");
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        List<String> names = inputs.features().getOrDefault(PainStateFactory.PORT, List.of()).stream()
                .map(FeatureRef::toString)
                .toList();
        if (names.isEmpty()) {
            throw new PluginException(
                    "pain-state: no feature is connected; list them in the slot's inputs.features, the driving one first.");
        }
        model.check(names, hasModel);
        names.forEach(name -> features.put(name, new History()));
        driving = names.get(0);
    }

    @Override
    public void enterPhase(Phase phase) {
        if (model.calibration().filter(phase.id()::equals).isPresent()) {
            baselineFrom = phase.startNanos();
            baselineTo = phase.endNanos().orElse(OPEN);
            reported = false;
            features.values().forEach(history -> history.baseline().reset());
        } else if (baselineTo > phase.startNanos()) {
            baselineTo = phase.startNanos();
        }
    }

    @Override
    public void feature(String port, FeatureInput input) {
        String name = input.slot() + "/" + input.feature().name();
        History history = features.get(name);
        if (history == null) {
            return;
        }
        long time = input.feature().timeNanos();
        double value = input.feature().value();
        if (baselineFrom != NEVER && time > baselineFrom && time <= baselineTo) {
            history.baseline().add(value);
        }
        if (name.equals(driving)) {
            step(time, value);
        } else {
            history.add(time, value, model.maximumAgeNanos());
        }
    }

    private void step(long time, double drivingValue) {
        boolean calibrated = baselineFrom != NEVER && baselineTo != OPEN && time - model.lagNanos() >= baselineTo;
        if (calibrated && !reported) {
            reported = true;
            report(time);
        }
        if (!named && model.frozen().isPresent()) {
            named = true;
            name(time);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, History> feature : features.entrySet()) {
            double value = feature.getKey().equals(driving)
                    ? drivingValue
                    : feature.getValue().newest(time - model.lagNanos(), time - model.maximumAgeNanos());
            if (model.calibration().isPresent()) {
                value = calibrated ? feature.getValue().baseline().zScore(value).orElse(Double.NaN) : Double.NaN;
            }
            values.put(feature.getKey(), value);
        }
        double logit = model.logit(values);
        outlet.feature(new Feature("probability", time, new double[] {DecoderModel.probability(logit)}));
        outlet.feature(new Feature("logit", time, new double[] {logit}));
    }

    private void name(long time) {
        DecoderModel frozen = model.frozen().orElseThrow();
        outlet.event(new Event(
                "decoder",
                time,
                Map.of(
                        "model",
                        model.sha256(),
                        "participant",
                        frozen.participant(),
                        "simulated",
                        frozen.simulated(),
                        "features",
                        List.copyOf(features.keySet()))));
    }

    private void report(long time) {
        Map<String, Object> baselines = new LinkedHashMap<>();
        boolean usable = true;
        for (Map.Entry<String, History> feature : features.entrySet()) {
            RunningStats baseline = feature.getValue().baseline();
            double deviation = baseline.standardDeviation().orElse(Double.NaN);
            usable &= deviation > 0;
            baselines.put(
                    feature.getKey(),
                    Map.of(
                            "count", baseline.count(),
                            "mean", baseline.mean().orElse(Double.NaN),
                            "standardDeviation", deviation));
        }
        String type = usable ? "calibrated" : "calibration-failed";
        outlet.event(new Event(type, time, Map.of("phase", model.calibration().orElse(""), "features", baselines)));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeLong(baselineFrom);
            out.writeLong(baselineTo);
            out.writeBoolean(reported);
            out.writeBoolean(named);
            out.writeInt(features.size());
            for (Map.Entry<String, History> feature : features.entrySet()) {
                out.writeUTF(feature.getKey());
                feature.getValue().write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            long from = in.readLong();
            long to = in.readLong();
            boolean told = in.readBoolean();
            boolean modelNamed = in.readBoolean();
            Map<String, History> saved = new LinkedHashMap<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                saved.put(in.readUTF(), History.read(in));
            }
            if (!List.copyOf(saved.keySet()).equals(List.copyOf(features.keySet()))) {
                throw new IllegalArgumentException("the state is of other features");
            }
            return () -> {
                baselineFrom = from;
                baselineTo = to;
                reported = told;
                named = modelNamed;
                features = saved;
            };
        });
    }

    @Override
    public void close() {
        features.clear();
    }
}
