package org.anodyne.plugins.virtualwalking;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_DST_COLOR;
import static org.lwjgl.opengl.GL33C.GL_ZERO;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Daytime;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Particles;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Water;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * The walk. The participant is moved by the rig alone; the world is drawn around where he is, the same again after each lap of
 * {@link Way#LENGTH}. Dials may be told from any thread.
 */
final class Walk implements SceneProgram, Dialled {
    /** How fast the cadence may change, steps per minute per second (engineering default). */
    private static final double CADENCE_PER_SECOND = 6;
    /** Seconds from standing to full steps and back (engineering default). */
    private static final float STARTING = 2;
    /** Where the path bends, the walker is in its middle again after so many metres. */
    private static final float CATCH_UP = 1.5f;
    /** A movement of the floor is asked for so many seconds ahead, so that a late frame does not end it. */
    private static final float AHEAD = 10;

    private static final float FASTEST_BOB = 0.3f;
    /** How far the head rises and sinks, as a part of the stature (engineering default). */
    private static final float BOB = 0.009f;
    /** The body stands so far behind the eyes, metres; in the mirror so far before them. */
    private static final float BEHIND_EYES = 0.17f;

    /**
     * A screen shows less below than eyes see: there legs and feet walk so far before the eyes, metres, and nothing of the body
     * hides them.
     */
    private static final float ON_SCREEN = -0.05f;
    /** A screen shows at least so much from top to bottom to the walker's own eyes, radians; else no feet are in it. */
    private static final float WIDE = (float) Math.toRadians(90);

    private static final float MIRROR = 3.1f;
    private static final float SHADOW = 0.42f;

    private final PluginContext context;
    private final boolean sea;
    private final boolean mirror;
    private final float stepLength;
    private final float daylight;
    private final float tilt;
    private final Dial cadence;
    private volatile boolean walking;
    private volatile boolean bob;
    private final Gait gait = new Gait();
    private final Air air = new Air();
    private Body body;
    private Way land;
    private Planting planting;
    private Strip strip;
    private Footsteps sounds;
    private Sky sky;
    private Water water;
    private Particles motes;
    private final Shape shadow = shadowShape();
    private Mesh shadowMesh;
    private Surface surface;
    private Stage stage;
    private boolean placed;
    private float pace;
    private float step;
    private float base;
    private float lastX;
    private float lastZ;
    private Pose head = Pose.ORIGIN;
    private float lap;

    Walk(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        sea = p.text("scenery").equals("seaside");
        mirror = p.text("view").equals("mirror");
        stepLength = (float) p.number("stepLength");
        daylight = (float) p.number("daylight");
        tilt = (float) Math.toRadians(p.number("tilt"));
        cadence = new Dial("cadence", "1/min", 40, 130, p.number("cadence"), CADENCE_PER_SECOND);
        walking = p.flag("walking");
        bob = p.flag("bob");
    }

    /** Dark in the middle, white at the edge: what is under it is multiplied by it. */
    private static Shape shadowShape() {
        Shape s = new Shape().glow(1);
        int rim = 28;
        s.colour(new Vector3f(0.42f, 0.43f, 0.48f));
        int middle = s.vertex(0, 0, 0, 0, 1, 0);
        s.colour(0xffffff);
        for (int i = 0; i < rim; i++) {
            double a = 2 * Math.PI * i / rim;
            s.vertex(SHADOW * (float) Math.cos(a), 0, SHADOW * (float) Math.sin(a), 0, 1, 0);
        }
        for (int i = 0; i < rim; i++) {
            s.triangle(middle, middle + 1 + (i + 1) % rim, middle + 1 + i);
        }
        return s;
    }

    @Override
    public List<Dial> dials() {
        return List.of(cadence);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        long seed = context.random().nextLong();
        body = new Body(context.parameters());
        land = new Way(sea, seed);
        planting = new Planting(land, seed);
        strip = new Strip(land, planting);
        sounds = new Footsteps(sea, seed);
        sky = new Sky(seed);
        if (sea) {
            water = new Water(seed, land, 0, -Way.LENGTH / 2, 1700, 340);
        }
        motes = new Particles(Particles.Kind.MOTES, 60, seed);
    }

    @Override
    public void change(Parameters parameters) {
        cadence.adopt(parameters);
        walking = parameters.flag("walking");
        bob = parameters.flag("bob");
    }

    @Override
    public void feature(String port, FeatureInput feature) {
        double[] values = feature.feature().values();
        if (port.equals("cadence") && values.length > 0) {
            cadence.drive(values[0], feature.feature().timeNanos());
        }
    }

    @Override
    public void begin(Stage on) {
        stage = on;
        cadence.settle();
        surface = new Surface(on.resources());
        body.begin(on.resources());
        planting.begin(on.resources());
        strip.begin(on.resources());
        sky.begin(on.resources());
        if (sea) {
            water.begin(on.resources());
        }
        motes.begin(on.resources());
        motes.half.set(7, 1.6f, 9);
        shadowMesh = Mesh.of(on.resources(), shadow);
        sounds.begin(on.sound());
        gait.restart();
        placed = false;
        pace = walking ? 1 : 0;
        step = pace * stepLength;
        lap = 0;
        air.time = 0;
        air.windRun = 0;
        light();
    }

    private void light() {
        Daytime.COAST.into(air, daylight, sea ? 48 : 24);
        air.hazeDensity = sea ? 0.0016f : 0.0065f;
        air.hazeThinning = sea ? 0.01f : 0.02f;
        air.wind = sea ? 0.35f : 0.2f;
        if (!sea) {
            air.hazeColour.lerp(Colours.of(0xc8d4b0), 0.45f);
        }
    }

    @Override
    public void advance(Frame frame) {
        float seconds = frame.deltaSeconds();
        head = frame.head();
        if (!placed) {
            // Whoever sits sees from the height of the body's eyes, too.
            float eyes = head.y() - stage.rig().floor().y();
            base = ground() + body.eyes() - eyes;
            stage.rig().place(0, base, 0, 0);
            lastX = 0;
            lastZ = 0;
            placed = true;
        } else {
            go(frame, seconds);
        }
        lap = Way.LENGTH * (float) Math.floor(-stage.rig().floor().z() / Way.LENGTH);
        air.advance(seconds);
        if (sea) {
            water.advance(seconds, 0.22f);
        }
        sounds.advance(frame.sceneSeconds(), Way.middle(head.z()), head.z());
    }

    private static float ground() {
        return Way.PATH - 0.03f;
    }

    private void go(Frame frame, float seconds) {
        pace = Math.max(0, Math.min(1, pace + (walking ? 1 : -1) * seconds / STARTING));
        Pose floor = stage.rig().floor();
        if (seconds > 0) {
            // What the rig really does, so that feet do not slip on the ground when the display limits the speed.
            double speed = Math.signum(lastZ - floor.z()) * Math.hypot(floor.x() - lastX, floor.z() - lastZ) / seconds;
            float now = (float) Math.max(0, Math.min(1.5 * stepLength, speed * 60 / cadence.value()));
            step += (now - step) * Math.min(1, seconds / 0.15f);
        }
        lastX = floor.x();
        lastZ = floor.z();
        if (pace > 0) {
            Gait.Strike strike = gait.advance(seconds, cadence.value());
            if (strike != null) {
                frame.onset("heel-strike", Map.of("side", strike.side(), "number", strike.number()));
                float side = strike.side().equals("left") ? -1 : 1;
                sounds.strike(bodyX() + 0.09f * side, ground(), bodyZ() - step * 0.6f);
            }
        }
        float forwards = (float) (cadence.value() / 60) * stepLength * Colours.smooth(0, 1, pace);
        float wanted = base + (bob ? BOB * body.look.stature() * gait.rise() * Math.min(1, step / 0.6f) : 0);
        float up = seconds > 0 ? (wanted - floor.y()) / seconds : 0;
        up = Math.max(-FASTEST_BOB, Math.min(FASTEST_BOB, up));
        // Along the path, without being turned: back to its middle within so many metres, which whoever stands still
        // is, too.
        float slope = (Way.middle(floor.z() - CATCH_UP) - floor.x()) / CATCH_UP;
        float ahead = forwards / (float) Math.hypot(1, slope);
        stage.rig().glide(floor.x() + slope * ahead * AHEAD, floor.y() + up * AHEAD, floor.z() - ahead * AHEAD, (float)
                Math.hypot(up, forwards));
    }

    private float bodyX() {
        return mirror ? Way.middle(bodyZ()) : head.x();
    }

    private float bodyZ() {
        float ahead = stage.stereo() ? -BEHIND_EYES : ON_SCREEN;
        return mirror ? stage.rig().floor().z() - MIRROR : head.z() - ahead;
    }

    /** The view in the lap that is drawn; on a screen turned down. */
    private View turned(View v) {
        Matrix4f m = new Matrix4f().set(v.view()).translate(0, 0, -lap);
        float[] projection = v.projection();
        if (!stage.stereo() && !mirror) {
            m = new Matrix4f().rotationX(tilt).mul(m);
            projection = wide(projection);
        }
        float[] at = {v.position()[0], v.position()[1], v.position()[2] + lap};
        return new View(v.eye(), v.width(), v.height(), m.get(new float[16]), projection, at);
    }

    /** At least {@link #WIDE}, however narrow the display's field of view is. */
    private static float[] wide(float[] projection) {
        float[] p = projection.clone();
        float wider = Math.min(1, 1 / (float) Math.tan(WIDE / 2) / p[5]);
        p[0] *= wider;
        p[5] *= wider;
        return p;
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(turned(view));
        surface.begin(eye, air);
        Body.Seen seen = mirror ? Body.Seen.WHOLE : stage.stereo() ? Body.Seen.OWN : Body.Seen.LEGS;
        float heading = (float) -Math.atan(Way.slope(bodyZ()));
        body.draw(surface, gait, bodyX(), ground(), bodyZ() + lap, heading, step, seen);
        surface.put(new Matrix4f());
        planting.draw(eye, surface);
        // The bright ground by the sea passes by with less of it, for the same reason as in Planting.
        surface.grain(0.8f, sea ? 0.10f : 0.24f, sea ? 0.12f : 0.16f);
        strip.draw(eye, surface);
        shade();
        if (sea) {
            water.draw(eye, air);
        }
        sky.draw(eye, air);
        motes.middle.set(
                Way.middle(eye.position().z()), Way.PATH + 1.5f, eye.position().z() - 7);
        motes.draw(eye, air, 0.6f);
    }

    private void shade() {
        glEnable(GL_BLEND);
        glBlendFunc(GL_DST_COLOR, GL_ZERO);
        surface.grain(1, 0, 0).put(new Matrix4f().translation(bodyX(), ground() + 0.025f, bodyZ() + lap));
        shadowMesh.draw();
        glDisable(GL_BLEND);
    }

    @Override
    public void close() {
        // What the display made is deleted by it.
    }
}
