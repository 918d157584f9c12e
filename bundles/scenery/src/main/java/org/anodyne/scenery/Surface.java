package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_BACK;
import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.glCullFace;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import org.anodyne.plugin.scene.Resources;
import org.joml.Matrix4f;
import org.joml.Matrix4fc;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Draws meshes in the light of the air: sun, sky and reflected light, openness, light through leaves, wind and haze, all per
 * vertex, so that a pixel costs next to nothing. Thread: the render thread.
 */
public final class Surface {
    private static final Matrix4fc HERE = new Matrix4f();
    private static final Vector3fc WHITE = new Vector3f(1);

    private static final String VERTEX = Air.GLSL + """
            layout(location = 0) in vec3 place;
            layout(location = 1) in vec3 normal;
            layout(location = 2) in vec4 colour;
            layout(location = 3) in vec4 nature;
            layout(location = 4) in vec4 stand;
            layout(location = 5) in vec4 turn;
            uniform mat4 toClip;
            uniform mat4 model;
            uniform vec3 tint;
            uniform float extraGlow;
            uniform vec4 wind;
            uniform float time;
            uniform float grainScale;
            out vec3 paint;
            out vec2 spot;
            out float clear;
            vec3 turned(vec3 v) {
                return vec3(turn.y * v.x + turn.x * v.z, v.y, turn.y * v.z - turn.x * v.x);
            }
            void main() {
                vec3 p = (model * vec4(turned(place) * stand.w + stand.xyz, 1.0)).xyz;
                vec3 n = normalize(mat3(model) * turned(normal));
                if (nature.x + nature.y > 0.0) {
                    float ahead = dot(p.xz, wind.xy) * 0.12 - wind.w * 0.9 + turn.w;
                    float gust = 0.55 + 0.45 * sin(ahead) + 0.25 * sin(2.3 * ahead + 1.3);
                    float push = nature.x * wind.z * gust * 0.9;
                    vec3 tremble = vec3(sin(wind.w * 4.1 + p.z * 3.0 + turn.w), sin(wind.w * 5.3 + p.x * 2.7),
                            sin(wind.w * 4.7 + p.y * 3.1));
                    p += vec3(wind.x, -0.25 * nature.x, wind.y) * push;
                    p += tremble * (nature.y * (0.015 + 0.07 * wind.z));
                }
                vec3 c = colour.rgb * tint * turn.z;
                vec3 way = normalize(p - eye);
                vec3 lit = seen(shade(c, n, way, nature.z, nature.w));
                lit = mix(lit, c, min(1.0, colour.a + extraGlow));
                paint = haze(lit, p);
                // Slopes of the ground face the middle of a world; a crown is wrapped as its normals lie. So the grain is not drawn out.
                if (nature.x + nature.y > 0.0) {
                    vec3 m = turned(normal);
                    spot = (m.xz / (1.1 + m.y) * 1.3 + place.xz * stand.w * 0.25) * grainScale;
                } else {
                    spot = (p.xz + p.xz / (length(p.xz) + 0.3) * p.y * 1.1) * grainScale;
                }
                float off = length(p - eye);
                clear = exp(-hazeWay.x * off) * (1.0 - colour.a) / (1.0 + 0.006 * off);
                gl_Position = toClip * vec4(p, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec3 paint;
            in vec2 spot;
            in float clear;
            uniform sampler2D grains;
            uniform vec2 grainStrength;
            out vec4 colour;
            void main() {
                // The grain is enough against bands of colour.
                float much = dot(texture(grains, spot).rg - 0.5, grainStrength) * clear;
                colour = vec4(paint * (1.0 + much), 1.0);
            }
            """;

    private static final int GRAIN_SIZE = 128;

    private final Program program;
    private final Picture2D grains = new Picture2D(GRAIN_SIZE);

    /** Makes the program, and the grain of what it draws. */
    public Surface(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        float[] fine = new Noise(71).tile(GRAIN_SIZE, 12, 4);
        float[] coarse = new Noise(72).tile(GRAIN_SIZE, 4, 5);
        for (int i = 0; i < fine.length; i++) {
            grains.set(i % GRAIN_SIZE, i / GRAIN_SIZE, 0, fine[i]);
            grains.set(i % GRAIN_SIZE, i / GRAIN_SIZE, 1, coarse[i]);
        }
        grains.upload(resources, true);
    }

    /** Before the meshes of an eye: nothing blended, both sides of triangles drawn, nothing moved. */
    public Surface begin(Eye eye, Air air) {
        glEnable(GL_DEPTH_TEST);
        glDepthMask(true);
        glDisable(GL_BLEND);
        glDisable(GL_CULL_FACE);
        air.into(program.use(), eye);
        grains.bind(0);
        program.set("grains", 0);
        return put(HERE).tint(WHITE, 0).grain(1, 0, 0);
    }

    /**
     * The grain of the meshes drawn from now on: brighter and darker spots, as of sand, grass, bark or leaves.
     *
     * @param perMetre how many tiles of it a metre has; about 12 spots are in a tile
     * @param fine strength of the spots, 0 none to about 1
     * @param coarse strength of patches three times as large
     */
    public Surface grain(float perMetre, float fine, float coarse) {
        program.set("grainScale", perMetre).set("grainStrength", fine, coarse);
        return this;
    }

    /** Whether the back sides of triangles are left out from now on; for closed shapes. */
    public Surface closed(boolean closed) {
        if (closed) {
            glEnable(GL_CULL_FACE);
            glCullFace(GL_BACK);
        } else {
            glDisable(GL_CULL_FACE);
        }
        return this;
    }

    /** Where the meshes drawn from now on are: moved and turned, not stretched. */
    public Surface put(Matrix4fc model) {
        program.set("model", model);
        return this;
    }

    /** What the colours of the meshes drawn from now on are multiplied by, and how much more they shine by themselves. */
    public Surface tint(Vector3fc colour, float glow) {
        program.set("tint", colour).set("extraGlow", glow);
        return this;
    }
}
