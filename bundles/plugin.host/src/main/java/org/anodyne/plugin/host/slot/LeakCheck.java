package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for threads that plug-in code started and left. */
final class LeakCheck {
    /** Threads that the JDK starts once for the whole process, whoever asks first. */
    private static final Set<String> OF_THE_JDK =
            Set.of("CompletableFutureDelayScheduler", "process reaper", "Common-Cleaner", "Keep-Alive-Timer");

    private static final long LAST_MOMENT_MILLIS = 2_000;

    private LeakCheck() {}

    /** Threads of the group that stay, lanes that are about to end not counted. */
    static List<Thread> threads(ThreadGroup group) {
        return now(group).stream().filter(LeakCheck::stays).toList();
    }

    /** Live threads of the group; a thread belongs to the group of the thread that made it. */
    static List<Thread> now(ThreadGroup group) {
        Thread[] all = new Thread[group.activeCount() + 16];
        int n = group.enumerate(all, true);
        return Stream.of(all)
                .limit(n)
                .filter(Thread::isAlive)
                .filter(t -> OF_THE_JDK.stream().noneMatch(t.getName()::startsWith))
                .filter(t -> !t.getName().startsWith("ForkJoinPool.commonPool"))
                .toList();
    }

    /** Whether it is alive and no lane that needs but a moment to end. */
    static boolean stays(Thread t) {
        if (t.getName().startsWith("lane-") && t.isAlive()) {
            try {
                t.join(LAST_MOMENT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return t.isAlive();
    }
}
