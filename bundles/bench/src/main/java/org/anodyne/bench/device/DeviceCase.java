package org.anodyne.bench.device;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An actuator with its simulator, and how it is driven and read.
 *
 * @param plugin id of the adapter
 * @param simulator name of the simulator
 * @param options of the simulator's command line
 * @param parameters of the slot, as in a protocol
 * @param shortAction what a trigger does again and again; empty when once in a session is all that the limits allow
 * @param longAction what a trigger does so that output lasts
 * @param pause seconds from one command to the next
 * @param fired a line of the trace that says that the first byte of such a command has come
 * @param madeSafe a line of the trace that says that a command to end all output has come
 * @param watchdogMillis after which the device has switched itself off when nobody speaks to it; 0 when it has none
 * @param replyMillis after which the adapter takes a reply for missing
 * @param holdMillis by fault, how long after it shows on the wire the adapter waits by design, or by how long the wire
 *     shows it late: an impedance that rises by 10 kΩ a second until it has changed by half, a temperature that is asked
 *     for every second
 * @param tolerated faults of which one alone is none to the adapter, by design
 * @param tooHotTenths what the device tells, tenths of a degree, when it is hotter than asked by more than the adapter
 *     lets pass; 0 where it tells no temperature of the skin
 * @param dose what was delivered in all, and what may have been
 * @param greatest field of the simulator's state that says the most that ever came out
 * @param most what that must not pass
 */
record DeviceCase(
        String plugin,
        String simulator,
        List<String> options,
        String parameters,
        String shortAction,
        String longAction,
        double pause,
        Pattern fired,
        Pattern madeSafe,
        int watchdogMillis,
        int replyMillis,
        Map<String, Integer> holdMillis,
        Set<String> tolerated,
        int tooHotTenths,
        DoseLimit dose,
        String greatest,
        double most) {

    /**
     * The most that a session of the benchmark can have ordered.
     *
     * @param field of the simulator's state that sums up what was delivered since it began
     * @param perSecond greatest order, in the field's unit for each second of the session
     * @param once what one command gives at once
     */
    record DoseLimit(String field, double perSecond, double once) {}

    /** A source that needs no device. */
    static final String SYNTHETIC = "synthetic, parameters: {kind: eeg}";

    private static final Pattern STOP = Pattern.compile("\"event\":\"rx\",\"command\":\"stop");

    /** All that are shipped. */
    static final List<DeviceCase> ALL = List.of(
            new DeviceCase(
                    "tens-rehastim",
                    "rehastim",
                    List.of(),
                    "maximumAmplitude: 15 mA, maximumDuration: 120 s, replyTimeout: 300 ms",
                    "burst, with: {amplitude: 10 mA, pulseWidth: 200 us, frequency: 100 Hz, duration: 500 ms}",
                    "burst, with: {amplitude: 10 mA, pulseWidth: 200 us, frequency: 20 Hz, duration: 30 s}",
                    1.0,
                    Pattern.compile("\"event\":\"rx\",\"command\":\"(init-channel-list|start)"),
                    STOP,
                    1200,
                    300,
                    Map.of(),
                    Set.of(),
                    0,
                    new DoseLimit("chargeMicroCoulomb", 2.0 * 20, 2.0),
                    "maxChargePerPhaseMicroCoulomb",
                    2.0),
            new DeviceCase(
                    "tdcs-reference",
                    "tdcs",
                    List.of(),
                    "maximumCurrent: 2 mA",
                    "",
                    "stimulate, with: {current: 2 mA, duration: 120 s, ramp: 10 s, area: 25 cm^2, frequency: 0 Hz, sham: 0}",
                    600,
                    Pattern.compile("\"text\":\"OUTP ON"),
                    Pattern.compile("\"text\":\"ABOR"),
                    950,
                    200,
                    Map.of("impedance-rise", 500),
                    Set.of(),
                    0,
                    new DoseLimit("chargeMillicoulomb", 2.0, 0),
                    "maxMilliamps",
                    2.0),
            new DeviceCase(
                    "tms-magstim",
                    "magstim",
                    List.of("--model", "rapid", "--software", "9.0.0"),
                    "model: rapid, maximumIntensity: 60 %MSO",
                    "pulse, with: {intensity: 40 %MSO}",
                    "pulse, with: {intensity: 40 %MSO}",
                    3.5,
                    Pattern.compile("\"event\":\"rx\",\"command\":\"EH"),
                    Pattern.compile("\"event\":\"rx\",\"command\":\"EA"),
                    1000,
                    300,
                    Map.of("over-temperature", 1_000),
                    Set.of(),
                    0,
                    new DoseLimit("pulses", 1 / 3.5, 1),
                    "maxPercentMso",
                    40),
            new DeviceCase(
                    "tms-magventure",
                    "magventure",
                    List.of(),
                    "maximumIntensity: 60 %MSO",
                    "pulse, with: {intensity: 40 %MSO}",
                    "pulse, with: {intensity: 40 %MSO}",
                    3.5,
                    Pattern.compile("\"event\":\"rx\",\"payload\":\"03 ?01"),
                    Pattern.compile("\"event\":\"rx\",\"payload\":\"02 ?00"),
                    0,
                    300,
                    Map.of("silence", 1_000, "over-temperature", 1_000),
                    // A status that stays away is asked for again; one second without any is a fault.
                    Set.of("no-reply", "late-reply", "wrong-state"),
                    0,
                    new DoseLimit("pulses", 1 / 3.5, 1),
                    "maxPercentMso",
                    40),
            new DeviceCase(
                    "thermode-tcs2",
                    "tcs2",
                    List.of(),
                    "maximumDuration: 60 s",
                    "",
                    "heat, with: {temperature: 45 degC, duration: 50 s, rise: 10 degC/s, area: 0}",
                    600,
                    Pattern.compile("\"event\":\"rx\",\"command\":\"Ol"),
                    Pattern.compile("\"event\":\"rx\",\"command\":\"A\""),
                    0,
                    200,
                    Map.of("module-error", 1_000),
                    Set.of(),
                    459,
                    new DoseLimit("secondsFrom48Celsius", 0, 0),
                    "maxCelsius",
                    46));

    /** A protocol in which the actuator gets a command again and again for so long, or one that lasts. */
    String protocol(double seconds, boolean lasting) {
        return protocol(List.of(this), SYNTHETIC, seconds, lasting, Map.of());
    }

    /** The same for several, in slots of their plug-ins' names. */
    static String protocol(List<DeviceCase> cases, String source, double seconds, boolean lasting) {
        return protocol(cases, source, seconds, lasting, Map.of());
    }

    /**
     * The same with more slots.
     *
     * @param more name of each to what it holds, as in a protocol
     */
    static String protocol(
            List<DeviceCase> cases, String source, double seconds, boolean lasting, Map<String, String> more) {
        StringBuilder slots = new StringBuilder();
        StringBuilder names = new StringBuilder();
        more.forEach((name, slot) -> {
            slots.append(String.format("  %s: {%s}%n", name, slot));
            names.append(", ").append(name);
        });
        StringBuilder triggers = new StringBuilder();
        for (DeviceCase c : cases) {
            slots.append(String.format("  %1$s: {plugin: %1$s, parameters: {%2$s}}%n", c.plugin, c.parameters));
            names.append(", ").append(c.plugin);
            triggers.append(String.format(
                    Locale.ROOT,
                    """
                          - id: %1$s
                            slot: loop
                            feature: power/relative
                            above: -1
                            hold: 0 s
                            refractory: %2$.1f s
                            do: {slot: %1$s, action: %3$s}
                    """,
                    c.plugin,
                    c.pause,
                    lasting || c.shortAction.isEmpty() ? c.longAction : c.shortAction));
        }
        return String.format(Locale.ROOT, """
                anodyne: 1
                id: bench
                title: Benchmark of actuators
                seed: 1
                slots:
                  eeg: {plugin: %1$s}
                  power: {plugin: band-power, inputs: {samples: eeg/eeg}, parameters: {low: 8 Hz, high: 13 Hz, window: 1 s, step: 0 s}}
                  loop: {plugin: closed-loop, inputs: {features: [power/relative]}}
                %2$sphases:
                  - id: run
                    duration: %3$.1f s
                    slots: [eeg, power, loop%4$s]
                    triggers:
                %5$s""", source, slots, seconds, names, triggers);
    }
}
