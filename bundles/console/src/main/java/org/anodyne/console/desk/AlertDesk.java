package org.anodyne.console.desk;

import java.util.List;
import java.util.Map;
import org.anodyne.console.form.FormAlerts;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;

/** Answers from outside sessions that an operator has to see; those of a session come over the bus. */
public final class AlertDesk {
    private final FormAlerts alerts;
    private final Audit audit;

    /** @param audit where it is kept who has seen what */
    public AlertDesk(FormAlerts alerts, Audit audit) {
        this.alerts = alerts;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/alerts", Route.OPERATORS, c -> Map.of("alerts", alerts.open())),
                new Route("POST", "/alerts/seen", Route.OPERATORS, this::seen));
    }

    private Object seen(Call call) {
        String id = call.text("alert");
        if (!alerts.seen(id, call.browser().who())) {
            throw new Refusal(404, "there is no such open alert; somebody else may have seen it");
        }
        audit.add(call.browser().who(), call.browser().role().word(), "alert seen", id);
        return Map.of();
    }
}
