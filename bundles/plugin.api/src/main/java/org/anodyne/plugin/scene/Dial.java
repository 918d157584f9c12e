package org.anodyne.plugin.scene;

import org.anodyne.plugin.Parameters;

/**
 * A quantity of a world that may change while it is seen: light, fog, water, speed. It moves to where it is told at a limited
 * rate, so that no feature, however noisy, makes the world jump; and it turns back at most every {@link #SAME_WAY_SECONDS},
 * so that none makes it flicker: what hangs on one dial then rises and falls at most four times in any second, where a
 * display stops a scene at seven (WCAG 2.x, three flashes). One that has not turned back lately turns at once. Thread: any; a
 * value told is seen from the next frame on.
 */
public final class Dial {
    /** For so long it goes on one way, or stands, before it turns back, seconds. Engineering default. */
    public static final double SAME_WAY_SECONDS = 0.28;

    private final String name;
    private final String unit;
    private final double minimum;
    private final double maximum;
    private final double perSecond;
    private volatile double target;
    private volatile long toldNanos = Long.MIN_VALUE;
    private volatile double value;
    private volatile long seenNanos = Long.MIN_VALUE;
    /** Which way it moved last; 0 before it moved. Thread: the one that draws, as the next. */
    private double way;

    private double sinceTurnSeconds;

    /**
     * @param name as in the schema of the scene's parameters, and of the port that may drive it
     * @param unit of its values; {@code 1} where there is none
     * @param perSecond how fast it may change, in its unit per second
     * @throws IllegalArgumentException when the range is empty or the rate not above 0
     */
    public Dial(String name, String unit, double minimum, double maximum, double initial, double perSecond) {
        if (!(minimum < maximum) || !(perSecond > 0) || !(initial >= minimum && initial <= maximum)) {
            throw new IllegalArgumentException("dial '" + name + "' from " + minimum + " to " + maximum + ", at first "
                    + initial + ", by " + perSecond + " per second, cannot be turned");
        }
        this.name = name;
        this.unit = unit;
        this.minimum = minimum;
        this.maximum = maximum;
        this.perSecond = perSecond;
        target = initial;
        value = initial;
    }

    /** Name of the dial. */
    public String name() {
        return name;
    }

    /** Unit of its values. */
    public String unit() {
        return unit;
    }

    /** Least value. */
    public double minimum() {
        return minimum;
    }

    /** Greatest value. */
    public double maximum() {
        return maximum;
    }

    /** Where it is now. */
    public double value() {
        return value;
    }

    /** Where it is now as a part of its range, 0 to 1. */
    public double part() {
        return (value - minimum) / (maximum - minimum);
    }

    /** Where it moves to. */
    public double target() {
        return target;
    }

    /** Tells it a value in its unit; one beyond its range moves it to the end of it, no number leaves it where it is. */
    public void tell(double newTarget) {
        if (!Double.isNaN(newTarget)) {
            target = Math.max(minimum, Math.min(maximum, newTarget));
        }
    }

    /**
     * Tells it a part of its range, as a feature that drives it does.
     *
     * @param part 0 for the least value, 1 for the greatest
     * @param timeNanos the feature's time
     */
    public void drive(double part, long timeNanos) {
        if (!Double.isNaN(part)) {
            tell(minimum + (maximum - minimum) * part);
            toldNanos = timeNanos;
        }
    }

    /** Takes the value that the parameters name for it, if they do. */
    public void adopt(Parameters parameters) {
        if (parameters.values().get(name) instanceof Number n) {
            tell(n.doubleValue());
        }
    }

    /** Puts it where it is to go, at once; for the first frame. Thread: the one that draws. */
    public void settle() {
        look();
        value = target;
        way = 0;
    }

    /** Read before the target, which is written first: the target is this feature's or a newer one's. */
    private void look() {
        seenNanos = toldNanos;
    }

    /** Goes on by so many seconds. Thread: the one that draws. */
    public void advance(double seconds) {
        look();
        double passed = Math.max(0, seconds);
        sinceTurnSeconds += passed;
        double gap = target - value;
        double to = Math.signum(gap);
        if (to == 0 || passed == 0) {
            return;
        }
        if (to != way) {
            if (way != 0 && sinceTurnSeconds < SAME_WAY_SECONDS) {
                return;
            }
            way = to;
            sinceTurnSeconds = 0;
        }
        double step = perSecond * passed;
        value = Math.abs(gap) <= step ? target : value + to * step;
    }

    /** Time of the feature that drove it last; {@link Long#MIN_VALUE} before the first. */
    public long toldNanos() {
        return toldNanos;
    }

    /**
     * Time of the feature that {@link #value} follows since it went on last, so of the frame that is drawn now; {@link
     * Long#MIN_VALUE} before the first. A feature that came while a frame was drawn is seen in the next.
     */
    public long seenNanos() {
        return seenNanos;
    }
}
