package org.anodyne.session.engine.protocol;

/** Paths within a protocol file as people write them: {@code phases[2].triggers[0].refractory}. */
final class Where {
    private Where() {}

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** The path without its last step; empty at the root. */
    static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }

    /** The last step of a path. */
    static String last(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return path.substring(cut + 1);
    }
}
