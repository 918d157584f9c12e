package org.anodyne.plugin.tck.kit;

import static org.anodyne.plugin.tck.kit.Check.require;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.device.Actuator;

/** What is asked of an actuator at its device. */
final class ActuatorChecks {
    /** Within this time of the order the output of a simulator is off. */
    private static final Duration OFF = Duration.ofMillis(300);

    private static final Duration WITHOUT_WATCHDOG = Duration.ofSeconds(5);
    private static final Duration ALLOWANCE = Duration.ofMillis(500);
    private static final Duration EXECUTE = Duration.ofSeconds(15);
    private static final Duration ARM = Duration.ofSeconds(10);
    private static final Duration BACK = Duration.ofSeconds(15);
    /** Faults in which the device hears nothing or its answers do not come. */
    private static final Set<String> DEAF = Set.of("cable-pulled", "silence", "half-frame");

    private static final long SAFE_CALL_NANOS = 50_000_000;
    /** A question to a simulator and its answer take less, unless a process stands still (engineering default). */
    private static final long LOOK_NANOS = 20_000_000;

    private final Adapter adapter;
    private int commands;

    ActuatorChecks(Adapter adapter) {
        this.adapter = adapter;
    }

    List<Check> all() {
        return List.of(
                new Check("unarmed", "A command is refused, with a reason, until it is armed.", this::unarmed),
                new Check(
                        "executes",
                        "An armed actuator executes a command within its limits and says what it delivered.",
                        this::executes),
                new Check("unknown-action", "An action that it does not offer is refused.", this::unknownAction),
                new Check(
                        "limits",
                        "An argument outside its limits, missing or no number is refused, and nothing comes out.",
                        this::limits),
                new Check(
                        "safe-state",
                        "safeState returns at once, from any thread; the output is off within 300 ms and stays so until it is armed.",
                        this::safeState),
                new Check("safe-always", "safeState cannot fail in any state.", this::safeAlways),
                new Check("pause-safe", "pause ends the output and disarms.", this::pauseSafe),
                new Check("close-safe", "close ends the output within 300 ms.", this::closeSafe));
    }

    /** What is asked while a simulator has this fault. */
    Check fault(String name) {
        return new Check(
                "fault-" + name,
                "With the fault " + name
                        + " every call returns, what is uncertain ends the output, and it can be armed again.",
                () -> faulty(name));
    }

    private static Actuator actuator(Run run) {
        return (Actuator) run.instance();
    }

    private Command command() {
        String id = "kit-" + ++commands;
        return adapter.command()
                .map(c -> new Command(id, c.target(), c.action(), c.arguments(), 0, "kit"))
                .orElseGet(() -> least(id));
    }

    /** The first action with a tenth of each range: something, but little. */
    private Command least(String id) {
        PluginPorts.ActionInfo action = ports().actions().get(0);
        Map<String, Double> arguments = new HashMap<>();
        for (PluginPorts.ArgumentInfo a : action.arguments()) {
            double tenth = a.minimum() + (a.maximum() - a.minimum()) / 10;
            double value = a.unit().equals("s") ? Math.max(a.minimum(), Math.min(1, a.maximum())) : Math.rint(tenth);
            arguments.put(a.name(), Math.max(a.minimum(), Math.min(a.maximum(), value)));
        }
        return new Command(id, "slot", action.name(), arguments, 0, "kit");
    }

    private PluginPorts ports() {
        return adapter.factory().ports(new Parameters(adapter.parameters()));
    }

    private static void arm(Run run) throws Exception {
        run.timed("arm", ARM, () -> {
            actuator(run).arm();
            return null;
        });
    }

    private static Acknowledgement execute(Run run, Command command) throws Exception {
        Acknowledgement answer =
                run.timed("execute", EXECUTE, () -> actuator(run).execute(command));
        require(answer != null, "execute gave no answer");
        require(answer.commandId().equals(command.id()), "the answer is for " + answer.commandId());
        require(
                answer.outcome() == Outcome.EXECUTED || !answer.reason().isBlank(),
                "it answers " + answer.outcome() + " and says no reason");
        return answer;
    }

    private static void refused(Run run, Command command, String what) throws Exception {
        Acknowledgement answer = execute(run, command);
        require(answer.outcome() == Outcome.REFUSED, what + " was " + answer.outcome() + ", not refused");
    }

    private void executed(Run run, Command command) throws Exception {
        Acknowledgement answer = execute(run, command);
        require(
                answer.outcome() == Outcome.EXECUTED,
                command.action() + " " + command.arguments() + " was " + answer.outcome() + ": " + answer.reason());
    }

    private String unarmed() throws Exception {
        try (Run run = Run.started(adapter)) {
            refused(run, command(), "a command before arming");
            arm(run);
            executed(run, command());
        }
        return "";
    }

    private String executes() throws Exception {
        try (Run run = Run.started(adapter)) {
            arm(run);
            Command command = command();
            long began = System.nanoTime();
            Acknowledgement answer = execute(run, command);
            long took = System.nanoTime() - began;
            require(answer.outcome() == Outcome.EXECUTED, "it was " + answer.outcome() + ": " + answer.reason());
            require(!answer.delivered().isEmpty(), "the answer does not say what was delivered");
            answer.delivered().values().forEach(v -> {
                if (!(v >= 0) || v.isInfinite()) {
                    throw new IllegalStateException("delivered " + v);
                }
            });
            return command.action() + " " + command.arguments() + " answered after " + Run.millis(took) + ", delivered "
                    + answer.delivered();
        }
    }

    private String unknownAction() throws Exception {
        try (Run run = Run.started(adapter)) {
            arm(run);
            refused(run, new Command("kit-x", "slot", "no-such-action", Map.of(), 0, "kit"), "an unknown action");
        }
        return "";
    }

    private String limits() throws Exception {
        int tried = 0;
        try (Run run = Run.started(adapter)) {
            arm(run);
            boolean before = outputOn();
            for (PluginPorts.ActionInfo action : ports().actions()) {
                Map<String, Double> good = new HashMap<>();
                action.arguments().forEach(a -> good.put(a.name(), a.minimum()));
                for (PluginPorts.ArgumentInfo a : action.arguments()) {
                    double span = Math.max(1, a.maximum() - a.minimum());
                    List<Double> bad = new ArrayList<>(
                            List.of(Double.NaN, Double.POSITIVE_INFINITY, a.minimum() - span, a.minimum() - 0.001));
                    bad.add(a.maximum() + 0.001 * span);
                    bad.add(a.maximum() + span);
                    for (double value : bad) {
                        Map<String, Double> arguments = new HashMap<>(good);
                        arguments.put(a.name(), value);
                        refused(
                                run,
                                new Command("kit-l" + ++tried, "slot", action.name(), arguments, 0, "kit"),
                                a.name() + " = " + value + " " + a.unit() + " of " + action.name());
                    }
                    Map<String, Double> arguments = new HashMap<>(good);
                    arguments.remove(a.name());
                    Acknowledgement missing =
                            execute(run, new Command("kit-l" + ++tried, "slot", action.name(), arguments, 0, "kit"));
                    require(
                            missing.outcome() == Outcome.REFUSED,
                            action.name() + " without " + a.name() + " was " + missing.outcome());
                }
            }
            // A device that counts as on while it is armed is on before and after.
            require(before || !outputOn(), "something comes out although everything was refused");
        }
        return tried + " commands refused";
    }

    private boolean outputOn() throws Exception {
        if (adapter.control().isEmpty()) {
            return false;
        }
        try (Control control = new Control(adapter.control().get())) {
            return control.outputOn();
        }
    }

    private String safeState() throws Exception {
        try (Run run = Run.started(adapter)) {
            arm(run);
            executed(run, command());
            long[] took = new long[1];
            Thread other = new Thread(
                    () -> {
                        long began = System.nanoTime();
                        actuator(run).safeState();
                        took[0] = System.nanoTime() - began;
                    },
                    "kit-safe");
            long ordered = System.nanoTime();
            other.start();
            other.join(Run.CALL.toMillis());
            require(took[0] > 0 && took[0] < SAFE_CALL_NANOS, "safeState took " + Run.millis(took[0]));
            String off = off(ordered, OFF, "safeState");
            refused(run, command(), "a command after safeState");
            arm(run);
            executed(run, command());
            return "the call took " + Run.millis(took[0]) + off;
        }
    }

    /** Waits until the simulator's output is off, and says how long after the order that was. */
    private String off(long ordered, Duration limit, String after) throws Exception {
        if (adapter.control().isEmpty()) {
            return "; whether the output was off is not known, since no simulator was named";
        }
        try (Control control = new Control(adapter.control().get())) {
            // From one look to the next counts for no more than a look takes: else one of the processes was kept from
            // running, and what took longer is not the adapter.
            long counted = 0;
            long looked = ordered;
            boolean on = true;
            while (on) {
                on = control.outputOn();
                long now = System.nanoTime();
                counted += Math.min(now - looked, LOOK_NANOS);
                looked = now;
                if (on && counted > limit.plus(ALLOWANCE).toNanos()) {
                    throw new Check.Broken("the output is still on " + Run.millis(counted) + " after " + after);
                }
            }
            require(counted <= limit.toNanos(), "the output was off only " + Run.millis(counted) + " after " + after);
            return "; output off " + Run.millis(looked - ordered) + " after " + after;
        }
    }

    private String safeAlways() throws Exception {
        Run run = Run.created(adapter, java.util.Optional.of(adapter.address()));
        try {
            actuator(run).safeState();
            run.prepare();
            actuator(run).safeState();
            run.doing("start", () -> {
                run.instance().start();
                return null;
            });
            for (int i = 0; i < 100; i++) {
                actuator(run).safeState();
            }
            run.closeAndCheck();
            actuator(run).safeState();
        } finally {
            run.close();
        }
        return "";
    }

    private String pauseSafe() throws Exception {
        try (Run run = Run.started(adapter)) {
            arm(run);
            executed(run, command());
            long ordered = System.nanoTime();
            run.doing("pause", () -> {
                run.instance().pause();
                return null;
            });
            String off = off(ordered, OFF, "pause");
            refused(run, command(), "a command while paused");
            return off;
        }
    }

    private String closeSafe() throws Exception {
        Run run = Run.started(adapter);
        try {
            arm(run);
            executed(run, command());
            long ordered = System.nanoTime();
            run.closeAndCheck();
            return off(ordered, Duration.ofNanos(System.nanoTime() - ordered).plus(OFF), "close");
        } finally {
            run.close();
        }
    }

    /**
     * The fault strikes once the next command, and once the order to be safe while something comes out. Every command is answered,
     * an unknown outcome ends the output and disarms, and safeState is obeyed, or the device's own watchdog does it where the line
     * carries nothing any more. A stuck output cannot be switched off: it must be told.
     */
    private String faulty(String name) throws Exception {
        try (Control control = new Control(adapter.control().orElseThrow());
                Run run = Run.started(adapter)) {
            Duration limit = DEAF.contains(name)
                    ? adapter.watchdog().orElse(WITHOUT_WATCHDOG).plus(OFF)
                    : OFF;
            // What cannot be switched off from here any more has to be told.
            boolean stuck = name.equals("stuck-output")
                    || DEAF.contains(name) && adapter.watchdog().isEmpty();
            arm(run);
            inject(control, name);
            Acknowledgement answer = execute(run, command());
            long known = System.nanoTime();
            String told = "a command was " + answer.outcome();
            if (answer.outcome() == Outcome.UNKNOWN) {
                refused(run, command(), "a command after an unknown outcome");
                told += stuck ? "" : off(known, limit, "the unknown outcome");
            }
            actuator(run).safeState();
            control.ask("clear all");
            told += "; armed again " + Run.millis(armAgain(run)) + " after the fault was cleared";
            inject(control, name);
            long ordered = System.nanoTime();
            actuator(run).safeState();
            if (stuck && control.outputOn()) {
                require(
                        run.published().await(p -> p.outputs().stream().anyMatch(ActuatorChecks::isFault), Run.CLOSE),
                        "the output cannot be switched off and nobody is told (no event device-fault)");
            } else {
                told += off(ordered, limit, "safeState");
            }
            control.ask("clear all");
            return told + "; armed again after " + Run.millis(armAgain(run));
        } finally {
            try (Control control = new Control(adapter.control().orElseThrow())) {
                control.ask("clear all");
            }
        }
    }

    private static void inject(Control control, String name) throws Exception {
        String answer = control.ask("fault " + name);
        require(answer.contains("\"ok\":true"), "the simulator refused the fault: " + answer);
    }

    private static boolean isFault(org.anodyne.plugin.tck.Output output) {
        return output instanceof org.anodyne.plugin.tck.Output.Happened h
                && h.event().type().contains("fault");
    }

    private long armAgain(Run run) throws Exception {
        long began = System.nanoTime();
        Deadline deadline = Deadline.in(BACK);
        String last = "";
        while (!deadline.passed()) {
            try {
                arm(run);
                executed(run, command());
                return System.nanoTime() - began;
            } catch (PluginException | Check.Broken notYet) {
                last = String.valueOf(notYet.getMessage());
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        }
        throw new Check.Broken("it cannot be armed and used again within " + BACK.toSeconds() + " s: " + last);
    }
}
