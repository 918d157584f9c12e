package org.anodyne.safety;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.anodyne.host.CommandGate;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a command through only when nothing speaks against it: the slot is armed, the bus connected, the id new, the
 * decision fresh, and every rule for the plug-in allows it. Counts what was delivered; what may have been delivered
 * counts as delivered. Thread: any, the lanes of several actuators at once.
 */
@Component(service = CommandGate.class, configurationPid = "org.anodyne.safety")
@Designate(ocd = GateConfiguration.class)
public final class Gate implements CommandGate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final List<SafetyRule> rules = new CopyOnWriteArrayList<>();
    private final Map<Key, Ledger> ledgers = new ConcurrentHashMap<>();
    private final long latestNanos;

    private record Key(String session, String slot) {}

    @Activate
    public Gate(GateConfiguration configuration) {
        if (configuration.latest_millis() < 1) {
            throw new IllegalArgumentException("org.anodyne.safety: latest.millis is " + configuration.latest_millis()
                    + "; it must be at least 1");
        }
        latestNanos = configuration.latest_millis() * 1_000_000;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRule(SafetyRule rule) {
        rules.add(rule);
    }

    void removeRule(SafetyRule rule) {
        rules.remove(rule);
    }

    @Override
    public Acknowledgement pass(
            String session,
            String plugin,
            Command command,
            SessionTime time,
            boolean slotArmed,
            boolean busConnected,
            Function<Command, Acknowledgement> execute) {
        Ledger ledger = ledgers.computeIfAbsent(new Key(session, command.target()), k -> new Ledger());
        long now = time.nowNanos();
        Optional<String> objection = standing(command, ledger, now, slotArmed, busConnected)
                .or(() -> judge(plugin, command, ledger.state(now)));
        if (objection.isPresent()) {
            LOG.warn("command {} to {} was refused: {}", command.id(), command.target(), objection.get());
            return new Acknowledgement(command.id(), Outcome.REFUSED, objection.get(), now, Map.of());
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
                    Map.of("commands", 1.0));
        }
        switch (answer.outcome()) {
            // FAILED says what was delivered before the device gave up.
            case EXECUTED, UNKNOWN, FAILED -> ledger.count(answer.delivered(), now);
            case REFUSED -> LOG.debug("command {} was refused by the adapter", command.id());
        }
        return answer;
    }

    private Optional<String> standing(Command c, Ledger ledger, long now, boolean slotArmed, boolean busConnected) {
        if (!ledger.first(c.id())) {
            return Optional.of("a command of this id was here before; a command is never executed twice");
        }
        if (!slotArmed) {
            return Optional.of("slot " + c.target() + " is not armed; a person or the session has to arm it");
        }
        if (!busConnected) {
            return Optional.of("the bus is not connected, so whoever decided cannot be reached");
        }
        long age = now - c.decidedNanos();
        if (age > latestNanos) {
            return Optional.of("it came " + millis(age) + " ms after the data that it rests on; the limit is "
                    + millis(latestNanos) + " ms (engineering default of this platform)");
        }
        if (age < -latestNanos) {
            return Optional.of("it rests on data that lie " + millis(-age)
                    + " ms in the future; the clocks of session and decision disagree");
        }
        return Optional.empty();
    }

    private static String millis(long nanos) {
        return String.valueOf(Math.round(nanos / 1e6));
    }

    private Optional<String> judge(String plugin, Command command, SafetyRule.State state) {
        for (SafetyRule rule : rules) {
            String objection = objection(rule, plugin, command, state);
            if (!objection.isEmpty()) {
                return Optional.of(objection);
            }
        }
        return Optional.empty();
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

    @Override
    public void end(String session) {
        ledgers.keySet().removeIf(k -> k.session().equals(session));
    }
}
