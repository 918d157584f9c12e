package org.anodyne.session.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.session.SessionEngine.Progress;
import org.anodyne.session.engine.run.LiveSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests to the running session from the bus, the emergency stop, and the participant's panic. Requests come on {@code control/session}
 * with {@code action}, or on {@code control/<action>}; each is answered on {@code control/reply} with the same
 * {@code request}. Thread: the bus's, which it does not keep.
 */
final class ControlDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);
    private static final String REPLY = "reply";
    /** What is coded of an adverse event, and the highest code; the codes are those of the form adverse-event-report. */
    private static final Map<String, Integer> ADVERSE_EVENT =
            Map.of("grade", 5, "serious", 6, "related", 4, "treatment", 4);

    private final MessageBus bus;
    private final Supplier<Optional<LiveSession>> session;
    private final CompletionStage<Subscription> control;
    private final CompletionStage<Subscription> stop;
    private final CompletionStage<Subscription> panic;
    private final CompletionStage<Subscription> sick;

    ControlDesk(MessageBus bus, Supplier<Optional<LiveSession>> session) {
        this.bus = bus;
        this.session = session;
        String site = "anodyne/1/" + bus.site();
        control = bus.subscribe(site + "/control/+", this::request);
        stop = bus.subscribe(site + "/stop", this::stop);
        panic = bus.subscribe(site + "/+/event/+/panic", m -> ended(m, "the participant pressed panic"));
        sick = bus.subscribe(site + "/+/event/+/fms-stop", m -> ended(m, "the participant feels too sick"));
        Consumer<Throwable> complain = e -> LOG.info("Requests over the bus are not heard: {}", e.toString());
        control.whenComplete((s, e) -> Optional.ofNullable(e).ifPresent(complain));
        stop.whenComplete((s, e) -> Optional.ofNullable(e).ifPresent(complain));
        panic.whenComplete((s, e) -> Optional.ofNullable(e).ifPresent(complain));
        sick.whenComplete((s, e) -> Optional.ofNullable(e).ifPresent(complain));
    }

    /** Actuators safe before anything else; then the session pauses until a person resumes it. */
    private void stop(Message message) {
        String why = message.payload() instanceof Payload.Document d
                        && d.attributes().get("reason") instanceof String r
                ? "emergency stop: " + r
                : "emergency stop";
        session.get().ifPresent(s -> s.stop(why));
    }

    /** A display said so. The host has made its actuators safe already; those of other hosts, and the session, follow. */
    private void ended(Message message, String why) {
        session.get()
                .filter(s -> s.id().equals(message.topic().session()))
                .filter(s -> s.display().is(message.topic().slot()))
                .ifPresent(s -> s.stop(why));
    }

    private void request(Message message) {
        // The safety layer and device hosts answer for themselves.
        String name = message.topic().name();
        if (name.equals(REPLY)
                || name.equals("safety")
                || name.startsWith("host-")
                || !(message.payload() instanceof Payload.Document d)) {
            return;
        }
        String action = d.attributes().get("action") instanceof String a
                ? a
                : message.topic().name();
        Request request = new Request(d.attributes(), action);
        Optional<LiveSession> running = session.get();
        if (running.isEmpty()) {
            reply(request, false, "no session runs here", Map.of());
        } else if (request.has("session")
                && !request.text("session").equals(running.get().id())) {
            reply(
                    request,
                    false,
                    "the session that runs here is " + running.get().id(),
                    Map.of());
        } else {
            act(request, running.get());
        }
    }

    private record Request(Map<String, Object> attributes, String action) {
        boolean has(String name) {
            return attributes.containsKey(name);
        }

        String text(String name) {
            return String.valueOf(attributes.getOrDefault(name, ""));
        }
    }

    private void act(Request request, LiveSession running) {
        String reason = request.has("reason") ? request.text("reason") : "asked for over the bus";
        switch (request.action()) {
            case "pause" -> {
                running.pause(reason);
                reply(
                        request,
                        true,
                        "pausing: actuators are made safe first, then time stands still until it is resumed",
                        Map.of());
            }
            case "resume" -> resume(request, running);
            case "abort" -> {
                running.abort(reason);
                reply(request, true, "ending", Map.of());
            }
            case "status" -> status(request, running);
            case "swap" -> swap(request, running);
            case "answer" -> answer(request, running);
            case "note" -> note(request, running);
            case "adverse-event" -> adverseEvent(request, running);
            case "begin" -> begin(request, running);
            case "recentre" -> done(request, running.display().recentre(by(request)));
            case "tell" -> tell(request, running);
            default ->
                reply(
                        request,
                        false,
                        "'" + request.action() + "' is not known; there is: pause, resume, abort, swap, status, answer,"
                                + " note, adverse-event, begin, recentre, tell",
                        Map.of());
        }
    }

    private void resume(Request request, LiveSession running) {
        Optional<List<String>> only = Optional.empty();
        if (request.attributes().get("slots") instanceof List<?> slots) {
            only = Optional.of(slots.stream().map(String::valueOf).toList());
        } else if (request.has("slots")) {
            reply(request, false, "'slots' is a list of the actuators to arm", Map.of());
            return;
        }
        running.resume(only).whenComplete((resumed, failure) -> {
            if (failure != null || !resumed.refusal().isEmpty()) {
                reply(request, false, failure != null ? failure.toString() : resumed.refusal(), Map.of());
                return;
            }
            StringBuilder said = new StringBuilder("the session runs; ");
            said.append(
                    resumed.armed().isEmpty()
                            ? "no actuator is armed"
                            : "armed: " + String.join(", ", resumed.armed()));
            resumed.notArmed().forEach((slot, why) -> said.append("; not armed: ")
                    .append(slot)
                    .append(": ")
                    .append(why));
            Map<String, Object> more = Map.of(
                    "armed",
                    resumed.armed(),
                    "notArmed",
                    List.copyOf(resumed.notArmed().keySet()));
            reply(request, resumed.notArmed().isEmpty(), said.toString(), more);
        });
    }

    private void status(Request request, LiveSession running) {
        Progress p = running.progress();
        Map<String, Object> more = Map.of(
                "session", running.id(),
                "state", p.state().name(),
                "phase", p.phase(),
                "elapsed", p.elapsed().toNanos() / 1e9,
                "total", p.total().toNanos() / 1e9,
                "note", p.note());
        reply(request, true, p.state() + (p.phase().isEmpty() ? "" : " in phase " + p.phase()), more);
    }

    private void swap(Request request, LiveSession running) {
        if (!request.has("slot") || !request.has("jar")) {
            reply(request, false, "a swap needs 'slot' and 'jar'", Map.of());
            return;
        }
        running.swap(request.text("slot"), Path.of(request.text("jar"))).whenComplete((report, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                reply(request, false, String.valueOf(cause.getMessage()), Map.of());
                return;
            }
            reply(
                    request,
                    true,
                    "slot " + report.slot() + ": " + report.plugin() + " " + report.fromVersion() + " replaced by "
                            + report.toVersion() + (report.handedOver() ? ", state handed over" : "") + ", gap "
                            + report.gapNanos() / 1_000_000 + " ms, took " + report.tookNanos() / 1_000_000 + " ms",
                    Map.of(
                            "slot", report.slot(),
                            "plugin", report.plugin(),
                            "fromVersion", report.fromVersion(),
                            "toVersion", report.toVersion(),
                            "handedOver", report.handedOver(),
                            "gapNanos", report.gapNanos(),
                            "tookNanos", report.tookNanos()));
        });
    }

    private void note(Request request, LiveSession running) {
        if (request.text("text").isBlank() || request.text("by").isBlank()) {
            reply(request, false, "a note needs 'text' and 'by' (who says it)", Map.of());
            return;
        }
        running.said().note(request.text("text"), request.text("by"));
        reply(request, true, "noted", Map.of());
    }

    private void adverseEvent(Request request, LiveSession running) {
        if (request.text("text").isBlank() || request.text("by").isBlank()) {
            reply(request, false, "an adverse event needs 'text' (what happened) and 'by' (who tells it)", Map.of());
            return;
        }
        Map<String, Object> told = new HashMap<>(Map.of("text", request.text("text"), "by", request.text("by")));
        for (Map.Entry<String, Integer> code : ADVERSE_EVENT.entrySet()) {
            Object value = request.attributes().get(code.getKey());
            if (!(value instanceof Long l) || l < 0 || l > code.getValue()) {
                String needs = "'" + code.getKey() + "' has to be a whole number from 0 to " + code.getValue();
                reply(request, false, needs + ", as in the form adverse-event-report", Map.of());
                return;
            }
            told.put(code.getKey(), value);
        }
        running.said().adverseEvent(told);
        reply(request, true, "it is in the record", Map.of());
    }

    private void begin(Request request, LiveSession running) {
        taken(request, running.begin());
    }

    private void tell(Request request, LiveSession running) {
        Object seconds = request.attributes().getOrDefault("seconds", 0L);
        if (!(request.attributes().get("text") instanceof String text) || !(seconds instanceof Number s)) {
            reply(request, false, "a message needs 'text', and 'seconds' is a number", Map.of());
            return;
        }
        done(request, running.display().tell(text, s.doubleValue(), by(request)));
    }

    private static String by(Request request) {
        return request.has("by") && !request.text("by").isBlank() ? request.text("by") : "operator";
    }

    /** Answers with what the stage gives, or why it failed. */
    private void done(Request request, CompletionStage<String> stage) {
        stage.whenComplete((said, failure) -> {
            Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
            reply(request, failure == null, failure == null ? said : String.valueOf(cause.getMessage()), Map.of());
        });
    }

    private void answer(Request request, LiveSession running) {
        if (request.has("activity")) {
            boolean skipped = Boolean.TRUE.equals(request.attributes().get("skipped"));
            Object given = request.attributes().getOrDefault("fields", Map.of());
            if (!(given instanceof Map<?, ?> map)) {
                reply(request, false, "'fields' of an answer is a mapping from field to value", Map.of());
                return;
            }
            Map<String, Object> fields = new HashMap<>();
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
            taken(request, running.said().answer(request.text("slot"), request.text("activity"), skipped, fields));
            return;
        }
        if (Boolean.TRUE.equals(request.attributes().get("declined"))) {
            taken(request, running.said().decline(request.text("slot"), request.text("item")));
            return;
        }
        if (!request.has("value") && request.attributes().get("text") instanceof String words) {
            taken(request, running.said().answer(request.text("slot"), request.text("item"), words));
            return;
        }
        if (!(request.attributes().get("value") instanceof Number value) || !Double.isFinite(value.doubleValue())) {
            String needs =
                    "an answer needs 'slot', and 'item' with a number 'value', with 'text' or with 'declined: true', or"
                            + " 'activity' with 'fields'";
            reply(request, false, needs, Map.of());
            return;
        }
        taken(request, running.said().answer(request.text("slot"), request.text("item"), value.doubleValue()));
    }

    private void taken(Request request, CompletionStage<String> answer) {
        answer.whenComplete((refusal, failure) -> {
            String why = failure != null ? String.valueOf(failure.getMessage()) : refusal;
            reply(request, why.isEmpty(), why.isEmpty() ? "taken" : why, Map.of());
        });
    }

    private void reply(Request request, boolean ok, String message, Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>(more);
        attributes.put("request", request.text("request"));
        attributes.put("action", request.action());
        attributes.put("ok", ok);
        attributes.put("message", message);
        bus.publish(
                Topic.ofSite(bus.site(), Topic.Kind.CONTROL, REPLY), new Payload.Document(REPLY, -1, attributes), 0);
    }

    @Override
    public void close() {
        control.thenAccept(Subscription::close);
        stop.thenAccept(Subscription::close);
        panic.thenAccept(Subscription::close);
        sick.thenAccept(Subscription::close);
    }
}
