package org.anodyne.console.desk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.console.account.Role;
import org.anodyne.console.form.Assessments;
import org.anodyne.console.form.FormAlerts;
import org.anodyne.console.form.Forms;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Route;

/**
 * Outcomes as assessors enter them: codes of participants, forms, what was entered. Nothing here tells of protocols, arms,
 * devices or sessions.
 */
public final class AssessorDesk {
    private static final Set<Role> ASSESSOR = Set.of(Role.ASSESSOR);
    private static final int LONGEST_VISIT = 64;

    private final Forms forms;
    private final Assessments assessments;
    private final FormEntry entry;

    /** @param entry takes what is entered */
    public AssessorDesk(Forms forms, Assessments assessments, FormEntry entry) {
        this.forms = forms;
        this.assessments = assessments;
        this.entry = entry;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/assessor/participants", ASSESSOR, c -> Map.of("participants", entry.participants())),
                new Route("GET", "/assessor/instruments", ASSESSOR, c -> Map.of("instruments", forms.list())),
                new Route("GET", "/assessor/instruments/{id}", ASSESSOR, c -> forms.instrument(c.part("id"))),
                new Route("GET", "/assessor/assessments", ASSESSOR, this::all),
                new Route("POST", "/assessor/assessments", ASSESSOR, this::enter));
    }

    private Object all(Call call) {
        // What operators entered may tell of a session.
        return Map.of("assessments", assessments.of(call.query("participant"), Role.ASSESSOR.word()));
    }

    private Object enter(Call call) {
        String visit = FormEntry.shortened(call.text("visit"), LONGEST_VISIT, "visit");
        FormEntry.Entered entered = entry.enter(call, FormAlerts.Place.ASSESSOR, call.text("instrument"), visit);
        return Map.of("assessment", entered.assessment(), "tables", entered.tables());
    }
}
