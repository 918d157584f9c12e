package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_ONE_MINUS_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.glBlendFuncSeparate;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3f;

/**
 * Sea or lake at height 0: waves of summed sines, ripples, the sky in it by Fresnel's law (Schlick's form), glitter of the sun,
 * clear and with moving foam where it is shallow. Built on any thread, drawn after the ground, before the sky.
 */
public final class Water {
    private static final int RIPPLE_SIZE = 256;
    private static final int DEPTH_SIZE = 384;
    /** Deepest that the picture of depths tells, metres. */
    private static final float DEEPEST = 6;

    private static final int SECTORS = 10;
    /** Water no wider than this is made of fewer triangles, metres. */
    private static final float POND = 60;
    /** Waves are never higher, metres. */
    private static final float HIGHEST = 2;

    private static final String VERTEX = Air.GLSL + """
            layout(location = 0) in vec3 place;
            uniform mat4 toClip;
            uniform vec4 wind;
            uniform vec4 reach;      // middle x, z, how far waves are shaped, their height
            uniform vec2 run;        // how far waves and ripples have got
            uniform vec4 depthAt;    // middle x, z, half the side, deepest
            uniform sampler2D depths;
            out vec3 world;
            out vec2 swell;
            out vec2 thick;          // how much the haze hides, and its share of the afterglow
            out float washing;
            void main() {
                vec3 p = place + vec3(reach.x, 0.0, reach.y);
                float near = length(place.xz);
                vec2 side = (p.xz - depthAt.xy) / (2.0 * depthAt.z) + 0.5;
                float depth = textureLod(depths, side, 0.0).r;
                float calm = (1.0 - smoothstep(0.35 * reach.z, reach.z, near)) * smoothstep(0.0, 0.5, depth + 0.08);
                float h = reach.w * calm;
                float t = run.x;
                vec2 s = vec2(0.0);
                float y = 0.0;
                float a;
                a = dot(p.xz, vec2(0.10, 0.33)) + t * 0.9;  y += 0.50 * sin(a); s += 0.50 * cos(a) * vec2(0.10, 0.33);
                a = dot(p.xz, vec2(-0.31, 0.42)) + t * 1.3; y += 0.28 * sin(a); s += 0.28 * cos(a) * vec2(-0.31, 0.42);
                a = dot(p.xz, vec2(0.62, 0.71)) + t * 1.9;  y += 0.15 * sin(a); s += 0.15 * cos(a) * vec2(0.62, 0.71);
                a = dot(p.xz, vec2(-1.3, 0.9)) + t * 2.7;   y += 0.07 * sin(a); s += 0.07 * cos(a) * vec2(-1.3, 0.9);
                p.y += h * y;
                swell = h * s;
                world = p;
                vec3 d = p - eye;
                float far = max(length(d), 0.001);
                thick = vec2(hazeWay.z * (1.0 - exp(-hazeWay.x * far)), hazeWay.w * towardsSun(d / far));
                washing = (run.x * 0.55 + p.x * 0.12) / 6.2832;
                gl_Position = toClip * vec4(p, 1.0);
            }
            """;
    private static final String FRAGMENT = Air.GLSL + """
            in vec3 world;
            in vec2 swell;
            in vec2 thick;
            in float washing;
            uniform sampler2D ripples;
            uniform sampler2D depths;
            uniform vec4 depthAt;
            uniform vec2 run;
            uniform float rough;
            uniform vec3 deep;
            uniform vec3 shallow;
            uniform vec3 foamLight;
            uniform vec3 glitter;
            out vec4 colour;
            void main() {
                vec3 to = world - eye;
                vec3 way = to * inversesqrt(dot(to, to));
                vec2 at = world.xz;
                vec4 one = texture(ripples, at * 0.055 + run.y * vec2(0.010, 0.021));
                vec4 two = texture(ripples, at.yx * 0.19 - run.y * vec2(0.027, 0.012));
                vec2 slope = swell + rough * ((one.xy - 0.5) * 0.85 + (two.xy - 0.5) * 0.6);
                vec3 n = vec3(-slope.x, 1.0, -slope.y);
                n *= inversesqrt(dot(n, n));
                float facing = max(dot(-way, n), 0.02);
                float f = 1.0 - facing;
                float f2 = f * f;
                float fresnel = 0.03 + 0.80 * f2 * f2 * f;
                vec3 r = way + 2.0 * facing * n;
                r.y = abs(r.y) + 0.03;
                r *= inversesqrt(dot(r, r));
                // As heaven(r), whose share towards the sun serves the glitter, too.
                float g = max(dot(r, sunWay), 0.0);
                float s = g * g;
                s *= s;
                float up = r.y * 1.28 / (r.y + 0.28);
                float low = 1.0 - min(up, 1.0);
                vec3 sky = mix(mix(horizon, zenith, up), afterglow, (0.18 * s + 0.82 * s * s) * low * low);
                vec2 known = texture(depths, (at - depthAt.xy) / (2.0 * depthAt.z) + 0.5).rg;
                float depth = known.r;
                vec3 body = mix(shallow, deep, known.g);
                body += shallow * max(0.0, swell.y + 0.6 * swell.x) * 0.35;
                vec3 c = mix(body, sky, fresnel);
                float e = exp2((g - 1.0) * 60.0);
                float e2 = e * e;
                float e4 = e2 * e2;
                c += (1.3 * e4 * e4 * e4 * e2 * e + 0.16 * e) * glitter;
                float shore = depth * depthAt.w;
                float wave = abs(2.0 * fract(washing + one.z * 1.114) - 1.0);
                float wash = 0.08 + 0.44 * wave * wave * (3.0 - 2.0 * wave);
                float foam = (1.0 - smoothstep(0.0, wash, shore)) * smoothstep(0.36, 0.62, two.z + 0.35 * one.w);
                float line = max(0.0, 1.0 - 7.7 * abs(shore - wash)) * smoothstep(0.25, 0.6, one.w + 0.3 * two.z);
                foam = clamp(0.75 * foam + 0.55 * line, 0.0, 1.0);
                c = mix(c, foamLight, foam);
                float a = clamp(0.25 + 0.9 * smoothstep(0.02, 0.45, depth) + fresnel, 0.0, 1.0);
                a = max(a * smoothstep(-0.005, 0.03, depth), foam * 0.9);
                c = mix(c, mix(hazeColour, afterglow, thick.y), thick.x);
                colour = vec4(c + grain(gl_FragCoord.xy), a);
            }
            """;

    private final Picture2D ripples = new Picture2D(RIPPLE_SIZE);
    private final Picture2D depths = new Picture2D(DEPTH_SIZE);
    private final float middleX;
    private final float middleZ;
    private final float depthSide;
    private final List<Shape> surface;
    /** Colour of deep water, of the screen, in full light. */
    public final Vector3f deep = Colours.of(0x0d4a6b);
    /** How strong the path of light is that sun or moon lays on the water; 1 as the light itself says. */
    public float glitter = 1;
    /** Colour of shallow water. */
    public final Vector3f shallow = Colours.of(0x3fb3a8);

    private Program program;
    private final List<Mesh> meshes = new ArrayList<>();
    private float run;
    private float ripple;
    private float waves = 0.4f;

    /**
     * Computes ripples and depths.
     *
     * @param land what is under it
     * @param middleX where it is seen from, metres
     * @param radius how far it goes, metres
     * @param shore how far from the middle the depth, and with it foam and clearness, is known, metres
     */
    public Water(long seed, Land land, float middleX, float middleZ, float radius, float shore) {
        this.middleX = middleX;
        this.middleZ = middleZ;
        this.depthSide = shore;
        rippled(seed);
        for (int row = 0; row < DEPTH_SIZE; row++) {
            for (int column = 0; column < DEPTH_SIZE; column++) {
                float x = middleX + ((column + 0.5f) / DEPTH_SIZE * 2 - 1) * shore;
                float z = middleZ + ((row + 0.5f) / DEPTH_SIZE * 2 - 1) * shore;
                boolean edge = row == 0 || column == 0 || row == DEPTH_SIZE - 1 || column == DEPTH_SIZE - 1;
                float depth = edge ? 1 : -land.height(x, z) / DEEPEST;
                depths.set(column, row, 0, depth);
                depths.set(column, row, 1, Colours.smooth(0, 0.75f, depth));
            }
        }
        boolean pond = radius < POND;
        surface = Terrain.rings(
                (x, z) -> 0,
                (x, h, z, n) -> new Vector3f(1),
                (x, z) -> 1,
                0,
                0,
                0,
                radius,
                0.8f,
                pond ? 30 : 62,
                pond ? 80 : 120,
                SECTORS,
                -1);
    }

    private void rippled(long seed) {
        float[] height = new Noise(seed ^ 0x7a).tile(RIPPLE_SIZE, 8, 4);
        float[] patches = new Noise(seed ^ 0x7b).tile(RIPPLE_SIZE, 5, 5);
        for (int y = 0; y < RIPPLE_SIZE; y++) {
            for (int x = 0; x < RIPPLE_SIZE; x++) {
                float right = height[y * RIPPLE_SIZE + (x + 1) % RIPPLE_SIZE];
                float below = height[(y + 1) % RIPPLE_SIZE * RIPPLE_SIZE + x];
                float here = height[y * RIPPLE_SIZE + x];
                ripples.set(x, y, 0, 0.5f + 9 * (right - here));
                ripples.set(x, y, 1, 0.5f + 9 * (below - here));
                ripples.set(x, y, 2, here);
                ripples.set(x, y, 3, patches[y * RIPPLE_SIZE + x]);
            }
        }
    }

    /** Gives it to the graphics card. */
    public void begin(Resources resources) {
        ripples.upload(resources, true);
        depths.upload(resources, false);
        program = new Program(resources, VERTEX, FRAGMENT);
        meshes.clear();
        surface.forEach(s -> meshes.add(Mesh.of(resources, s)));
    }

    /** Goes on by so many seconds, with waves of this strength, 0 to 1. */
    public void advance(float seconds, float strength) {
        waves = strength;
        run += seconds * (0.75f + 0.5f * strength);
        ripple += seconds * (0.6f + 1.4f * strength);
    }

    /** Height of the water at a place, as {@link #draw} shapes it, away from the shore; metres. */
    public float height(float x, float z) {
        double y = 0.50 * Math.sin(0.10 * x + 0.33 * z + run * 0.9)
                + 0.28 * Math.sin(-0.31 * x + 0.42 * z + run * 1.3)
                + 0.15 * Math.sin(0.62 * x + 0.71 * z + run * 1.9);
        return (float) (y * waveHeight());
    }

    private float waveHeight() {
        return 0.10f + 0.85f * waves * waves;
    }

    /** Draws it over what is there. */
    public void draw(Eye eye, Air air) {
        glEnable(GL_BLEND);
        // The picture itself stays opaque.
        glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
        glDisable(GL_CULL_FACE);
        ripples.bind(0);
        depths.bind(1);
        air.into(program.use(), eye);
        Vector3f foamLight = lit(new Vector3f(0.98f), new Vector3f(air.skyLight).fma(0.5f, air.sunLight));
        Vector3f light = new Vector3f(air.skyLight).fma(0.35f, air.sunLight);
        program.set("ripples", 0)
                .set("depths", 1)
                .set("reach", middleX, middleZ, 180, waveHeight())
                .set("run", run, ripple)
                .set("depthAt", middleX, middleZ, depthSide, DEEPEST)
                .set("rough", 0.16f + 0.30f * waves)
                .set("deep", lit(deep, light))
                .set("shallow", lit(shallow, light))
                .set("glitter", new Vector3f(foamLight).mul(air.afterglow).mul(glitter))
                .set("foamLight", foamLight);
        for (Mesh m : meshes) {
            // Its shape is about the origin and is moved by the shader.
            if (eye.sees(new Vector3f(m.middle()).add(middleX, 0, middleZ), m.radius() + HIGHEST)) {
                m.draw();
            }
        }
        glDisable(GL_BLEND);
    }

    /** As {@code seen(colour² · light)} of the shaders. */
    private static Vector3f lit(Vector3f colour, Vector3f light) {
        Vector3f c = new Vector3f(colour).mul(colour).mul(light);
        return new Vector3f(
                (float) Math.sqrt(c.x / (1 + 0.5f * c.x)), (float) Math.sqrt(c.y / (1 + 0.5f * c.y)), (float)
                        Math.sqrt(c.z / (1 + 0.5f * c.z)));
    }
}
