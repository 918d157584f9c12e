package org.anodyne.plugin.intervention;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an intervention implements besides {@link Intervention} when it shows pages and asks for answers. It shows one
 * {@link Activity} at a time, by publishing {@link Activity#event}: the next one takes the place of the one before. Whatever
 * screen, phone or simulated participant is connected shows it and answers over the bus; the platform checks the answer
 * against the activity's fields first, so that only whole ones arrive here.
 *
 * <p>One that leads through a programme over several visits tells events {@code programme-session} with the {@code programme}'s id
 * when it begins, and {@code exercise-asked} with {@code programme}, {@code exercise}, {@code activity} and, in {@code keeps}, names
 * of fields whose answers it shows again later. The platform keeps those for the participant and hands them in soon after the
 * beginning of later visits, as an answer to {@link ActivityAnswer#RECOLLECTION}.
 */
@ConsumerType
public interface ActivityGuide {
    /**
     * An answer to the activity that is shown, or, when the two crossed, to an earlier one, which is to be passed over; or a
     * {@link ActivityAnswer#RECOLLECTION}.
     * Thread: the lane.
     */
    void answered(ActivityAnswer answer);
}
