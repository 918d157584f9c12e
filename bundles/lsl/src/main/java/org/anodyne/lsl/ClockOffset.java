package org.anodyne.lsl;

/**
 * How the sender's clock stands to ours, as measured by one exchange of eight probes.
 *
 * @param correctionSeconds to be added to the sender's time stamps to get ours
 * @param roundTripSeconds round trip of the best probe, less the time it spent with the sender
 * @param measuredAt our time of the measurement, seconds
 */
public record ClockOffset(double correctionSeconds, double roundTripSeconds, double measuredAt) {
    /** The true correction lies within this of the measured one, whatever the network did. */
    public double uncertaintySeconds() {
        return roundTripSeconds / 2;
    }
}
