package org.anodyne.simulator.rehastim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.anodyne.simulator.kit.Trace;

/**
 * The physical side: what reaches the skin, pulse by pulse, on the clock of the caller. Not thread-safe.
 *
 * <p>The stage gives current in steps, 2 mA unless told otherwise, rounded down and at most 126 mA. Charge of one phase
 * in nC is mA times µs.
 */
final class OutputStage {

    /** One pulse that is due. */
    record Due(long nanos, int order, ChannelPulse pulse) {}

    /**
     * Sums over one channel since the process began.
     *
     * @param pulses pulses with current
     * @param chargeNanocoulombs sum of the charge of one phase of each
     * @param largestNanocoulombs largest charge of one phase
     */
    record Totals(long pulses, long chargeNanocoulombs, long largestNanocoulombs) {

        Totals plus(long charge) {
            return new Totals(pulses + 1, chargeNanocoulombs + charge, Math.max(largestNanocoulombs, charge));
        }
    }

    static final int CHANNELS = 8;
    private static final int HIGHEST_DELIVERED_MILLIAMPS = 126;
    private static final long NEVER = Long.MAX_VALUE;

    private final int stepMilliamps;
    private final Trace trace;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingInt(Due::order));
    private final Totals[] totals = new Totals[CHANNELS];

    private ChannelList list;
    private List<ChannelPulse> settings = List.of();
    private long nextBurst = NEVER;
    private long burst;
    private boolean stuck;
    private boolean noted;

    OutputStage(int stepMilliamps, Trace trace) {
        this.stepMilliamps = stepMilliamps;
        this.trace = trace;
        Arrays.fill(totals, new Totals(0, 0, 0));
    }

    /** Begins with a burst at once; with a running train only the values of its next burst change. */
    void start(ChannelList newList, List<ChannelPulse> newSettings, long now) {
        boolean running = nextBurst != NEVER;
        settings = newSettings;
        list = newList;
        if (running) {
            return;
        }
        burst = 0;
        nextBurst = now;
        note(now, "start");
    }

    /** Gives one pulse at once. */
    void single(ChannelPulse pulse, long now) {
        due.add(new Due(now, 0, pulse));
        note(now, "single pulse");
    }

    /** Switches off, unless the output is stuck. */
    void off(long now, String why) {
        if (stuck && isOn()) {
            trace.event(now, "output", json -> json.put("on", true)
                    .put("stuck", true)
                    .put("why", why));
            return;
        }
        nextBurst = NEVER;
        due.clear();
        settings = List.of();
        note(now, why);
    }

    void stick(boolean sticks) {
        stuck = sticks;
    }

    /** Whether pulses flow or are still due. */
    boolean isOn() {
        return nextBurst != NEVER || !due.isEmpty();
    }

    /** Whether something from an earlier command is still to be given. */
    boolean isPending() {
        return !due.isEmpty();
    }

    /** What the running channels are set to; empty when off. */
    List<ChannelPulse> settings() {
        return isOn() ? settings : List.of();
    }

    Totals totals(int channel) {
        return totals[channel];
    }

    /** When something happens next by itself; the end of time when nothing will. */
    long nextDue() {
        return Math.min(nextBurst, due.isEmpty() ? NEVER : due.peek().nanos());
    }

    /**
     * The next pulse with current that is due by {@code now}, taken out; null when there is none. The caller decides
     * whether it is delivered.
     */
    Due take(long now) {
        while (nextDue() <= now) {
            if (nextBurst <= nextDue()) {
                scheduleBurst();
                continue;
            }
            Due next = due.remove();
            if (delivered(next.pulse()) > 0) {
                return next;
            }
            note(next.nanos(), "given");
        }
        return null;
    }

    /** Counts and notes a pulse as delivered. */
    void deliver(Due next) {
        ChannelPulse pulse = next.pulse();
        int milliamps = delivered(pulse);
        long charge = (long) milliamps * pulse.widthMicros();
        totals[pulse.channel()] = totals[pulse.channel()].plus(charge);
        long count = totals[pulse.channel()].pulses();
        trace.event(next.nanos(), "pulse", json -> json.put("channel", pulse.channel() + 1)
                .put("widthUs", pulse.widthMicros())
                .put("ma", milliamps)
                .put("commandedMa", pulse.milliamps())
                .putThousandths("chargeUc", charge)
                .put("count", count));
        note(next.nanos(), "given");
    }

    /** The current that the stage makes of a command, in mA. */
    int delivered(ChannelPulse pulse) {
        int stepped = pulse.milliamps() / stepMilliamps * stepMilliamps;
        return Math.min(stepped, HIGHEST_DELIVERED_MILLIAMPS);
    }

    /** Writes a change between on and off into the trace. */
    private void note(long now, String why) {
        if (isOn() != noted) {
            noted = isOn();
            trace.event(now, "output", json -> json.put("on", noted).put("why", why));
        }
    }

    private void scheduleBurst() {
        List<ChannelPulse> given = new ArrayList<>(settings);
        // A low-frequency channel takes part in every (factor + 1)-th burst.
        given.removeIf(pulse -> list.isLowFrequency(pulse.channel()) && burst % (list.lowFrequencyFactor() + 1) != 0);
        for (ChannelPulse pulse : given) {
            // The slot belongs to the place in the list, whether or not the ones before take part this time.
            long slot = nextBurst + settings.indexOf(pulse) * ChannelList.SLOT_NANOS;
            for (int i = 0; i < pulse.pulses(); i++) {
                due.add(new Due(slot + i * list.pulseIntervalNanos(), pulse.channel(), pulse));
            }
        }
        burst++;
        nextBurst = list.mainIntervalNanos() == 0 ? NEVER : nextBurst + list.mainIntervalNanos();
    }
}
