package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_FLOAT;
import static org.lwjgl.opengl.GL33C.GL_LEQUAL;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_POINTS;
import static org.lwjgl.opengl.GL33C.GL_PROGRAM_POINT_SIZE;
import static org.lwjgl.opengl.GL33C.GL_STATIC_DRAW;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLES;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glBufferData;
import static org.lwjgl.opengl.GL33C.glDepthFunc;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;
import static org.lwjgl.opengl.GL33C.glEnableVertexAttribArray;
import static org.lwjgl.opengl.GL33C.glVertexAttribPointer;

import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3f;

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

    private static final String VERTEX = """
            uniform mat4 fromClip;
            uniform vec3 eye;
            out vec3 direction;
            void main() {
                vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
                gl_Position = vec4(at, 1.0, 1.0);
                vec4 far = fromClip * vec4(at, 1.0, 1.0);
                direction = far.xyz / far.w - eye;
            }
            """;
    private static final String FRAGMENT = Air.GLSL + """
            in vec3 direction;
            uniform sampler2D clouds;
            uniform vec2 drift;
            uniform float cover;
            uniform vec3 cloudLit;
            uniform vec3 cloudShade;
            uniform vec3 sunFace;
            uniform float sunCosine;
            uniform float stars;
            out vec4 colour;
            void main() {
                vec3 d = normalize(direction);
                vec3 c = heaven(d);
                float s = dot(d, sunWay);
                float near = max(s, 0.0);
                near *= near; near *= near; near *= near; near *= near; near *= near;
                c += (0.20 * near * near + 0.10 * near) * afterglow;
                if (stars > 0.02 && d.y > 0.0) {
                    float off = dot(d, vec3(0.755, 0.352, 0.553));
                    float band = exp(-14.0 * off * off);
                    vec4 dust = texture(clouds, d.xz * 0.55 + d.y * 0.3);
                    band *= 0.35 + 1.1 * smoothstep(0.3, 0.75, 0.6 * dust.r + 0.4 * dust.g);
                    c += stars * stars * band * smoothstep(0.0, 0.35, d.y) * vec3(0.115, 0.12, 0.165);
                }
                float face = smoothstep(sunCosine - 0.00012, sunCosine + 0.00004, s);
                c = mix(c, sunFace, face);
                if (d.y > 0.01) {
                    vec2 at = d.xz / (d.y + 0.16) * 0.16 + drift;
                    vec4 big = texture(clouds, at);
                    vec4 small = texture(clouds, at * 3.1 - drift * 1.7);
                    float thick = big.r * 0.80 + small.g * 0.24;
                    float edge = 0.86 - 0.62 * cover;
                    float a = smoothstep(edge, edge + 0.20, thick);
                    a *= smoothstep(0.01, 0.10, d.y);
                    float toward = texture(clouds, at + sunWay.xz * 0.022).r;
                    float light = clamp(0.62 + 3.2 * (big.r - toward) - 0.9 * (thick - edge - 0.12), 0.0, 1.0);
                    vec3 body = mix(cloudShade, cloudLit, light);
                    body += afterglow * near * (1.0 - a) * 0.35;
                    c = mix(c, mix(heaven(d), body, 0.35 + 0.65 * smoothstep(0.03, 0.30, d.y)), a * 0.92);
                }
                colour = vec4(c + grain(gl_FragCoord.xy), 1.0);
            }
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
    private Program heaven;
    private Program points;
    private int nothing;
    private int starArray;

    /** Computes clouds and stars. */
    public Sky(long seed) {
        float[] coarse = new Noise(seed ^ 0xc1).tile(CLOUD_SIZE, 4, 6);
        float[] fine = new Noise(seed ^ 0xc2).tile(CLOUD_SIZE, 8, 5);
        for (int i = 0; i < coarse.length; i++) {
            clouds.set(i % CLOUD_SIZE, i / CLOUD_SIZE, 0, coarse[i]);
            clouds.set(i % CLOUD_SIZE, i / CLOUD_SIZE, 1, fine[i]);
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
        clouds.upload(resources, true);
        heaven = new Program(resources, VERTEX, FRAGMENT);
        points = new Program(resources, STAR_VERTEX, STAR_FRAGMENT);
        nothing = resources.vertexArray();
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

    /** Draws it behind everything that is there. */
    public void draw(Eye eye, Air air) {
        glEnable(GL_DEPTH_TEST);
        glDepthFunc(GL_LEQUAL);
        glDepthMask(false);
        glDisable(GL_CULL_FACE);
        glDisable(GL_BLEND);
        clouds.bind(0);
        air.into(heaven.use(), eye);
        heaven.set("fromClip", eye.fromClip())
                .set("clouds", 0)
                .set("drift", air.windWay.x * air.windRun * DRIFT, air.windWay.z * air.windRun * DRIFT)
                .set("cover", air.cover)
                .set("cloudLit", air.cloudLit)
                .set("cloudShade", air.cloudShade)
                .set("sunFace", air.sunFace)
                .set("sunCosine", air.sunCosine)
                .set("stars", air.stars);
        glBindVertexArray(nothing);
        glDrawArrays(GL_TRIANGLES, 0, 3);
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
}
