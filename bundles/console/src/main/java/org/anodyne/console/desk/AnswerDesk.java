package org.anodyne.console.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.console.account.Role;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.console.visit.Asking;
import org.anodyne.console.visit.Follower;
import org.anodyne.console.visit.Visit;
import org.anodyne.console.visit.Visits;
import org.anodyne.session.SessionEngine.SessionState;

/**
 * The participant in a session: what is asked and shown now, and answers to it. The device gives each answer a number of its
 * own; sent again with the same number it is answered as before and taken once.
 */
public final class AnswerDesk {
    private static final Set<Role> PARTICIPANT = Set.of(Role.PARTICIPANT);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Visits visits;
    private final Follower follower;
    private final Asking asking;
    private final Store store;
    private final Audit audit;
    /** Answers of one device come one after the other; two of the same number must not be looked at side by side. */
    private final Object one = new Object();

    /** @param store remembers what was taken */
    public AnswerDesk(Visits visits, Follower follower, Asking asking, Store store, Audit audit) {
        this.visits = visits;
        this.follower = follower;
        this.asking = asking;
        this.store = store;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/participant/now", PARTICIPANT, this::now),
                new Route("POST", "/participant/answers", PARTICIPANT, this::answer),
                new Route("POST", "/participant/pause", PARTICIPANT, this::pause));
    }

    private Object now(Call call) {
        Map<String, Object> said = new LinkedHashMap<>();
        String session = call.browser().session();
        Optional<Visit> visit = visits.current().filter(v -> v.session().equals(session));
        said.put("session", session);
        // Only what the participant has to know: reasons may name a device or an arm.
        said.put(
                "state",
                visit.map(v -> switch (v.running().state()) {
                            case PLANNED, PREPARING, READY -> "waiting";
                            case RUNNING -> "running";
                            case PAUSED -> "paused";
                            case COMPLETED, ABORTED -> "over";
                        })
                        .orElse(session.isEmpty() ? "home" : "over"));
        // So that a practice which is opened in its middle goes on where it is.
        said.put(
                "elapsedSeconds",
                visit.map(v -> v.running().progress().elapsed().toNanos() / 1e9).orElse(0.0));
        said.putAll(visit.map(v -> follower.forParticipant(v.session()))
                .orElse(Map.of("asks", List.of(), "activities", List.of())));
        return said;
    }

    private Object answer(Call call) throws JsonProcessingException {
        String id = call.text("id");
        if (!id.matches("[A-Za-z0-9-]{16,64}")) {
            throw new Refusal(400, "'id' has to be 16 to 64 letters, digits and hyphens, made by the device");
        }
        String session = call.browser().session();
        synchronized (one) {
            Optional<String> before = store.first(
                    "select answer from sent where id = ? and participant = ? and session = ?",
                    r -> r.getString(1),
                    id,
                    call.browser().who(),
                    session);
            if (before.isPresent()) {
                return JSON.readTree(before.get());
            }
            Map<String, Object> said = new HashMap<>(taken(call, session));
            if (Boolean.TRUE.equals(said.remove("unknown"))) {
                throw new Refusal(503, "it is not known yet whether the answer arrived; it is sent again");
            }
            audit.add(
                    call.browser().who(),
                    Role.PARTICIPANT.word(),
                    "answer",
                    session + ", " + id + ": " + said.get("ok"));
            store.change(
                    "insert into sent (id, participant, session, at, answer) values (?, ?, ?, ?, ?)",
                    id,
                    call.browser().who(),
                    session,
                    Instant.now().toString(),
                    JSON.writeValueAsString(said));
            return said;
        }
    }

    private Map<String, Object> taken(Call call, String session) {
        if (visits.current().filter(v -> v.session().equals(session)).isEmpty()) {
            return no("the session is over", "closed");
        }
        Map<String, Object> attributes = new HashMap<>();
        String slot = call.text("slot");
        attributes.put("session", session);
        attributes.put("slot", slot);
        if (call.body().has("activity")) {
            if (!follower.shows(slot, call.text("activity"))) {
                return no("this was answered already, or is no longer shown", "closed");
            }
            attributes.put("activity", call.text("activity"));
            attributes.put("skipped", call.yes("skipped"));
            attributes.put("fields", call.map("fields"));
        } else {
            JsonNode value = call.body().get("value");
            JsonNode words = call.body().get("text");
            JsonNode asked = call.body().get("asked");
            boolean declined = call.yes("declined");
            boolean given = declined || value != null && value.isNumber() || words != null && words.isTextual();
            if (!given || asked == null || !asked.canConvertToLong()) {
                throw new Refusal(
                        400,
                        "an answer needs 'slot', 'item', 'value' (a number), 'text' or 'declined: true', and 'asked' (the"
                                + " time that the question has)");
            }
            if (!follower.asks(slot, call.text("item"), asked.longValue())) {
                return follower.closedUnanswered(slot, call.text("item"), asked.longValue())
                        ? no("the time for this answer was over before it arrived; it is not in the record", "late")
                        : no("this was answered already, or is no longer asked", "closed");
            }
            attributes.put("item", call.text("item"));
            if (declined) {
                attributes.put("declined", true);
            } else if (value != null && value.isNumber()) {
                attributes.put("value", value.doubleValue());
            } else {
                attributes.put("text", words.textValue());
            }
        }
        Map<String, Object> said = asking.ask("answer", attributes);
        boolean ok = Boolean.TRUE.equals(said.get("ok"));
        if (Boolean.TRUE.equals(said.get("unknown"))) {
            return Map.of("unknown", true);
        }
        return ok ? Map.of("ok", true, "why", "") : no(String.valueOf(said.get("message")), "refused");
    }

    /**
     * The participant wants a pause, or to stop: actuators are made safe and the session pauses until a person resumes it, as
     * after a panic in the headset; a session that does not run yet is not ended by it. The operator reads it in the session's
     * state and among its notes.
     */
    private Object pause(Call call) {
        String session = call.browser().session();
        Visit visit = visits.current()
                .filter(v -> v.session().equals(session))
                .orElseThrow(() -> new Refusal(409, "the session is over"));
        boolean stop =
                switch (call.text("want")) {
                    case "pause" -> false;
                    case "stop" -> true;
                    default -> throw new Refusal(400, "'want' is pause or stop");
                };
        String why = stop ? "the participant wants to stop" : "the participant asks for a pause";
        Map<String, Object> said = Map.of("ok", true);
        if (visit.running().state() == SessionState.RUNNING) {
            said = asking.ask("pause", Map.of("session", session, "reason", why));
        }
        asking.ask("note", Map.of("session", session, "text", why, "by", "participant"));
        audit.add(call.browser().who(), Role.PARTICIPANT.word(), stop ? "wants to stop" : "asks for a pause", session);
        if (!Boolean.TRUE.equals(said.get("ok"))) {
            throw new Refusal(503, String.valueOf(said.get("message")));
        }
        return Map.of();
    }

    private static Map<String, Object> no(String message, String why) {
        return Map.of("ok", false, "why", why, "message", message);
    }
}
