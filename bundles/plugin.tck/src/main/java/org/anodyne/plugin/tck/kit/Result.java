package org.anodyne.plugin.tck.kit;

/**
 * What became of a check.
 *
 * @param id short name, stable from version to version
 * @param title what is asked, in one sentence
 * @param verdict whether it holds
 * @param detail why not, or what was measured
 * @param millis how long it took
 */
public record Result(String id, String title, Verdict verdict, String detail, long millis) {
    /** Whether a check holds. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** It does not concern this plug-in, or what it needs was not named; the detail says what. */
        SKIPPED
    }
}
