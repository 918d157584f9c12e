package org.anodyne.plugin.host.slot;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.CommandGate;
import org.anodyne.host.CommandGate.Sight;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotSpec;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.device.Actuator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of an actuator's slot that arms it, makes it safe, and brings commands through the gate; of a scene's slot the part
 * that brings commands to its dials, of a display's slot the part that asks whether a world may be shown.
 */
final class ActuatorPort {
    private static final Logger LOG = LoggerFactory.getLogger(ActuatorPort.class);

    private static final String NO_GATE =
            "there is no gate service, so no command is executed; install the safety bundle";

    private static final String NO_SCREENING =
            "there is no gate service, so nobody can tell whether the participant was"
                    + " screened for virtual reality; install the safety bundle";

    private final Env env;
    private final String slot;

    /** Every instance that may have a device open, the successor of a swap included: all of them are made safe. */
    private final Set<Occupant> open = new CopyOnWriteArraySet<>();

    /** Counts orders to be safe: what was armed under an older count is not armed. */
    private final AtomicLong orders = new AtomicLong();

    /** Answers given, by command id: a command is executed once, whoever repeats it. */
    private final Map<String, Acknowledgement> answers = new HashMap<>();

    private final AtomicBoolean armed = new AtomicBoolean();
    private final BiConsumer<Cause, String> makeSafe;
    private final String address;
    private volatile Command underWay;

    /** @param makeSafe makes the slot safe and tells why; any thread */
    ActuatorPort(Env env, SlotSpec spec, BiConsumer<Cause, String> makeSafe) {
        this.env = env;
        this.slot = spec.slot();
        this.address = spec.input().orElse("");
        this.makeSafe = makeSafe;
    }

    boolean armed() {
        return armed.get();
    }

    void opened(Occupant o) {
        open.add(o);
        o.lane().ended().whenComplete((v, e) -> open.remove(o));
    }

    /**
     * Ends all output and disarms. Thread: any; takes no lock and does not block.
     *
     * @return whether it was armed
     */
    boolean safeState() {
        orders.incrementAndGet();
        boolean was = armed.getAndSet(false);
        for (Occupant o : open) {
            o.safeState();
        }
        return was;
    }

    /** To be read when arming is asked for, and given to {@link #arm}. */
    long orders() {
        return orders.get();
    }

    /** Arms, unless it was ordered to be safe since it was asked to arm. Thread: the lane. */
    void arm(Occupant o, long ordersThen) {
        refuseAfterOrder(ordersThen);
        if (armed.get()) {
            return;
        }
        if (!env.bus().connected()) {
            throw new HostException("slot " + slot + " was not armed: the bus is not connected");
        }
        objection(o).ifPresent(why -> {
            throw new HostException("slot " + slot + " was not armed: " + why);
        });
        env.lease().awaitSteady(() -> orders.get() == ordersThen);
        refuseAfterOrder(ordersThen);
        if (env.lease().lapsed()) {
            throw new HostException("slot " + slot + " was not armed: no controller was heard of for "
                    + env.lease().limitMillis() + " ms");
        }
        if (!env.lease().stale().isEmpty()) {
            throw new HostException(
                    "slot " + slot + " was not armed: " + env.lease().stale());
        }
        PluginException[] refusal = new PluginException[1];
        o.call("arm", Limits.ARM, () -> {
            try {
                ((Actuator) o.instance()).arm();
            } catch (PluginException e) {
                refusal[0] = e; // the device is not ready: no failure of the instance, which may be armed later
            }
            return null;
        });
        if (refusal[0] != null) {
            o.safeState();
            throw new HostException("slot " + slot + " was not armed: " + refusal[0].getMessage(), refusal[0]);
        }
        armed.set(true);
        if (env.lease().lapsed()) {
            makeSafe.accept(Cause.CONTROLLER_SILENT, "no heartbeat of the controller while it was being armed");
        } else if (!env.lease().stale().isEmpty()) {
            makeSafe.accept(Cause.INPUT_STALE, env.lease().stale());
        }
        if (orders.get() != ordersThen) {
            armed.set(false);
            o.safeState();
            throw new HostException("slot " + slot + " was told to be safe while it was being armed; arm it again");
        }
    }

    /**
     * Why an actuator is not armed, since the gate would let nothing pass, or a display is not started, since the participant
     * must not be shown a world; empty when it may be, and for all other kinds. Thread: any.
     */
    Optional<String> objection(Occupant o) {
        CommandGate gate = env.gate().get();
        return switch (o.kind()) {
            case ACTUATOR ->
                gate == null
                        ? Optional.of(NO_GATE)
                        : gate.objectionToArming(subject(o)).or(() -> gate.objectionToActing(subject(o), actions(o)));
            case DISPLAY -> {
                Sight sight = Sight.of(o.parameters());
                yield gate != null
                        ? gate.objectionToShowing(subject(o), sight)
                        : Optional.of(NO_SCREENING).filter(why -> sight == Sight.HEADSET);
            }
            default -> Optional.empty();
        };
    }

    /** Refuses to start a display when the participant must not be shown a world. Thread: the lane. */
    void admit(Occupant o) {
        if (o.kind() == PluginKind.DISPLAY) {
            objection(o).ifPresent(why -> {
                LOG.warn("slot {} was not started: {}", slot, why);
                throw new HostException("slot " + slot + " was not started: " + why);
            });
        }
    }

    private static List<PluginPorts.ActionInfo> actions(Occupant o) {
        return o.provider().factory().ports(o.parameters()).actions();
    }

    private void refuseAfterOrder(long ordersThen) {
        if (orders.get() != ordersThen) {
            throw new HostException(
                    "slot " + slot + " was told to be safe after it had been told to arm; arm it again");
        }
    }

    /** Executes a command by way of the gate and answers it. Thread: the lane. */
    void execute(Occupant o, Command command, long acquired, String state) {
        synchronized (answers) {
            Acknowledgement given = answers.get(command.id());
            if (given != null) {
                reply(given, acquired);
                return;
            }
        }
        CommandGate gate = env.gate().get();
        Acknowledgement answer;
        if (o.kind() == PluginKind.SCENE) {
            answer = o.running()
                    ? DialPort.turn(env.time(), o.instance(), command)
                    : refused(command, "slot " + slot + " is " + state);
        } else if (gate == null) {
            answer = refused(command, NO_GATE);
        } else if (!o.running()) {
            answer = refused(command, "slot " + slot + " is " + state);
        } else {
            answer = pass(gate, o, command);
        }
        answer(answer, acquired);
    }

    private Acknowledgement pass(CommandGate gate, Occupant o, Command command) {
        Throwable[] thrown = new Throwable[1];
        underWay = command;
        Acknowledgement answer;
        try {
            answer = o.call(
                    "execute",
                    limit(o, command),
                    () -> gate.pass(
                            subject(o),
                            command,
                            env.time(),
                            armed.get(),
                            env.bus().connected(),
                            c -> tell(o, c, thrown)));
        } catch (HostException e) {
            // It outlived its limit, or the gate itself threw: whether the device acted is not known.
            answer = unknown(command, e.getMessage());
        } finally {
            underWay = null;
        }
        if (thrown[0] != null) {
            o.fail("it threw in execute: " + thrown[0]);
        }
        return answer;
    }

    private CommandGate.Subject subject(Occupant o) {
        return new CommandGate.Subject(env.info(), slot, o.provider().info().id(), address);
    }

    private Acknowledgement tell(Occupant o, Command command, Throwable[] thrown) {
        try {
            return ((Actuator) o.instance()).execute(command);
        } catch (RuntimeException | Error e) {
            thrown[0] = e;
            makeSafe.accept(Cause.SLOT_LOST, "it threw in execute: " + e);
            return unknown(command, "the actuator threw: " + e);
        }
    }

    /** An action that lasts gets the time that its arguments ask for on top. */
    private static Duration limit(Occupant o, Command command) {
        double seconds = 0;
        for (PluginPorts.ActionInfo action : actions(o)) {
            if (action.name().equals(command.action())) {
                for (PluginPorts.ArgumentInfo argument : action.arguments()) {
                    if (argument.unit().equals("s")) {
                        seconds += Math.max(0, command.arguments().getOrDefault(argument.name(), 0.0));
                    }
                }
            }
        }
        return Limits.CALL.plusMillis((long) Math.min(seconds * 1e3, 600e3));
    }

    /** The lane was given up in the middle of a command: nobody else will answer it. */
    void abandoned(String reason) {
        Command command = underWay;
        if (command != null) {
            answer(unknown(command, reason), 0);
        }
    }

    /** Answers a command that no instance is there for. */
    void refuse(Command command, String reason, long acquired) {
        answer(refused(command, reason), acquired);
    }

    private void answer(Acknowledgement answer, long acquired) {
        synchronized (answers) {
            if (answers.putIfAbsent(answer.commandId(), answer) != null) {
                return;
            }
        }
        reply(answer, acquired);
    }

    private void reply(Acknowledgement answer, long acquired) {
        env.publish(env.topic(Kind.ACK, slot, ""), new Payload.Reply(answer), acquired);
    }

    private Acknowledgement refused(Command command, String reason) {
        return new Acknowledgement(
                command.id(), Outcome.REFUSED, reason, env.time().nowNanos(), Map.of());
    }

    private Acknowledgement unknown(Command command, String reason) {
        return new Acknowledgement(
                command.id(), Outcome.UNKNOWN, reason, env.time().nowNanos(), Map.of("commands", 1.0));
    }
}
