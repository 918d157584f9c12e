package org.anodyne.console.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.console.account.Role;
import org.anodyne.console.form.Assessments;
import org.anodyne.console.form.Assessments.Assessment;
import org.anodyne.console.form.FormAlerts;
import org.anodyne.console.form.FormAlerts.Place;
import org.anodyne.console.form.Forms;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.record.RecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the forms that staff fill in about a participant: scored, kept once, alerts raised, written as tables. Thread: any.
 */
public final class FormEntry {
    private static final Logger LOG = LoggerFactory.getLogger(FormEntry.class);
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
    public FormEntry(Forms forms, Assessments assessments, FormAlerts alerts, Store store, Audit audit) {
        this.forms = forms;
        this.assessments = assessments;
        this.alerts = alerts;
        this.store = store;
        this.audit = audit;
    }

    /**
     * What became of a form.
     *
     * @param added false when it was there already: it was sent twice
     * @param tables whether the tables have it, too
     */
    record Entered(Assessment assessment, boolean added, boolean tables) {}

    /** Codes of the participants that are known. */
    List<String> participants() {
        return store.list("select code from participant order by code", r -> r.getString(1));
    }

    /**
     * Takes one: {@code id} (made by the device), {@code participant}, {@code newParticipant}, {@code answers}, and of a
     * correction {@code corrects} and {@code why}.
     *
     * @throws Refusal when it cannot be taken
     */
    Entered enter(Call call, Place place, String instrument, String visit) {
        String id = call.text("id");
        if (!id.matches("[A-Za-z0-9-]{16,64}")) {
            throw new Refusal(400, "'id' has to be 16 to 64 letters, digits and hyphens, made by the device");
        }
        String participant = call.text("participant");
        String by = call.browser().who();
        Role role = call.browser().role();
        Optional<Assessment> before = assessments.find(id);
        if (before.isPresent()) {
            return sentAgain(before.get(), participant, by);
        }
        String corrects = call.text("corrects", "");
        String why = shortened(call.text("why", ""), LONGEST_REASON, "why");
        if (!corrects.isEmpty()) {
            checkCorrection(corrects, participant, instrument, role, why);
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
                role.word(),
                answers,
                score,
                corrects,
                why,
                false);
        boolean added = store.whole(() -> {
            alerts.raise(id, participant, place, forms.alerts(instrument, answers));
            return assessments.keep(made, form);
        });
        if (added) {
            String what = place == Place.OPERATOR ? "adverse event" : "outcome";
            String of = participant + ", " + instrument + ", " + visit + ", " + id;
            audit.add(
                    by,
                    role.word(),
                    what + (corrects.isEmpty() ? " entered" : " corrected"),
                    corrects.isEmpty() ? of : of + "; replaces " + corrects + ": " + why);
        }
        return new Entered(made, added, written(instrument));
    }

    private static Entered sentAgain(Assessment before, String participant, String by) {
        if (!before.participant().equals(participant) || !before.by().equals(by)) {
            throw new Refusal(409, "an assessment of this id is somebody else's; make a new id");
        }
        return new Entered(before, false, true);
    }

    private void checkCorrection(String corrects, String participant, String instrument, Role role, String why) {
        Assessment former = assessments
                .find(corrects)
                .filter(a ->
                        a.participant().equals(participant) && a.instrument().equals(instrument))
                // An assessor is not told of what others entered.
                .filter(a -> role != Role.ASSESSOR || a.role().equals(role.word()))
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

    /** A text without spaces around it, refused where it is too long. */
    static String shortened(String text, int most, String name) {
        if (text.length() > most) {
            throw new Refusal(400, "'" + name + "' is longer than " + most + " characters");
        }
        return text.strip();
    }
}
