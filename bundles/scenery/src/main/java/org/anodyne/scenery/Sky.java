package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_ELEMENT_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_FLOAT;
import static org.lwjgl.opengl.GL33C.GL_LEQUAL;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_POINTS;
import static org.lwjgl.opengl.GL33C.GL_PROGRAM_POINT_SIZE;
import static org.lwjgl.opengl.GL33C.GL_SCISSOR_TEST;
import static org.lwjgl.opengl.GL33C.GL_STATIC_DRAW;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLES;
import static org.lwjgl.opengl.GL33C.GL_UNSIGNED_INT;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glBufferData;
import static org.lwjgl.opengl.GL33C.glDepthFunc;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glDrawElements;
import static org.lwjgl.opengl.GL33C.glEnable;
import static org.lwjgl.opengl.GL33C.glEnableVertexAttribArray;
import static org.lwjgl.opengl.GL33C.glScissor;
import static org.lwjgl.opengl.GL33C.glVertexAttribPointer;

import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3f;
import org.joml.Vector4f;

/**
 * The sky: gradient, afterglow, sun or moon, drifting clouds, stars with a band of the Milky Way. Built on any thread; drawn
 * after all that hides it, since it costs the most per pixel.
 */
public final class Sky {
    private static final int CLOUD_SIZE = 256;
    private static final int STARS = 3600;
    private static final float IN_BAND = 0.45f;
    private static final int STAR_PARTS = 8;
    /** Metres that the clouds drift for a metre that the wind has got. */
    private static final float DRIFT = 0.0016f;

    /** Cells of the net over the picture at whose knots the smooth part of the sky is computed. */
    private static final int NET_ACROSS = 48;

    private static final int NET_DOWN = 36;
    private static final int NET_INDICES = 6 * NET_ACROSS * NET_DOWN;
    /** Pixels of the picture of clouds between which a cloud is brighter towards the sun. */
    private static final int TOWARDS_SUN = 6;

    /** Gradient, afterglow and the way into the clouds, at the knots: all of it is smooth from one to the next. */
    private static final String VERTEX = Air.GLSL + """
            layout(location = 0) in vec2 knot;
            uniform mat4 fromClip;
            uniform vec2 drift;
            out vec3 direction;
            out vec3 plain;
            out vec3 glow;
            out vec2 at;
            out vec2 veil;            // how much of the clouds is seen through the air, and of their light
            void main() {
                gl_Position = vec4(knot, 1.0, 1.0);
                vec4 far = fromClip * vec4(knot, 1.0, 1.0);
                direction = far.xyz / far.w - eye;
                vec3 d = normalize(direction);
                float near = max(dot(d, sunWay), 0.0);
                near *= near; near *= near; near *= near; near *= near; near *= near;
                plain = heaven(d) + (0.20 * near * near + 0.10 * near) * afterglow;
                glow = afterglow * near * 0.35;
                at = d.xz / (max(d.y, 0.0) + 0.16) * 0.16 + drift;
                veil.x = 0.92 * smoothstep(0.01, 0.10, d.y);
                veil.y = 0.35 + 0.65 * smoothstep(0.03, 0.30, d.y);
            }
            """;

    private static final String FRAGMENT = """
            in vec3 direction;
            in vec3 plain;
            in vec3 glow;
            in vec2 at;
            in vec2 veil;
            uniform vec3 sunWay;
            uniform sampler2D clouds;
            uniform vec2 drift;
            uniform float edge;       // clouds are where they are thicker than this
            uniform vec3 cloudLit;
            uniform vec3 cloudShade;
            uniform vec3 sunFace;
            uniform float sunCosine;
            uniform float stars;
            out vec4 colour;
            void main() {
                vec3 c = plain;
                BEHIND
                vec4 big = texture(clouds, at);
                float thick = big.r * 0.80 + texture(clouds, at * 3.1 - drift * 1.7).g * 0.24;
                float a = smoothstep(edge, edge + 0.20, thick);
                float lighter = dot(big.ba - 0.5, sunWay.xz);
                float light = clamp(0.62 + 3.0 * lighter - 0.9 * (thick - edge - 0.12), 0.0, 1.0);
                vec3 body = mix(cloudShade, cloudLit, light) + glow * (1.0 - a);
                c = mix(c, mix(plain, body, veil.y), a * veil.x);
                // Against bands, as Air's grain.
                float g = fract(dot(gl_FragCoord.xy, vec2(0.7548776662, 0.5698402910))) - 0.5;
                colour = vec4(c + g / 160.0, 1.0);
            }
            """;
    /** The face of sun or moon, only where it may be: shaders of a software renderer skip nothing. */
    private static final String FACE = """
            vec3 d = direction * inversesqrt(dot(direction, direction));
                NIGHT
                float face = smoothstep(sunCosine - 0.00012, sunCosine + 0.00004, dot(d, sunWay));
                c = mix(c, sunFace, face);
            """;
    /** The band of the Milky Way, only where there are stars. */
    private static final String NIGHT = """
            float off = dot(d, vec3(0.755, 0.352, 0.553));
                float band = exp(-14.0 * off * off);
                vec4 dust = texture(clouds, d.xz * 0.55 + d.y * 0.3);
                band *= 0.35 + 1.1 * smoothstep(0.3, 0.75, 0.6 * dust.r + 0.4 * dust.g);
                // Brighter in its middle, where dark clouds of dust divide it.
                float heart = exp(-70.0 * off * off);
                band += 0.9 * heart * smoothstep(0.40, 0.58, dust.g) - 0.25 * heart;
                c += stars * stars * band * smoothstep(0.0, 0.30, d.y) * vec3(0.185, 0.180, 0.225);
            """;

    private static final String STAR_VERTEX = """
            layout(location = 0) in vec3 way;
            layout(location = 1) in vec4 look;  // colour and size
            layout(location = 2) in float phase;
            uniform mat4 toClip;
            uniform vec3 eye;
            uniform float strength;
            uniform float time;
            uniform float pixels;
            out vec3 light;
            void main() {
                vec4 p = toClip * vec4(eye + way * 800.0, 1.0);
                gl_Position = p.xyww;
                float twinkle = 0.86 + 0.14 * sin(time * (0.5 + phase) + 40.0 * phase);
                light = look.rgb * strength * twinkle * smoothstep(0.0, 0.22, way.y) * min(1.0, look.w + 0.25);
                gl_PointSize = max(1.0, look.w * pixels);
            }
            """;
    private static final String STAR_FRAGMENT = """
            in vec3 light;
            out vec4 colour;
            void main() {
                vec2 at = 2.0 * gl_PointCoord - 1.0;
                colour = vec4(light * max(0.0, 1.0 - dot(at, at)), 1.0);
            }
            """;

    private final Picture2D clouds = new Picture2D(CLOUD_SIZE);
    private final float[] stars = new float[STARS * STAR_PARTS];
    private Program day;
    private Program face;
    private Program night;
    private Program points;
    private int net;
    private int starArray;

    /** Computes clouds and stars. */
    public Sky(long seed) {
        float[] coarse = new Noise(seed ^ 0xc1).tile(CLOUD_SIZE, 4, 6);
        float[] fine = new Noise(seed ^ 0xc2).tile(CLOUD_SIZE, 8, 5);
        for (int i = 0; i < coarse.length; i++) {
            clouds.set(i % CLOUD_SIZE, i / CLOUD_SIZE, 0, coarse[i]);
            clouds.set(i % CLOUD_SIZE, i / CLOUD_SIZE, 1, fine[i]);
            int right = i / CLOUD_SIZE * CLOUD_SIZE + (i + TOWARDS_SUN) % CLOUD_SIZE;
            int below = (i + TOWARDS_SUN * CLOUD_SIZE) % coarse.length;
            clouds.set(i % CLOUD_SIZE, i / CLOUD_SIZE, 2, 0.5f + coarse[i] - coarse[right]);
            clouds.set(i % CLOUD_SIZE, i / CLOUD_SIZE, 3, 0.5f + coarse[i] - coarse[below]);
        }
        SplittableRandom random = new SplittableRandom(seed ^ 0x57a5);
        Vector3f pole = new Vector3f(0.755f, 0.352f, 0.553f).normalize();
        for (int i = 0; i < STARS; i++) {
            star(i, random, pole);
        }
    }

    private void star(int i, SplittableRandom random, Vector3f pole) {
        Vector3f way = new Vector3f();
        do {
            way.set(spread(random), spread(random), spread(random));
        } while (way.lengthSquared() > 1 || way.lengthSquared() < 0.01f);
        way.normalize();
        boolean inBand = random.nextFloat() < IN_BAND;
        if (inBand) {
            // Drawn towards the great circle about the pole, the more the fainter.
            float off = way.dot(pole);
            way.fma(-off * (0.78f + 0.2f * random.nextFloat()), pole).normalize();
        }
        way.y = Math.abs(way.y);
        float bright = (float) Math.pow(random.nextFloat(), inBand ? 9 : 5);
        float warm = random.nextFloat();
        int o = i * STAR_PARTS;
        stars[o] = way.x;
        stars[o + 1] = way.y;
        stars[o + 2] = way.z;
        stars[o + 3] = 0.80f + 0.20f * warm;
        stars[o + 4] = 0.88f;
        stars[o + 5] = 1.0f - 0.25f * warm;
        stars[o + 6] = 0.42f + 0.58f * bright;
        stars[o + 7] = random.nextFloat();
    }

    private static float spread(SplittableRandom random) {
        return 2 * random.nextFloat() - 1;
    }

    /** Gives it to the graphics card. */
    public void begin(Resources resources) {
        clouds.uploadNear(resources);
        day = new Program(resources, VERTEX, FRAGMENT.replace("BEHIND", ""));
        face = new Program(resources, VERTEX, FRAGMENT.replace("BEHIND", FACE).replace("NIGHT", ""));
        night = new Program(resources, VERTEX, FRAGMENT.replace("BEHIND", FACE).replace("NIGHT", NIGHT));
        points = new Program(resources, STAR_VERTEX, STAR_FRAGMENT);
        net = net(resources);
        starArray = resources.vertexArray();
        glBindVertexArray(starArray);
        glBindBuffer(GL_ARRAY_BUFFER, resources.buffer());
        glBufferData(GL_ARRAY_BUFFER, stars, GL_STATIC_DRAW);
        int stride = 4 * STAR_PARTS;
        glVertexAttribPointer(0, 3, GL_FLOAT, false, stride, 0);
        glVertexAttribPointer(1, 4, GL_FLOAT, false, stride, 12);
        glVertexAttribPointer(2, 1, GL_FLOAT, false, stride, 28);
        for (int i = 0; i < 3; i++) {
            glEnableVertexAttribArray(i);
        }
        glBindVertexArray(0);
    }

    /** A net of triangles over the whole picture. */
    private static int net(Resources resources) {
        float[] knots = new float[2 * (NET_ACROSS + 1) * (NET_DOWN + 1)];
        int[] corners = new int[NET_INDICES];
        int n = 0;
        for (int i = 0; i < knots.length / 2; i++) {
            int x = i % (NET_ACROSS + 1);
            int y = i / (NET_ACROSS + 1);
            knots[2 * i] = 2f * x / NET_ACROSS - 1;
            knots[2 * i + 1] = 2f * y / NET_DOWN - 1;
            if (x < NET_ACROSS && y < NET_DOWN) {
                int above = i + NET_ACROSS + 1;
                for (int corner : new int[] {i, i + 1, above + 1, i, above + 1, above}) {
                    corners[n++] = corner;
                }
            }
        }
        int array = resources.vertexArray();
        glBindVertexArray(array);
        glBindBuffer(GL_ARRAY_BUFFER, resources.buffer());
        glBufferData(GL_ARRAY_BUFFER, knots, GL_STATIC_DRAW);
        glVertexAttribPointer(0, 2, GL_FLOAT, false, 8, 0);
        glEnableVertexAttribArray(0);
        glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, resources.buffer());
        glBufferData(GL_ELEMENT_ARRAY_BUFFER, corners, GL_STATIC_DRAW);
        return array;
    }

    /** Draws it behind everything that is there. */
    public void draw(Eye eye, Air air) {
        glEnable(GL_DEPTH_TEST);
        glDepthFunc(GL_LEQUAL);
        glDepthMask(false);
        glDisable(GL_CULL_FACE);
        glDisable(GL_BLEND);
        clouds.bind(0);
        if (air.stars > 0.02f) {
            paint(night, eye, air);
        } else {
            paint(day, eye, air);
            if (about(eye, air)) {
                glEnable(GL_SCISSOR_TEST);
                paint(face, eye, air);
                glDisable(GL_SCISSOR_TEST);
            }
        }
        if (air.stars > 0.01f) {
            glEnable(GL_BLEND);
            glBlendFunc(GL_ONE, GL_ONE);
            glEnable(GL_PROGRAM_POINT_SIZE);
            air.into(points.use(), eye);
            points.set("strength", air.stars).set("pixels", Math.max(2.6f, 0.0062f * eye.pixelsPerMetre()));
            glBindVertexArray(starArray);
            glDrawArrays(GL_POINTS, 0, STARS);
            glDisable(GL_BLEND);
        }
        glDepthMask(true);
    }

    private void paint(Program heaven, Eye eye, Air air) {
        air.into(heaven.use(), eye);
        heaven.set("fromClip", eye.fromClip())
                .set("clouds", 0)
                .set("drift", air.windWay.x * air.windRun * DRIFT, air.windWay.z * air.windRun * DRIFT)
                .set("edge", 0.86f - 0.62f * air.cover)
                .set("cloudLit", air.cloudLit)
                .set("cloudShade", air.cloudShade)
                .set("sunFace", air.sunFace)
                .set("sunCosine", air.sunCosine)
                .set("stars", air.stars);
        glBindVertexArray(net);
        glDrawElements(GL_TRIANGLES, NET_INDICES, GL_UNSIGNED_INT, 0);
    }

    /** Sets the scissors to where the face of sun or moon is in the picture, with a margin; whether it is in it at all. */
    private static boolean about(Eye eye, Air air) {
        Vector4f p = new Vector4f(eye.position(), 1)
                .add(air.sunWay.x, air.sunWay.y, air.sunWay.z, 0)
                .mul(eye.toClip());
        if (p.w <= 0) {
            return false;
        }
        float x = p.x / p.w;
        float y = p.y / p.w;
        double radius = Math.acos(Math.max(-1, air.sunCosine - 0.0002f)) * eye.pixelsPerMetre();
        // The picture is drawn out towards its corners: by this at most.
        float tangent = 2 * eye.pixelsPerMetre() / eye.height();
        double out = 1 + (x * x * eye.width() * eye.width() / eye.height() / eye.height() + y * y) / tangent / tangent;
        int margin = (int) Math.ceil(1.2 * radius * out) + 2;
        int left = (int) ((x + 1) / 2 * eye.width()) - margin;
        int low = (int) ((y + 1) / 2 * eye.height()) - margin;
        if (left >= eye.width() || low >= eye.height() || left + 2 * margin < 0 || low + 2 * margin < 0) {
            return false;
        }
        glScissor(left, low, 2 * margin, 2 * margin);
        return true;
    }
}
