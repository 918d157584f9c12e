package org.anodyne.console.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.console.account.Role;
import org.anodyne.console.form.Assessments;
import org.anodyne.console.form.Assessments.Assessment;
import org.anodyne.console.form.FormAlerts;
import org.anodyne.console.form.Forms;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.record.RecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outcomes as assessors enter them: codes of participants, forms, what was entered. Nothing here tells of protocols, arms,
 * devices or sessions.
 */
public final class AssessorDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AssessorDesk.class);
    private static final Set<Role> ASSESSOR = Set.of(Role.ASSESSOR);
    private static final int LONGEST_VISIT = 64;
    private static final int LONGEST_REASON = 500;

    private final Forms forms;
    private final Assessments assessments;
    private final FormAlerts alerts;
    private final Store store;
    private final Audit audit;

    /**
     * @param alerts where answers go that an operator has to see
     * @param store knows the participants
     */
    public AssessorDesk(Forms forms, Assessments assessments, FormAlerts alerts, Store store, Audit audit) {
        this.forms = forms;
        this.assessments = assessments;
        this.alerts = alerts;
        this.store = store;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/assessor/participants", ASSESSOR, c -> Map.of("participants", participants())),
                new Route("GET", "/assessor/instruments", ASSESSOR, c -> Map.of("instruments", forms.list())),
                new Route("GET", "/assessor/instruments/{id}", ASSESSOR, c -> forms.instrument(c.part("id"))),
                new Route("GET", "/assessor/assessments", ASSESSOR, this::all),
                new Route("POST", "/assessor/assessments", ASSESSOR, this::enter));
    }

    private List<String> participants() {
        return store.list("select code from participant order by code", r -> r.getString(1));
    }

    private Object all(Call call) {
        return Map.of("assessments", assessments.of(call.query("participant")));
    }

    private Object enter(Call call) {
        String id = call.text("id");
        if (!id.matches("[A-Za-z0-9-]{16,64}")) {
            throw new Refusal(400, "'id' has to be 16 to 64 letters, digits and hyphens, made by the device");
        }
        String participant = call.text("participant");
        String by = call.browser().who();
        Optional<Assessment> before = assessments.find(id);
        if (before.isPresent()) {
            return sentAgain(before.get(), participant, by);
        }
        String visit = shortened(call.text("visit"), LONGEST_VISIT, "visit");
        String corrects = call.text("corrects", "");
        String why = shortened(call.text("why", ""), LONGEST_REASON, "why");
        String instrument = call.text("instrument");
        if (!corrects.isEmpty()) {
            checkCorrection(corrects, participant, instrument, why);
        }
        know(participant, call.yes("newParticipant"));
        Map<String, Object> form = forms.instrument(instrument);
        Map<String, Object> answers = call.map("answers");
        Map<String, Object> score = forms.score(instrument, answers);
        Assessment made = new Assessment(
                id,
                participant,
                visit,
                instrument,
                String.valueOf(form.getOrDefault("version", "")),
                String.valueOf(form.getOrDefault("language", "")),
                Instant.now().toString(),
                by,
                answers,
                score,
                corrects,
                why,
                false);
        boolean added = store.whole(() -> {
            alerts.raise(id, participant, FormAlerts.Place.ASSESSOR, forms.alerts(instrument, answers));
            return assessments.keep(made, form);
        });
        if (added) {
            String what = corrects.isEmpty() ? "outcome entered" : "outcome corrected";
            String of = participant + ", " + instrument + ", " + visit + ", " + id;
            audit.add(
                    by,
                    Role.ASSESSOR.word(),
                    what,
                    corrects.isEmpty() ? of : of + "; replaces " + corrects + ": " + why);
        }
        return Map.of("assessment", made, "tables", written(instrument));
    }

    private static Object sentAgain(Assessment before, String participant, String by) {
        if (!before.participant().equals(participant) || !before.by().equals(by)) {
            throw new Refusal(409, "an assessment of this id is somebody else's; make a new id");
        }
        return Map.of("assessment", before, "tables", true);
    }

    private void checkCorrection(String corrects, String participant, String instrument, String why) {
        Assessment former = assessments
                .find(corrects)
                .filter(a ->
                        a.participant().equals(participant) && a.instrument().equals(instrument))
                .orElseThrow(() ->
                        new Refusal(404, "there is no such assessment of this participant and instrument to correct"));
        if (former.replaced()) {
            throw new Refusal(409, "this assessment was corrected already; correct the newest one");
        }
        if (why.isBlank()) {
            throw new Refusal(400, "a correction needs 'why': what was wrong");
        }
    }

    private void know(String participant, boolean isNew) {
        if (participants().contains(participant)) {
            return;
        }
        if (!isNew) {
            throw new Refusal(404, "there is no participant '" + participant + "'; check the code");
        }
        if (!participant.matches(HomeDesk.CODE)) {
            throw new Refusal(400, "a participant's code is 1 to 32 letters and digits");
        }
        store.change(
                "insert or ignore into participant (code, made) values (?, ?)",
                participant,
                Instant.now().toString());
    }

    /** Whether the tables have it, too; the answers are kept in any case, and the next entry writes all of them. */
    private boolean written(String instrument) {
        try {
            assessments.write(instrument);
            return true;
        } catch (RecordException e) {
            LOG.error("Outcomes are kept, but not in the tables", e);
            return false;
        }
    }

    private static String shortened(String text, int most, String name) {
        if (text.length() > most) {
            throw new Refusal(400, "'" + name + "' is longer than " + most + " characters");
        }
        return text.strip();
    }
}
