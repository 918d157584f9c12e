package org.anodyne.console.desk;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.account.Role;
import org.anodyne.console.form.FormAlerts;
import org.anodyne.console.form.Forms;
import org.anodyne.console.home.HomeEntries;
import org.anodyne.console.home.HomeEntries.Entry;
import org.anodyne.console.home.HomeEntries.Kind;
import org.anodyne.console.home.HomeFigures;
import org.anodyne.console.home.HomePlans;
import org.anodyne.console.home.HomePlans.Plan;
import org.anodyne.console.home.Programmes;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.programme.Outline;
import org.anodyne.programme.Outline.Shown;
import org.anodyne.programme.Programme;
import org.anodyne.record.RecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Taking part at home. Operators give a participant a code and a plan (lessons, ratings, diary); the participant's page takes
 * the whole plan with it, works without a connection, and sends what was done when there is one.
 */
public final class HomeDesk {
    /** A participant's code, as sessions take it. */
    static final String CODE = "[A-Za-z0-9]{1,32}";

    private static final Logger LOG = LoggerFactory.getLogger(HomeDesk.class);
    private static final Set<Role> PARTICIPANT = Set.of(Role.PARTICIPANT);
    /** How long a code can be typed in; the device that it let in stays longer. */
    private static final Duration CODE_TIME = Duration.ofDays(14);

    private static final int LONGEST_BODY = 64 * 1024;

    private final JoinCodes codes;
    private final Browsers browsers;
    private final HomePlans plans;
    private final HomeEntries entries;
    private final Programmes programmes;
    private final Forms forms;
    private final FormAlerts alerts;
    private final Store store;
    private final Audit audit;

    /** What a desk for home needs to know of the participants and of what they may be given. */
    public record Shelves(
            HomePlans plans, HomeEntries entries, Programmes programmes, Forms forms, FormAlerts alerts) {}

    /** @param codes codes by which participants join */
    public HomeDesk(JoinCodes codes, Browsers browsers, Shelves shelves, Store store, Audit audit) {
        this.codes = codes;
        this.browsers = browsers;
        this.plans = shelves.plans();
        this.entries = shelves.entries();
        this.programmes = shelves.programmes();
        this.forms = shelves.forms();
        this.alerts = shelves.alerts();
        this.store = store;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/home/options", Route.OPERATORS, c -> options()),
                new Route("GET", "/home/participants", Route.OPERATORS, c -> Map.of("participants", plans.all())),
                new Route("POST", "/home/codes", Route.OPERATORS, this::code),
                new Route("POST", "/home/end", Route.OPERATORS, this::end),
                new Route("GET", "/home/entries", Route.OPERATORS, this::entries),
                new Route("GET", "/home/figures", Route.OPERATORS, this::figures),
                new Route("GET", "/home/plan", PARTICIPANT, this::plan),
                new Route("POST", "/home/entries", PARTICIPANT, this::take));
    }

    private Object options() {
        List<Map<String, Object>> all = programmes.all().values().stream()
                .<Map<String, Object>>map(p -> Map.of(
                        "id",
                        p.id(),
                        "title",
                        p.title(),
                        "language",
                        p.language(),
                        "frames",
                        p.frames().stream()
                                .map(f -> Map.of(
                                        "id", f.id(),
                                        "title", f.title(),
                                        "source", f.source(),
                                        "sessions", f.meetings().size()))
                                .toList()))
                .toList();
        return Map.of(
                "programmes",
                all,
                "ratings",
                forms.list().stream().filter(i -> i.answeredAlone()).toList());
    }

    private Object code(Call call) {
        String participant = call.text("participant").strip();
        if (!participant.matches(CODE)) {
            throw new Refusal(400, "a participant's code is 1 to 32 letters and digits");
        }
        if (call.body().has("plan")) {
            Plan plan = checked(call.map("plan"));
            plans.set(participant, plan, call.browser().who());
            told(call, "plan for home", participant + ": " + plan);
        } else if (plans.of(participant).isEmpty()) {
            throw new Refusal(400, "'" + participant + "' has no plan for home yet; give 'plan'");
        }
        store.change(
                "insert or ignore into participant (code, made) values (?, ?)",
                participant,
                Instant.now().toString());
        String code = codes.make(participant, "", CODE_TIME);
        told(call, "code for home", participant);
        return Map.of("code", code, "days", CODE_TIME.toDays());
    }

    private Plan checked(Map<String, Object> given) {
        String id = given.get("programme") instanceof String s ? s : "";
        String frame = given.get("frame") instanceof String s ? s : "";
        if (!id.isEmpty()) {
            Programme programme = Optional.ofNullable(programmes.all().get(id))
                    .orElseThrow(() -> new Refusal(404, "there is no programme '" + id + "' here"));
            if (programme.frame(frame).isEmpty()) {
                throw new Refusal(404, "programme '" + id + "' has no frame '" + frame + "'");
            }
        }
        List<String> ratings = new ArrayList<>();
        if (given.get("ratings") instanceof List<?> list) {
            list.forEach(r -> ratings.add(String.valueOf(r)));
        }
        List<String> alone = forms.list().stream()
                .filter(i -> i.answeredAlone())
                .map(i -> i.id())
                .toList();
        for (String rating : ratings) {
            if (!alone.contains(rating)) {
                throw new Refusal(404, "there is no form '" + rating + "' that a participant can answer alone");
            }
        }
        Plan plan = new Plan(id, frame, ratings, Boolean.TRUE.equals(given.get("diary")));
        if (id.isEmpty() && ratings.isEmpty() && !plan.diary()) {
            throw new Refusal(400, "the plan is empty: choose lessons, a rating or the diary");
        }
        return plan;
    }

    private Object end(Call call) {
        String participant = call.text("participant");
        codes.endHome(participant);
        browsers.shutOutHome(participant);
        told(call, "home ended", participant);
        return Map.of();
    }

    private Object entries(Call call) {
        return Map.of("entries", entries.of(call.query("participant")));
    }

    /** What a participant did at home, in numbers; skills by their names. */
    private Object figures(Call call) {
        String participant = call.query("participant");
        Plan plan = plans.of(participant).orElse(new Plan("", "", List.of(), true));
        Optional<Programme> programme = programme(plan);
        Set<String> steps = programme.map(p -> sessions(p, plan)).orElse(List.of()).stream()
                .flatMap(s -> s.steps().stream())
                .map(s -> s.activity().id())
                .collect(Collectors.toSet());
        HomeFigures f = HomeFigures.of(entries.all(participant), plan.programme(), steps, ZoneId.systemDefault());
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("steps", f.steps());
        said.put("stepsDone", f.stepsDone());
        said.put("exercises", f.exercises());
        said.put("exercisesAnswered", f.exercisesAnswered());
        Map<String, Object> minutes = new LinkedHashMap<>();
        f.minutesBySkill()
                .forEach((skill, m) ->
                        minutes.put(programme.map(p -> p.skills().get(skill)).orElse(skill), m));
        said.put("minutesBySkill", minutes);
        said.put("pain", f.pain());
        said.put("leastDays", HomeFigures.LEAST_DAYS);
        said.put(
                "weeks",
                f.weeks().stream()
                        .map(w -> {
                            Map<String, Object> week = new LinkedHashMap<>();
                            week.put("from", w.from());
                            week.put("days", w.days());
                            w.mean().ifPresent(mean -> week.put("mean", mean));
                            return week;
                        })
                        .toList());
        return said;
    }

    // --- the participant

    private Object plan(Call call) {
        String participant = atHome(call);
        Plan plan = plans.of(participant)
                .orElseThrow(() -> new Refusal(404, "nothing was planned for home yet; ask the people of the study"));
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("participant", participant);
        said.put("diary", plan.diary());
        said.put("ratings", plan.ratings().stream().map(forms::instrument).toList());
        Optional<Programme> programme = programme(plan);
        programme.ifPresent(p -> said.put("programme", programme(p, plan)));
        programme.flatMap(Outline::diary).ifPresent(d -> said.put("diaryForm", shown(d)));
        said.put("done", entries.done(plan.programme(), participant));
        return said;
    }

    private Optional<Programme> programme(Plan plan) {
        return plan.programme().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(programmes.all().get(plan.programme()));
    }

    private static Map<String, Object> programme(Programme p, Plan plan) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("id", p.id());
        said.put("title", p.title());
        said.put("language", p.language());
        said.put("fingerprint", p.fingerprint());
        said.put(
                "sessions",
                sessions(p, plan).stream()
                        .map(s -> Map.of(
                                "number", s.number(),
                                "title", s.title(),
                                "steps", s.steps().stream().map(HomeDesk::shown).toList()))
                        .toList());
        return said;
    }

    private static List<Outline.Session> sessions(Programme p, Plan plan) {
        return p.frame(plan.frame()).map(f -> Outline.of(p, f)).orElse(List.of());
    }

    /** A step with what the bus would carry of it. */
    private static Map<String, Object> shown(Shown s) {
        Map<String, Object> said = new LinkedHashMap<>(s.activity().event(0).attributes());
        said.remove("guidance"); // for whoever guides, not for the participant
        said.put("lesson", s.lesson());
        said.put("name", s.name());
        said.put("skill", s.skill());
        said.put("recall", s.recall());
        return said;
    }

    private Object take(Call call) {
        String participant = atHome(call);
        String id = call.text("id");
        if (!id.matches("[A-Za-z0-9-]{16,64}")) {
            throw new Refusal(400, "'id' has to be 16 to 64 letters, digits and hyphens, made by the device");
        }
        if (entries.has(id, participant)) {
            return Map.of("ok", true, "why", "");
        }
        Kind kind = kind(call.text("kind"));
        String made = made(call.text("made"));
        Map<String, Object> body = new LinkedHashMap<>(call.map("body"));
        if (call.body().toString().length() > LONGEST_BODY) {
            throw new Refusal(413, "the entry is longer than " + LONGEST_BODY / 1024 + " KiB");
        }
        // What the tables go by is made here, never by the device.
        body.keySet().removeAll(List.of("form", "score", "labels"));
        Plan plan = plans.of(participant).orElse(new Plan("", "", List.of(), true));
        try {
            complete(kind, body, plan);
        } catch (IllegalArgumentException e) {
            return Map.of("ok", false, "why", "refused", "message", String.valueOf(e.getMessage()));
        }
        String word = kind.name().toLowerCase(Locale.ROOT);
        List<Map<String, Object>> told = body.containsKey("form")
                ? forms.alerts(String.valueOf(body.get("instrument")), answers(body))
                : List.of();
        Entry entry = new Entry(id, participant, word, made, Instant.now().toString(), body);
        // Both or none: an entry that is there already raises nothing when it is sent again.
        boolean kept = store.whole(() -> {
            boolean own = entries.keep(entry);
            alerts.raise(id, participant, FormAlerts.Place.HOME, own ? told : List.of());
            return own;
        });
        if (!kept) {
            return Map.of("ok", false, "why", "refused", "message", "an entry of this id is there already");
        }
        audit.add(participant, Role.PARTICIPANT.word(), "entry from home", word + ", " + id);
        write(participant);
        return Map.of("ok", true, "why", "");
    }

    private static Kind kind(String word) {
        for (Kind k : Kind.values()) {
            if (k.name().toLowerCase(Locale.ROOT).equals(word)) {
                return k;
            }
        }
        throw new Refusal(400, "'" + word + "' is no kind of entry; there is: rating, diary, page, practice, exercise");
    }

    private static String made(String text) {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeException e) {
            throw new Refusal(400, "'made' has to be a moment such as 2026-03-01T08:30:00Z");
        }
    }

    /**
     * Checks an entry against what was asked and adds what the tables need. What the plan does not know any more, since it was
     * changed while the device was away, is kept as it came.
     *
     * @throws IllegalArgumentException when it cannot be an answer
     */
    private void complete(Kind kind, Map<String, Object> body, Plan plan) {
        if (kind == Kind.RATING) {
            String instrument = String.valueOf(body.get("instrument"));
            Map<String, Object> answers = answers(body);
            Optional<String> version = forms.list().stream()
                    .filter(l -> l.id().equals(instrument))
                    .map(l -> l.version())
                    .findFirst();
            if (version.isPresent() && version.get().equals(body.get("version"))) {
                body.put("form", forms.instrument(instrument));
                body.put("score", forms.score(instrument, answers));
            } else {
                body.put("name", instrument);
                body.put("fields", answers);
            }
            return;
        }
        programme(plan).ifPresent(p -> asked(p, plan, kind, body).ifPresent(s -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            if (body.get("fields") instanceof Map<?, ?> given) {
                given.forEach((name, value) -> fields.put(String.valueOf(name), value));
            }
            Activity a = s.activity();
            boolean skipped = Boolean.TRUE.equals(body.get("skipped"));
            String objection = a.objection(new ActivityAnswer(a.id(), 0, skipped, fields));
            if (!objection.isEmpty()) {
                throw new IllegalArgumentException(objection);
            }
            Map<String, Object> labels = new LinkedHashMap<>();
            a.fields().forEach((ActivityField f) -> labels.put(f.name(), f.label()));
            body.put("labels", labels);
        }));
    }

    private static Map<String, Object> answers(Map<String, Object> body) {
        Map<String, Object> answers = new LinkedHashMap<>();
        if (body.get("answers") instanceof Map<?, ?> given) {
            given.forEach((item, value) -> answers.put(String.valueOf(item), value));
        }
        return answers;
    }

    private static Optional<Shown> asked(Programme p, Plan plan, Kind kind, Map<String, Object> body) {
        if (kind == Kind.DIARY) {
            return Outline.diary(p);
        }
        boolean same = p.id().equals(body.get("programme")) && p.fingerprint().equals(body.get("fingerprint"));
        return sessions(p, plan).stream()
                .filter(s -> same)
                .flatMap(s -> s.steps().stream())
                .filter(s -> s.activity().id().equals(body.get("step")))
                .findFirst();
    }

    /** The entry is kept in any case, and the next one writes all of them. */
    private void write(String participant) {
        try {
            entries.write(participant);
        } catch (RecordException e) {
            LOG.error("Entries from home are kept, but not in the tables", e);
        }
    }

    private static String atHome(Call call) {
        if (!call.browser().session().isEmpty()) {
            throw new Refusal(403, "this device takes part in a session; a code for home opens this");
        }
        return call.browser().who();
    }

    private void told(Call call, String what, String detail) {
        audit.add(call.browser().who(), call.browser().role().word(), what, detail);
    }
}
