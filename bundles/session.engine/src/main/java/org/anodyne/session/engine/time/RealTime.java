package org.anodyne.session.engine.time;

/** Session time that goes as the host's monotonic clock goes. Thread: any. */
public final class RealTime extends DrivenTime {
    private volatile long zeroNanos;
    private volatile boolean running;

    public RealTime() {
        super("session-time");
    }

    @Override
    public long nowNanos() {
        return running ? System.nanoTime() - zeroNanos : -1;
    }

    @Override
    public boolean virtual() {
        return false;
    }

    @Override
    void zero() {
        zeroNanos = System.nanoTime();
        running = true;
    }

    @Override
    boolean mayFire(long nanos) {
        return true;
    }

    @Override
    boolean quiet() {
        return true;
    }

    @Override
    void rested(long nanos) {}

    @Override
    long waitNanos(long nanos) {
        return nanos - nowNanos();
    }

    @Override
    void reached(long nanos) {
        // The clock is already there.
    }
}
