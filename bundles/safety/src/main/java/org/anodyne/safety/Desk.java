package org.anodyne.safety;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.SafetyDesk;
import org.anodyne.safety.ledger.DoseLedger;
import org.anodyne.safety.ledger.LedgerException;
import org.anodyne.safety.limit.SitePolicy;
import org.anodyne.safety.screen.Checklist;
import org.anodyne.safety.screen.Screening;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears people: on this machine as a service, over the bus on {@code control/safety}. Latches the emergency stop when
 * anybody calls it on the bus. Thread: any; files are touched on a thread of its own, never on the bus's.
 */
@Component(service = SafetyDesk.class)
public final class Desk implements SafetyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final String NAME = "safety";
    private static final String REPLY = "reply";

    private final Safety safety;
    private final Executor thread;
    private final ThreadPoolExecutor pool;
    private final Map<MessageBus, List<CompletionStage<Subscription>>> ears = new HashMap<>();

    @Activate
    public Desk(@Reference Safety safety) {
        this.safety = safety;
        this.pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(100), r -> {
            Thread t = new Thread(r, "safety-desk");
            t.setDaemon(true);
            return t;
        });
        pool.allowCoreThreadTimeOut(true);
        this.thread = pool;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindBus(MessageBus bus) {
        String site = "anodyne/1/" + bus.site();
        ears.put(
                bus,
                List.of(
                        bus.subscribe(site + "/stop", this::stop),
                        bus.subscribe(site + "/control/" + NAME, m -> thread.execute(() -> heard(bus, m)))));
    }

    synchronized void unbindBus(MessageBus bus) {
        ears.remove(bus).forEach(s -> s.thenAccept(Subscription::close));
    }

    @Deactivate
    void close() {
        pool.shutdown();
    }

    /** The actuators hear it by themselves; here it is latched. */
    private void stop(Message m) {
        String why = m.payload() instanceof Payload.Document d && d.attributes().get("reason") instanceof String r
                ? r
                : "no reason was given";
        thread.execute(() -> safety.stop().set(why + " (from " + m.envelope().source() + ")"));
    }

    private void heard(MessageBus bus, Message m) {
        if (!(m.payload() instanceof Payload.Document d)) {
            return;
        }
        Map<String, Object> reply = new HashMap<>(ask(text(d.attributes(), "action"), d.attributes()));
        reply.put("request", text(d.attributes(), "request"));
        reply.put("action", text(d.attributes(), "action"));
        Topic topic = Topic.ofSite(bus.site(), Topic.Kind.CONTROL, REPLY);
        bus.publish(topic, new Payload.Document(REPLY, -1, reply), 0).whenComplete((v, e) -> {
            if (e != null) {
                LOG.warn("A reply was not sent: {}", e.toString());
            }
        });
    }

    @Override
    public Map<String, Object> ask(String action, Map<String, Object> a) {
        try {
            return switch (action) {
                case "checklists" ->
                    said("there is: " + Checklist.MODALITIES, Map.of("checklists", Checklist.MODALITIES));
                case "checklist" -> checklist(text(a, "modality"));
                case "screen" -> screen(a);
                case "screenings" -> screenings(text(a, "participant"));
                case "threshold" -> threshold(a);
                case "ledger" -> ledger(text(a, "participant"));
                case "firings" -> firings(a);
                case "limits" -> limits();
                case "reset" -> reset(a);
                case "status" -> status();
                default ->
                    refused("'" + action + "' is not known; there is: checklists, checklist, screen, screenings,"
                            + " threshold, ledger, firings, limits, reset, status");
            };
        } catch (IllegalArgumentException | IOException | LedgerException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> said(String message, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("ok", true);
        all.put("message", message);
        return all;
    }

    private static Map<String, Object> refused(String message) {
        return Map.of("ok", false, "message", message);
    }

    private static String text(Map<String, Object> a, String name) {
        return a.get(name) instanceof String s ? s.strip() : "";
    }

    private static Map<String, Object> checklist(String modality) {
        return Checklist.of(modality)
                .map(list -> said(list.title(), list.facts()))
                .orElseGet(() ->
                        refused("there is no checklist for '" + modality + "'; there is: " + Checklist.MODALITIES));
    }

    private Map<String, Object> screen(Map<String, Object> a) throws IOException {
        Map<?, ?> answers = a.get("answers") instanceof Map<?, ?> m ? m : Map.of();
        Map<?, ?> decisions = a.get("decisions") instanceof Map<?, ?> m ? m : Map.of();
        Screening s = safety.screenings()
                .enter(text(a, "participant"), text(a, "modality"), text(a, "by"), answers, decisions);
        Checklist list = Checklist.of(s.modality()).orElseThrow();
        List<String> objections = s.objections(list, safety.clock().instant());
        String message = "screening of " + s.participant() + " for " + list.title() + " entered; "
                + (objections.isEmpty()
                        ? "nothing speaks against it until " + s.until(list)
                        : "it does not permit it: " + String.join("; ", objections));
        return said(message, Map.of("clear", objections.isEmpty(), "objections", objections));
    }

    private Map<String, Object> screenings(String participant) {
        List<Object> all = safety.screenings().facts(participant);
        return said(
                all.isEmpty() ? "participant " + participant + " has no screening" : all.size() + " screenings",
                Map.of("screenings", all));
    }

    private Map<String, Object> threshold(Map<String, Object> a) {
        String session = text(a, "session");
        String by = text(a, "by");
        double percent = a.get("percent") instanceof Number n ? n.doubleValue() : Double.NaN;
        if (session.isEmpty() || by.isEmpty() || !(percent > 0 && percent <= 100)) {
            return refused("a motor threshold needs 'session', 'by' (who measured it) and 'percent' of the"
                    + " stimulator's maximum output, above 0 and up to 100");
        }
        boolean active = Boolean.TRUE.equals(a.get("active"));
        DoseLedger ledger = safety.ledger();
        OptionalDouble other = active ? ledger.threshold(session) : ledger.activeThreshold(session);
        // A tensed muscle answers to less, so an active threshold above the resting one was mistaken for it or
        // mistyped.
        if (other.isPresent() && (active ? percent > other.getAsDouble() : percent < other.getAsDouble())) {
            return refused("the active motor threshold would be above the resting one of this session (" + percent
                    + " and " + other.getAsDouble() + " %), which cannot be; measure again, and enter both anew");
        }
        if (active) {
            ledger.activeThreshold(session, percent, by);
        } else {
            ledger.threshold(session, percent, by);
        }
        return said(
                "the " + (active ? "active" : "resting") + " motor threshold of session " + session + " is " + percent
                        + " % of maximum output",
                Map.of());
    }

    private Map<String, Object> ledger(String participant) {
        if (participant.isEmpty()) {
            return refused("whose doses? Name the participant by 'participant'");
        }
        DoseReport report = new DoseReport(safety.book(), participant, safety.clock(), safety.policy());
        return report.isEmpty()
                ? refused("participant " + participant + " is not in the dose ledger of this home; is the code right?"
                        + " Upper and lower case count")
                : said("doses of participant " + participant, report.facts());
    }

    private Map<String, Object> firings(Map<String, Object> a) {
        String participant = text(a, "participant");
        if (participant.isEmpty()) {
            return refused("whose firings? Name the participant by 'participant'");
        }
        boolean simulated = Boolean.TRUE.equals(a.get("simulated"));
        return said(
                "triggers of participant " + participant + " in the last 24 h",
                Map.of("firings", Map.copyOf(safety.ledger().firings(participant, simulated))));
    }

    /** The limits of today, as the site's policy leaves them. */
    private Map<String, Object> limits() {
        SitePolicy policy = safety.policy();
        if (!policy.faults().isEmpty()) {
            return refused(
                    "the site's policy " + safety.policyFile() + " has faults: " + String.join("; ", policy.faults()));
        }
        Map<String, Object> all = new HashMap<>();
        policy.on(LocalDate.now(safety.clock()))
                .forEach((name, limit) -> all.put(name, Map.of("value", limit.value(), "source", limit.source())));
        return said(all.size() + " limits", Map.of("limits", all));
    }

    private Map<String, Object> reset(Map<String, Object> a) throws IOException {
        if (text(a, "by").isEmpty() || text(a, "reason").isEmpty()) {
            return refused("an emergency stop is reset by a person, with a name ('by') and a reason ('reason')");
        }
        Optional<String> was = safety.stop().reset(text(a, "by"), text(a, "reason"));
        return said(
                was.map(w -> "the emergency stop is reset (it was: " + w + "); nothing is armed by that")
                        .orElse("no emergency stop was latched"),
                Map.of());
    }

    private Map<String, Object> status() {
        var policy = safety.policy();
        String ledger = "in order";
        try {
            safety.ledger();
        } catch (LedgerException e) {
            ledger = String.valueOf(e.getMessage());
        }
        return said(
                "stop: " + safety.stop().set().orElse("not latched") + "; ledger: " + ledger + "; policy: "
                        + (policy.faults().isEmpty() ? "in order" : String.join("; ", policy.faults())),
                Map.of("stopped", safety.stop().set().isPresent(), "policySha256", policy.sha256()));
    }
}
