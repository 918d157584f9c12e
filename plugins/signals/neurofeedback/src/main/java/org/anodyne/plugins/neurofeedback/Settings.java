package org.anodyne.plugins.neurofeedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * The parameters, read and found to fit together and to what is connected.
 *
 * @param targets in the order of the protocol
 * @param needed so many targets have to be met; 0 where the weighted mean decides
 * @param spread standard deviations from the threshold to value 1
 * @param holdNanos how long it must be met
 * @param share limits of the reward share, if it is kept
 * @param clean whether marks of artefacts are connected
 */
record Settings(List<Target> targets, int needed, double spread, long holdNanos, Optional<Share> share, boolean clean) {
    /**
     * One trained feature.
     *
     * @param feature {@code slot/feature}
     * @param sign 1 for up, −1 for down
     * @param log whether its logarithm is what is judged
     */
    record Target(String feature, int sign, double weight, boolean log, Rule rule) {}

    /** Limits of the reward share; steps and limit in units of the distance from value 0.5 to value 1. */
    record Share(double least, double most, long overNanos, long everyNanos, double step, double limit) {}

    static Settings of(Parameters parameters, Inputs inputs) throws PluginException {
        List<Target> targets = new ArrayList<>();
        for (Object item : parameters.list("targets")) {
            Map<?, ?> given = (Map<?, ?>) item;
            String feature = String.valueOf(given.get("feature"));
            if (targets.stream().anyMatch(t -> t.feature().equals(feature))) {
                throw new PluginException("neurofeedback: '" + feature + "' is a target twice; leave one out.");
            }
            Object weight = given.get("weight");
            if (Boolean.TRUE.equals(given.get("log"))
                    && given.get("threshold") instanceof Map<?, ?> t
                    && t.get("fixed") instanceof Number fixed
                    && !(fixed.doubleValue() > 0)) {
                throw new PluginException("neurofeedback: the threshold of '" + feature + "' is " + fixed
                        + ", which has no logarithm; write one above 0, or leave 'log' out.");
            }
            targets.add(new Target(
                    feature,
                    "down".equals(given.get("direction")) ? -1 : 1,
                    weight instanceof Number n ? n.doubleValue() : 1,
                    Boolean.TRUE.equals(given.get("log")),
                    Rule.of(feature, given.get("threshold") instanceof Map<?, ?> m ? m : Map.of())));
        }
        connected(targets, inputs);
        Object require = parameters.get("require").orElse("all");
        int needed = require instanceof Number n ? n.intValue() : require.equals("weighted") ? 0 : targets.size();
        if (needed > targets.size()) {
            throw new PluginException("neurofeedback: 'require' is " + needed + ", but there are " + targets.size()
                    + " targets; write at most so many, or all.");
        }
        return new Settings(
                List.copyOf(targets),
                needed,
                parameters.number("spread"),
                nanos(parameters.number("hold")),
                share(parameters.object("share")),
                !inputs.features()
                        .getOrDefault(NeurofeedbackFactory.CLEAN, List.of())
                        .isEmpty());
    }

    private static void connected(List<Target> targets, Inputs inputs) throws PluginException {
        List<String> there = inputs.features().getOrDefault(NeurofeedbackFactory.TARGETS, List.of()).stream()
                .map(FeatureRef::toString)
                .toList();
        for (Target t : targets) {
            if (!there.contains(t.feature())) {
                throw new PluginException("neurofeedback: the target '" + t.feature()
                        + "' is not connected to the port 'targets'; there are " + String.join(", ", there) + ".");
            }
        }
        for (String name : there) {
            if (targets.stream().noneMatch(t -> t.feature().equals(name))) {
                throw new PluginException("neurofeedback: '" + name
                        + "' is connected to the port 'targets' and is no target; name it in the parameter 'targets'"
                        + " or take it off the port.");
            }
        }
    }

    private static Optional<Share> share(Map<String, Object> given) throws PluginException {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Parameters p = new Parameters(given);
        Share share = new Share(
                p.number("least"),
                p.number("most"),
                nanos(number(p, "over", 30)),
                nanos(number(p, "every", 15)),
                number(p, "step", 0.1),
                number(p, "limit", 2));
        if (!(share.least() < share.most())) {
            throw new PluginException("neurofeedback: the reward share is to be from " + share.least() + " to "
                    + share.most() + "; 'least' must be below 'most'.");
        }
        return Optional.of(share);
    }

    private static double number(Parameters p, String name, double otherwise) {
        return p.get(name).isPresent() ? p.number(name) : otherwise;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
