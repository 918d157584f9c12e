package org.anodyne.lsl;

import java.util.Optional;
import org.anodyne.lsl.wire.Datagrams;

/**
 * Compares two clocks: waves of eight probes, 64 ms apart, every 2 s; of each wave the probe with the least round trip counts.
 * Does no input or output itself. Thread: one.
 */
final class ClockProbes {
    static final int PROBES = 8;
    static final double PROBE_SECONDS = 0.064;
    static final double WAVE_SECONDS = 2;

    /** How long after the last probe its answer is waited for. */
    static final double LAST_SECONDS = 0.128;

    /** Fewer answers make no estimate. */
    private static final int LEAST_ANSWERS = 6;

    private int wave;
    private double began;
    private int sent;
    private int answers;
    private double bestTrip = Double.POSITIVE_INFINITY;
    private double bestOffset;
    private double bestAt;
    private boolean closed;

    /** @param firstWave number of the first wave, drawn by chance so that other people's answers do not fit */
    ClockProbes(int firstWave, double now) {
        wave = firstWave & 0x3FFFFFFF;
        began = now;
    }

    /** The next probe, if it is time for one. */
    Optional<byte[]> probe(double now) {
        if (now >= began + WAVE_SECONDS) {
            wave = (wave + 1) & 0x3FFFFFFF;
            began = now;
            sent = 0;
            answers = 0;
            bestTrip = Double.POSITIVE_INFINITY;
            closed = false;
        }
        if (sent < PROBES && now >= began + sent * PROBE_SECONDS) {
            sent++;
            return Optional.of(Datagrams.timeData(wave, now));
        }
        return Optional.empty();
    }

    /** An answer came at this time; answers to other waves, and impossible ones, are dropped. */
    void answered(Datagrams.TimeAnswer answer, double now) {
        double trip = (now - answer.sent()) - (answer.answered() - answer.came());
        if (answer.wave() != wave
                || closed
                || answers >= PROBES
                || answer.sent() > now
                || answer.sent() < began
                || !(trip >= 0)) {
            return;
        }
        answers++;
        if (trip < bestTrip) {
            bestTrip = trip;
            bestOffset = ((answer.came() - answer.sent()) + (answer.answered() - now)) / 2;
            bestAt = now;
        }
    }

    /** The wave's result, once, when the wave is over. */
    Optional<ClockOffset> result(double now) {
        boolean over = answers == PROBES || now >= began + (PROBES - 1) * PROBE_SECONDS + LAST_SECONDS;
        if (closed || !over) {
            return Optional.empty();
        }
        closed = true;
        if (answers < LEAST_ANSWERS) {
            return Optional.empty();
        }
        return Optional.of(new ClockOffset(-bestOffset, bestTrip, bestAt));
    }

    /** When something is due next, seconds. */
    double nextDue() {
        if (sent < PROBES) {
            return began + sent * PROBE_SECONDS;
        }
        return closed ? began + WAVE_SECONDS : began + (PROBES - 1) * PROBE_SECONDS + LAST_SECONDS;
    }
}
