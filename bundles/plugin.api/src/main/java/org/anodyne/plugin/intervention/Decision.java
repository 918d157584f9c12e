package org.anodyne.plugin.intervention;

/**
 * The verdict of a trigger whose condition was met: it fired, or something held it back. Everything in it rests on data
 * alone, so a replay gives the same bits.
 *
 * @param trigger the trigger's id
 * @param timeNanos session time of the feature value that met the condition
 * @param measured the feature's value
 * @param threshold the threshold that it was compared with
 * @param verdict whether it fired
 * @param phase id of the phase
 * @param commandId id of the command that follows; empty unless fired
 */
public record Decision(
        String trigger,
        long timeNanos,
        double measured,
        double threshold,
        Verdict verdict,
        String phase,
        String commandId) {
    /** Why a met condition fires or does not. */
    public enum Verdict {
        FIRED,
        HELD_BY_REFRACTORY_TIME,
        HELD_BY_CAP_PER_MINUTE,
        HELD_BY_CAP_PER_PHASE,
        HELD_BY_CAP_PER_SESSION,
        HELD_BY_MISSING_BASELINE
    }
}
