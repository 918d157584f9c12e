package org.anodyne.bus.mqtt;

/** An MQTT topic filter: {@code +} stands for one level, {@code #} at the end for any number of them. */
final class TopicFilter {
    private final String text;
    private final String[] levels;

    /**
     * Reads a filter.
     *
     * @throws IllegalArgumentException when MQTT does not allow it
     */
    TopicFilter(String text) {
        this.text = text;
        this.levels = text.split("/", -1);
        if (text.isEmpty() || text.indexOf('\0') >= 0 || text.startsWith("$share/")) {
            throw bad("it is empty, holds a null character or is a shared subscription");
        }
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.indexOf('#') >= 0 && (level.length() > 1 || i < levels.length - 1)) {
                throw bad("# must be the whole last level");
            }
            if (level.indexOf('+') >= 0 && level.length() > 1) {
                throw bad("+ must be a whole level");
            }
        }
    }

    boolean matches(String topic) {
        int from = 0;
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.equals("#")) {
                return i > 0 || !topic.startsWith("$");
            }
            if (from > topic.length()) {
                return false;
            }
            int to = topic.indexOf('/', from);
            if (to < 0) {
                to = topic.length();
            }
            boolean one = level.equals("+")
                    ? i > 0 || !topic.startsWith("$")
                    : to - from == level.length() && topic.startsWith(level, from);
            if (!one) {
                return false;
            }
            from = to + 1;
        }
        return from > topic.length();
    }

    @Override
    public String toString() {
        return text;
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("'" + text + "' is no topic filter: " + why);
    }
}
