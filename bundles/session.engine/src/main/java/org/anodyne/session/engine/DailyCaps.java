package org.anodyne.session.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.host.SafetyDesk;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.engine.protocol.Protocol;

/**
 * Tells the triggers that have a cap per day how often they fired for the participant in the 24 h before the session, by the
 * dose ledger. It is read once, so that what a trigger decides rests on the plan and on data alone. Thread: any.
 */
final class DailyCaps {
    private DailyCaps() {}

    /**
     * The protocol with what was given before.
     *
     * @param desk whom to ask; absent where there is no safety bundle
     * @param notes hears of caps that are reached already
     * @throws IllegalStateException with a sentence for a person, when the ledger cannot tell
     */
    static Protocol applied(Protocol protocol, Request request, Optional<SafetyDesk> desk, List<String> notes) {
        List<Trigger> capped = new ArrayList<>();
        protocol.phasePlans().forEach(p -> p.triggers()
                .values()
                .forEach(l -> l.stream().filter(t -> t.perDay().isPresent()).forEach(capped::add)));
        if (capped.isEmpty()) {
            return protocol;
        }
        capped.forEach(t -> here(t, protocol, request));
        Map<String, Long> given = firings(request, desk);
        for (Trigger t : capped) {
            long before = given.getOrDefault(t.id(), 0L);
            if (before >= t.perDay().getAsInt()) {
                notes.add("trigger '" + t.id() + "' has fired " + before + " times for participant "
                        + request.participant() + " in the last 24 h and may not more than "
                        + t.perDay().getAsInt() + " times; it will not fire in this session");
            }
        }
        return protocol.withTriggers(t -> t.perDay().isEmpty()
                ? t
                : t.withGivenBefore((int) Math.min(Integer.MAX_VALUE, given.getOrDefault(t.id(), 0L))));
    }

    /** A device host keeps a ledger of its own, which is not asked. */
    private static void here(Trigger trigger, Protocol protocol, Request request) {
        trigger.actions().stream()
                .filter(a -> protocol.slots().get(a.slot()).kind() == PluginKind.ACTUATOR)
                .filter(a -> request.hosts().containsKey(a.slot()))
                .findFirst()
                .ifPresent(a -> {
                    throw new IllegalStateException(
                            "trigger '" + trigger.id() + "' has a cap per day, but slot '" + a.slot()
                                    + "' is in a device host, whose dose ledger is not known here; run it here, or leave 'perDay'"
                                    + " out and set limits in the site policy of that host");
                });
    }

    private static Map<String, Long> firings(Request request, Optional<SafetyDesk> desk) {
        Map<String, Object> told = desk.map(d -> d.ask(
                        "firings", Map.of("participant", request.participant(), "simulated", request.simulated())))
                .orElse(Map.of("message", "no safety bundle is installed"));
        if (!(told.get("firings") instanceof Map<?, ?> counts)) {
            throw new IllegalStateException(
                    "a trigger has a cap per day, but the dose ledger does not tell what was given: "
                            + told.get("message"));
        }
        Map<String, Long> firings = new HashMap<>();
        counts.forEach((trigger, n) -> firings.put(String.valueOf(trigger), ((Number) n).longValue()));
        return firings;
    }
}
