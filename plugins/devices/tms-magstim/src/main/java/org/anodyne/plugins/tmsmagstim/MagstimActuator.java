package org.anodyne.plugins.tmsmagstim;

import java.io.IOException;
import java.time.Duration;
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
 * One stimulator in one slot. It is armed as long as no safety order was given since {@link #arm}; the same number guards
 * every request to the moment it is sent, so nothing that was asked for before an order is sent after it.
 */
final class MagstimActuator implements Actuator, Unit.Listener {
    private static final SerialSettings SETTINGS = SerialSettings.baud(9600);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long ARM_NANOS = 4_000_000_000L;
    private static final long NOT_ARMED = -1;
    private static final String SLAVES = "QRST";

    private final PluginContext context;
    private final Parameters parameters;
    private final Limits limits;
    private final String siteAddress;
    private final String unlockCode;
    private final Refractory refractory;
    private final Trains trains;
    private Preparation preparation;
    private Lengths lengths;
    private volatile Unit unit;
    private volatile long armedAt = NOT_ARMED;
    private volatile boolean started;
    private volatile boolean closed;
    private volatile double toldCelsius = Double.NaN;

    MagstimActuator(PluginContext context, String siteAddress, String unlockCode) {
        this.context = context;
        this.parameters = context.parameters();
        this.limits = Limits.of(parameters);
        this.siteAddress = siteAddress;
        this.unlockCode = unlockCode;
        this.refractory = new Refractory(limits);
        this.trains = new Trains(this::tell);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {
        Duration left = deadline.left();
        connect(left.compareTo(CONNECT) < 0 ? left : CONNECT);
    }

    private Address address() throws PluginException {
        String text = context.input().orElse(siteAddress);
        if (text.isBlank()) {
            throw new PluginException("tms-magstim: no stimulator was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS + ".");
        }
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("tms-magstim: " + e.getMessage(), e);
        }
    }

    private void connect(Duration patience) throws PluginException, InterruptedException {
        Address address = address();
        Line line;
        try {
            line = address.open(SETTINGS, patience);
        } catch (IOException e) {
            throw new PluginException(
                    "tms-magstim: " + address + " cannot be opened: " + e.getMessage()
                            + ". Switch the stimulator on, check the cable and the address.",
                    e);
        }
        lengths = new Lengths(limits.model().rapid(), limits.model().rapid() ? 0 : 1);
        Unit opened = new Unit(
                line,
                lengths,
                Duration.ofNanos(Math.round(parameters.number("replyTimeout") * 1e9)),
                parameters.number("maximumCoilTemperature"),
                "tms-magstim-" + context.slot(),
                this);
        unit = opened;
        opened.start();
        try {
            talk(opened);
        } catch (PluginException e) {
            opened.close();
            throw new PluginException("tms-magstim: " + address + " is open, but " + e.getMessage(), e);
        }
    }

    /** Takes remote control, learns the software and reads what the stimulator is set to. */
    private void talk(Unit opened) throws PluginException, InterruptedException {
        need(opened.ask(Request.asking(unlockCode.isEmpty() ? "Q@" : "Q" + unlockCode)), "remote control");
        if (limits.model().rapid()) {
            Answer answer = opened.ask(Request.asking("ND"));
            String stated = answer instanceof Answer.Given given ? given.reply().text(0) : "";
            String known =
                    parameters.get("softwareVersion").map(Object::toString).orElse(stated);
            if (known.isEmpty()) {
                throw new PluginException("the stimulator does not tell its software version (" + answer.problem()
                        + "). Write it into the parameter softwareVersion.");
            }
            int version = major(known);
            if (!stated.isEmpty() && major(stated) != version) {
                throw new PluginException("the stimulator has software " + stated + ", but the parameter"
                        + " softwareVersion says " + known + ". Correct the parameter.");
            }
            lengths = new Lengths(true, version);
            opened.lengths(lengths);
        }
        preparation = new Preparation(opened, limits.model(), lengths);
        need(preparation.read(), "its settings");
        opened.keepAlive(poke());
    }

    private String poke() {
        return limits.model().rapid() && lengths.version() >= Lengths.FIVE_DIGITS ? "x@" : "Q@";
    }

    private static int major(String version) throws PluginException {
        try {
            return Integer.parseInt(version.split("[^0-9]", 2)[0]);
        } catch (NumberFormatException e) {
            throw new PluginException(
                    "the stimulator states the software version '" + version
                            + "', which is none. Write it into the parameter softwareVersion.",
                    e);
        }
    }

    private static void need(Answer answer, String what) throws PluginException {
        if (!(answer instanceof Answer.Given)) {
            throw new PluginException("no Magstim gave " + what + ": " + answer.problem()
                    + ". Look at the stimulator; a Rapid with software 9 or later may need the site's unlock code.");
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
            Unit now = unit;
            if (now == null || !now.lost().isEmpty()) {
                connect(CONNECT);
                now = unit;
            }
            arm(now, now.orders());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException("tms-magstim: arming slot '" + context.slot() + "' was interrupted.", e);
        } catch (PluginException e) {
            safeState();
            throw new PluginException(
                    "tms-magstim: the stimulator in slot '" + context.slot() + "' cannot be armed: " + e.getMessage()
                            + ". Look at it, then arm again.",
                    e);
        }
    }

    private void arm(Unit now, long order) throws PluginException, InterruptedException {
        require(now.ask(Request.asking(unlockCode.isEmpty() ? "Q@" : "Q" + unlockCode)));
        require(now.ask(Request.asking("F@")));
        String problem = now.condition().problem(parameters.number("maximumCoilTemperature"));
        if (!problem.isEmpty()) {
            throw new PluginException(problem + errorCode(now));
        }
        if (now.condition().status().armed()) {
            require(now.ask(Request.asking(Request.DISARM)));
        }
        configure(now, order);
        require(preparation.read());
        require(now.ask(Request.changing(Request.ARM, order)));
        long until = System.nanoTime() + ARM_NANOS;
        if (!now.await(condition -> condition.status().ready(), order, until)) {
            throw new PluginException("it did not become ready within " + ARM_NANOS / 1_000_000_000 + " s ("
                    + now.condition().status() + ")");
        }
        refractory.nothingGoesOn(System.nanoTime());
        armedAt = order;
    }

    private void configure(Unit now, long order) throws PluginException, InterruptedException {
        Model model = limits.model();
        if (model == Model.BISTIM) {
            require(now.ask(Request.changing(limits.highResolution() ? "Y@" : "Z@", order)));
            Answer mode = now.ask(Request.asking("X@"));
            require(mode);
            int told = ((Answer.Given) mode).reply().data()[1];
            if (SLAVES.indexOf(told) >= 0) {
                throw new PluginException("it is the slave of another stimulator (mode " + (char) told
                        + "); connect the adapter to the master");
            }
        }
        if (model.rapid()) {
            require(now.ask(Request.changing(limits.enhancedPower() ? "^@" : "_@", order)));
        }
        Optional<Object> delay = parameters.get("chargeDelay");
        if (delay.isPresent()) {
            int millis = ((Number) delay.get()).intValue();
            if (millis > lengths.longestChargeDelay()) {
                throw new PluginException("its charge delay can be set to " + lengths.longestChargeDelay()
                        + " ms at most, not to " + millis + " ms");
            }
            require(now.ask(Request.changing(String.format("n%0" + lengths.chargeDelayDigits() + "d", millis), order)));
        }
    }

    private static void require(Answer answer) throws PluginException {
        if (!(answer instanceof Answer.Given)) {
            throw new PluginException(answer.problem());
        }
    }

    private static String errorCode(Unit now) throws InterruptedException {
        if (!now.condition().status().error()) {
            return "";
        }
        return now.ask(Request.asking("I@")) instanceof Answer.Given given
                ? ": error " + given.reply().text(1)
                : "";
    }

    @Override
    public void safeState() {
        armedAt = NOT_ARMED;
        trains.end("safe state");
        Unit now = unit;
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
        Unit now = unit;
        long order = armedAt;
        if (now == null || order == NOT_ARMED || order != now.orders()) {
            return answer(command, Outcome.REFUSED, "the stimulator is not armed; arm it", Map.of());
        }
        Optional<String> underWay = trains.underWay();
        if (underWay.isPresent()) {
            return answer(
                    command,
                    Outcome.REFUSED,
                    "the train of " + underWay.get() + " is still going on; wait for its end",
                    Map.of());
        }
        Target target = Target.of(command, limits.highResolution());
        long begun = System.nanoTime();
        Optional<String> tooSoon = refractory.refusal(target, begun);
        if (tooSoon.isPresent()) {
            return answer(command, Outcome.REFUSED, tooSoon.get(), Map.of());
        }
        try {
            long until = begun + (long) (parameters.number("maximumWait") * 1e9);
            Preparation.Result prepared = preparation.reach(target, order, until);
            if (!prepared.problem().isEmpty()) {
                if (prepared.uncertain()) {
                    safeState();
                }
                // Nothing was fired, so nothing can have been delivered.
                return answer(command, Outcome.REFUSED, prepared.problem(), Map.of());
            }
            return fire(now, command, target, order, prepared.notBefore());
        } catch (InterruptedException e) {
            safeState();
            Thread.currentThread().interrupt();
            refractory.count(target, 0, System.nanoTime());
            return answer(command, Outcome.UNKNOWN, "the adapter was interrupted", target.delivered());
        }
    }

    private Acknowledgement fire(Unit now, Command command, Target target, long order, long notBefore)
            throws InterruptedException {
        trains.beginning(command.id(), target);
        Answer answer = now.ask(Request.fire(order, notBefore));
        if (answer instanceof Answer.NotSent notSent) {
            trains.forget();
            return answer(command, Outcome.REFUSED, notSent.reason(), Map.of());
        }
        if (answer instanceof Answer.Refused refused) {
            trains.forget();
            return answer(command, Outcome.FAILED, refused.reason(), Map.of());
        }
        refractory.count(target, preparation.waitSeconds(), System.nanoTime());
        if (answer instanceof Answer.Fault fault) {
            safeState();
            return answer(
                    command,
                    Outcome.UNKNOWN,
                    fault.reason() + "; it counts as fired, is not tried again, and the stimulator is disarmed",
                    target.delivered());
        }
        if (target.train().isPresent() && lengths.version() < Lengths.FIVE_DIGITS) {
            // Only this tells whether a train runs; it keeps remote control as well as Q does.
            now.keepAlive("\\@");
        }
        return answer(command, Outcome.EXECUTED, "", target.delivered());
    }

    private Acknowledgement answer(Command command, Outcome outcome, String reason, Map<String, Double> delivered) {
        return new Acknowledgement(
                command.id(), outcome, reason, context.clock().nowNanos(), delivered);
    }

    @Override
    public void fault(String reason) {
        armedAt = NOT_ARMED;
        trains.end("fault");
        tell("device-fault", Map.of("reason", reason));
    }

    @Override
    public void condition(Condition condition) {
        trains.condition(condition, System.nanoTime());
        double celsius = condition.coilCelsius();
        if (!Double.isNaN(celsius) && !(Math.abs(celsius - toldCelsius) < 1)) {
            toldCelsius = celsius;
            tell("coil-temperature", Map.of("degreesCelsius", celsius));
        }
    }

    private void tell(String type, Map<String, Object> attributes) {
        if (started && !closed) {
            try {
                context.outlet().event(new Event(type, context.clock().nowNanos(), attributes));
            } catch (IllegalStateException e) {
                // The slot was closed at this moment; there is nobody left to tell.
                closed = true;
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
        Unit now = unit;
        if (now != null) {
            now.close();
        }
    }
}
