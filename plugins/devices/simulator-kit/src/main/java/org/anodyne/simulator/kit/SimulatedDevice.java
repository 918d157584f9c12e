package org.anodyne.simulator.kit;

/**
 * A device on a clock that the caller turns: the same seed, bytes and times give the same output. All calls come from one
 * thread; times are nanoseconds of one monotonic clock and never go back. No method may block.
 */
public interface SimulatedDevice {

    /** Takes in bytes that arrived at {@code now}, after everything that was due before. */
    void receive(byte[] bytes, long now);

    /** Somebody has connected, or has gone. A device on a serial line does not see it, so this does nothing. */
    default void connected(boolean connected, long now) {}

    /** Lets everything happen that is due by {@code now}, in the order of its times. */
    void advance(long now);

    /** When something happens next by itself; {@link Long#MAX_VALUE} for never. */
    long nextDue();

    /**
     * What device and body are like: {@code outputOn}, for stimulators the present output and the greatest ever with the
     * unit in the name, totals, {@code lastPacketAgeMs}, {@code faults}. {@code connected} is put behind by the caller.
     */
    Json state(long now);

    /** Whether anything reaches the body, or is about to; never of a device that only measures. */
    default boolean outputOn(long now) {
        return false;
    }

    /** Where its faults lie: those it can have, hold now, or that wait. */
    FaultDesk faults();
}
