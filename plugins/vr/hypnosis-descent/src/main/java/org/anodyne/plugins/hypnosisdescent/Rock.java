package org.anodyne.plugins.hypnosisdescent;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Shape;
import org.joml.Vector3f;

/**
 * The rock: a round well with rings of lanterns, and the dome of a grotto under it with a mouth to the open water. Heights are
 * above the water at the end of the way. Every vertex carries the light that lanterns throw on it. Any thread.
 */
final class Rock {
    /** Mean radius of the well, metres. */
    static final float WELL = 12.5f;
    /** Height of the well's lower edge, where the dome begins, metres. */
    static final float EDGE = 8.6f;
    /** Height of the rim at the top, metres. */
    static final float RIM = (float) Course.METRES + 3.6f;
    /** Half the angle of the mouth, radians. */
    static final float MOUTH = 0.62f;

    private static final float MOUTH_HEIGHT = 9.4f;
    private static final float TURN = (float) (2 * Math.PI);
    private static final int COLUMNS = 240;
    private static final int SECTORS = 8;
    private static final float ROW = 0.27f;
    private static final int ROWS_OF_BAND = 14;
    private static final int DOME_ROWS = 44;
    private static final int LANTERNS = 14;
    /** How far a lantern's light is reckoned, metres. */
    private static final float LIT = 6;

    /** Colours from top to bottom: warm evening to blue night. */
    private static final int[] HUES = {0xffc27a, 0xff9d72, 0xf07f92, 0xb877d8, 0x7d7cf0, 0x4f93ea, 0x43b7cf, 0x58c4b4};

    private final Noise noise;
    private final int steps;
    private final List<Lantern> lanterns = new ArrayList<>();
    private final List<Vector3f> worms = new ArrayList<>();

    /** One lantern. */
    record Lantern(Vector3f place, Vector3f colour) {}

    Rock(long seed, int steps) {
        noise = new Noise(seed);
        this.steps = steps;
        for (int k = 0; k <= steps; k++) {
            float y = landingHeight(k);
            // In the grotto there is no wall near enough to carry any.
            for (int i = 0; i < LANTERNS && y > EDGE; i++) {
                float angle = TURN * (i + 0.5f * (k % 2)) / LANTERNS;
                float r = radius(angle, y + 1.3f) - 0.28f;
                lanterns.add(new Lantern(at(angle, r, y + 1.3f), hue((float) k / steps)));
            }
        }
    }

    /** Colour of the light at a depth of 0 to 1. */
    static Vector3f hue(float depth) {
        return Colours.ramp(depth, HUES);
    }

    /** Height of the water when it has come to a landing. */
    float landingHeight(int landing) {
        return (float) (Course.METRES * (1 - (double) landing / steps));
    }

    /** All lanterns of the rings. */
    List<Lantern> lanterns() {
        return lanterns;
    }

    /** Where glow-worms sit on the dome; known once {@link #dome} was made. */
    List<Vector3f> worms() {
        return worms;
    }

    private static Vector3f at(float angle, float radius, float y) {
        return new Vector3f(radius * (float) Math.sin(angle), y, -radius * (float) Math.cos(angle));
    }

    /** How far the wall of the well is from its middle. */
    float radius(float angle, float y) {
        float x = WELL * (float) Math.sin(angle);
        float z = WELL * (float) Math.cos(angle);
        float bulk =
                1.7f * noise.at(0.10f * x, 0.13f * y, 0.10f * z) + 1.0f * noise.at(0.27f * x, 0.36f * y, 0.27f * z);
        float rough = 0.75f * Math.abs(noise.at(0.55f * x, 0.8f * y, 0.55f * z))
                + 0.24f * noise.at(1.6f * x, 2.1f * y, 1.6f * z);
        float strata = 0.22f * (float) Math.sin(2.1f * y + 2.4f * noise.at(0.2f * x, 0.3f * y, 0.2f * z));
        float ledge = 0;
        for (int k = 0; k < steps; k++) {
            // A carved ledge under each ring of lanterns.
            float d = y - landingHeight(k) - 0.45f;
            ledge += (float) Math.exp(-d * d / 0.05f);
        }
        float calm = 1 - 0.75f * Math.min(1, ledge);
        return WELL + calm * (bulk + rough + strata) + (1 - calm) * 0.5f * bulk - 0.55f * Math.min(1, ledge);
    }

    /** The well in pieces, from the bottom up, small enough to be left out where they are not seen. */
    List<Shape> well() {
        List<Shape> out = new ArrayList<>();
        int rows = (int) Math.ceil((RIM - EDGE) / ROW);
        int across = COLUMNS / SECTORS;
        for (int from = 0; from < rows; from += ROWS_OF_BAND) {
            int to = Math.min(rows, from + ROWS_OF_BAND);
            for (int first = 0; first < COLUMNS; first += across) {
                out.add(wellPiece(from, to, first, first + across));
            }
        }
        return out;
    }

    private Shape wellPiece(int fromRow, int toRow, int fromColumn, int toColumn) {
        Shape s = new Shape();
        s.glow(1);
        int[] below = null;
        for (int row = fromRow; row <= toRow; row++) {
            int[] now = new int[toColumn - fromColumn + 1];
            for (int k = 0; k < now.length; k++) {
                now[k] = wellVertex(s, TURN * ((fromColumn + k) % COLUMNS) / COLUMNS, EDGE + ROW * row);
            }
            for (int k = 0; below != null && k + 1 < now.length; k++) {
                s.quad(below[k], below[k + 1], now[k + 1], now[k]);
            }
            below = now;
        }
        return s;
    }

    private int wellVertex(Shape s, float angle, float y) {
        float r = radius(angle, y);
        float span = 0.3f;
        float across = (radius(angle + span / WELL, y) - radius(angle - span / WELL, y)) / (2 * span);
        float up = (radius(angle, y + span) - radius(angle, y - span)) / (2 * span);
        Vector3f out = at(angle, 1, 0);
        Vector3f along = new Vector3f((float) Math.cos(angle), 0, (float) Math.sin(angle));
        Vector3f n = new Vector3f(out).negate().fma(across, along).add(0, up, 0).normalize();
        Vector3f p = at(angle, r, y);
        float around = 0;
        for (int i = 0; i < 8; i++) {
            float a = TURN * i / 8;
            around += radius(angle + 0.8f * (float) Math.cos(a) / WELL, y + 0.8f * (float) Math.sin(a)) / 8;
        }
        // What lies deeper than its surroundings is darker.
        float hollow = Math.max(-0.5f, Math.min(0.5f, r - around));
        paint(s, p, n, 1 - 1.3f * hollow);
        return s.vertex(p.x, p.y, p.z, n.x, n.y, n.z);
    }

    /** Sets the pen to the rock's colour in the light that falls here. */
    void paint(Shape s, Vector3f p, Vector3f n, float open) {
        float depth = 1 - p.y / (float) Course.METRES;
        float grain = noise.at(1.3f * p.x, 2.2f * p.y, 1.3f * p.z);
        float veins = noise.at(0.35f * p.x, 1.6f * p.y, 0.35f * p.z);
        Vector3f stone = Colours.mix(Colours.of(0x8f8794), Colours.of(0xb9a99c), 0.5f + 0.5f * veins);
        stone.mul(0.9f + 0.16f * grain);
        Vector3f hue = hue(depth);
        Vector3f light =
                new Vector3f(hue).mul(hue).mul(0.05f + 0.14f * Math.max(0, n.y)).add(0.008f, 0.010f, 0.026f);
        Vector3f to = new Vector3f();
        for (Lantern l : lanterns) {
            if (Math.abs(l.place().y - p.y) > LIT || l.place().distanceSquared(p) > LIT * LIT) {
                continue;
            }
            l.place().sub(p, to);
            float d = to.length();
            float facing = 0.12f + 0.88f * Math.max(0, to.dot(n) / Math.max(0.01f, d));
            Vector3f c = l.colour();
            light.fma(2.9f * facing / (1 + 1.9f * d * d), new Vector3f(c).mul(c));
        }
        // The evening's last light from above.
        float sky = (float) Math.exp(-(RIM - p.y) / 5.5f) * (0.5f + 0.5f * n.y);
        light.fma(0.5f * sky, Colours.of(0x9fb0e0));
        light.mul(open);
        s.colour(new Vector3f(
                tone(stone.x * stone.x * light.x),
                tone(stone.y * stone.y * light.y),
                tone(stone.z * stone.z * light.z)));
    }

    private static float tone(float linear) {
        float v = 1.5f * linear;
        return (float) Math.sqrt(v / (1 + 0.35f * v));
    }

    /** How far down the dome goes at an angle: 1 to the water, less above the mouth. */
    private float reach(float angle) {
        float a = angle > Math.PI ? angle - TURN : angle;
        float t = Math.abs(a) / MOUTH;
        if (t >= 1) {
            return 1;
        }
        float jag = 0.7f * noise.at(9 * a, 3.3f, 0.2f) + 0.35f * noise.at(31 * a, 1.3f, 0.2f);
        float height = (MOUTH_HEIGHT + jag) * (float) Math.pow(1 - t * t, 0.6) - 2.2f;
        float low = 0.3f;
        float high = 1;
        for (int i = 0; i < 12; i++) {
            float part = (low + high) / 2;
            if (domePlace(angle, part).y > height) {
                low = part;
            } else {
                high = part;
            }
        }
        return low;
    }

    /** The dome of the grotto around and above the lake, in pieces. */
    List<Shape> dome() {
        int columns = 2 * COLUMNS;
        float[] reach = new float[columns];
        for (int k = 0; k < columns; k++) {
            reach[k] = reach(TURN * k / columns);
        }
        List<Shape> out = new ArrayList<>();
        int across = columns / SECTORS;
        for (int first = 0; first < columns; first += across) {
            Shape s = new Shape();
            s.glow(1);
            int[] inner = null;
            for (int row = 0; row <= DOME_ROWS; row++) {
                int[] now = new int[across + 1];
                for (int i = 0; i <= across; i++) {
                    int k = (first + i) % columns;
                    float part = reach[k] * row / DOME_ROWS;
                    now[i] = domeVertex(s, TURN * k / columns, part);
                    sit(TURN * k / columns, part, k, row);
                }
                for (int i = 0; inner != null && i < across; i++) {
                    s.quad(now[i], now[i + 1], inner[i + 1], inner[i]);
                }
                inner = now;
            }
            out.add(s);
        }
        return out;
    }

    private int domeVertex(Shape s, float angle, float part) {
        Vector3f p = domePlace(angle, part);
        Vector3f along = domePlace(angle + 0.012f, part).sub(domePlace(angle - 0.012f, part));
        Vector3f down = domePlace(angle, part + 0.008f).sub(domePlace(angle, part - 0.008f));
        Vector3f n = along.cross(down).normalize();
        if (n.dot(p.x, p.y - 1, p.z) > 0) {
            n.negate();
        }
        domeLight(s, p, n);
        return s.vertex(p.x, p.y, p.z, n.x, n.y, n.z);
    }

    private void sit(float angle, float part, int k, int row) {
        float crowd = 0.5f + 0.5f * noise.at(2.2f * (float) Math.sin(angle), 2.2f * (float) Math.cos(angle), 3 * part);
        if (part > 0.02f && part < 0.86f && noise.cell(k, row, 5) < 0.075f * crowd * crowd) {
            worms.add(domePlace(angle, part).mul(0.985f));
        }
    }

    private Vector3f domePlace(float angle, float part) {
        float edge = radius(angle, EDGE);
        // A quarter of an oval from the well's edge out and down to below the water.
        double a = Math.PI / 2 * (0.08 + 0.97 * part);
        float r = edge + 25.5f * (float) ((1 - Math.cos(a)) - (1 - Math.cos(Math.PI / 2 * 0.08)) + 0.55 * part) / 1.52f;
        float y = EDGE * (float) (part < 0.999 ? Math.pow(Math.max(0, Math.cos(a * 0.985)), 0.62) : 0)
                - 2.2f * part * part;
        Vector3f p = at(angle, r, y);
        float bump = 1.3f * noise.at(0.16f * p.x, 0.2f * p.y, 0.16f * p.z)
                + 0.55f * noise.at(0.5f * p.x, 0.5f * p.y, 0.5f * p.z);
        float hang = Math.max(0, noise.at(0.75f * p.x, 0.3f, 0.75f * p.z) - 0.25f);
        float free = Math.min(1, 6 * part);
        p.y += free * (0.7f * bump - 2.6f * hang * (1 - part));
        p.mul(1 + 0.02f * free * bump, 1, 1 + 0.02f * free * bump);
        return p;
    }

    private void domeLight(Shape s, Vector3f p, Vector3f n) {
        float grain =
                noise.at(0.9f * p.x, 1.3f * p.y, 0.9f * p.z) + 0.5f * noise.at(2.3f * p.x, 2.3f * p.y, 2.3f * p.z);
        float near = (float) Math.exp(-Math.hypot(p.x, p.z) / 26);
        float low = (float) Math.exp(-Math.max(0, p.y) / 3.2f);
        // Blue from the water, teal and violet from what glows along its edge, the moon through the mouth.
        Vector3f light = new Vector3f(0.030f, 0.060f, 0.115f).mul((0.5f + near) * (0.55f - 0.6f * n.y));
        float patch = 0.5f + 0.5f * noise.at(0.14f * p.x, 0.1f, 0.14f * p.z);
        light.fma(
                0.62f * low * patch * (0.6f + 0.4f * n.y),
                Colours.mix(Colours.of(0x1fb8a8), Colours.of(0x7a5ae0), patch));
        Vector3f moon = new Vector3f(-0.12f, 0.17f, -0.98f);
        light.fma(0.16f * Math.max(0, n.dot(moon)) * Math.max(0, 0.4f + p.z / 40), Colours.of(0xa8bcf0));
        for (Lantern l : lanterns) {
            float d = l.place().distanceSquared(p);
            if (d < LIT * LIT) {
                light.fma(0.9f / (1 + 1.6f * d), new Vector3f(l.colour()).mul(l.colour()));
            }
        }
        light.mul(0.85f + 0.4f * grain);
        s.colour(new Vector3f(tone(0.5f * light.x), tone(0.5f * light.y), tone(0.5f * light.z)));
    }
}
