package org.anodyne.plugins.bitalino;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * What is measured.
 *
 * @param rate 1, 10, 100 or 1000 Hz
 * @param inputs chosen inputs in the order of their numbers
 * @param simulated whether the device is asked for its own simulated signals
 * @param digital whether I1, I2, O1 and O2 are delivered too
 */
record Settings(int rate, List<Input> inputs, boolean simulated, boolean digital, Duration block, Duration reply) {
    static final String DIGITAL = "digital";

    private static final List<Integer> RATES = List.of(1, 10, 100, 1000);

    /**
     * A chosen input.
     *
     * @param number 1–6
     * @param position among the chosen ones, from 0
     */
    record Input(int number, int position, Signal signal) {
        /** The quantity that a frame holds for it. */
        float of(Frame frame) {
            return (float) signal.of(frame.analog()[position], Frame.greatest(position));
        }
    }

    /** @throws IllegalArgumentException when a parameter cannot be used; the message is for a person */
    static Settings of(Parameters parameters) {
        Map<Integer, Signal> chosen = new TreeMap<>();
        parameters.object("inputs").forEach((name, signal) -> {
            if (!name.matches("A[1-6]")) {
                throw new IllegalArgumentException("there is no input '" + name + "'; the device has A1 to A6");
            }
            chosen.put(
                    Integer.parseInt(name.substring(1)),
                    Signal.valueOf(
                            String.valueOf(signal).toUpperCase(Locale.ROOT).replace('-', '_')));
        });
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no input is chosen; name at least one, such as {A3: EDA}");
        }
        List<Input> inputs = new ArrayList<>();
        chosen.forEach((number, signal) -> inputs.add(new Input(number, inputs.size(), signal)));
        return new Settings(
                parameters.integer("rate"),
                List.copyOf(inputs),
                parameters.flag("simulated"),
                parameters.flag("digital"),
                Duration.ofNanos(Math.round(parameters.number("block") * 1e9)),
                Duration.ofNanos(Math.round(parameters.number("replyTimeout") * 1e9)));
    }

    /** The idle command that sets the rate: 03, 43, 83, C3. */
    byte rateCommand() {
        return (byte) (RATES.indexOf(rate) << 6 | 0x03);
    }

    /** The idle command that starts the chosen inputs. */
    byte startCommand() {
        int mask = 0;
        for (Input input : inputs) {
            mask |= 1 << input.number() - 1;
        }
        return (byte) (mask << 2 | (simulated ? 2 : 1));
    }

    /** The inputs of each stream: one stream for each type of signal. */
    Map<StreamInfo, List<Input>> streams() {
        Map<String, List<Input>> byType = new LinkedHashMap<>();
        inputs.forEach(input -> byType.computeIfAbsent(input.signal().type(), t -> new ArrayList<>())
                .add(input));
        Map<StreamInfo, List<Input>> streams = new LinkedHashMap<>();
        byType.forEach((type, members) -> streams.put(
                new StreamInfo(
                        "",
                        type.toLowerCase(Locale.ROOT),
                        type,
                        rate,
                        members.stream()
                                .map(i -> new StreamInfo.Channel(
                                        "A" + i.number(), i.signal().unit()))
                                .toList(),
                        simulated),
                members));
        return streams;
    }

    /** The stream of the digital inputs and outputs. */
    StreamInfo digitalStream() {
        List<StreamInfo.Channel> channels = new ArrayList<>();
        for (String label : List.of("I1", "I2", "O1", "O2")) {
            channels.add(new StreamInfo.Channel(label, "1"));
        }
        return new StreamInfo("", DIGITAL, "MISC", rate, channels, false);
    }
}
