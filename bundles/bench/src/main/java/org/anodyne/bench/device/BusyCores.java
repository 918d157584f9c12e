package org.anodyne.bench.device;

import java.util.ArrayList;
import java.util.List;

/** Keeps all cores busy while it is open, one thread for each. */
final class BusyCores implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private volatile double sink;

    BusyCores() {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread t = new Thread(this::work, "busy-core-" + i);
            t.setDaemon(true);
            t.start();
            threads.add(t);
        }
    }

    private void work() {
        double x = 1;
        while (!over) {
            for (int i = 0; i < 10_000; i++) {
                x = Math.sqrt(x + i);
            }
            sink = x;
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread t : threads) {
            t.join(1_000);
        }
    }
}
