package org.anodyne.scenery;

import org.joml.Vector3f;

/**
 * Light and air of a moment, shared by everything that is drawn: sun or moon, the colours of the sky, haze. Fields are there to
 * be set; {@link Daytime} sets all of them from a time of day. Thread: the render thread.
 */
public final class Air {
    /**
     * GLSL with the uniforms of the air and what is done with them: {@code shade} (the light on a surface), {@code haze} (what
     * the air between takes and adds), {@code heaven} (the sky without clouds), {@code grain} (against bands of colour).
     */
    public static final String GLSL = """
            uniform vec3 sunWay;      // towards the sun or moon
            uniform vec3 sunLight;    // linear
            uniform vec3 skyLight;    // linear, from above
            uniform vec3 groundLight; // linear, from below
            uniform vec3 zenith;      // of the screen, as all that follow
            uniform vec3 horizon;
            uniform vec3 afterglow;
            uniform vec3 hazeColour;
            uniform vec4 hazeWay;     // density per metre, less per metre of height, most, share of the afterglow
            uniform vec3 eye;

            vec3 seen(vec3 linear) {
                return sqrt(linear / (1.0 + 0.5 * linear));
            }
            float towardsSun(vec3 way) {
                float s = max(dot(way, sunWay), 0.0);
                s *= s;
                return s * s;
            }
            vec3 heaven(vec3 way) {
                float h = max(way.y, 0.0);
                float up = h * 1.28 / (h + 0.28);
                vec3 c = mix(horizon, zenith, up);
                float s = towardsSun(way);
                float low = 1.0 - min(up, 1.0);
                return mix(c, afterglow, (0.18 * s + 0.82 * s * s) * low * low);
            }
            vec3 haze(vec3 colour, vec3 world) {
                vec3 d = world - eye;
                float away = length(d);
                float height = max(0.5 * (world.y + eye.y), 0.0);
                float amount = hazeWay.z * (1.0 - exp(-hazeWay.x * away * exp(-hazeWay.y * height)));
                vec3 c = mix(hazeColour, afterglow, hazeWay.w * towardsSun(d / max(away, 0.001)));
                return mix(colour, c, amount);
            }
            vec3 shade(vec3 colour, vec3 normal, vec3 way, float translucency, float openness) {
                float d = dot(normal, sunWay);
                float direct = max(0.0, (d + 0.22) / 1.22);
                direct *= direct * (2.0 - direct);
                float through = max(0.0, 0.25 - d) * 0.4 + 0.45 * towardsSun(way);
                vec3 sun = sunLight * (direct + translucency * through);
                vec3 ambient = mix(groundLight, skyLight, 0.5 + 0.5 * normal.y);
                vec3 linear = colour * colour;
                return linear * (ambient * openness + sun * openness * (0.35 + 0.65 * openness));
            }
            // Against bands: a sequence in the plane that leaves no gaps (R2; M. Roberts, 2018).
            float grain(vec2 pixel) {
                return (fract(dot(pixel, vec2(0.7548776662, 0.5698402910))) - 0.5) / 160.0;
            }
            """;

    /** Direction towards the sun, or the moon at night; length 1. */
    public final Vector3f sunWay = new Vector3f(0, 1, 0);
    /** Light of sun or moon, linear. */
    public final Vector3f sunLight = new Vector3f(1);
    /** Light from above, linear. */
    public final Vector3f skyLight = new Vector3f(0.4f);
    /** Light from below, linear. */
    public final Vector3f groundLight = new Vector3f(0.2f);
    /** Sky overhead. */
    public final Vector3f zenith = new Vector3f();
    /** Sky at the horizon. */
    public final Vector3f horizon = new Vector3f();
    /** Sky about the low sun. */
    public final Vector3f afterglow = new Vector3f();
    /** What far things fade into. */
    public final Vector3f hazeColour = new Vector3f();
    /** Clouds in the light. */
    public final Vector3f cloudLit = new Vector3f(1);
    /** Clouds away from the light. */
    public final Vector3f cloudShade = new Vector3f(0.7f);
    /** Face of sun or moon. */
    public final Vector3f sunFace = new Vector3f(1);
    /** How much of the sky is clouds, 0 to 1. */
    public float cover = 0.45f;
    /** How well stars are seen, 0 to 1. */
    public float stars;
    /** Size of sun or moon: cosine of its radius. */
    public float sunCosine = 0.9993f;
    /** Haze: density per metre near the ground. */
    public float hazeDensity = 0.0008f;
    /** Haze: how much thinner per metre of height. */
    public float hazeThinning = 0.01f;
    /** Haze: the most that it may hide, 0 to 1. */
    public float hazeMost = 0.96f;
    /** Haze: how much of the afterglow it takes on towards the sun, 0 to 1. */
    public float hazeGlow = 0.6f;
    /** Where the wind blows to. */
    public final Vector3f windWay = new Vector3f(0.8f, 0, 0.6f);
    /** How strong the wind is, 0 to 1. */
    public float wind = 0.3f;
    /** How far the wind has got, so that a change of its strength makes nothing jump; see {@link #advance}. */
    public float windRun;
    /** Seconds, for what moves by itself. */
    public float time;

    /** Goes on by so many seconds. */
    public void advance(float seconds) {
        time += seconds;
        windRun += seconds * (0.5f + 1.5f * wind);
    }

    /** Makes the fog denser: 0 leaves it, 1 shows no more than some tens of metres. */
    public void fog(float amount) {
        float a = Math.max(0, Math.min(1, amount));
        hazeDensity += 0.045f * a * a;
        hazeThinning *= 1 - 0.8f * a;
        hazeMost += (1 - hazeMost) * a;
        float grey = (hazeColour.x + hazeColour.y + hazeColour.z) / 3;
        Vector3f pale = new Vector3f(grey * 1.02f, grey * 1.03f, grey * 1.04f);
        hazeColour.lerp(pale, 0.5f * a);
        horizon.lerp(hazeColour, Math.min(1, 1.4f * a));
        zenith.lerp(hazeColour, 0.75f * a * a);
        afterglow.lerp(hazeColour, 0.6f * a);
        sunLight.mul(1 - 0.65f * a);
        skyLight.mul(1 + 0.35f * a);
        cover *= 1 - 0.3f * a;
        stars *= 1 - a;
    }

    /** Tells a program, in use, all of it; the program has {@link #GLSL}. */
    public void into(Program p, Eye from) {
        p.set("sunWay", sunWay)
                .set("sunLight", sunLight)
                .set("skyLight", skyLight)
                .set("groundLight", groundLight)
                .set("zenith", zenith)
                .set("horizon", horizon)
                .set("afterglow", afterglow)
                .set("hazeColour", hazeColour)
                .set("hazeWay", hazeDensity, hazeThinning, hazeMost, hazeGlow)
                .set("eye", from.position())
                .set("toClip", from.toClip())
                .set("wind", windWay.x, windWay.z, wind, windRun)
                .set("time", time);
    }
}
