package org.anodyne.plugins.island;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Land;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Terrain;
import org.joml.Vector3f;

/** The four places: how the ground lies there and what colours it has. The participant is at the origin and looks along −z. */
enum Interest {
    /** A bay with a beach, headlands on both sides, islands on the horizon. */
    SEA(-16, 190) {
        @Override
        Land land(long seed) {
            Noise noise = new Noise(seed);
            return (x, z) -> {
                float wiggle = 14 * noise.fbm(x * 0.012f, z * 0.012f, 4);
                float s = inside(x, z, 0, 190, 199) + 0.35f * wiggle;
                s = union(s, inside(x, z, -185, -118, 84) + wiggle);
                s = union(s, inside(x, z, 262, -215, 100) + wiggle);
                s = union(s, inside(x, z, 330, -620, 130) + 2.5f * wiggle);
                s = union(s, inside(x, z, -420, -760, 120) + 2.5f * wiggle);
                s = union(s, inside(x, z, -130, -860, 70) + 2 * wiggle);
                return coast(noise, x, z, s, 46);
            };
        }

        @Override
        Terrain.Cover cover(long seed) {
            return shoreCover(new Noise(seed ^ 11));
        }
    },
    /** A clearing in a wood with a pond. */
    FOREST(-30, 40) {
        @Override
        Land land(long seed) {
            Noise noise = new Noise(seed);
            return (x, z) -> {
                float pond =
                        9.5f - (float) Math.hypot(x * 0.75f - 0.6f, z + 15.5f) + 1.6f * noise.at(x * 0.16f, z * 0.16f);
                float away = (float) Math.hypot(x, z);
                float ground = 0.55f
                        + 0.5f * noise.fbm(x * 0.05f, z * 0.05f, 3)
                        + 0.9f * Colours.smooth(8, 30, away)
                        + 7 * Colours.smooth(25, 130, away) * (0.5f + noise.fbm(x * 0.011f, z * 0.011f, 4))
                        + 120 * Colours.smooth(140, 620, away) * noise.ridges(x * 0.0022f, z * 0.0022f, 4);
                float basin = Colours.smooth(-3.5f, 2.5f, pond);
                return Math.max(0.3f, ground) * (1 - basin) - 1.2f * basin;
            };
        }

        @Override
        Terrain.Cover cover(long seed) {
            Noise noise = new Noise(seed ^ 11);
            return (x, h, z, n) -> {
                float patch = noise.fbm(x * 0.18f, z * 0.18f, 4);
                Vector3f c = Colours.ramp(0.5f + 0.6f * patch, 0x4a5c2c, 0x647a36, 0x8c9c48, 0x86844c);
                c = Colours.mix(Colours.of(0x4d4433), c, Colours.smooth(-0.1f, 0.35f, h));
                return c.mul(0.93f + 0.14f * noise.at(x * 1.7f, z * 1.7f));
            };
        }
    },
    /** A meadow over a lake, snowy mountains behind it. */
    MOUNTAINS(118, 290) {
        @Override
        Land land(long seed) {
            Noise noise = new Noise(seed);
            return (x, z) -> {
                float lake = (float) Math.hypot(x * 0.62f, z + 150) - 108 + 16 * noise.fbm(x * 0.014f, z * 0.014f, 3);
                if (lake < 0) {
                    return Math.max(-9, 0.14f * lake);
                }
                float meadow = 0.085f * Math.min(lake, 60)
                        + 1.1f * noise.fbm(x * 0.03f, z * 0.03f, 3) * Colours.smooth(0, 30, lake);
                float ahead = Colours.smooth(-40, -330, z) + 0.75f * Colours.smooth(130, 420, Math.abs(x));
                float foot = Colours.smooth(15, 520, lake) * Math.min(1, ahead + 0.12f);
                float peaks = noise.ridges(x * 0.0026f + 7.3f, z * 0.0026f, 6);
                float gullies = noise.ridges(x * 0.011f, z * 0.011f + 3.1f, 4);
                float detail = noise.fbm(x * 0.03f, z * 0.03f, 3);
                return meadow + foot * (35 + 330 * peaks + 62 * gullies + 10 * detail);
            };
        }

        @Override
        Terrain.Cover cover(long seed) {
            Noise noise = new Noise(seed ^ 11);
            return (x, h, z, n) -> {
                float patch = noise.fbm(x * 0.045f, z * 0.045f, 4);
                Vector3f grass = Colours.ramp(0.5f + 0.55f * patch, 0x5c7c3c, 0x84984a, 0xaaac5c);
                Vector3f wood = Colours.mix(Colours.of(0x35513a), Colours.of(0x47653f), 0.5f + patch);
                Vector3f rock =
                        Colours.ramp(0.5f + 0.5f * noise.fbm(x * 0.03f, h * 0.05f, 3), 0x6a6670, 0x8d8580, 0xa69c90);
                Vector3f c = Colours.mix(grass, wood, Colours.smooth(14, 45, h + 10 * patch));
                c = Colours.mix(
                        c,
                        rock,
                        Math.max(Colours.smooth(0.16f, 0.34f, 1 - n.y), Colours.smooth(88, 125, h + 26 * patch)));
                float snow = Colours.smooth(120, 158, h + 40 * patch - 60 * (1 - n.y));
                c = Colours.mix(c, Colours.of(0xf4f6fb), snow);
                c = Colours.mix(Colours.of(0x8a8068), c, Colours.smooth(0.05f, 0.6f, h));
                return c.mul(0.96f + 0.08f * noise.at(x * 0.9f, z * 0.9f));
            };
        }
    },
    /** A grassy hill over the sea, far from any light. */
    STARS(-16, 330) {
        @Override
        Land land(long seed) {
            Noise noise = new Noise(seed);
            return (x, z) -> {
                float wiggle = 14 * noise.fbm(x * 0.012f, z * 0.012f, 4);
                float s = union(inside(x, z, 0, 60, 115) + wiggle, inside(x, z, -340, -420, 120) + 2 * wiggle);
                s = union(s, inside(x, z, 300, -250, 90) + 2 * wiggle);
                float hill = 11.5f * (float) Math.exp(-(x * x + z * z) / 2600);
                return Math.min(coast(noise, x, z, s, 30), 7 + 0.05f * s) + hill * Colours.smooth(0, 30, s);
            };
        }

        @Override
        Terrain.Cover cover(long seed) {
            Noise noise = new Noise(seed ^ 11);
            Terrain.Cover shore = shoreCover(noise);
            return (x, h, z, n) -> {
                float patch = noise.fbm(x * 0.1f, z * 0.1f, 4);
                Vector3f meadow = Colours.ramp(0.5f + 0.6f * patch, 0x587040, 0x788c48, 0x9c9c58);
                return Colours.mix(shore.colour(x, h, z, n), meadow, Colours.smooth(5, 9, h));
            };
        }
    };

    /** Where sun and moon are, degrees to the right of straight ahead. */
    final float bearing;
    /** How far away the shore is known finely, metres. */
    final float shore;

    Interest(float bearing, float shore) {
        this.bearing = bearing;
        this.shore = shore;
    }

    /** How the ground lies. */
    abstract Land land(long seed);

    /** What colours it has. */
    abstract Terrain.Cover cover(long seed);

    /** The part of the day that is seen at a value of the dial. */
    float day(double daylight) {
        return (float) (this == STARS ? 0.26 * daylight : daylight);
    }

    /** How far within a round island a place is, metres; negative outside. */
    private static float inside(float x, float z, float middleX, float middleZ, float radius) {
        return radius - (float) Math.hypot(x - middleX, z - middleZ);
    }

    /** Joins two islands softly. */
    private static float union(float a, float b) {
        float soft = 18;
        float h = Math.max(0, soft - Math.abs(a - b)) / soft;
        return Math.max(a, b) + 0.25f * h * h * soft;
    }

    /** From the distance inside the coast to a height: sea bed, beach, dunes, wooded hills. */
    private static float coast(Noise noise, float x, float z, float s, float hills) {
        if (s < 0) {
            return Math.max(-9, 0.075f * s);
        }
        float beach = 0.085f * Math.min(s, 15) + 0.10f * noise.fbm(x * 0.22f, z * 0.22f, 3) * Colours.smooth(0, 6, s);
        float rise = Colours.smooth(13, 75, s);
        float rough = 0.55f + 0.75f * noise.fbm(x * 0.013f + 3, z * 0.013f, 5);
        return beach + 1.2f * Colours.smooth(12, 22, s) + rise * hills * Math.max(0.12f, rough);
    }

    private static Terrain.Cover shoreCover(Noise noise) {
        return (x, h, z, n) -> {
            float patch = noise.fbm(x * 0.06f, z * 0.06f, 4);
            Vector3f sand = Colours.mix(
                    Colours.of(0xc4a67c), Colours.of(0xfbeac6), Colours.smooth(-0.1f, 0.55f, h + 0.1f * patch));
            sand.mul(0.96f + 0.08f * noise.at(x * 1.3f, z * 1.3f));
            Vector3f grass = Colours.ramp(0.5f + 0.6f * patch, 0x4a6a34, 0x6f8a3e, 0x98a050);
            Vector3f wood =
                    Colours.ramp(0.5f + 0.5f * noise.fbm(x * 0.11f, z * 0.11f, 3), 0x2f5230, 0x456b3a, 0x5f7f42);
            Vector3f c = Colours.mix(sand, grass, Colours.smooth(1.35f, 2.3f, h + 0.5f * patch));
            c = Colours.mix(c, wood, Colours.smooth(3.5f, 8, h + 2 * patch));
            Vector3f rock = Colours.mix(Colours.of(0x7d6f63), Colours.of(0xa4917c), 0.5f + patch);
            return Colours.mix(c, rock, Colours.smooth(0.20f, 0.38f, 1 - n.y) * Colours.smooth(0.5f, 2, h));
        };
    }
}
