package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks what {@code outcomes} name: slots and phases that are there, what each kind needs. They are computed from the record, by the exporter;
 * nothing of a session depends on them. Thread: one.
 */
final class OutcomeNames {
    private static final String FIRST_SESSION = "first-session";

    private final Set<String> slots;
    private final Set<String> phases;
    private final Faults faults;

    OutcomeNames(Set<String> slots, Set<String> phases, Faults faults) {
        this.slots = slots;
        this.phases = phases;
        this.faults = faults;
    }

    void check(JsonNode outcomes) {
        Set<String> ids = new HashSet<>();
        int i = 0;
        for (JsonNode outcome : outcomes) {
            String at = Where.item("outcomes", i++);
            String id = outcome.path("id").asText();
            if (!id.isEmpty() && !ids.add(id)) {
                faults.add(at, "outcome '" + id + "' stands there twice");
            }
            names(outcome, at);
            needs(outcome, at, id);
        }
    }

    private void names(JsonNode outcome, String at) {
        String slot = outcome.path("of").asText().split("/", 2)[0];
        if (!slot.isEmpty() && !slots.contains(slot)) {
            faults.add(at + ".of", "there is no slot '" + slot + "'" + Nearest.hint(slot, slots));
        }
        for (String key : new String[] {"phase", "baseline"}) {
            String phase = outcome.path(key).asText();
            if (!phase.isEmpty()
                    && !phases.contains(phase)
                    && !(key.equals("baseline") && phase.equals(FIRST_SESSION))) {
                faults.add(Where.child(at, key), "there is no phase '" + phase + "'" + Nearest.hint(phase, phases));
            }
        }
    }

    private void needs(JsonNode outcome, String at, String id) {
        String kind = outcome.path("kind").asText();
        boolean spectral = kind.equals("band-power") || kind.equals("connectivity");
        if (spectral && !outcome.has("band")) {
            faults.add(at, "outcome '" + id + "' needs a 'band'; write e.g. band: {low: 8 Hz, high: 13 Hz}");
        }
        if (kind.equals("connectivity") && !(outcome.has("channels") && outcome.has("with"))) {
            faults.add(at, "outcome '" + id + "' goes from 'channels' to 'with'; name both");
        }
        if ((kind.equals("rating") || kind.equals("score")) && !(outcome.has("of") && outcome.has("item"))) {
            faults.add(at, "outcome '" + id + "' needs the slot that asks in 'of' and what it asks in 'item'");
        }
        if (kind.equals("feature") && !outcome.path("of").asText().contains("/")) {
            faults.add(at, "outcome '" + id + "' needs slot/feature in 'of'");
        }
        String benefit = outcome.path("benefit").asText("none");
        if (outcome.has("responders") && (benefit.equals("none") || !outcome.has("baseline"))) {
            faults.add(
                    at, "outcome '" + id + "' counts responders; that needs a 'baseline' and a direction of 'benefit'");
        }
    }
}
