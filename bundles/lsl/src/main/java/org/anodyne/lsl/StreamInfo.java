package org.anodyne.lsl;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a stream.
 *
 * @param name its name, not empty
 * @param type what it is, such as {@code EEG} or {@code Markers}; may be empty
 * @param channelCount number of values of each sample, at least 1
 * @param rateHz nominal sampling rate; {@link #IRREGULAR} when samples come when they come
 * @param format of all values
 * @param sourceId the same whenever the same device is offered again; empty when it has none
 * @param uid of this outlet; another one after each restart
 * @param sessionId streams of other sessions are not found; {@code default} where nothing else was agreed
 * @param hostname of the computer that offers it
 * @param createdAt when the outlet was opened, seconds of that computer's clock
 * @param address IPv4 address that it can be reached at
 * @param dataPort TCP port; 0 while it is not offered
 * @param servicePort UDP port for questions of time; 0 while it is not offered
 * @param desc what else is said of it, by an element {@code desc}; without children until the full description was asked
 *     for
 */
public record StreamInfo(
        String name,
        String type,
        int channelCount,
        double rateHz,
        ChannelFormat format,
        String sourceId,
        String uid,
        String sessionId,
        String hostname,
        double createdAt,
        String address,
        int dataPort,
        int servicePort,
        Element desc) {
    /** Rate of a stream whose samples come when they come. */
    public static final double IRREGULAR = 0;

    /** Session that streams belong to where nothing else was agreed. */
    public static final String DEFAULT_SESSION = "default";

    /** Most channels that are accepted. */
    public static final int MOST_CHANNELS = 16_384;

    /**
     * Checks what cannot be.
     *
     * @throws IllegalArgumentException when a value is impossible; the message is for a person
     */
    public StreamInfo {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a stream without a name");
        }
        if (channelCount < 1 || channelCount > MOST_CHANNELS) {
            throw new IllegalArgumentException("stream '" + name + "' has " + channelCount + " channels; 1 to "
                    + MOST_CHANNELS + " can be worked with");
        }
        if (!(rateHz >= 0) || Double.isInfinite(rateHz)) {
            throw new IllegalArgumentException("stream '" + name + "' has a sampling rate of " + rateHz + " Hz");
        }
        if (dataPort < 0 || dataPort > 0xFFFF || servicePort < 0 || servicePort > 0xFFFF) {
            throw new IllegalArgumentException("stream '" + name + "' has a port that there is not");
        }
    }

    /** One channel as the description tells it; what is not said is empty. */
    public record Channel(String label, String unit, String type) {}

    /** A stream to be offered. */
    public static StreamInfo of(
            String name, String type, int channelCount, double rateHz, ChannelFormat format, String sourceId) {
        return new StreamInfo(
                name,
                type,
                channelCount,
                rateHz,
                format,
                sourceId,
                "",
                DEFAULT_SESSION,
                "",
                0,
                "",
                0,
                0,
                Element.of("desc", List.of()));
    }

    /** The channels as the description tells them; empty when it does not tell of as many as there are. */
    public List<Channel> channels() {
        List<Element> told = desc.child("channels").map(Element::children).orElse(List.of()).stream()
                .filter(e -> e.name().equals("channel"))
                .toList();
        if (told.size() != channelCount) {
            return List.of();
        }
        return told.stream()
                .map(e -> new Channel(e.childText("label"), e.childText("unit"), e.childText("type")))
                .toList();
    }

    /** A copy whose description tells of these channels. */
    public StreamInfo withChannels(List<Channel> channels) {
        List<Element> told = new ArrayList<>();
        for (Channel c : channels) {
            told.add(Element.of(
                    "channel",
                    List.of(
                            Element.of("label", c.label()),
                            Element.of("unit", c.unit()),
                            Element.of("type", c.type()))));
        }
        return withDesc(desc.with(Element.of("channels", told)));
    }

    /** A copy with another description. */
    public StreamInfo withDesc(Element other) {
        return new StreamInfo(
                name,
                type,
                channelCount,
                rateHz,
                format,
                sourceId,
                uid,
                sessionId,
                hostname,
                createdAt,
                address,
                dataPort,
                servicePort,
                other);
    }

    /** A copy for another session. */
    public StreamInfo withSession(String session) {
        return new StreamInfo(
                name,
                type,
                channelCount,
                rateHz,
                format,
                sourceId,
                uid,
                session,
                hostname,
                createdAt,
                address,
                dataPort,
                servicePort,
                desc);
    }

    /** A copy that is reached at another address. */
    public StreamInfo at(String otherAddress) {
        return new StreamInfo(
                name,
                type,
                channelCount,
                rateHz,
                format,
                sourceId,
                uid,
                sessionId,
                hostname,
                createdAt,
                otherAddress,
                dataPort,
                servicePort,
                desc);
    }

    /** A copy as it is offered by an outlet of this host. */
    StreamInfo offered(String newUid, String host, double now, int data, int service) {
        return new StreamInfo(
                name,
                type,
                channelCount,
                rateHz,
                format,
                sourceId,
                newUid,
                sessionId,
                host,
                now,
                "",
                data,
                service,
                desc);
    }

    /** Whether samples of the other stream can go on where this one's stopped. */
    public boolean sameShape(StreamInfo other) {
        return channelCount == other.channelCount && format == other.format && rateHz == other.rateHz;
    }
}
