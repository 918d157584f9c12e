package org.anodyne.console.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anodyne.console.form.Assessments;
import org.anodyne.console.form.FormAlerts.Place;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.visit.Asking;
import org.anodyne.console.visit.Visit;
import org.anodyne.console.visit.Visits;

/**
 * Adverse events as operators enter them, at any moment: before, in, after and between visits. Each is a filled-in form, kept with
 * its participant like an outcome; while a session of theirs runs, it is in that session's record, too.
 */
public final class AdverseEventDesk {
    /** The form; its items and codes are those of the session's event {@code adverse-event}. */
    private static final String FORM = "adverse-event-report";
    /** What stands for the visit while none is under way. */
    private static final String BETWEEN = "unscheduled";

    private final Assessments assessments;
    private final FormEntry entry;
    private final Visits visits;
    private final Asking asking;

    /** @param entry takes what is entered */
    public AdverseEventDesk(Assessments assessments, FormEntry entry, Visits visits, Asking asking) {
        this.assessments = assessments;
        this.entry = entry;
        this.visits = visits;
        this.asking = asking;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/adverse-events",
                        Route.OPERATORS,
                        c -> Map.of("events", assessments.ofInstrument(FORM), "participants", entry.participants())),
                new Route("POST", "/adverse-events", Route.OPERATORS, this::enter));
    }

    private Object enter(Call call) {
        Map<String, Object> answers = call.map("answers");
        if (!(answers.get("term") instanceof String term) || term.isBlank()) {
            throw new Refusal(400, "an adverse event needs 'term': what happened, in a few words");
        }
        Optional<Visit> visit = visits.current().filter(v -> v.participant().equals(call.text("participant")));
        FormEntry.Entered entered = entry.enter(
                call, Place.OPERATOR, FORM, visit.map(Visit::session).orElse(BETWEEN));
        Map<String, Object> said = new HashMap<>(Map.of(
                "event", entered.assessment(),
                "tables", entered.tables()));
        // A correction is not a second event.
        if (entered.added() && call.text("corrects", "").isEmpty()) {
            visit.ifPresent(v -> said.putAll(record(call, v, answers)));
        }
        return said;
    }

    /** Puts it into the record of the session that runs. It is kept whatever becomes of that. */
    private Map<String, Object> record(Call call, Visit visit, Map<String, Object> answers) {
        Map<String, Object> event = new HashMap<>();
        event.put("session", visit.session());
        event.put("by", call.browser().who());
        event.put(
                "text",
                Stream.of("term", "description")
                        .map(answers::get)
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(s -> !s.isBlank())
                        .collect(Collectors.joining(": ")));
        event.put("treatment", answers.get("action"));
        for (String code : List.of("grade", "serious", "related")) {
            event.put(code, answers.get(code));
        }
        event.values().removeIf(v -> v == null);
        Map<String, Object> said = asking.ask("adverse-event", event);
        return Map.of("recorded", Boolean.TRUE.equals(said.get("ok")), "message", String.valueOf(said.get("message")));
    }
}
