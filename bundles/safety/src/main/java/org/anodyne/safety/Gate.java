package org.anodyne.safety;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.anodyne.host.CommandGate;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.SafetyRule;
import org.anodyne.safety.ledger.DoseLedger;
import org.anodyne.safety.ledger.DoseLedger.Account;
import org.anodyne.safety.ledger.DoseLedger.Entry;
import org.anodyne.safety.ledger.LedgerException;
import org.anodyne.safety.limit.SitePolicy;
import org.anodyne.safety.screen.Screenings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a command through only when nothing speaks against it: no stop, the slot armed, the bus connected, the id new,
 * the decision fresh, the site's policy in order, the participant screened, and every rule content with what the ledger
 * says. Counts what was delivered; what may have been delivered counts as delivered. Thread: any, the lanes of several
 * actuators at once.
 */
@Component(service = CommandGate.class)
public final class Gate implements CommandGate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /** Addresses at which a simulator can be; a real device may be behind one, which nobody here can tell. */
    private static final Pattern HERE = Pattern.compile("tcp:(127\\.[0-9.]+|localhost|\\[::1\\]):[0-9]+|pty:.+|");

    private final Safety safety;
    private final List<SafetyRule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, SlotBook> books = new ConcurrentHashMap<>();

    @Activate
    public Gate(@Reference Safety safety) {
        this.safety = safety;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRule(SafetyRule rule) {
        rules.add(rule);
    }

    void removeRule(SafetyRule rule) {
        rules.remove(rule);
    }

    // --- judging

    @Override
    public Acknowledgement pass(
            Subject subject,
            Command given,
            SessionTime time,
            boolean slotArmed,
            boolean busConnected,
            Function<Command, Acknowledgement> execute) {
        SlotBook book = book(subject.session().session());
        long now = time.nowNanos();
        if (Relative.to(given)) {
            try {
                Relative.Absolute absolute = Relative.resolve(
                        given, safety.ledger().threshold(subject.session().session()));
                if (!absolute.objection().isEmpty()) {
                    return refused(given, absolute.objection(), now);
                }
                return pass(subject, absolute.command(), time, slotArmed, busConnected, execute);
            } catch (LedgerException e) {
                safety.distrust();
                return refused(given, e.getMessage(), now);
            }
        }
        Command command = given;
        SitePolicy policy = safety.policy();
        String modality = Dose.modality(subject.plugin(), command, policy.modalities());
        String objection;
        try {
            objection = standing(command, book)
                    .or(() -> entitled(subject, modality, policy, command.action()))
                    .or(() -> ready(command, now, slotArmed, busConnected))
                    .or(() -> judge(subject, modality, command, policy, book, now))
                    .orElse("");
        } catch (LedgerException e) {
            safety.distrust();
            objection = e.getMessage();
        }
        if (!objection.isEmpty()) {
            return refused(command, objection, now);
        }
        return execute(subject, modality, command, time, book, execute);
    }

    private Acknowledgement refused(Command command, String objection, long now) {
        LOG.warn("command {} to {} was refused: {}", command.id(), command.target(), objection);
        return new Acknowledgement(command.id(), Outcome.REFUSED, objection, now, Map.of());
    }

    private Optional<String> standing(Command c, SlotBook book) {
        if (!book.first(c.target(), c.id())) {
            return Optional.of("a command of this id was here before; a command is never executed twice");
        }
        return stopped();
    }

    /** Asked after {@link #entitled}: that nobody was screened is why a slot is not armed, and says more. */
    private Optional<String> ready(Command c, long now, boolean slotArmed, boolean busConnected) {
        if (!slotArmed) {
            return Optional.of("slot " + c.target() + " is not armed; a person or the session has to arm it");
        }
        if (!busConnected) {
            return Optional.of("the bus is not connected, so whoever decided cannot be reached");
        }
        long age = now - c.decidedNanos();
        if (age > safety.latestNanos()) {
            return Optional.of("it came " + millis(age) + " ms after the data that it rests on; the limit is "
                    + millis(safety.latestNanos()) + " ms (engineering default of this platform)");
        }
        if (age < -safety.latestNanos()) {
            return Optional.of("it rests on data that lie " + millis(-age)
                    + " ms in the future; the clocks of session and decision disagree");
        }
        return Optional.empty();
    }

    private Optional<String> stopped() {
        return safety.stop()
                .set()
                .map(why -> "an emergency stop is latched (" + why
                        + "); when it is safe again, a person says so: ./anodyne reset --by NAME --reason TEXT");
    }

    private static String millis(long nanos) {
        return String.valueOf(Math.round(nanos / 1e6));
    }

    /** Whether this participant may be stimulated in this way at all. */
    private Optional<String> entitled(Subject subject, String modality, SitePolicy policy, String action) {
        if (!policy.faults().isEmpty()) {
            return Optional.of("the site's policy " + safety.policyFile() + " has faults, so nothing is actuated: "
                    + String.join("; ", policy.faults()));
        }
        if (modality.equals(Dose.NONE)) {
            return Optional.empty();
        }
        if (modality.isEmpty()) {
            return Optional.of("what kind of stimulation action '" + action + "' of plug-in "
                    + subject.plugin() + " is cannot be told, so it cannot be judged; say so in " + safety.policyFile()
                    + ": modality " + subject.plugin() + " = tms, tes, tens, thermal or none");
        }
        SessionInfo session = subject.session();
        if (session.participant().isEmpty()) {
            return Optional.of("the session has no participant, so there is no dose ledger to judge by");
        }
        if (session.simulated()) {
            return HERE.matcher(subject.address()).matches()
                    ? Optional.empty()
                    : Optional.of("the session was declared to have simulated devices only, but slot " + subject.slot()
                            + " is at " + subject.address()
                            + ", which is not on this machine; leave out --simulated for a real device");
        }
        return safety.screenings().objection(session.participant(), modality);
    }

    private Optional<String> judge(
            Subject subject, String modality, Command command, SitePolicy policy, SlotBook book, long now) {
        SafetyRule.State state = state(subject, modality, policy, book, now);
        List<String> objections = new ArrayList<>();
        for (SafetyRule rule : rules) {
            String objection = objection(rule, subject.plugin(), command, state);
            if (!objection.isEmpty()) {
                objections.add(objection);
            }
        }
        return objections.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", objections));
    }

    private SafetyRule.State state(Subject subject, String modality, SitePolicy policy, SlotBook book, long now) {
        String session = subject.session().session();
        Background background = Background.NONE;
        if (!modality.equals(Dose.NONE)) {
            DoseLedger ledger = safety.ledger();
            DoseLedger.Statement said = ledger.statement(account(subject, modality), session);
            background = new Background(
                    subject.plugin(),
                    modality,
                    said.session(),
                    said.today(),
                    book.recent(modality),
                    said.secondsSinceOther(),
                    ledger.threshold(session),
                    ledger.activeThreshold(session),
                    said.secondsSince(),
                    policy.on(LocalDate.now(safety.clock())));
        }
        return new SafetyRule.State(now, book.delivered(subject.slot()), book.lastFired(subject.slot()), background);
    }

    private static String objection(SafetyRule rule, String plugin, Command command, SafetyRule.State state) {
        String name = rule.getClass().getName();
        try {
            name = rule.name();
            if (!rule.appliesTo(plugin)) {
                return "";
            }
            SafetyRule.Verdict verdict = rule.judge(command, state);
            if (verdict instanceof SafetyRule.Verdict.Refused refused) {
                return name + ": " + refused.reason() + " (" + refused.source() + ")";
            }
            return verdict == null ? name + " gave no verdict, which counts as a refusal" : "";
        } catch (RuntimeException | Error e) {
            LOG.error("safety rule {} threw", name, e);
            return name + " threw, which counts as a refusal: " + e;
        }
    }

    // --- executing and counting

    private Acknowledgement execute(
            Subject subject,
            String modality,
            Command command,
            SessionTime time,
            SlotBook book,
            Function<Command, Acknowledgement> execute) {
        long now = time.nowNanos();
        boolean counted = !modality.equals(Dose.NONE);
        Entry entry = null;
        Map<String, Double> most = Map.of(Dose.COMMANDS, 1.0);
        if (counted) {
            entry = new Entry(account(subject, modality), subject.session().session(), subject.slot(), command.id());
            most = Dose.most(modality, command);
            try {
                safety.ledger().order(entry, most);
            } catch (LedgerException e) {
                safety.distrust();
                return refused(command, e.getMessage(), now);
            }
        }
        Acknowledgement answer;
        try {
            answer = execute.apply(command);
        } catch (RuntimeException | Error e) {
            answer = null;
            LOG.error("command {} to {}: the actuator threw", command.id(), command.target(), e);
        }
        if (answer == null) {
            answer = new Acknowledgement(
                    command.id(),
                    Outcome.UNKNOWN,
                    "the actuator gave no answer; it counts as executed and is not repeated",
                    time.nowNanos(),
                    most);
        }
        if (answer.outcome() != Outcome.REFUSED) {
            book.fired(modality, command, now, entry);
            book.count(subject.slot(), answer.delivered());
        }
        if (counted) {
            settle(subject, command, modality, entry, most, answer);
        }
        return answer;
    }

    private void settle(
            Subject subject,
            Command command,
            String modality,
            Entry entry,
            Map<String, Double> most,
            Acknowledgement answer) {
        try {
            DoseLedger ledger = safety.ledger();
            Map<String, Double> told = Dose.part(modality, command, answer.delivered());
            switch (answer.outcome()) {
                case REFUSED -> ledger.settle(entry, Map.of());
                case FAILED -> ledger.settle(entry, told);
                case UNKNOWN -> ledger.settle(entry, greater(most, told));
                case EXECUTED -> {
                    ledger.supersede(entry.session(), entry.slot(), entry.command());
                    if (Dose.goesOn(modality)) {
                        // What it delivers comes by events; until then the order counts.
                        ledger.add(entry, Map.of(Dose.COMMANDS, 1.0));
                    } else {
                        Map<String, Double> amounts = new HashMap<>(most);
                        amounts.putAll(told);
                        ledger.settle(entry, amounts);
                    }
                }
            }
        } catch (LedgerException e) {
            // The order stands in the file and counts whole; the next command finds the ledger as it is.
            safety.distrust();
            LOG.error(
                    "what command {} to {} delivered was not written: {}",
                    entry.command(),
                    subject.slot(),
                    e.toString());
        }
    }

    private static Map<String, Double> greater(Map<String, Double> a, Map<String, Double> b) {
        Map<String, Double> all = new TreeMap<>(a);
        b.forEach((name, value) -> all.merge(name, value, Math::max));
        return all;
    }

    private static Account account(Subject subject, String modality) {
        return new Account(subject.session().participant(), subject.session().simulated(), modality);
    }

    @Override
    public void delivered(Subject subject, String commandId, Map<String, Double> amounts, boolean last) {
        SlotBook book = book(subject.session().session());
        book.count(subject.slot(), amounts);
        Entry entry = book.entry(subject.slot(), commandId);
        if (entry == null) {
            LOG.warn("slot {} delivered something for command {}, which never passed here", subject.slot(), commandId);
            return;
        }
        try {
            DoseLedger ledger = safety.ledger();
            if (last) {
                ledger.settle(entry, amounts);
            } else {
                ledger.add(entry, amounts);
            }
        } catch (LedgerException e) {
            safety.distrust();
            LOG.error(
                    "what slot {} delivered was not written; its order counts whole: {}", subject.slot(), e.toString());
        }
    }

    // --- sessions

    private SlotBook book(String session) {
        return books.computeIfAbsent(session, s -> new SlotBook());
    }

    @Override
    public Map<String, Object> begin(SessionInfo session) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("policy", safety.policy().facts(LocalDate.now(safety.clock())));
        facts.put("participant", session.participant());
        facts.put("simulated", session.simulated());
        facts.put("stopped", safety.stop().set().orElse(""));
        facts.put(
                "screenings",
                session.participant().isEmpty()
                        ? List.of()
                        : safety.screenings().facts(session.participant()));
        facts.put("rules", rules.stream().map(SafetyRule::name).sorted().toList());
        return facts;
    }

    @Override
    public Optional<String> objectionToArming(Subject subject) {
        return stopped();
    }

    @Override
    public Optional<String> objectionToActing(Subject subject, List<PluginPorts.ActionInfo> actions) {
        SitePolicy policy = safety.policy();
        Optional<String> first = Optional.empty();
        for (PluginPorts.ActionInfo action : actions) {
            Map<String, Double> arguments = new HashMap<>();
            action.arguments().forEach(a -> arguments.put(a.name(), a.minimum()));
            Command example = new Command("example", subject.slot(), action.name(), arguments, 0, "");
            String modality = Dose.modality(subject.plugin(), example, policy.modalities());
            Optional<String> objection = entitled(subject, modality, policy, action.name());
            if (objection.isEmpty()) {
                return Optional.empty();
            }
            first = first.or(() -> objection);
        }
        return first;
    }

    @Override
    public Optional<String> objectionToShowing(Subject subject, Sight sight) {
        SessionInfo session = subject.session();
        if (sight == Sight.NOTHING || session.simulated()) {
            return Optional.empty();
        }
        if (sight == Sight.SCREEN) {
            return safety.screenings().objectionToLight(session.participant());
        }
        return session.participant().isEmpty()
                ? Optional.of("the session has no participant, so nobody can have been screened for virtual reality")
                : safety.screenings().objection(session.participant(), Screenings.VIRTUAL_REALITY);
    }

    @Override
    public void end(String session) {
        SlotBook gone = books.remove(session);
        if (gone == null) {
            return;
        }
        try {
            safety.ledger().end(session);
        } catch (LedgerException e) {
            safety.distrust();
            LOG.error("the end of session {} was not written: {}", session, e.toString());
        }
    }
}
