package org.anodyne.bench.measure;

import java.util.concurrent.locks.LockSupport;

/** Lets a thread do something at exact intervals; waits are counted from the start, so delays do not add up. */
public final class Pace {
    private final long intervalNanos;
    private final long start = System.nanoTime();
    private long step;

    public Pace(double perSecond) {
        this.intervalNanos = Math.round(1e9 / perSecond);
    }

    /** Waits for the next step and returns the time at which it was due, by {@link System#nanoTime()}. */
    public long next() throws InterruptedException {
        long due = start + ++step * intervalNanos;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return due;
    }
}
