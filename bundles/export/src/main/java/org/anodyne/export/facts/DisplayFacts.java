package org.anodyne.export.facts;

import java.util.List;
import java.util.Map;

/**
 * What the display showed and when; empty when the session had none.
 *
 * @param device mode and device, in words; empty when there was no display
 * @param rateHz frames a second that were wanted
 * @param frames frames that were submitted
 * @param dropped frames that were not there when the screen wanted them
 * @param intervals from each frame's submission to the next, nanoseconds
 * @param gpu how long the graphics card worked on each frame, nanoseconds, where it tells
 * @param scenes frames of each scene, by slot; the neutral world by the empty name
 * @param featureToFrame from a feature's publication to the submission of the first frame that follows it, nanoseconds
 */
public record DisplayFacts(
        String device,
        double rateHz,
        long frames,
        long dropped,
        List<Long> intervals,
        List<Long> gpu,
        Map<String, Long> scenes,
        List<Long> featureToFrame) {
    /** Of a session without a display. */
    public static final DisplayFacts NONE = new DisplayFacts("", 0, 0, 0, List.of(), List.of(), Map.of(), List.of());

    /** Whether there was one. */
    public boolean any() {
        return frames > 0;
    }
}
