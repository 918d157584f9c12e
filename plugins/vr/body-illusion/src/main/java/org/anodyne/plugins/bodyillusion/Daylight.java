package org.anodyne.plugins.bodyillusion;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import java.util.EnumMap;
import java.util.Map;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Picture2D;
import org.anodyne.scenery.Program;
import org.joml.Matrix4f;
import org.joml.Matrix4fc;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Draws the room in the light of its window: where the sun comes through the panes and the leaves before them, what lies on the
 * table shades it, all else is lit by the sky outside and by the walls. Skin has a program of its own, lit per pixel. Thread:
 * the render thread.
 */
final class Daylight {
    private static final Vector3f WHITE = new Vector3f(1);

    private static final String VERTEX = Air.GLSL + """
            layout(location = 0) in vec3 place;
            layout(location = 1) in vec3 normal;
            layout(location = 2) in vec4 colour;
            layout(location = 3) in vec4 nature;
            uniform mat4 toClip;
            uniform mat4 model;
            uniform vec3 tint;
            uniform float extraGlow;
            uniform vec3 along;       // from the shape to the picture
            uniform vec3 across;
            uniform vec4 pane;        // lower left corner of the window in its wall, and 1 / its size
            uniform float wall;       // where the wall with the window is
            uniform vec4 tableAt;     // lower left corner of the picture of shade, and 1 / its size
            out vec4 paint;
            out vec3 ambient;
            out vec3 world;
            out vec3 facing;
            out vec2 spot;
            out vec2 through;
            out vec2 shadeAt;
            out float direct;
            void main() {
                vec3 p = (model * vec4(place, 1.0)).xyz;
                vec3 n = normalize(mat3(model) * normal);
                world = p;
                facing = n;
                paint = vec4(colour.rgb * tint, min(1.0, colour.a + extraGlow));
                ambient = (mix(groundLight, skyLight, 0.5 + 0.5 * n.y) + 0.30 * skyLight * max(0.0, -n.z)) * nature.w;
                float d = dot(n, sunWay);
                direct = (max(0.0, d) + nature.z * max(0.0, -0.7 * d)) * (0.4 + 0.6 * nature.w);
                spot = vec2(dot(place, along), dot(place, across));
                through = (p.xy + sunWay.xy * ((wall - p.z) / sunWay.z) - pane.xy) * pane.zw;
                shadeAt = (p.xz - tableAt.xy) * tableAt.zw;
                gl_Position = toClip * vec4(p, 1.0);
            }
            """;
    /** The part that all have: how much sun comes through the window to a place. */
    private static final String SUN = """
            in vec4 paint;
            in vec3 ambient;
            in vec3 world;
            in vec3 facing;
            in vec2 spot;
            in vec2 through;
            in vec2 shadeAt;
            in float direct;
            uniform sampler2D picture;
            uniform sampler2D panes;
            uniform sampler2D leaves;
            uniform sampler2D shade;
            uniform vec3 sunWay;
            uniform vec3 sunLight;
            uniform vec3 eye;
            uniform vec2 sway;
            uniform vec3 toolTip;
            uniform vec3 toolWay;     // to its other end
            out vec4 colour;
            float sun() {
                float leaf = texture(leaves, through * vec2(1.0, 1.4) + sway).r;
                return texture(panes, through).r * (0.42 + 0.58 * leaf);
            }
            // The shadow of the tool: how near the way to the sun passes by its middle line.
            float tool() {
                vec3 w = world - toolTip;
                float b = dot(toolWay, sunWay);
                float c = dot(toolWay, w);
                float d = dot(sunWay, w);
                float s = clamp((c - d * b) / (dot(toolWay, toolWay) - b * b), 0.0, 1.0);
                float t = max(0.0, s * b - d);
                float off = length(s * toolWay - w - t * sunWay);
                return 1.0 - 0.85 * smoothstep(0.006 + 0.06 * t, 0.004, off) * smoothstep(0.0, 0.012, t);
            }
            vec3 seen(vec3 linear) {
                float g = fract(dot(gl_FragCoord.xy, vec2(0.7548776662, 0.5698402910))) - 0.5;
                return sqrt(linear / (1.0 + 0.5 * linear)) + g / 160.0;
            }
            """;

    /** What the sun reaches, but nothing shades. */
    private static final String SUNNY = SUN + """
            void main() {
                vec3 base = texture(picture, spot).rgb * paint.rgb;
                colour = vec4(seen(base * base * (ambient + sunLight * (direct * sun()))), 1.0);
            }
            """;
    /** The top of the table, in the shade of what lies on it and of the tool. */
    private static final String SHADED = SUN + """
            void main() {
                vec3 base = texture(picture, spot).rgb * paint.rgb;
                vec2 free = texture(shade, shadeAt).rg;
                vec3 light = ambient * free.g + sunLight * (direct * sun() * free.r * tool());
                colour = vec4(seen(base * base * light), 1.0);
            }
            """;
    /** What the sun does not reach, and the garden, which shines by itself. */
    private static final String DULL = """
            in vec4 paint;
            in vec3 ambient;
            in vec2 spot;
            uniform sampler2D picture;
            out vec4 colour;
            void main() {
                vec3 base = texture(picture, spot).rgb * paint.rgb;
                vec3 linear = base * base * mix(ambient, vec3(1.6), paint.a);
                colour = vec4(sqrt(linear / (1.0 + 0.5 * linear)), 1.0);
            }
            """;
    /** Light goes a little way into skin, red the furthest: it reaches round the edge of what is lit. */
    private static final String SKIN = SUN + """
            void main() {
                vec2 at = spot;
                float h = texture(picture, at).r + 0.5 * texture(picture, at * 2.7).g;
                float hx = texture(picture, at + vec2(0.006, 0.0)).r + 0.5 * texture(picture, at * 2.7 + vec2(0.012, 0.0)).g;
                float hy = texture(picture, at + vec2(0.0, 0.006)).r + 0.5 * texture(picture, at * 2.7 + vec2(0.0, 0.012)).g;
                vec3 n = normalize(facing);
                n = normalize(n + 0.55 * vec3(h - hx, 0.0, h - hy));
                vec3 base = paint.rgb * (0.965 + 0.05 * h);
                base *= base;
                float d = dot(n, sunWay);
                vec3 round = max(vec3(0.0), (vec3(d) + vec3(0.34, 0.16, 0.12)) / vec3(1.34, 1.16, 1.12));
                vec3 to = normalize(eye - world);
                vec3 half_ = normalize(to + sunWay);
                float open = clamp(length(ambient) * 1.1, 0.0, 1.0);
                float shine = pow(max(0.0, dot(n, half_)), 22.0) * (0.05 + 0.25 * pow(1.0 - max(0.0, dot(n, to)), 3.0));
                float lit = sun() * tool() * (0.35 + 0.65 * open);
                vec3 light = ambient * (0.85 + 0.15 * n.y) + sunLight * round * lit;
                vec3 linear = base * mix(light, vec3(1.3), paint.a) + sunLight * shine * lit;
                colour = vec4(seen(linear), 1.0);
            }
            """;

    /** How what is drawn is lit. */
    enum Lit {
        SUNNY(Daylight.SUNNY),
        SHADED(Daylight.SHADED),
        DULL(Daylight.DULL),
        SKIN(Daylight.SKIN);

        private final String fragment;

        Lit(String fragment) {
            this.fragment = fragment;
        }
    }

    private final Map<Lit, Program> programs = new EnumMap<>(Lit.class);
    private final Matrix4f model = new Matrix4f();
    private Program now;

    Daylight(Resources resources) {
        for (Lit lit : Lit.values()) {
            programs.put(lit, new Program(resources, VERTEX, lit.fragment));
        }
        now = programs.get(Lit.SUNNY);
    }

    /** Before the meshes of an eye; {@code tip} and {@code way} are the tool's, whose shadow falls on table and skin. */
    void begin(Eye eye, Air air, Vector3fc tip, Vector3fc way) {
        glEnable(GL_DEPTH_TEST);
        glDepthMask(true);
        glDisable(GL_BLEND);
        glDisable(GL_CULL_FACE);
        for (Program p : programs.values()) {
            air.into(p.use(), eye);
            p.set("picture", 0).set("panes", 1).set("leaves", 2).set("shade", 3);
            p.set("wall", Room.BACK);
            p.set("pane", Window.LEFT, Window.LOW, 1 / Window.WIDE, 1 / Window.HIGH);
            p.set(
                    "tableAt",
                    Room.TABLE_LEFT,
                    Room.TABLE_FAR,
                    1 / (Room.TABLE_RIGHT - Room.TABLE_LEFT),
                    1 / (Room.TABLE_NEAR - Room.TABLE_FAR));
            p.set("sway", 0.012f * (float) Math.sin(0.45 * air.time), 0.008f * (float) Math.sin(0.31 * air.time + 1));
            p.set("toolTip", tip).set("toolWay", way);
            p.set("model", model.identity()).set("tint", WHITE).set("extraGlow", 0f);
        }
    }

    /** How what is drawn from now on is lit; tint and place are as they were when this was drawn last. */
    Daylight lit(Lit how) {
        now = programs.get(how);
        now.use();
        return this;
    }

    /** What is drawn from now on has this picture, so many times a metre along and across. */
    Daylight picture(Picture2D picture, Vector3fc along, Vector3fc across) {
        picture.bind(0);
        now.set("along", along).set("across", across);
        return this;
    }

    /** Where what is drawn from now on is. */
    Daylight put(Matrix4fc where) {
        now.set("model", where);
        return this;
    }

    /** What the colours are multiplied by, and how much more they shine by themselves. */
    Daylight tint(Vector3fc colour, float glow) {
        now.set("tint", colour).set("extraGlow", glow);
        return this;
    }
}
