package org.anodyne.broker;

/** Topic filters against topic filters. */
final class Filters {
    private static final String ANY = "#";
    private static final String ONE = "+";

    private Filters() {}

    /**
     * Whether everything that {@code inner} fits, {@code outer} fits as well.
     *
     * @param outer an MQTT topic filter
     * @param inner a topic filter, or a topic
     */
    static boolean covers(String outer, String inner) {
        String[] a = outer.split("/", -1);
        String[] b = inner.split("/", -1);
        for (int i = 0; i < a.length; i++) {
            if (a[i].equals(ANY)) {
                return i <= b.length;
            }
            if (i >= b.length || b[i].equals(ANY) || !a[i].equals(ONE) && !a[i].equals(b[i])) {
                return false;
            }
        }
        return a.length == b.length;
    }

    /**
     * The topic filter behind an address of the broker: {@code anodyne.1.lab.*.event.#} is {@code anodyne/1/lab/+/event/#};
     * a queue's name behind it is left out.
     */
    static String ofAddress(String address) {
        int queue = address.indexOf("::");
        String plain = queue < 0 ? address : address.substring(0, queue);
        StringBuilder filter = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '\\' && i + 1 < plain.length()) {
                filter.append(plain.charAt(++i)); // what means something to the broker, but stood in the topic
            } else {
                filter.append(c == '.' ? '/' : c == '*' ? '+' : c);
            }
        }
        return filter.toString();
    }
}
