package org.anodyne.plugins.painstate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * What the log odds are made of: {@code intercept + Σ weight · feature}, the weights written in the protocol; or a trained and
 * frozen model; or nothing yet, while the session is a calibration.
 *
 * @param weights by feature; empty without
 * @param intercept log odds at the baseline
 * @param calibration id of the baseline phase, if there is one
 * @param frozen the trained model
 * @param sha256 of its file
 * @param lagNanos least age of all features but the driving one
 * @param maximumAgeNanos greatest age of a value that is used
 */
record Model(
        Map<String, Double> weights,
        double intercept,
        Optional<String> calibration,
        Optional<DecoderModel> frozen,
        String sha256,
        long lagNanos,
        long maximumAgeNanos) {

    /**
     * Reads the parameters.
     *
     * @throws IllegalArgumentException with a sentence for a person, when they do not fit together
     */
    static Model of(Parameters parameters) {
        Map<String, Double> weights = new LinkedHashMap<>();
        given(parameters, "weights").forEach((name, weight) -> weights.put(name, ((Number) weight).doubleValue()));
        Optional<String> calibration = Optional.ofNullable(
                        given(parameters, "calibration").get("phase"))
                .map(String::valueOf);
        Map<String, Object> model = given(parameters, "model");
        Map<String, Object> training = given(parameters, "training");
        if ((weights.isEmpty() ? 0 : 1) + (model.isEmpty() ? 0 : 1) + (training.isEmpty() ? 0 : 1) != 1) {
            throw new IllegalArgumentException(
                    "write one of 'model' (trained and frozen), 'training' (this session is its"
                            + " calibration) and 'weights' (the study's own)");
        }
        if (weights.isEmpty() && (calibration.isPresent() || parameters.number("intercept") != 0)) {
            throw new IllegalArgumentException(
                    "'intercept' and 'calibration' belong to 'weights'; a trained model has its own");
        }
        if (!training.isEmpty() && training.containsKey("phases") == training.containsKey("ratings")) {
            throw new IllegalArgumentException(
                    "'training' needs either 'phases' or 'ratings' to tell high pain from low");
        }
        return new Model(
                weights,
                parameters.number("intercept"),
                calibration,
                model.get("text") instanceof String text ? Optional.of(frozen(text, model)) : Optional.empty(),
                String.valueOf(model.getOrDefault("sha256", "")),
                Math.round(parameters.number("lag") * 1e9),
                Math.round(parameters.number("maximumAge") * 1e9));
    }

    private static Map<String, Object> given(Parameters parameters, String name) {
        return parameters.values().containsKey(name) ? parameters.object(name) : Map.of();
    }

    private static DecoderModel frozen(String text, Map<String, Object> model) {
        String is = DecoderModel.sha256(text);
        if (!is.equals(model.get("sha256"))) {
            throw new IllegalArgumentException(
                    "the model file " + model.get("file") + " is not the one that was frozen: its" + " SHA-256 is " + is
                            + ", the protocol says " + model.get("sha256"));
        }
        try {
            return DecoderModel.parse(text);
        } catch (DecoderException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Refuses features that the model does not know and those it misses. */
    void check(List<String> connected, boolean hasModel) throws PluginException {
        if (frozen.isPresent()) {
            checkFrozen(frozen.get(), connected);
            return;
        }
        if (hasModel) {
            throw new PluginException(
                    "pain-state: the platform did not read the model file; use one that knows 'model'.");
        }
        if (weights.isEmpty()) {
            return;
        }
        TreeSet<String> without = new TreeSet<>(connected);
        without.removeAll(weights.keySet());
        if (!without.isEmpty()) {
            throw new PluginException("pain-state: " + String.join(", ", without)
                    + " is connected but has no weight; add it to 'weights', or do not connect it.");
        }
        TreeSet<String> unconnected = new TreeSet<>(weights.keySet());
        connected.forEach(unconnected::remove);
        if (!unconnected.isEmpty()) {
            throw new PluginException("pain-state: 'weights' names " + String.join(", ", unconnected)
                    + ", which is not connected; add it to the slot's inputs.features.");
        }
    }

    private void checkFrozen(DecoderModel model, List<String> connected) throws PluginException {
        List<String> trained =
                model.terms().stream().map(DecoderModel.Term::name).toList();
        if (!trained.equals(connected)) {
            throw new PluginException("pain-state: the model was trained on the features " + trained
                    + ", but connected are " + connected + "; connect the same in the same order.");
        }
        if (Math.round(model.lagSeconds() * 1e9) != lagNanos
                || Math.round(model.maximumAgeSeconds() * 1e9) != maximumAgeNanos) {
            throw new PluginException("pain-state: the model was trained with lag " + model.lagSeconds()
                    + " s and maximumAge " + model.maximumAgeSeconds() + " s, but here they are " + lagNanos / 1e9
                    + " s and " + maximumAgeNanos / 1e9 + " s; write the same.");
        }
    }

    /**
     * The log odds.
     *
     * @param values by feature, in the order in which they are connected
     */
    double logit(Map<String, Double> values) {
        if (frozen.isPresent()) {
            return frozen.get()
                    .logit(new ArrayList<>(values.values())
                            .stream().mapToDouble(Double::doubleValue).toArray());
        }
        if (weights.isEmpty()) {
            return Double.NaN;
        }
        double logit = intercept;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            logit += weights.get(value.getKey()) * value.getValue();
        }
        return logit;
    }
}
