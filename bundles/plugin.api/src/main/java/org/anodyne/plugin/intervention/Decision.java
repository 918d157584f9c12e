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
 * @param commandId id of the command that follows, of the first where several do; empty unless fired
 * @param feature the feature that was measured, {@code slot/name}; empty where it was not told
 * @param version version and hash of the plug-in that published the value; empty where it is not known
 */
public record Decision(
        String trigger,
        long timeNanos,
        double measured,
        double threshold,
        Verdict verdict,
        String phase,
        String commandId,
        String feature,
        String version) {
    /** One that does not tell what was measured. */
    public Decision(
            String trigger,
            long timeNanos,
            double measured,
            double threshold,
            Verdict verdict,
            String phase,
            String commandId) {
        this(trigger, timeNanos, measured, threshold, verdict, phase, commandId, "", "");
    }

    /** Why a met condition fires or does not. */
    public enum Verdict {
        FIRED,
        HELD_BY_REFRACTORY_TIME,
        HELD_BY_CAP_PER_MINUTE,
        HELD_BY_CAP_PER_PHASE,
        HELD_BY_CAP_PER_SESSION,
        HELD_BY_CAP_PER_DAY,
        HELD_BY_MISSING_BASELINE,
        /** It would have fired, and its {@link Trigger.Unless} inhibited it. */
        HELD_BY_UNLESS,
        /** It was inhibited as often as it may be: from now on it fires no more. Once, with the last inhibition. */
        STOPPED_BY_UNLESS
    }
}
