package org.anodyne.bus.mqtt;

import java.util.List;

/** Threads that carry a bus's id in their names, which all of its threads do. */
final class Threads {
    private Threads() {}

    static List<String> of(String source, String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains(source) && name.startsWith(prefix))
                .toList();
    }
}
