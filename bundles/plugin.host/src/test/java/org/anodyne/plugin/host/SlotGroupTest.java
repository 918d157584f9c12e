package org.anodyne.plugin.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SlotGroupTest {
    /** The web server's threads come from Configuration Admin, whose group ends with its last thread. */
    @Test
    @SuppressWarnings("removal") // Of groups that end, which are just what this is about.
    void aSlotCanBeOpenedAgainWhenAThreadOfAGroupThatEndsHasOpenedIt() throws InterruptedException {
        ThreadGroup ending = new ThreadGroup("ends with its last thread");
        ending.setDaemon(true);
        AtomicReference<ThreadGroup> group = new AtomicReference<>();
        join(new Thread(ending, () -> group.set(SlotHostComponent.group("eeg"))));
        AtomicInteger ran = new AtomicInteger();
        join(new Thread(group.get(), ran::incrementAndGet));
        join(new Thread(group.get(), ran::incrementAndGet));
        assertEquals(2, ran.get());
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
    }
}
