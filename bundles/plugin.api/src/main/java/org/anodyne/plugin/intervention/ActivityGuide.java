package org.anodyne.plugin.intervention;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an intervention implements besides {@link Intervention} when it shows pages and asks for answers. It shows one
 * {@link Activity} at a time, by publishing {@link Activity#event}: the next one takes the place of the one before. Whatever
 * screen, phone or simulated participant is connected shows it and answers over the bus; the platform checks the answer
 * against the activity's fields first, so that only whole ones arrive here.
 */
@ConsumerType
public interface ActivityGuide {
    /**
     * An answer to the activity that is shown, or, when the two crossed, to an earlier one, which is to be passed over.
     * Thread: the lane.
     */
    void answered(ActivityAnswer answer);
}
