package org.anodyne.plugins.openbcicyton;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * How the board is to be set and what it will deliver.
 *
 * @param channels all of them, those that are off included
 * @param aux what the six aux bytes are to hold
 * @param type of the main stream, as BIDS and XDF name it
 * @param timeStamps whether the board's own time is asked for
 */
record Settings(
        boolean daisy,
        List<Channel> channels,
        Aux aux,
        String type,
        boolean timeStamps,
        Duration block,
        Duration reply) {
    static final double RATE = 250;
    static final double DAISY_RATE = 125;
    static final double ACCELEROMETER_RATE = 25;
    static final String ACCELEROMETER = "accelerometer";
    static final String AUX = "aux";

    /** What the aux bytes hold, by the board's mode. */
    enum Aux {
        /** Board mode 0. */
        ACCELEROMETER('0'),
        /** Board mode 2: three analogue inputs; one with time stamps. */
        ANALOG('2'),
        /** Board mode 3: digital inputs. */
        DIGITAL('3');

        private final char mode;

        Aux(char mode) {
            this.mode = mode;
        }

        /** Behind the slash of the command that sets it. */
        char mode() {
            return mode;
        }
    }

    /** @throws IllegalArgumentException when parameters contradict each other; the message is for a person */
    static Settings of(Parameters parameters) {
        boolean daisy = parameters.flag("daisy");
        int count = daisy ? 2 * Packet.CHANNELS : Packet.CHANNELS;
        List<?> labels = parameters.list("labels");
        Map<String, Object> changed = parameters.object("channels");
        for (String name : changed.keySet()) {
            if (!name.matches("[1-9]|1[0-6]") || Integer.parseInt(name) > count) {
                throw new IllegalArgumentException("there is no channel '" + name + "': a board "
                        + (daisy ? "with" : "without") + " Daisy has 1 to " + count);
            }
        }
        String type = parameters.text("type");
        List<Channel> channels = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String label = i <= labels.size() ? String.valueOf(labels.get(i - 1)) : type + i;
            Object own = changed.get(String.valueOf(i));
            channels.add(Channel.of(i, label, parameters.integer("gain"), own instanceof Map<?, ?> m ? m : Map.of()));
        }
        if (channels.stream().noneMatch(Channel::on)) {
            throw new IllegalArgumentException("every channel is off; leave at least one on");
        }
        return new Settings(
                daisy,
                List.copyOf(channels),
                Aux.valueOf(parameters.text("aux").toUpperCase(java.util.Locale.ROOT)),
                type,
                parameters.flag("timeStamps"),
                Duration.ofNanos(Math.round(parameters.number("block") * 1e9)),
                Duration.ofNanos(Math.round(parameters.number("replyTimeout") * 1e9)));
    }

    /** Samples per second. */
    double rate() {
        return daisy ? DAISY_RATE : RATE;
    }

    /** The channels that are delivered. */
    List<Channel> delivered() {
        return channels.stream().filter(Channel::on).toList();
    }

    /** The main stream, in microvolts. */
    StreamInfo main() {
        return new StreamInfo(
                "",
                type.toLowerCase(java.util.Locale.ROOT),
                type,
                rate(),
                delivered().stream()
                        .map(c -> new StreamInfo.Channel(c.label(), "uV"))
                        .toList(),
                false);
    }

    /** The second stream: accelerometer in g, or raw aux values. */
    StreamInfo second() {
        if (aux == Aux.ACCELEROMETER) {
            return new StreamInfo(
                    "",
                    ACCELEROMETER,
                    "ACCEL",
                    ACCELEROMETER_RATE,
                    List.of(
                            new StreamInfo.Channel("x", "[g]"),
                            new StreamInfo.Channel("y", "[g]"),
                            new StreamInfo.Channel("z", "[g]")),
                    false);
        }
        List<StreamInfo.Channel> words = new ArrayList<>();
        for (int i = 1; i <= auxWords(); i++) {
            words.add(new StreamInfo.Channel("aux" + i, "a.u."));
        }
        return new StreamInfo("", AUX, "MISC", RATE, words, false);
    }

    /** How many aux values a packet carries. */
    int auxWords() {
        return timeStamps ? 1 : 3;
    }
}
