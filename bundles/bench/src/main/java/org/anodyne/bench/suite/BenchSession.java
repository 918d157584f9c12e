package org.anodyne.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.bench.measure.Pace;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Topic;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SlotHost;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.intervention.Trigger;

/** Slots with shipped plug-ins and one phase, in real time, for a benchmark that listens to what goes over the bus. */
final class BenchSession implements AutoCloseable {
    /** Slot and stream of the synthetic EEG. */
    static final String EEG = "eeg";

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration LAG = Duration.ofMillis(250);
    /** So that every slot knows of the phase before it begins. */
    private static final long AHEAD_NANOS = 700_000_000;

    private final MessageBus bus;
    private final String session;
    private final RealTime time = new RealTime();
    private final SessionSlots slots;
    private final List<Subscription> heard = new ArrayList<>();

    /** @param session id, as it stands in topics */
    BenchSession(SlotHost host, MessageBus bus, String session) {
        this.bus = bus;
        this.session = session;
        this.slots = host.open(session, time);
    }

    /** Hears one topic; with the filter that a slot has too, so that it costs the broker nothing. */
    void listen(Topic.Kind kind, String slot, String name, Consumer<Message> handler) throws Exception {
        heard.add(done(
                bus.subscribe(Topic.of(bus.site(), session, kind, slot, name).path(), handler)));
    }

    /** Prepares a plug-in. */
    void prepare(
            String slot,
            String plugin,
            Map<String, Object> parameters,
            Map<String, List<SlotSpec.StreamRef>> streams,
            Map<String, List<FeatureRef>> features)
            throws Exception {
        done(slots.prepare(
                new SlotSpec(slot, plugin, new Parameters(parameters), streams, features, Optional.empty(), 1),
                DEADLINE));
    }

    /**
     * Prepares the generator of synthetic EEG.
     *
     * @param rate in Hz
     * @param block samples of each channel in a block
     */
    void prepareEeg(int channels, double rate, int block) throws Exception {
        prepare(
                EEG,
                "synthetic",
                Map.ofEntries(
                        Map.entry("kind", "eeg"),
                        Map.entry("channels", (long) channels),
                        Map.entry("rate", rate),
                        Map.entry("block", block / rate),
                        Map.entry("alphaFrequency", 10.0),
                        Map.entry("alphaAmplitude", 20.0),
                        Map.entry("alphaModulation", 0.7),
                        Map.entry("noiseAmplitude", 10.0),
                        Map.entry("episode", 20.0),
                        Map.entry("tonicLevel", 5.0),
                        Map.entry("tonicDrift", 0.5),
                        Map.entry("responseAmplitude", 0.3),
                        Map.entry("responseInterval", 4.0)),
                Map.of(),
                Map.of());
    }

    /**
     * Prepares a band power over the EEG.
     *
     * @param low lower edge in Hz
     * @param high upper edge in Hz
     * @param windowSeconds of the spectrum; one value for each block from then on
     * @param channels which of them; all when empty
     */
    void prepareBandPower(String slot, double low, double high, double windowSeconds, List<String> channels)
            throws Exception {
        prepare(
                slot,
                "band-power",
                Map.ofEntries(
                        Map.entry("low", low),
                        Map.entry("high", high),
                        Map.entry("referenceLow", 1.0),
                        Map.entry("referenceHigh", 45.0),
                        Map.entry("peakLow", 7.0),
                        Map.entry("peakHigh", 13.0),
                        Map.entry("window", windowSeconds),
                        Map.entry("step", 0.0),
                        Map.entry("channels", channels)),
                Map.of("samples", List.of(new SlotSpec.StreamRef(EEG, ""))),
                Map.of());
    }

    /**
     * Starts the slots and lets their one phase go on for so long.
     *
     * @param order of the start: what takes before what gives
     * @param triggers of the slot that decides
     * @param armed actuator slots
     */
    void run(List<String> order, Map<String, List<Trigger>> triggers, List<String> armed, double seconds)
            throws Exception {
        long start = begin(order, triggers);
        slots.heartbeat("");
        for (String slot : armed) {
            done(slots.arm(slot));
        }
        long end = start + (long) (seconds * 1e9);
        Pace look = new Pace(10);
        while (time.nowNanos() < end) {
            look.next();
            slots.heartbeat("");
        }
    }

    /**
     * Starts the slots; their one phase goes on until this is closed. For slots without actuators.
     *
     * @param order of the start: what takes before what gives
     */
    void begin(List<String> order) throws Exception {
        begin(order, Map.of());
    }

    private long begin(List<String> order, Map<String, List<Trigger>> triggers) throws Exception {
        long start = time.nowNanos() + AHEAD_NANOS;
        for (String slot : order) {
            done(slots.start(slot));
            Phase phase = new Phase(
                    "bench", 0, 0, start, OptionalLong.empty(), true, Map.of(), triggers.getOrDefault(slot, List.of()));
            slots.announce(slot, phase, slot.equals(EEG) ? Duration.ZERO : LAG);
        }
        return start;
    }

    /** Replaces the plug-in of a slot by the version that the registry offers now; returns when that one is at work. */
    SwapReport swap(String slot) throws Exception {
        return done(slots.swap(slot, null));
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        slots.close();
        time.close();
        heard.forEach(Subscription::close);
    }
}
