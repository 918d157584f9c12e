package org.anodyne.bus.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets nothing older through than what came before, by source and topic: for what is only of use now. A broker may mix up the
 * messages of a topic that is new to it, and gives one again for each further filter that fits. Thread: the dispatcher.
 */
final class Freshest {
    private static final int MOST = 256;

    private record Key(String source, String topic) {}

    /** Those not heard for longest go first. */
    private final Map<Key, Long> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Whether a message is newer than all before it; it is remembered then. */
    boolean isNews(String source, String topic, long sequence) {
        Key key = new Key(source, topic);
        Long before = newest.get(key);
        if (before != null && before >= sequence) {
            return false;
        }
        newest.put(key, sequence);
        return true;
    }
}
