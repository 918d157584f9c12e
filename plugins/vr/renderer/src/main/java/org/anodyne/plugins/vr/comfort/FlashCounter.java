package org.anodyne.plugins.vr.comfort;

import java.util.Arrays;
import java.util.Optional;

/**
 * Counts flashes in what one eye sees, by the definition of WCAG 2.x "three flashes or below threshold": a general flash is a
 * pair of opposing changes of relative luminance by 10 % of its maximum or more where the darker is below 0.80, a red flash a
 * pair of opposing changes that involve a saturated red; more than three within any second are too many, unless the area
 * that flashes together is at most a quarter of any 10-degree field (0.006 sr).
 *
 * <p>Where the definition leaves room, this errs towards stopping: the changes need not be in step over the area, only too many in the same
 * second; a cell that changes in part counts in full once its mean changes by 10 %; a red is saturated or counts as none, and
 * 20/320 of R − G − B is a change of it (the working definition of WCAG 2.0). Changes while participants turn
 * their heads are mostly the world passing by, so there only the mean of a whole field is counted. Thread: one.
 */
public final class FlashCounter {
    /** A finding. */
    public record Finding(Kind kind, int flashes) {}

    /** Which definition. */
    public enum Kind {
        GENERAL,
        RED
    }

    /** Changes of luminance by 10 %, less the rounding of what was read back. */
    private static final float LUMINANCE = 0.1f - 0.001f;

    private static final float DARKEST = 0.8f;
    private static final float RED = 20 / 320f - 0.001f;
    private static final float SATURATED = 0.8f;
    private static final double FIELD_RADIUS = Math.toRadians(5);

    /** A quarter of a 10-degree field, steradians. */
    private static final double AREA = 0.006;

    private final int cells;
    private final float[] area;
    private final int[][] fields;
    private final Transitions luminance;
    private final Transitions red;
    private final Transitions fieldLuminance;
    private final Transitions fieldRed;
    private final double[] overLuminance;
    private final double[] overRed;
    private final float[] bright;
    private final float[] reds;

    /**
     * @param across cells from left to right
     * @param down cells from bottom to top
     * @param left tangent of the angle to the left edge, negative; so on
     */
    public FlashCounter(int across, int down, double left, double right, double bottom, double top) {
        cells = across * down;
        area = new float[cells];
        double[][] to = new double[cells][];
        double dx = (right - left) / across;
        double dy = (top - bottom) / down;
        for (int i = 0; i < cells; i++) {
            double x = left + (i % across + 0.5) * dx;
            double y = bottom + (i / across + 0.5) * dy;
            double r = Math.sqrt(1 + x * x + y * y);
            area[i] = (float) (dx * dy / (r * r * r));
            to[i] = new double[] {x / r, y / r, 1 / r};
        }
        fields = new int[cells][];
        int[] inside = new int[cells];
        for (int i = 0; i < cells; i++) {
            double[] a = to[i];
            // Cells that are only half inside belong to it, too.
            double nearest = Math.cos(FIELD_RADIUS + Math.sqrt(area[i] / 2));
            int count = 0;
            for (int k = 0; k < cells; k++) {
                double[] b = to[k];
                if (a[0] * b[0] + a[1] * b[1] + a[2] * b[2] >= nearest) {
                    inside[count++] = k;
                }
            }
            fields[i] = Arrays.copyOf(inside, count);
        }
        luminance = new Transitions(cells, LUMINANCE, DARKEST);
        red = new Transitions(cells, RED, Float.POSITIVE_INFINITY);
        fieldLuminance = new Transitions(cells, LUMINANCE, DARKEST);
        fieldRed = new Transitions(cells, RED, Float.POSITIVE_INFINITY);
        overLuminance = new double[cells];
        overRed = new double[cells];
        bright = new float[cells];
        reds = new float[cells];
        reset();
    }

    /** Forgets what was seen. */
    public void reset() {
        luminance.reset();
        red.reset();
        fieldLuminance.reset();
        fieldRed.reset();
        Arrays.fill(overLuminance, Double.NEGATIVE_INFINITY);
        Arrays.fill(overRed, Double.NEGATIVE_INFINITY);
    }

    /**
     * A picture is seen.
     *
     * @param seconds when, on any clock
     * @param rgb red, green and blue of each cell, linear light, 0 to 1; rows from the bottom up
     * @param turning whether the participant turns the head
     * @return what is too much with it
     */
    public Optional<Finding> add(double seconds, float[] rgb, boolean turning) {
        boolean general = false;
        boolean reddish = false;
        for (int i = 0; i < cells; i++) {
            float r = rgb[3 * i];
            float g = rgb[3 * i + 1];
            float b = rgb[3 * i + 2];
            bright[i] = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            reds[i] = r >= SATURATED * (r + g + b) ? Math.max(0, r - g - b) : 0;
            if (luminance.add(i, seconds, bright[i], !turning)) {
                overLuminance[i] = seconds;
                general = true;
            }
            if (red.add(i, seconds, reds[i], !turning)) {
                overRed[i] = seconds;
                reddish = true;
            }
        }
        if (fields(fieldLuminance, bright, seconds) || general && large(overLuminance, seconds)) {
            return Optional.of(new Finding(Kind.GENERAL, (Transitions.TOO_MANY + 1) / 2));
        }
        if (fields(fieldRed, reds, seconds) || reddish && large(overRed, seconds)) {
            return Optional.of(new Finding(Kind.RED, (Transitions.TOO_MANY + 1) / 2));
        }
        return Optional.empty();
    }

    /** Whether cells that flashed too often within this second make up too much of any field. */
    private boolean large(double[] over, double seconds) {
        for (int[] field : fields) {
            double sum = 0;
            for (int cell : field) {
                sum += over[cell] > seconds - 1 ? area[cell] : 0;
            }
            if (sum > AREA) {
                return true;
            }
        }
        return false;
    }

    private boolean fields(Transitions of, float[] values, double seconds) {
        boolean any = false;
        for (int f = 0; f < cells; f++) {
            double sum = 0;
            double all = 0;
            for (int cell : fields[f]) {
                sum += values[cell] * area[cell];
                all += area[cell];
            }
            any |= of.add(f, seconds, (float) (sum / all), true);
        }
        return any;
    }
}
