package org.anodyne.plugins.tmsmagventure;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
final class MagventureActuator implements Actuator, Unit.Listener {
    private static final SerialSettings SETTINGS = SerialSettings.baud(38_400);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 200;
    private static final long NOT_ARMED = -1;
    private static final int NOT_SET = -1;
    private static final long READY_NANOS = 4_000_000_000L;
    private static final long STEP_NANOS = 50_000_000L;
    private static final int LAST_SINGLE_MODE = 1;

    private final PluginContext context;
    private final Parameters parameters;
    private final Limits limits;
    private final String siteAddress;
    private final Trains trains;
    private volatile Unit unit;
    private volatile long armedAt = NOT_ARMED;
    private volatile boolean started;
    private volatile boolean closed;
    private volatile int toldCelsius = Integer.MIN_VALUE;
    private volatile boolean warm;
    private long freeAt = Long.MIN_VALUE;

    /** What the waveform was before the adapter set bursts; nothing when it has not. */
    private int waveformBefore = NOT_SET;

    MagventureActuator(PluginContext context, String siteAddress) {
        this.context = context;
        this.parameters = context.parameters();
        this.limits = Limits.of(parameters);
        this.siteAddress = siteAddress;
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
            throw new PluginException("tms-magventure: no stimulator was named for slot '" + context.slot()
                    + "'; pass --input " + context.slot() + "=ADDRESS, where ADDRESS is " + Address.FORMS + ".");
        }
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PluginException("tms-magventure: " + e.getMessage(), e);
        }
    }

    private void connect(Duration patience) throws PluginException, InterruptedException {
        Address address = address();
        Line line;
        try {
            line = address.open(SETTINGS, patience);
        } catch (IOException e) {
            throw new PluginException(
                    "tms-magventure: " + address + " cannot be opened: " + e.getMessage()
                            + ". Switch the stimulator on, check the cable and the address.",
                    e);
        }
        Unit opened =
                new Unit(line, nanos("replyTimeout"), nanos("heartbeat"), "tms-magventure-" + context.slot(), this);
        unit = opened;
        opened.start();
        Answer answer = opened.ask(Request.state());
        if (answer instanceof Answer.Fault && opened.lost().isEmpty()) {
            // What was on its way when the line was opened may have spoilt the first question; asking changes nothing.
            answer = opened.ask(Request.state());
        }
        if (!(answer instanceof Answer.Done)) {
            opened.close();
            throw new PluginException("tms-magventure: " + address + " is open, but no MagPro tells its state: "
                    + answer.problem() + ". Switch it on; the cable goes to its port COM2.");
        }
    }

    private Duration nanos(String parameter) {
        return Duration.ofNanos(Math.round(parameters.number(parameter) * 1e9));
    }

    @Override
    public void start() {
        started = true;
        context.executor().scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The lane lives: without this an enabled stimulator is disabled. */
    private void tick() {
        Unit now = unit;
        if (now != null) {
            now.alive();
        }
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
            throw new PluginException("tms-magventure: arming slot '" + context.slot() + "' was interrupted.", e);
        } catch (PluginException e) {
            safeState();
            throw new PluginException(
                    "tms-magventure: the stimulator in slot '" + context.slot() + "' cannot be armed: " + e.getMessage()
                            + ". Look at it, then arm again.",
                    e);
        }
    }

    private void arm(Unit now, long order) throws PluginException, InterruptedException {
        require(now.ask(Request.state()));
        State state = now.state();
        if (state.model() != limits.model().ordinal()) {
            throw new PluginException("it says that it is a MagPro " + Model.told(state.model())
                    + ", but the parameter model says " + parameters.text("model"));
        }
        if (state.mode() > LAST_SINGLE_MODE) {
            throw new PluginException("it is in Twin or Dual mode, which give two pulses; choose Standard or Power");
        }
        if (state.waveform() == State.BURSTS && waveformBefore == NOT_SET) {
            throw new PluginException(
                    "it is set to bursts, so that one pulse would be several; choose another waveform");
        }
        if (state.celsius() > parameters.number("maximumCoilTemperature")) {
            throw new PluginException("the coil has " + state.celsius() + " °C");
        }
        if (state.trainRunning()) {
            throw new PluginException("it runs a train");
        }
        // Ready means that a pulse may be given: the time since the last one is over.
        long patience = System.nanoTime() + READY_NANOS;
        while (freeAt != Long.MIN_VALUE && freeAt - System.nanoTime() > 0 && patience - System.nanoTime() > 0) {
            now.alive();
            LockSupport.parkNanos(Math.min(freeAt - System.nanoTime(), STEP_NANOS));
        }
        require(now.ask(Request.amplitude(0, order)));
        require(now.ask(Request.enable(order)));
        armedAt = order;
    }

    private static void require(Answer answer) throws PluginException {
        if (!(answer instanceof Answer.Done)) {
            throw new PluginException(answer.problem());
        }
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
        long time = System.nanoTime();
        if (freeAt != Long.MIN_VALUE && time - freeAt < 0) {
            return answer(
                    command,
                    Outcome.REFUSED,
                    "the last pulse or train was too short a time ago; wait " + Math.ceil((freeAt - time) * 1e-8) / 10
                            + " s more",
                    Map.of());
        }
        Optional<Timing> timing = Limits.timing(command);
        Map<String, Double> delivered = Map.of(
                "pulses",
                (double) timing.map(Timing::total).orElse(1),
                "seconds",
                timing.map(Timing::seconds).orElse(0.0),
                "commands",
                1.0);
        try {
            Optional<Answer> failed = set(now, Limits.amplitude(command), timing, order);
            if (failed.isPresent()) {
                if (failed.get() instanceof Answer.Fault) {
                    safeState();
                }
                // Nothing was fired, so nothing can have been delivered.
                return answer(command, Outcome.REFUSED, failed.get().problem(), Map.of());
            }
            return fire(now, command, timing, order, delivered);
        } catch (InterruptedException e) {
            safeState();
            Thread.currentThread().interrupt();
            return answer(command, Outcome.UNKNOWN, "the adapter was interrupted", delivered);
        }
    }

    /** Sets amplitude, waveform, train and page; empty when the stimulator shows all of it. */
    private Optional<Answer> set(Unit now, int amplitude, Optional<Timing> timing, long order)
            throws InterruptedException {
        int page = timing.isPresent() ? State.TIMING_PAGE : State.MAIN_PAGE;
        Answer answer = waveform(now, timing.map(Timing::burst).orElse(1) > 1, order);
        if (answer instanceof Answer.Done && now.state().page() != page) {
            answer = now.ask(Request.page(page, order));
        }
        if (answer instanceof Answer.Done && timing.isPresent()) {
            answer = now.ask(Request.timing(timing.get(), order));
        }
        if (answer instanceof Answer.Done && now.state().amplitude() != amplitude) {
            answer = now.ask(Request.amplitude(amplitude, order));
        }
        return answer instanceof Answer.Done ? Optional.empty() : Optional.of(answer);
    }

    /** Sets bursts where they are wanted, and otherwise takes them back: else one pulse would be three. */
    private Answer waveform(Unit now, boolean bursts, long order) throws InterruptedException {
        State state = now.state();
        if (bursts) {
            // Always sent, since it does not show how many pulses a burst has.
            if (state.waveform() != State.BURSTS) {
                waveformBefore = state.waveform();
            }
            return now.ask(Request.waveform(State.BURSTS, state, order));
        }
        if (state.waveform() != State.BURSTS) {
            return new Answer.Done();
        }
        int before = waveformBefore == NOT_SET ? State.BIPHASIC : waveformBefore;
        return now.ask(Request.waveform(before, state, order));
    }

    private Acknowledgement fire(
            Unit now, Command command, Optional<Timing> timing, long order, Map<String, Double> delivered)
            throws InterruptedException {
        timing.ifPresent(train -> trains.beginning(command.id(), train));
        Answer answer = now.ask(timing.isPresent() ? Request.train(order) : Request.pulse(order));
        if (answer instanceof Answer.NotSent notSent) {
            trains.forget();
            return answer(command, Outcome.REFUSED, notSent.reason(), Map.of());
        }
        double lasting = timing.map(Timing::seconds).orElse(0.0) + parameters.number("minimumInterval");
        freeAt = System.nanoTime() + (long) (lasting * 1e9);
        if (answer instanceof Answer.Fault fault) {
            safeState();
            return answer(
                    command,
                    Outcome.UNKNOWN,
                    fault.reason() + "; it counts as fired, is not tried again, and the stimulator is disabled",
                    delivered);
        }
        return answer(command, Outcome.EXECUTED, "", delivered);
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
    public String state(State state) {
        int celsius = state.celsius();
        if (celsius != toldCelsius) {
            toldCelsius = celsius;
            tell("coil-temperature", Map.of("degreesCelsius", (double) celsius));
        }
        boolean was = warm;
        warm = celsius > parameters.number("maximumCoilTemperature");
        if (warm && !was) {
            return "the coil has " + celsius + " °C";
        }
        return armedAt == NOT_ARMED ? "" : trains.state(state, System.nanoTime());
    }

    @Override
    public String pulse(boolean enabled) {
        if (!enabled) {
            tell("foreign-pulse", Map.of());
            return "";
        }
        return trains.pulse(System.nanoTime());
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
