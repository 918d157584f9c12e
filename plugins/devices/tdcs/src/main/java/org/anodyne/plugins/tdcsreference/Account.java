package org.anodyne.plugins.tdcsreference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.allocation.Arm;

/**
 * What one stimulation has delivered, as it is told. An open one is told as measured. A blinded one is told as the active
 * arm would be, in both arms: an upper bound of the truth, so that ledger and limits treat the arms alike; the truth goes
 * along sealed. Numbers in what is told are amounts that the ledger adds up; there are no others. Belongs to the owner's thread.
 */
final class Account {
    /** So near to the end only the end is told, and the number of events does not depend on chance. */
    private static final double NEAR_END = 0.5;

    private final Course course;
    private final Optional<SiteKey> key;
    private double toldSeconds;
    private double toldCharge;
    private double trueCharge;
    private int sequence;

    Account(Course course, Optional<SiteKey> key) {
        this.course = course;
        this.key = key;
    }

    Course course() {
        return course;
    }

    /** What has come since the last time; empty when no new second has begun since. */
    Optional<Map<String, Object>> progress(Status status) {
        if (Math.floor(status.seconds()) <= Math.floor(toldSeconds)
                || status.seconds() > course.duration() - NEAR_END) {
            return Optional.empty();
        }
        return Optional.of(increment(status.seconds(), status));
    }

    /** The rest, with what may have been delivered at most since the stimulator was last heard. */
    Map<String, Object> end(Optional<Status> last, double unheard) {
        Status known = last.orElse(new Status("FAULT", 0, 0, 0, 0));
        double seconds = Math.min(course.duration(), known.seconds() + unheard);
        Status atMost = new Status(
                known.state(),
                seconds,
                known.milliamps(),
                known.kiloohms(),
                known.millicoulombs() + course.nominalCharge(seconds) - course.nominalCharge(known.seconds()));
        Map<String, Object> increment = increment(seconds, atMost);
        increment.put("estimated", unheard > 0);
        increment.put("last", true);
        return increment;
    }

    private Map<String, Object> increment(double seconds, Status status) {
        trueCharge = Math.max(trueCharge, status.millicoulombs());
        double charge = course.blinded() ? course.nominalCharge(seconds) : trueCharge;
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("commandId", course.commandId());
        attributes.put("chargeMillicoulomb", Math.max(0, charge - toldCharge));
        attributes.put("seconds", Math.max(0, seconds - toldSeconds));
        attributes.put("impedance", ImpedanceWatch.band(status.kiloohms()));
        if (course.blinded()) {
            attributes.put("sealed", sealed(seconds, status));
        }
        toldCharge = Math.max(toldCharge, charge);
        toldSeconds = Math.max(toldSeconds, seconds);
        return attributes;
    }

    private String sealed(double seconds, Status status) {
        return key.orElseThrow(() -> new IllegalStateException("a blinded stimulation without a key"))
                .seal(
                        course.commandId(),
                        new SiteKey.Dose(
                                course.sham() ? Arm.SHAM : Arm.ACTIVE,
                                sequence++,
                                seconds,
                                status.milliamps(),
                                status.kiloohms(),
                                trueCharge));
    }
}
