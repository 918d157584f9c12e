package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.plugin.FeatureRef;

/**
 * A frozen decoder of a session and what was decided on it.
 *
 * @param file of the model, as the protocol names it
 * @param sha256 of the model
 * @param simulated whether it was trained on simulated data, as it said when it began to work
 * @param versions number of decisions by version and hash of the plug-in that computed the value
 */
public record DecoderFacts(String slot, String file, String sha256, boolean simulated, Map<String, Long> versions) {

    /** All of a session. */
    public static List<DecoderFacts> of(SessionFacts facts) {
        List<DecoderFacts> all = new ArrayList<>();
        facts.slots().forEach((slot, known) -> {
            if (known.get("parameters") instanceof Map<?, ?> p
                    && p.get("model") instanceof Map<?, ?> model
                    && model.get("sha256") instanceof String sha256) {
                Map<String, Long> versions = new TreeMap<>();
                facts.decisions().stream()
                        .filter(d -> !d.feature().isEmpty()
                                && FeatureRef.parse(d.feature()).slot().equals(slot))
                        .forEach(d -> versions.merge(d.version(), 1L, Long::sum));
                boolean simulated = facts.happenings().stream()
                        .anyMatch(h -> h.slot().equals(slot)
                                && h.type().equals("decoder")
                                && Boolean.TRUE.equals(h.attributes().get("simulated")));
                all.add(new DecoderFacts(slot, String.valueOf(model.get("file")), sha256, simulated, versions));
            }
        });
        return all;
    }
}
