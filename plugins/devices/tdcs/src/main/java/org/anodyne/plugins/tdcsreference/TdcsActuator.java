package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.allocation.Arm;
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
 *
 * <p>With an allocation code nothing that leaves this class depends on the arm but the sealed field, and what must be told
 * because somebody has to act at once.
 */
final class TdcsActuator implements Actuator, Stimulator.Listener {
    private static final SerialSettings SETTINGS = SerialSettings.baud(115_200);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long NOT_ARMED = -1;
    private static final String OK = "OK";

    private final PluginContext context;
    private final TdcsFactory.Site site;
    private final Parameters parameters;
    private final Limits limits;
    private Optional<SiteKey> key = Optional.empty();
    private Optional<Arm> allocated = Optional.empty();
    private volatile Stimulator stimulator;
    private volatile long armedAt = NOT_ARMED;
    private volatile Account account;
    private volatile boolean started;
    private volatile boolean closed;

    TdcsActuator(PluginContext context, TdcsFactory.Site site) {
        this.context = context;
        this.site = site;
        this.parameters = context.parameters();
        this.limits = Limits.of(parameters);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        resolveAllocation();
        Duration left = deadline.left();
        connect(left.compareTo(CONNECT) < 0 ? left : CONNECT);
    }

    private void resolveAllocation() throws PluginException {
        if (parameters.text("allocation").isEmpty()) {
            return;
        }
        if (site.keyFile().isBlank()) {
            throw new PluginException(
                    "tdcs-reference: slot '" + context.slot() + "' has an allocation code, but this site"
                            + " has no key file; set key.file of org.anodyne.tdcs-reference.");
        }
        try {
            key = Optional.of(SiteKey.read(Path.of(site.keyFile())));
        } catch (IOException e) {
            throw new PluginException("tdcs-reference: " + e.getMessage() + ".", e);
        }
        allocated = key.get().arm(parameters.text("allocation"));
        if (allocated.isEmpty()) {
            throw new PluginException(
                    "tdcs-reference: the allocation code of slot '" + context.slot() + "' was not made"
                            + " with this site's key, or is mistyped; compare it with the participant's envelope.");
        }
    }

    private Address address() throws PluginException {
        String text = context.input().orElse(site.address());
        if (text.isBlank()) {
            throw new PluginException("tdcs-reference: no stimulator was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS
                    + ", or set the site's address.");
        }
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("tdcs-reference: " + e.getMessage(), e);
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
                    "tdcs-reference: " + address + " cannot be opened: " + e.getMessage()
                            + ". Switch the stimulator on, check the cable and the address.",
                    e);
        }
        Stimulator opened =
                new Stimulator(line, seconds("replyTimeout"), seconds("watchdog"), "tdcs-" + context.slot(), this);
        stimulator = opened;
        opened.start();
        if (!opened.awaitReady(deadline.left())) {
            opened.close();
            throw new PluginException("tdcs-reference: " + address + " is open, but nothing there speaks the reference"
                    + " protocol. Switch the stimulator on, check the address.");
        }
    }

    private Duration seconds(String parameter) {
        return Duration.ofNanos(Math.round(parameters.number(parameter) * 1e9));
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
            // Answered only when nothing flows any more of what was ended before.
            String problem = notSent(now.ask(Request.of(Request.STATUS, order)));
            if (problem.isEmpty()) {
                problem = now.course() == null ? notReady(now) : "a stimulation is going on; wait for its end";
            }
            if (!problem.isEmpty()) {
                throw new PluginException("tdcs-reference: the stimulator in slot '" + context.slot()
                        + "' cannot be armed: " + problem + ". Look at the device, then arm again.");
            }
            armedAt = order;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException("tdcs-reference: arming slot '" + context.slot() + "' was interrupted.", e);
        }
    }

    /** Sets the watchdog and looks at state and impedance; what is wrong, or empty. */
    private String notReady(Stimulator now) throws InterruptedException {
        // Leaves FAULT when its cause is gone.
        long watchdog = seconds("watchdog").toMillis();
        for (String command : new String[] {Request.ABORT, "SYST:WDOG " + watchdog}) {
            String problem = problem(now.ask(Request.of(command, Request.ALWAYS)), OK);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        String problem = problem(now.ask(Request.of("SYST:WDOG?", Request.ALWAYS)), Long.toString(watchdog));
        if (!problem.isEmpty()) {
            return "its watchdog could not be set: " + problem;
        }
        Answer answer = now.ask(Request.of(Request.STATUS, Request.ALWAYS));
        Optional<Status> status = answer instanceof Answer.Reply reply ? Status.read(reply.text()) : Optional.empty();
        if (status.isEmpty()) {
            return problem(answer, "its status");
        }
        if (!status.get().state().equals("IDLE") || !status.get().quiet()) {
            return "it is in state " + status.get().state();
        }
        return status.get().kiloohms() < ImpedanceWatch.START
                ? ""
                : "impedance is " + status.get().kiloohms() + " kOhm and must be below " + ImpedanceWatch.START
                        + " to begin; wet the electrodes and press them on";
    }

    private static String notSent(Answer answer) {
        return answer instanceof Answer.NotSent || answer instanceof Answer.Fault ? problem(answer, "") : "";
    }

    /** What is wrong with an answer; empty when it is as expected. */
    private static String problem(Answer answer, String expected) {
        if (answer instanceof Answer.NotSent notSent) {
            return notSent.reason();
        }
        if (answer instanceof Answer.Fault fault) {
            return fault.reason();
        }
        if (answer instanceof Answer.Refused refused) {
            return "the stimulator refused with " + refused.text();
        }
        String text = ((Answer.Reply) answer).text();
        return text.equals(expected) ? "" : "the stimulator answered '" + text + "' instead of " + expected;
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
        try {
            if (now.course() != null) {
                return answer(
                        command,
                        Outcome.REFUSED,
                        "the stimulation of " + now.course().commandId() + " is still going on; wait for its end",
                        Map.of());
            }
            return stimulate(now, command, order);
        } catch (InterruptedException e) {
            safeState();
            Thread.currentThread().interrupt();
            return answer(command, Outcome.UNKNOWN, "the adapter was interrupted", atMost(course(command)));
        }
    }

    private Acknowledgement stimulate(Stimulator now, Command command, long order) throws InterruptedException {
        Course course = course(command);
        for (String setting : course.settings()) {
            Answer answer = now.ask(Request.of(setting, order));
            if (!problem(answer, OK).isEmpty()) {
                return notStarted(command, answer, OK);
            }
        }
        Answer settings = now.ask(Request.of("CONF?", order));
        if (!problem(settings, course.readBack()).isEmpty()) {
            return notStarted(command, settings, "the settings it was given");
        }
        Answer armed = now.ask(Request.of("OUTP:ARM", order));
        if (!problem(armed, OK).isEmpty()) {
            return notStarted(command, armed, OK);
        }
        account = new Account(course, key);
        Answer begun = now.ask(Request.beginning(course, order));
        if (problem(begun, OK).isEmpty()) {
            tell(
                    "stimulation-started",
                    Map.of(
                            "commandId", command.id(),
                            "milliamps", course.milliamps(),
                            "seconds", course.duration(),
                            "rampSeconds", course.ramp(),
                            "hertz", course.hertz()));
        }
        if (begun instanceof Answer.Refused) {
            // It stays armed otherwise.
            now.ask(Request.of(Request.ABORT, Request.ALWAYS));
        }
        // What is delivered is told by events while it lasts, whatever becomes of it.
        return judge(command, begun, Map.of("commands", 1.0));
    }

    private Course course(Command command) {
        Map<String, Double> arguments = command.arguments();
        boolean sham = allocated.map(arm -> arm == Arm.SHAM).orElse(arguments.get("sham") == 1);
        return new Course(
                command.id(),
                arguments.get("current"),
                arguments.get("duration"),
                arguments.get("ramp"),
                arguments.get("frequency"),
                arguments.get("area"),
                sham,
                allocated.isPresent());
    }

    private static Map<String, Double> atMost(Course course) {
        return Map.of(
                "commands",
                1.0,
                "seconds",
                course.duration(),
                "chargeMillicoulomb",
                course.nominalCharge(course.duration()));
    }

    /** Nothing was begun, so nothing can have been delivered; the arm must not show in the reason. */
    private Acknowledgement notStarted(Command command, Answer answer, String expected) {
        if (answer instanceof Answer.Reply && !problem(answer, expected).isEmpty()) {
            safeState();
            return answer(
                    command,
                    Outcome.FAILED,
                    "the stimulator's answer was not " + expected + "; nothing was begun",
                    Map.of("commands", 0.0));
        }
        return judge(command, answer, Map.of("commands", 0.0));
    }

    private Acknowledgement judge(Command command, Answer answer, Map<String, Double> delivered) {
        String problem = problem(answer, OK);
        if (answer instanceof Answer.NotSent) {
            return answer(command, Outcome.REFUSED, problem, Map.of());
        }
        if (answer instanceof Answer.Fault) {
            safeState();
            return answer(command, Outcome.UNKNOWN, problem, delivered);
        }
        if (problem.isEmpty()) {
            return answer(command, Outcome.EXECUTED, "", delivered);
        }
        return answer(command, Outcome.FAILED, problem, Map.of("commands", 0.0));
    }

    private Acknowledgement answer(Command command, Outcome outcome, String reason, Map<String, Double> delivered) {
        return new Acknowledgement(
                command.id(), outcome, reason, context.clock().nowNanos(), delivered);
    }

    // --- the owner's thread

    @Override
    public void fault(String reason) {
        armedAt = NOT_ARMED;
        tell("device-fault", Map.of("reason", reason));
    }

    @Override
    public void progress(Course course, Status status) {
        Account now = account;
        if (now != null) {
            now.progress(status).ifPresent(increment -> {
                tell("delivered", increment);
                if (!course.blinded()) {
                    tell(
                            "stimulator-state",
                            Map.of(
                                    "commandId", course.commandId(),
                                    "state", status.state(),
                                    "milliamps", status.milliamps(),
                                    "kiloohms", status.kiloohms()));
                }
            });
        }
    }

    @Override
    public void highImpedance(Course course, Status status) {
        tell(
                "impedance-warning",
                Map.of("commandId", course.commandId(), "impedance", ImpedanceWatch.band(status.kiloohms())));
    }

    @Override
    public void ended(Course course, Optional<Status> last, double unheard, String reason) {
        Account now = account;
        if (now != null) {
            tell("delivered", now.end(last, unheard));
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("commandId", course.commandId());
        attributes.put("seconds", last.map(Status::seconds).orElse(0.0));
        attributes.put("reason", reason);
        tell("stimulation-ended", attributes);
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
        Stimulator now = stimulator;
        if (now != null) {
            now.close();
        }
        closed = true;
    }
}
