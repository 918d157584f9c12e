package org.anodyne.plugins.neurofeedbackgarden;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Land;
import org.anodyne.scenery.Noise;
import org.joml.Vector3f;

/** How a garden is laid out: lawn, path, beds, pond, hills around. The participant is at the origin and looks along −z. */
final class Ground implements Land {
    /** Height of the lawn over the water, metres. */
    static final float LAWN = 0.3f;
    /** Half the width of the path, metres. */
    static final float PATH = 0.62f;
    /** The path ends here, at the arch, metres ahead. */
    static final float ARCH = -15.5f;

    private final Interest interest;
    private final Noise noise;
    private final float bend;
    private final float phase;

    Ground(Interest interest, long seed) {
        this.interest = interest;
        noise = new Noise(seed);
        bend = 0.75f + 0.5f * noise.cell(1, 2, 3);
        phase = 1.2f * noise.cell(3, 2, 1);
    }

    /** Where the middle of the path is at a distance ahead. */
    float pathX(float z) {
        float along = Math.min(0, z);
        float left = interest == Interest.WATER ? -0.42f : -0.14f;
        return -1.15f
                + left * -along * Colours.smooth(0, 14, -along)
                - bend * ((float) Math.sin(0.36f * along + phase) - (float) Math.sin(phase));
    }

    /** How far a place is from the middle of the path, metres. */
    float offPath(float x, float z) {
        float beyond = Math.max(0, Math.max(z - 4, ARCH - 3 - z));
        return (float) Math.hypot(x - pathX(z), beyond);
    }

    /** How far a place is inside the pond's bank, metres; negative outside. */
    float inPond(float x, float z) {
        float dx = x - interest.pondX;
        float dz = (z - interest.pondZ) * 1.35f;
        return interest.pond - (float) Math.hypot(dx, dz) + 0.16f * interest.pond * noise.at(x * 0.4f, z * 0.4f);
    }

    /** How much a place is in a bed, 0 to 1. */
    float inBed(float x, float z) {
        if (inPond(x, z) > -0.7f) {
            return 0;
        }
        float off = offPath(x, z);
        float ragged = 0.35f * noise.at(x * 0.8f + 7, z * 0.8f);
        float beside = Colours.smooth(PATH + 0.25f, PATH + 0.42f, off)
                * Colours.smooth(
                        interest == Interest.FLOWERS ? 2.7f : 1.7f,
                        interest == Interest.FLOWERS ? 2.2f : 1.4f,
                        off + ragged);
        float along = Colours.smooth(-1.2f, -1.8f, z) * Colours.smooth(ARCH - 1, ARCH, z);
        float round = Colours.smooth(1.9f, 1.5f, (float) Math.hypot(x - 3.0f, (z + 4.4f) * 1.2f) + ragged);
        float far = Colours.smooth(1.7f, 1.3f, (float) Math.hypot(x + 5.2f, (z + 6.4f) * 1.1f) + ragged);
        return Math.max(beside * along, Math.max(round, far));
    }

    @Override
    public float height(float x, float z) {
        float pond = inPond(x, z);
        float away = (float) Math.hypot(x, z + 8);
        float lawn = LAWN
                + 0.10f * noise.fbm(x * 0.11f, z * 0.11f, 2) * Colours.smooth(2, 9, away)
                + 0.10f * inBed(x, z)
                - 0.03f * Colours.smooth(PATH + 0.1f, PATH - 0.1f, offPath(x, z))
                + 0.6f * Colours.smooth(15, 28, away)
                + 16 * Colours.smooth(30, 130, away) * Math.max(0, 0.4f + noise.fbm(x * 0.012f, z * 0.012f, 4))
                + 60 * Colours.smooth(140, 480, away) * noise.ridges(x * 0.003f, z * 0.003f, 3);
        float basin = Colours.smooth(-0.45f, 0.8f, pond);
        return lawn * (1 - basin) - 0.9f * basin;
    }

    /** Colour of the ground. */
    Vector3f cover(float x, float h, float z, Vector3f normal) {
        float patch = noise.fbm(x * 0.35f, z * 0.35f, 3);
        float away = (float) Math.hypot(x, z + 8);
        float stripe = 0.5f + 0.5f * (float) Math.sin(x * 2.2f);
        Vector3f c =
                Colours.ramp(0.5f + 0.5f * patch, 0x557a35, 0x6b9140, 0x86a34c).mul(0.97f + 0.05f * stripe);
        Vector3f wood = Colours.ramp(0.5f + 0.6f * noise.fbm(x * 0.07f, z * 0.07f, 3), 0x35572f, 0x4d7238, 0x7f9a4c);
        c = Colours.mix(c, wood, Colours.smooth(24, 60, away));
        Vector3f soil = Colours.ramp(0.5f + 0.6f * noise.at(x * 2.3f, z * 2.3f), 0x4a382a, 0x5d4735, 0x705842);
        c = Colours.mix(c, soil, inBed(x, z));
        Vector3f gravel = Colours.ramp(0.5f + 0.7f * noise.at(x * 3.1f, z * 3.1f), 0xb9a78c, 0xcdbda2, 0xdccfb8);
        c = Colours.mix(c, gravel, Colours.smooth(PATH + 0.12f, PATH - 0.08f, offPath(x, z)));
        return Colours.mix(c, Colours.of(0x6b6350), Colours.smooth(-0.5f, -0.05f, inPond(x, z)));
    }
}
