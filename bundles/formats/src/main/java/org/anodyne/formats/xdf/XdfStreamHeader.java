package org.anodyne.formats.xdf;

import java.util.List;
import java.util.Map;

/**
 * What a stream says about itself.
 *
 * @param name name of the stream
 * @param type content type, such as {@code EEG}, {@code ECG} or {@code Markers}
 * @param channelCount number of channels, at least 1
 * @param nominalRate samples per second; 0 when irregular
 * @param format value type
 * @param sourceId what the stream came from; may be empty
 * @param createdAt when the stream was made, seconds on its own clock as text; may be empty
 * @param channels label, unit and type of each channel; empty when the file says nothing
 * @param desc further properties in order; names must be XML names; nested elements of foreign files are not in here, they
 *     are in the raw XML of {@link XdfEvent.StreamHeader}
 */
public record XdfStreamHeader(
        String name,
        String type,
        int channelCount,
        double nominalRate,
        XdfFormat format,
        String sourceId,
        String createdAt,
        List<Channel> channels,
        Map<String, String> desc) {

    /**
     * One channel.
     *
     * @param label name of the channel
     * @param unit unit as text, such as {@code microvolts}; may be empty
     * @param type content type of the channel; may be empty
     */
    public record Channel(String label, String unit, String type) {}

    public XdfStreamHeader {
        channels = List.copyOf(channels);
        desc = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(desc));
        if (channelCount < 1) {
            throw new IllegalArgumentException(
                    "stream " + name + ": channel count " + channelCount + " is not above 0");
        }
        if (!(nominalRate >= 0) || Double.isInfinite(nominalRate)) {
            throw new IllegalArgumentException("stream " + name + ": nominal rate " + nominalRate + " is not a rate");
        }
    }

    /** A stream of samples with the channels given. */
    public static XdfStreamHeader signal(
            String name, String type, double nominalRate, XdfFormat format, List<Channel> channels) {
        return new XdfStreamHeader(name, type, channels.size(), nominalRate, format, "", "", channels, Map.of());
    }

    /** An irregular stream of one text channel, such as events. */
    public static XdfStreamHeader text(String name, String type) {
        return new XdfStreamHeader(name, type, 1, 0, XdfFormat.STRING, "", "", List.of(), Map.of());
    }

    /** The same with another source id. */
    public XdfStreamHeader withSourceId(String id) {
        return new XdfStreamHeader(name, type, channelCount, nominalRate, format, id, createdAt, channels, desc);
    }

    /** The same with other properties. */
    public XdfStreamHeader withDesc(Map<String, String> properties) {
        return new XdfStreamHeader(
                name, type, channelCount, nominalRate, format, sourceId, createdAt, channels, properties);
    }

    /** The same with another time of creation. */
    public XdfStreamHeader withCreatedAt(String time) {
        return new XdfStreamHeader(name, type, channelCount, nominalRate, format, sourceId, time, channels, desc);
    }
}
