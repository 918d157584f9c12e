package org.anodyne.plugins.thermodetcs2;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
 * One thermode in one slot. It is armed as long as no safety order was given since {@link #arm}; the same number guards every
 * request to the moment it is sent, so nothing that was asked for before an order is sent after it.
 */
final class ThermodeActuator implements Actuator, Thermode.Listener {
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long NOT_ARMED = -1;

    private final PluginContext context;
    private final String siteAddress;
    private final Parameters parameters;
    private final Limits limits;
    private volatile Thermode thermode;
    private volatile long armedAt = NOT_ARMED;
    private volatile boolean started;
    private volatile boolean closed;

    ThermodeActuator(PluginContext context, String siteAddress) {
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

    private Address address() throws PluginException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("thermode-tcs2: no thermode was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS
                    + ", or set the site's address.");
        }
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("thermode-tcs2: " + e.getMessage(), e);
        }
    }

    private void connect(Duration patience) throws PluginException, InterruptedException {
        Deadline deadline = Deadline.in(patience);
        Address address = address();
        Line line;
        try {
            line = address.open(SETTINGS, deadline.left());
        } catch (IOException e) {
            throw new PluginException(
                    "thermode-tcs2: " + address + " cannot be opened: " + e.getMessage()
                            + ". Switch the thermode on, check the cable and the address.",
                    e);
        }
        Duration timeout = Duration.ofNanos(Math.round(parameters.number("replyTimeout") * 1e9));
        Thermode opened = new Thermode(line, timeout, limits.neutral(), "thermode-" + context.slot(), this);
        thermode = opened;
        opened.start();
        if (!opened.awaitReady(deadline.left())) {
            opened.close();
            throw new PluginException("thermode-tcs2: " + address + " is open, but no thermode said its name there."
                    + " Switch it on, check the address.");
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
            Thermode now = thermode;
            if (now == null || !now.lost().isEmpty()) {
                connect(CONNECT);
                now = thermode;
            }
            long order = now.orders();
            String problem = problem(now.ask(Request.afterwards(Reply.TEMPERATURES, order)));
            if (problem.isEmpty()) {
                problem = now.heat() == null ? notReady(now, order) : "a stimulus is going on; wait for its end";
            }
            if (!problem.isEmpty()) {
                // Whatever else is in the way: the device tells an error only once, so it is told here.
                String error = now.reportedError();
                if (!error.isEmpty() && !problem.contains(error)) {
                    problem += "; " + error;
                }
                now.errorSeen();
                throw new PluginException("thermode-tcs2: the thermode in slot '" + context.slot()
                        + "' cannot be armed: " + problem + ". Look at the device, then arm again.");
            }
            armedAt = order;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException("thermode-tcs2: arming slot '" + context.slot() + "' was interrupted.", e);
        }
    }

    /** Sets maximum and neutral, which nothing confirms, and looks at error state and temperatures. */
    private String notReady(Thermode now, long order) throws InterruptedException {
        if (!now.reportedError().isEmpty()) {
            return now.reportedError();
        }
        String settings = String.format(
                Locale.ROOT,
                "Om%03dN%03d",
                (int) Math.floor(limits.temperature() * 10 + 1e-6),
                Math.round(limits.neutral() * 10));
        for (Request request :
                new Request[] {Request.tell(settings, order), Request.ask(Reply.ERRORS), Request.ask(Reply.TEMPERATURES)
                }) {
            String problem = problem(now.ask(request));
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return order == now.orders() ? "" : "it was made safe meanwhile";
    }

    /** What is wrong with an answer; empty when nothing is. */
    private static String problem(Answer answer) {
        if (answer instanceof Answer.NotSent notSent) {
            return notSent.reason();
        }
        return answer instanceof Answer.Fault fault ? fault.reason() : "";
    }

    @Override
    public void safeState() {
        armedAt = NOT_ARMED;
        Thermode now = thermode;
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
        Thermode now = thermode;
        long order = armedAt;
        if (now == null || order == NOT_ARMED || order != now.orders()) {
            return answer(command, Outcome.REFUSED, "the thermode is not armed; arm it", Map.of());
        }
        if (now.heat() != null) {
            return answer(
                    command,
                    Outcome.REFUSED,
                    "the stimulus of " + now.heat().commandId() + " is still going on; wait for its end",
                    Map.of());
        }
        Map<String, Double> arguments = command.arguments();
        Heat heat = new Heat(
                command.id(),
                arguments.get("temperature"),
                arguments.get("duration"),
                arguments.get("rise"),
                arguments.get("area").intValue());
        // Its duration is the most that it can last; it is not told a second time when it ends.
        Map<String, Double> delivered = Map.of("commands", 1.0, "seconds", heat.seconds());
        try {
            Answer answer = now.ask(Request.begin(heat, order));
            if (answer instanceof Answer.NotSent notSent) {
                return answer(command, Outcome.REFUSED, notSent.reason(), Map.of());
            }
            if (answer instanceof Answer.Fault fault) {
                safeState();
                return answer(command, Outcome.UNKNOWN, fault.reason(), delivered);
            }
            return answer(command, Outcome.EXECUTED, "", delivered);
        } catch (InterruptedException e) {
            safeState();
            Thread.currentThread().interrupt();
            return answer(command, Outcome.UNKNOWN, "the adapter was interrupted", delivered);
        }
    }

    private Acknowledgement answer(Command command, Outcome outcome, String reason, Map<String, Double> delivered) {
        return new Acknowledgement(
                command.id(), outcome, reason, context.clock().nowNanos(), delivered);
    }

    // --- the owner's thread

    @Override
    public void fault(String reason) {
        Thermode now = thermode;
        if (now != null && armedAt != NOT_ARMED) {
            // Disarming tells a person. An error of a thermode that was not armed waits for whoever arms it.
            now.errorSeen();
        }
        armedAt = NOT_ARMED;
        tell("device-fault", Map.of("reason", reason));
    }

    @Override
    public void ended(Heat heat, double seconds, double hottest, String reason) {
        tell(
                "heat-ended",
                Map.of("commandId", heat.commandId(), "seconds", seconds, "celsius", hottest, "reason", reason));
    }

    private void tell(String type, Map<String, Object> attributes) {
        if (started && !closed) {
            try {
                context.outlet().event(new Event(type, context.clock().nowNanos(), attributes));
            } catch (IllegalStateException e) {
                // The slot was closed at this moment; there is nobody left to tell.
                return;
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
        Thermode now = thermode;
        if (now != null) {
            now.close();
        }
        closed = true;
    }
}
