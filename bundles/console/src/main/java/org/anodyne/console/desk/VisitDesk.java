package org.anodyne.console.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;
import org.anodyne.console.visit.Asking;
import org.anodyne.console.visit.Follower;
import org.anodyne.console.visit.Visit;
import org.anodyne.console.visit.Visits;
import org.anodyne.host.SafetyDesk;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Progress;

/** Running a session: begin, follow, pause, stop, notes, swaps; and what former ones left. For operators. */
public final class VisitDesk {
    private static final Duration CODE = Duration.ofHours(12);
    private static final Map<String, String> FILES = Map.of(
            "report.html", "text/html;charset=utf-8",
            "summary.json", "application/json;charset=utf-8");

    private final Visits visits;
    private final Follower follower;
    private final Asking asking;
    private final ProtocolDesk protocols;
    private final SetUpDesk setUp;
    private final JoinCodes codes;
    private final SafetyDesk safety;
    private final Audit audit;

    /** @param asking how the running session is asked */
    public VisitDesk(
            Visits visits,
            Follower follower,
            Asking asking,
            ProtocolDesk protocols,
            SetUpDesk setUp,
            JoinCodes codes,
            SafetyDesk safety,
            Audit audit) {
        this.visits = visits;
        this.follower = follower;
        this.asking = asking;
        this.protocols = protocols;
        this.setUp = setUp;
        this.codes = codes;
        this.safety = safety;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/visits", Route.OPERATORS, c -> Map.of("visits", visits.all())),
                new Route("POST", "/visits", Route.OPERATORS, this::begin),
                new Route("GET", "/visits/{session}/{file}", Route.OPERATORS, this::file),
                new Route("GET", "/session", Route.OPERATORS, this::now),
                new Route("POST", "/session/code", Route.OPERATORS, this::code),
                new Route("POST", "/session/seen", Route.OPERATORS, this::seen),
                // One big stop: whatever runs, whoever began it.
                new Route("POST", "/stop", Route.OPERATORS, this::stop),
                new Route("POST", "/session/{action}", Route.OPERATORS, this::act));
    }

    private Object begin(Call call) {
        String speed = call.text("speed", "1");
        Visits.Plan plan = new Visits.Plan(
                protocols.file(call.text("protocol")),
                call.text("protocol"),
                call.text("participant"),
                call.texts("inputs"),
                setUp.simulators(call.text("protocol"), call.map("simulate").keySet()),
                call.texts("hosts"),
                speed(speed),
                call.yes("simulated"),
                call.yes("simulatedParticipant"),
                !call.yes("atOnce"),
                about(call.texts("about")),
                call.browser().who());
        try {
            Visit visit = visits.begin(plan);
            told(call, "session begun", visit.session() + ", " + plan.name());
            return Map.of("session", visit.session());
        } catch (ProtocolException e) {
            throw new Refusal(409, "the session cannot be begun", Map.of("faults", SetUpDesk.faults(e)));
        }
    }

    /** Refused whole when one of them cannot be. */
    private static ParticipantFacts about(Map<String, String> told) {
        try {
            return ParticipantFacts.of(told);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "what was told of the participant cannot be: " + e.getMessage());
        }
    }

    private static double speed(String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double n = Double.parseDouble(text);
            if (n > 0 && n <= 1000) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Refusal(400, "the speed is '" + text + "'; write 1, a factor up to 1000, or max");
    }

    /** Where the running session stands; only {@code running: false} when none does; with {@code brief} without what happened. */
    private Map<String, Object> now(Call call) {
        Map<String, Object> said = new LinkedHashMap<>();
        Visit visit = visits.current().orElse(null);
        said.put("running", visit != null);
        if (visit == null) {
            return said;
        }
        Progress p = visit.running().progress();
        said.put("session", visit.session());
        said.put("participant", visit.participant());
        said.put("protocol", visit.protocol());
        said.put("by", visit.by());
        said.put("state", p.state().name());
        said.put("phase", p.phase());
        said.put("elapsedSeconds", p.elapsed().toNanos() / 1e9);
        said.put("pausedSeconds", p.paused().toNanos() / 1e9);
        said.put("phasePausedSeconds", p.phasePaused().toNanos() / 1e9);
        said.put("totalSeconds", p.total().toNanos() / 1e9);
        said.put("note", p.note());
        said.put("ready", visit.running().slots());
        said.put("streams", visit.running().streams());
        said.put(
                "simulatedSlots",
                visit.devices().addresses().keySet().stream().sorted().toList());
        if (call.query("brief").isEmpty()) {
            said.put("follow", follower.forOperator(visit.session()));
        }
        return said;
    }

    private Object code(Call call) {
        Visit visit = running();
        String code = codes.make(visit.participant(), visit.session(), CODE);
        told(call, "code for the participant", visit.session());
        return Map.of("code", code);
    }

    private Object seen(Call call) {
        if (!follower.seen(call.text("alert"), call.browser().who())) {
            throw new Refusal(404, "there is no such alert in the newest session");
        }
        String session = visits.current().map(Visit::session).orElse("the session before"); // it is seen after it, too
        told(call, "alert seen", session + ": " + call.text("alert"));
        return Map.of();
    }

    private Object stop(Call call) {
        String by = call.browser().who();
        String why = by + " pressed stop";
        // By both ways: this process's session does not wait for the bus, and other processes hear only the bus.
        visits.current().ifPresent(v -> v.running().pause("emergency stop: " + why));
        boolean taken = asking.stop(why);
        String session = visits.current().map(Visit::session).orElse("no session");
        told(call, "emergency stop", session + (taken ? "" : ": the bus has not taken it"));
        if (!taken) {
            throw new Refusal(
                    503,
                    "the session here was stopped, but the bus has not taken the stop; use the switch at the device");
        }
        return Map.of();
    }

    private Object act(Call call) {
        Visit visit = running();
        String action = call.part("action");
        Map<String, Object> attributes = new HashMap<>(call.map("with"));
        for (String words : List.of("text", "reason")) {
            Call.words(call.body().path("with"), words);
            Call.words(call.body(), words);
        }
        attributes.put("session", visit.session());
        attributes.put("by", call.browser().who());
        switch (action) {
            case "resume" -> unlessStopped(attributes);
            case "begin", "pause", "note", "tell", "recentre" -> {
                // as they are
            }
            case "abort" -> attributes.put("reason", call.browser().who() + " ended it: " + call.text("reason"));
            case "swap" -> {
                if (!attributes.containsKey("jar")) {
                    throw new Refusal(400, "a swap needs 'slot' and 'jar'");
                }
                attributes.put(
                        "jar",
                        Path.of(String.valueOf(attributes.get("jar")))
                                .toAbsolutePath()
                                .toString());
            }
            default -> throw new Refusal(404, "a session cannot be asked '" + action + "'");
        }
        Map<String, Object> said = asking.ask(action, attributes);
        told(call, action, visit.session() + ": " + said.get("message"));
        if (!Boolean.TRUE.equals(said.get("ok"))) {
            throw new Refusal(409, String.valueOf(said.get("message")));
        }
        return said;
    }

    /** While an emergency stop is latched nothing can be armed, so that a session must not go on as if it were. */
    private void unlessStopped(Map<String, Object> attributes) {
        boolean arms = !(attributes.get("slots") instanceof List<?> slots) || !slots.isEmpty();
        if (arms && Boolean.TRUE.equals(safety.ask("status", Map.of()).get("stopped"))) {
            throw new Refusal(
                    409,
                    "an emergency stop is latched: nothing can be armed, and the session stays paused. Reset it first, with"
                            + " a reason, or resume without arming anything");
        }
    }

    private Object file(Call call) throws IOException {
        String type = FILES.get(call.part("file"));
        if (type == null) {
            throw new Refusal(404, "there is: " + FILES.keySet());
        }
        byte[] bytes = visits.file(call.part("session"), call.part("file"))
                .orElseThrow(() -> new Refusal(404, "this visit has no " + call.part("file") + " (yet)"));
        return new Route.Content(type, bytes, true);
    }

    private Visit running() {
        return visits.current().orElseThrow(() -> new Refusal(409, "no session runs"));
    }

    private void told(Call call, String what, String detail) {
        audit.add(call.browser().who(), call.browser().role().word(), what, detail);
    }
}
