package org.anodyne.plugins.fieldtripbuffer;

import java.util.List;

/** What a buffer answers. */
sealed interface Answer {
    /**
     * What is measured, and how much there is.
     *
     * @param samples how many samples were written since the header was
     * @param events how many events were written since the header was
     * @param type of the values
     * @param resolutions per channel; empty when the buffer tells none
     */
    record Header(
            int channels,
            long samples,
            long events,
            float rateHz,
            DataType type,
            List<String> names,
            List<Double> resolutions)
            implements Answer {
        /** Copies the lists. */
        public Header {
            names = List.copyOf(names);
            resolutions = List.copyOf(resolutions);
        }

        /** Whether samples can go on where those under this header stopped. */
        boolean sameShape(Header other) {
            return channels == other.channels
                    && rateHz == other.rateHz
                    && names.equals(other.names)
                    && resolutions.equals(other.resolutions);
        }
    }

    /** Samples, one after the other. */
    record Data(int channels, int samples, double[] values) implements Answer {}

    /** Events. */
    record Events(List<Marker> markers) implements Answer {
        /** Copies the list. */
        public Events {
            markers = List.copyOf(markers);
        }
    }

    /** So much there is by now. */
    record Waited(long samples, long events) implements Answer {}

    /** The request was refused. */
    record Refused(int command) implements Answer {}

    /**
     * An event.
     *
     * @param sample it belongs to, counted from 0 since the header was written
     * @param value text, number, or list of numbers
     */
    record Marker(String type, Object value, int sample, int offset, int duration) {}
}
