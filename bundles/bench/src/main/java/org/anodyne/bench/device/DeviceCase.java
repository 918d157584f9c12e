package org.anodyne.bench.device;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An actuator with its simulator, and how it is driven and read.
 *
 * @param plugin id of the adapter
 * @param simulator name of the simulator
 * @param options of the simulator's command line
 * @param parameters of the slot, as in a protocol
 * @param action what a trigger does, as in a protocol
 * @param pause seconds from one command to the next
 * @param fired a line of the trace that says that the first byte of such a command has come
 * @param madeSafe a line of the trace that says that a command to end all output has come
 * @param watchdogMillis after which the device switches itself off; 0 for none
 */
record DeviceCase(
        String plugin,
        String simulator,
        List<String> options,
        String parameters,
        String action,
        double pause,
        Pattern fired,
        Pattern madeSafe,
        int watchdogMillis) {

    /** All that are shipped. */
    static final List<DeviceCase> ALL = List.of(new DeviceCase(
            "tens-rehastim",
            "rehastim",
            List.of(),
            "maximumAmplitude: 15 mA, replyTimeout: 500 ms",
            "action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us, frequency: 100 Hz, duration: 500 ms}",
            1.0,
            Pattern.compile("\"event\":\"rx\",\"command\":\"(StartChannelList|Start|InitChannelList)"),
            Pattern.compile("\"event\":\"rx\",\"command\":\"Stop"),
            1200));

    /** A protocol in which the actuator gets a command again and again for so long. */
    String protocol(double seconds) {
        return String.format(Locale.ROOT, """
                anodyne: 1
                id: bench-%1$s
                title: Benchmark of %1$s
                seed: 1
                slots:
                  eeg: {plugin: synthetic, parameters: {kind: eeg}}
                  power: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz, window: 1 s}}
                  loop: {plugin: closed-loop, inputs: {features: [power/relative]}}
                  device: {plugin: %1$s, parameters: {%2$s}}
                phases:
                  - id: run
                    duration: %3$.1f s
                    slots: [eeg, power, loop, device]
                    triggers:
                      - id: always
                        slot: loop
                        feature: power/relative
                        above: 0
                        hold: 0 s
                        refractory: %4$.1f s
                        do: {slot: device, %5$s}
                """, plugin, parameters, seconds, pause, action);
    }
}
