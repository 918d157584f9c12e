package org.anodyne.dsp.artefact;

/** What disturbs a signal. */
public enum ArtefactKind {
    /** A blink or another eye movement: a large slow wave. */
    BLINK,
    /** Muscle tension: much fast activity. */
    MUSCLE,
    /** No signal: a loose electrode or a dead amplifier. */
    FLAT,
    /** The amplifier's range was left. */
    CLIP,
    /** The level jumps or drifts: movement of the head, a cable, an electrode. */
    MOVEMENT;

    /** Its bit in a set of kinds. */
    public int bit() {
        return 1 << ordinal();
    }
}
