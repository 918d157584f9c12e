package org.anodyne.scenery;

/** Smooth random values over the plane and space, the same for the same seed. Immutable; any thread. */
public final class Noise {
    private static final float INTO_UNIT = 1f / (1 << 24);
    /** Each octave is turned, so that their grids do not show. */
    private static final float TURN_COS = 0.8f;

    private static final float TURN_SIN = 0.6f;
    private static final float LACUNARITY = 2.03f;

    private final int seed;

    /** @param seed of all values */
    public Noise(long seed) {
        this.seed = mix((int) (seed ^ (seed >>> 32)) + 0x51ab3d);
    }

    /** Mixes all bits into all others; the constants are those of lowbias32 (C. Wellons, hash-prospector). */
    private static int mix(int h) {
        int a = h * 0x7feb352d;
        a ^= a >>> 15;
        a *= 0x846ca68b;
        return a ^ (a >>> 16);
    }

    /** A value of 0 to 1 for a point of the whole-numbered grid, without any likeness to its neighbours. */
    public float cell(int x, int y, int z) {
        int h = mix(seed + mix(x + mix(y + mix(z + 0x2f1d) * 31) * 17));
        return (h >>> 8) * INTO_UNIT;
    }

    private static float fade(float t) {
        return t * t * t * (t * (t * 6 - 15) + 10);
    }

    private static int floor(float v) {
        int i = (int) v;
        return v < i ? i - 1 : i;
    }

    private float slope(int x, int y, int z, float dx, float dy, float dz) {
        int h = mix(seed + mix(x + mix(y + mix(z + 0x77) * 31) * 17)) >>> 28;
        float u = h < 8 ? dx : dy;
        float v = h < 4 ? dy : h == 12 || h == 14 ? dx : dz;
        return ((h & 1) == 0 ? u : -u) + ((h & 2) == 0 ? v : -v);
    }

    /** Gradient noise in space, about −1 to 1, one bump per unit. */
    public float at(float x, float y, float z) {
        int ix = floor(x);
        int iy = floor(y);
        int iz = floor(z);
        float fx = x - ix;
        float fy = y - iy;
        float fz = z - iz;
        float u = fade(fx);
        float v = fade(fy);
        float w = fade(fz);
        float low = lerp(
                v,
                lerp(u, slope(ix, iy, iz, fx, fy, fz), slope(ix + 1, iy, iz, fx - 1, fy, fz)),
                lerp(u, slope(ix, iy + 1, iz, fx, fy - 1, fz), slope(ix + 1, iy + 1, iz, fx - 1, fy - 1, fz)));
        float high = lerp(
                v,
                lerp(u, slope(ix, iy, iz + 1, fx, fy, fz - 1), slope(ix + 1, iy, iz + 1, fx - 1, fy, fz - 1)),
                lerp(
                        u,
                        slope(ix, iy + 1, iz + 1, fx, fy - 1, fz - 1),
                        slope(ix + 1, iy + 1, iz + 1, fx - 1, fy - 1, fz - 1)));
        return lerp(w, low, high);
    }

    /** Gradient noise over the plane, about −1 to 1. */
    public float at(float x, float y) {
        return at(x, y, 0.5f);
    }

    /** Sum of octaves, each twice as fine and half as strong as the one before; about −1 to 1. */
    public float fbm(float x, float y, int octaves) {
        float sum = 0;
        float strength = 0.5f;
        float a = x;
        float b = y;
        for (int i = 0; i < octaves; i++) {
            sum += strength * at(a, b, 0.5f + i);
            float c = (a * TURN_COS - b * TURN_SIN) * LACUNARITY;
            b = (a * TURN_SIN + b * TURN_COS) * LACUNARITY;
            a = c;
            strength *= 0.5f;
        }
        return 1.4f * sum;
    }

    /** Like {@link #fbm}, but with sharp ridges: 0 in the valleys to about 1 on the ridges. */
    public float ridges(float x, float y, int octaves) {
        float sum = 0;
        float strength = 0.5f;
        float above = 1;
        float a = x;
        float b = y;
        for (int i = 0; i < octaves; i++) {
            float r = 1 - Math.min(1, Math.abs(1.3f * at(a, b, 0.5f + i)));
            r *= r * above;
            sum += strength * r;
            above = r;
            float c = (a * TURN_COS - b * TURN_SIN) * LACUNARITY;
            b = (a * TURN_SIN + b * TURN_COS) * LACUNARITY;
            a = c;
            strength *= 0.5f;
        }
        return sum;
    }

    /**
     * A square picture of octaves that can be laid edge to edge, 0 to 1, row by row.
     *
     * @param size pixels of a side
     * @param bumps how many bumps of the coarsest octave a side has
     */
    public float[] tile(int size, int bumps, int octaves) {
        float[] out = new float[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                float sum = 0;
                float strength = 0.5f;
                int period = bumps;
                for (int o = 0; o < octaves; o++) {
                    sum += strength * periodic((float) column / size * period, (float) row / size * period, period, o);
                    strength *= 0.5f;
                    period *= 2;
                }
                out[row * size + column] = Math.max(0, Math.min(1, 0.5f + 0.75f * sum));
            }
        }
        return out;
    }

    private float periodic(float x, float y, int period, int layer) {
        int ix = floor(x);
        int iy = floor(y);
        float fx = x - ix;
        float fy = y - iy;
        int x0 = Math.floorMod(ix, period);
        int y0 = Math.floorMod(iy, period);
        int x1 = (x0 + 1) % period;
        int y1 = (y0 + 1) % period;
        float u = fade(fx);
        float v = fade(fy);
        return lerp(
                v,
                lerp(u, slope(x0, y0, layer, fx, fy, 0.4f), slope(x1, y0, layer, fx - 1, fy, 0.4f)),
                lerp(u, slope(x0, y1, layer, fx, fy - 1, 0.4f), slope(x1, y1, layer, fx - 1, fy - 1, 0.4f)));
    }

    private static float lerp(float t, float a, float b) {
        return a + t * (b - a);
    }
}
