package org.anodyne.plugins.tensrehastim;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.anodyne.line.Address;
import org.anodyne.line.Line;
import org.anodyne.line.SerialSettings;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.Actuator;

/**
 * One stimulator in one slot. It is armed as long as no safety order was given since {@link #arm}; the same number guards
 * every request to the moment it is sent, so nothing that was asked for before an order is sent after it.
 */
final class TensActuator implements Actuator, Stimulator.Listener {
    private static final SerialSettings SETTINGS = SerialSettings.evenParity(460_800);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MODE_STARTED = 2;
    private static final long NOT_ARMED = -1;
    private static final Map<String, Double> NOTHING =
            Map.of("pulses", 0.0, "chargeMicrocoulomb", 0.0, "seconds", 0.0, "charge_uC", 0.0, "duration_s", 0.0);

    private final PluginContext context;
    private final String siteAddress;
    private final Parameters parameters;
    private final Limits limits;
    private volatile Stimulator stimulator;
    private volatile long armedAt = NOT_ARMED;
    private volatile boolean started;
    private volatile boolean closed;

    TensActuator(PluginContext context, String siteAddress) {
        this.context = context;
        this.siteAddress = siteAddress;
        this.parameters = context.parameters();
        this.limits = Limits.of(parameters);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        Duration left = deadline.left();
        connect(left.compareTo(CONNECT) < 0 ? left : CONNECT);
    }

    private static Address address(String text) throws PluginException {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("tens-rehastim: " + e.getMessage(), e);
        }
    }

    private void connect(Duration patience) throws PluginException, InterruptedException {
        Deadline deadline = Deadline.in(patience);
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("tens-rehastim: no stimulator was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS
                    + ", or set the site's address.");
        }
        Address address = address(text);
        Line line;
        try {
            line = address.open(SETTINGS, deadline.left());
        } catch (IOException e) {
            throw new PluginException(
                    "tens-rehastim: " + address + " cannot be opened: " + e.getMessage()
                            + ". Switch the stimulator on, check the cable and the address.",
                    e);
        }
        Duration timeout = Duration.ofNanos(Math.round(parameters.number("replyTimeout") * 1e9));
        Stimulator opened = new Stimulator(line, timeout, "tens-rehastim-" + context.slot(), this);
        stimulator = opened;
        opened.start();
        if (!opened.awaitReady(deadline.left())) {
            opened.close();
            throw new PluginException("tens-rehastim: " + address + " is open, but no stimulator offered a session"
                    + " (ScienceMode2 Init) within " + patience.toMillis()
                    + " ms. Switch it on and put it into ScienceMode.");
        }
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void pause() {
        safeState();
    }

    @Override
    public void arm() throws PluginException {
        try {
            Stimulator now = stimulator;
            if (now == null || !now.lost().isEmpty()) {
                connect(CONNECT);
                now = stimulator;
            }
            long order = now.orders();
            Answer answer = now.ask(Request.mode());
            String problem = problem(answer);
            if (problem.isEmpty() && ((Answer.Reply) answer).packet().at(1) == MODE_STARTED) {
                now.safe();
                problem = "it is stimulating";
            }
            if (!problem.isEmpty()) {
                throw new PluginException("tens-rehastim: the stimulator in slot '" + context.slot()
                        + "' cannot be armed: " + problem + ". Look at the device, then arm again.");
            }
            armedAt = order;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException("tens-rehastim: arming slot '" + context.slot() + "' was interrupted.", e);
        }
    }

    /** What is wrong with an answer; empty when nothing is. */
    private static String problem(Answer answer) {
        if (answer instanceof Answer.NotSent notSent) {
            return notSent.reason();
        }
        if (answer instanceof Answer.Fault fault) {
            return fault.reason();
        }
        Packet packet = ((Answer.Reply) answer).packet();
        if (packet.command() == Packet.UNKNOWN_COMMAND) {
            return "the stimulator does not know command " + packet.at(0);
        }
        return packet.result() == 0
                ? ""
                : "the stimulator answered " + packet.result() + " (" + Results.text(packet.result()) + ")";
    }

    @Override
    public void safeState() {
        armedAt = NOT_ARMED;
        Stimulator now = stimulator;
        if (now != null) {
            now.safe();
        }
    }

    @Override
    public Acknowledgement execute(Command command) {
        Optional<String> refusal = limits.refusal(command);
        if (refusal.isPresent()) {
            return answer(command, Outcome.REFUSED, refusal.get(), Map.of());
        }
        Stimulator now = stimulator;
        long order = armedAt;
        if (now == null || order == NOT_ARMED || order != now.orders()) {
            return answer(command, Outcome.REFUSED, "the stimulator is not armed; arm it", Map.of());
        }
        Dose dose = Dose.of(command, limits.pattern());
        Request.Burst running = now.burst();
        try {
            if (running != null) {
                return replace(now, running, command, dose, order);
            }
            return command.action().equals(Limits.PULSE)
                    ? pulse(now, command, dose, order)
                    : burst(now, command, dose, order);
        } catch (InterruptedException e) {
            safeState();
            Thread.currentThread().interrupt();
            return answer(command, Outcome.UNKNOWN, "the adapter was interrupted", dose.delivered());
        }
    }

    private Acknowledgement pulse(Stimulator now, Command command, Dose dose, long order) throws InterruptedException {
        return judge(
                command,
                dose.delivered(),
                now.ask(Request.of(Packet.SINGLE_PULSE, Packet.SINGLE_PULSE_ACK, 1, order, dose.singlePulse())));
    }

    private Acknowledgement burst(Stimulator now, Command command, Dose dose, long order) throws InterruptedException {
        Answer list = now.ask(
                Request.of(Packet.INIT_CHANNEL_LIST, Packet.INIT_CHANNEL_LIST_ACK, 1, order, dose.channelList()));
        if (!problem(list).isEmpty()) {
            // Nothing was started, so nothing can have been delivered.
            return judge(command, NOTHING, list);
        }
        Request.Burst begun = new Request.Burst(command.id(), dose);
        Answer start = now.ask(Request.of(Packet.START, Packet.START_ACK, 1, order, dose.start())
                .beginning(begun));
        return begun(now, command, begun, start);
    }

    private Acknowledgement begun(Stimulator now, Command command, Request.Burst begun, Answer start) {
        Dose dose = begun.dose();
        Acknowledgement answer = judge(command, dose.delivered(), start);
        if (answer.outcome() == Outcome.EXECUTED) {
            context.executor()
                    .schedule(() -> endBySessionTime(now, begun), dose.stopAfterNanos(), TimeUnit.NANOSECONDS);
        }
        return answer;
    }

    /**
     * A burst that is not stronger takes the place of the one under way, without a pause, by an Update. Anything else waits
     * for its end: what gets stronger begins by itself, after a Stop.
     */
    private Acknowledgement replace(Stimulator now, Request.Burst running, Command command, Dose dose, long order)
            throws InterruptedException {
        Optional<String> hindrance = command.action().equals(Limits.BURST)
                ? running.dose().hindrance(dose)
                : Optional.of("a single pulse cannot be given meanwhile");
        if (hindrance.isPresent()) {
            return answer(
                    command,
                    Outcome.REFUSED,
                    "the burst of " + running.commandId() + " is still going on, and " + hindrance.get()
                            + "; wait for its end",
                    Map.of());
        }
        Request.Burst next = new Request.Burst(command.id(), dose);
        Answer update = now.ask(Request.of(Packet.START, Packet.START_ACK, 1, order, dose.start())
                .replacing(running, next));
        return begun(now, command, next, update);
    }

    /** In real time the owner of the line ends a burst by itself; session time that runs faster ends it here. */
    private void endBySessionTime(Stimulator now, Request.Burst burst) {
        if (now.burst() == burst) {
            now.end(burst);
            try {
                // Answered only after Stop was: the next command finds the stimulator ready.
                now.ask(Request.mode());
            } catch (InterruptedException e) {
                safeState();
                Thread.currentThread().interrupt();
            }
        }
    }

    private Acknowledgement judge(Command command, Map<String, Double> delivered, Answer answer) {
        String problem = problem(answer);
        if (answer instanceof Answer.NotSent) {
            return answer(command, Outcome.REFUSED, problem, Map.of());
        }
        if (answer instanceof Answer.Fault) {
            safeState();
            return answer(command, Outcome.UNKNOWN, problem, delivered);
        }
        return problem.isEmpty()
                ? answer(command, Outcome.EXECUTED, "", delivered)
                : answer(command, Outcome.FAILED, problem, Map.of());
    }

    private Acknowledgement answer(Command command, Outcome outcome, String reason, Map<String, Double> delivered) {
        return new Acknowledgement(
                command.id(), outcome, reason, context.clock().nowNanos(), delivered);
    }

    @Override
    public void initialised() {
        tell("device-initialised", Map.of());
    }

    @Override
    public void fault(String reason) {
        armedAt = NOT_ARMED;
        tell("device-fault", Map.of("reason", reason));
    }

    @Override
    public void burstEnded(Request.Burst burst, double seconds, String reason) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("command", burst.commandId());
        attributes.put("seconds", seconds);
        attributes.put("reason", reason);
        tell("burst-ended", attributes);
        Map<String, Object> beyond = new HashMap<>(burst.dose().beyond(seconds));
        if (!beyond.isEmpty()) {
            // Ended late, so more came out than was acknowledged: the ledger has to know.
            beyond.put("commandId", burst.commandId());
            tell("delivered", beyond);
        }
    }

    private void tell(String type, Map<String, Object> attributes) {
        if (started && !closed) {
            try {
                context.outlet().event(new Event(type, context.clock().nowNanos(), attributes));
            } catch (IllegalStateException e) {
                // The slot was closed at this moment; there is nobody left to tell.
            }
        }
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        safeState();
        return Optional.empty();
    }

    @Override
    public void close() {
        armedAt = NOT_ARMED;
        closed = true;
        Stimulator now = stimulator;
        if (now != null) {
            now.close();
        }
    }
}
