package org.anodyne.console.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.host.SafetyDesk;

/** Participants, and what only people may tell the safety layer about them: screenings, motor thresholds, resets. */
public final class ScreeningDesk {
    private final SafetyDesk safety;
    private final Store store;
    private final Audit audit;

    /** @param safety the safety layer's own desk */
    public ScreeningDesk(SafetyDesk safety, Store store, Audit audit) {
        this.safety = safety;
        this.store = store;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/participants", Route.OPERATORS, c -> participants()),
                new Route("GET", "/participants/{code}", Route.OPERATORS, this::participant),
                new Route("GET", "/safety", Route.OPERATORS, c -> safety.ask("status", Map.of())),
                new Route("GET", "/safety/checklists", Route.OPERATORS, c -> safety.ask("checklists", Map.of())),
                new Route(
                        "GET",
                        "/safety/checklists/{modality}",
                        Route.OPERATORS,
                        c -> safety.ask("checklist", Map.of("modality", c.part("modality")))),
                new Route("POST", "/safety/{action}", Route.OPERATORS, this::tell));
    }

    private Object participants() {
        return Map.of("participants", store.list("select code from participant order by code", r -> r.getString(1)));
    }

    private Object participant(Call call) {
        if (!call.part("code").matches("[A-Za-z0-9]{1,32}")) {
            throw new Refusal(400, "a participant's code has 1 to 32 letters and digits");
        }
        Map<String, Object> of = Map.of("participant", call.part("code"));
        return Map.of("screenings", safety.ask("screenings", of), "ledger", safety.ask("ledger", of));
    }

    private Object tell(Call call) {
        String action = call.part("action");
        if (!List.of("screen", "threshold", "reset").contains(action)) {
            throw new Refusal(404, "the safety layer is told: screen, threshold, reset");
        }
        Map<String, Object> attributes = new HashMap<>(call.map("with"));
        attributes.put("by", call.browser().who());
        Map<String, Object> said = safety.ask(action, attributes);
        audit.add(call.browser().who(), call.browser().role().word(), action, String.valueOf(said.get("message")));
        if (!Boolean.TRUE.equals(said.get("ok"))) {
            throw new Refusal(409, String.valueOf(said.get("message")));
        }
        return said;
    }
}
