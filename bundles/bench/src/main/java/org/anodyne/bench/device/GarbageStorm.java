package org.anodyne.bench.device;

import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent inside the device host: while a file is there it allocates as fast as two threads can, and holds 96 MB of what it
 * allocated, any of which it drops at any time, so that young collections follow each other and old ones have work. When
 * the file goes it writes how many collections there were meanwhile and how long they took. Uses nothing but the JDK: it is
 * put into a jar of its own.
 */
public final class GarbageStorm {
    private static final int THREADS = 2;
    private static final int PIECE = 64 * 1024;
    private static final int HELD = 96 * 1024 * 1024 / PIECE;
    private static final long LOOK_NANOS = 10_000_000;
    private static final long CHECK_EVERY = 256;

    private static volatile boolean stormy;

    private GarbageStorm() {}

    /** Called by Java before the host's own main; the argument is the file. */
    public static void premain(String file) {
        Thread watcher = new Thread(() -> watch(new File(file)), "garbage-storm");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void watch(File file) {
        while (true) {
            boolean there = file.exists();
            if (there && !stormy) {
                stormy = true;
                long[] before = collections();
                byte[][] held = new byte[HELD][];
                for (int i = 0; i < THREADS; i++) {
                    Thread thread = new Thread(() -> allocate(held), "garbage-storm-" + i);
                    thread.setDaemon(true);
                    thread.start();
                }
                while (file.exists()) {
                    long[] now = collections();
                    tell(file, now[0] - before[0], now[1] - before[1]);
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                stormy = false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static void allocate(byte[][] held) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long n = 0; n % CHECK_EVERY != 0 || stormy; n++) {
            byte[] piece = new byte[PIECE];
            piece[0] = (byte) n;
            // One in eight is kept and takes the place of another: enough to fill the old generation again and again.
            if ((n & 7) == 0) {
                held[random.nextInt(held.length)] = piece;
            }
        }
    }

    private static long[] collections() {
        long count = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += collector.getCollectionCount();
            millis += collector.getCollectionTime();
        }
        return new long[] {count, millis};
    }

    private static void tell(File file, long count, long millis) {
        try {
            Path told = Path.of(file.getPath() + ".told");
            Files.writeString(told, count + " " + millis);
        } catch (IOException e) {
            throw new IllegalStateException("what the storm did cannot be written beside " + file, e);
        }
    }
}
