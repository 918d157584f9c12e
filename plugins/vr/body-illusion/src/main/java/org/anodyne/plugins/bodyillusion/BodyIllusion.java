package org.anodyne.plugins.bodyillusion;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CONSTANT_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_LEQUAL;
import static org.lwjgl.opengl.GL33C.GL_ONE_MINUS_CONSTANT_ALPHA;
import static org.lwjgl.opengl.GL33C.glBlendColor;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glColorMask;
import static org.lwjgl.opengl.GL33C.glDepthFunc;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Glow;
import org.anodyne.scenery.Hands;
import org.anodyne.scenery.Limbs;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Shape;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** The virtual arm. Dials may be told from any thread, the rhythm from the lane. */
final class BodyIllusion implements SceneProgram, Dialled {
    private static final double DIAL_PER_SECOND = 0.25;
    private static final double NANOS_PER_MILLI = 1e6;
    /** The most that is seen through the limb. */
    private static final float THINNEST = 0.92f;
    /** Height of the eyes over the floor for which the table is made, metres. */
    private static final float EYES = 1.2f;

    /** How much closer the limb is seen on a screen than with the display's angle of view. */
    private static final float CLOSER = 2.1f;
    /** On a screen the view is turned so far further down and to the side of the hand, radians. */
    private static final float DOWN_TO_HAND = 0.07f;

    private static final float TO_HAND = 0.14f;
    /** The arm points a little inwards, radians. */
    private static final float TURNED = 0.10f;
    /** Length of the tool as far as it throws a shadow, metres. */
    private static final float TOOL = 0.20f;

    private static final Vector3f WHITE = new Vector3f(1);
    private static final Vector3f WARM = new Vector3f(1.18f, 0.88f, 0.62f);

    private final PluginContext context;
    private final int side;
    private final String place;
    private final float tilt;
    private final Dial glow;
    private final Dial transparency;
    private final List<Dial> dials;
    private final long leadNanos;
    private volatile Strokes.Rhythm rhythm;
    private Strokes strokes;
    private double phase = Double.NaN;
    private boolean stereo;
    private final Vector3f sunWay = new Vector3f(-0.34f, 0.46f, -0.82f).normalize();
    private Interior interior;
    private Shape arm;
    private Shape sleeve;
    private Shape tool;
    private Mesh armMesh;
    private Mesh sleeveMesh;
    private Mesh toolMesh;
    private Stage stage;
    private boolean seated;
    private final Air air = new Air();
    private final Glow halo = new Glow();
    private Daylight daylight;
    private final Matrix4f wrist = new Matrix4f();
    private final Matrix4f toolAt = new Matrix4f();

    BodyIllusion(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        side = p.text("side").equals("left") ? -1 : 1;
        place = p.text("place");
        tilt = (float) Math.toRadians(p.number("tilt"));
        glow = new Dial("glow", "1", 0, 1, p.number("glow"), DIAL_PER_SECOND);
        transparency = new Dial("transparency", "1", 0, 1, p.number("transparency"), DIAL_PER_SECOND);
        dials = List.of(glow, transparency);
        leadNanos = Math.round(p.number("lead") * NANOS_PER_MILLI);
        rhythm = rhythm(p);
    }

    private static Strokes.Rhythm rhythm(Parameters p) {
        return new Strokes.Rhythm(
                Strokes.Touch.valueOf(p.text("touch").toUpperCase(Locale.ROOT)),
                Math.round(p.number("delay") * NANOS_PER_MILLI),
                p.number("strokesPerMinute"));
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        Parameters p = context.parameters();
        Limbs.Look look = Room.look(p.text("sex").equals("female"), p.text("skin"), p.text("sleeveColour"));
        float end =
                switch (p.text("sleeve")) {
                    case "long" -> 0.035f;
                    case "short" -> 0.16f;
                    default -> 0.245f;
                };
        interior = new Interior(side, look.stature() / 1.72f * (look.female() ? 0.93f : 1), side * TURNED, sunWay);
        arm = Hands.forearmAndHand(look, side);
        sleeve = Hands.sleeve(look, end);
        tool = p.text("tool").equals("feather") ? Tool.feather() : Tool.brush();
        wrist.translation(side * Room.WRIST_X, Room.TABLE + Room.WRIST_UP, Room.WRIST_Z)
                .rotateY(side * TURNED);
    }

    @Override
    public void change(Parameters parameters) {
        dials.forEach(d -> d.adopt(parameters));
        rhythm = rhythm(parameters);
    }

    @Override
    public void feature(String port, FeatureInput feature) {
        double[] values = feature.feature().values();
        dials.stream()
                .filter(d -> d.name().equals(port) && values.length > 0)
                .forEach(d -> d.drive(values[0], feature.feature().timeNanos()));
    }

    @Override
    public void begin(Stage on) {
        stage = on;
        dials.forEach(Dial::settle);
        stereo = on.stereo();
        daylight = new Daylight(on.resources());
        interior.begin(on.resources());
        armMesh = Mesh.of(on.resources(), arm);
        sleeveMesh = Mesh.of(on.resources(), sleeve);
        toolMesh = Mesh.of(on.resources(), tool);
        halo.begin(on.resources());
        strokes = new Strokes(rhythm, leadNanos);
        phase = Double.NaN;
        seated = false;
        air.time = 0;
        light();
    }

    /** A morning's sun, and the light of the sky and of the walls. */
    private void light() {
        air.sunWay.set(sunWay);
        air.sunLight.set(1.95f, 1.74f, 1.45f);
        air.skyLight.set(0.66f, 0.67f, 0.69f);
        air.groundLight.set(0.58f, 0.50f, 0.42f);
        air.hazeDensity = 0;
        air.wind = 0;
    }

    @Override
    public void advance(Frame frame) {
        if (!seated) {
            // The table is where it is for eyes of this height, whatever theirs are.
            float eyes = frame.head().y() - stage.rig().floor().y();
            stage.rig().place(0, EYES - eyes, 0, 0);
            seated = true;
        }
        air.advance(frame.deltaSeconds());
        strokes.change(rhythm);
        long now = frame.displayNanos();
        Strokes.News news = strokes.advance(now);
        for (Strokes.Stroke s : news.announced()) {
            Map<String, Object> said = said(s);
            said.put("dueNanos", s.dueNanos());
            said.put("seenNanos", s.seenNanos());
            context.outlet().event(new Event("stroke", context.clock().nowNanos(), said));
        }
        for (Strokes.Stroke s : news.seen()) {
            frame.onset("stroke-seen", said(s));
        }
        phase = strokes.phase(now);
    }

    private Map<String, Object> said(Strokes.Stroke s) {
        Map<String, Object> said = new HashMap<>();
        said.put("number", s.number());
        said.put("touch", s.touch().name().toLowerCase(Locale.ROOT));
        said.put("delayNanos", s.delayNanos());
        said.put("place", place);
        return said;
    }

    /** The view as it is, or on a screen turned down and closer. */
    private View turned(View v) {
        if (stereo) {
            return v;
        }
        float[] closer = v.projection().clone();
        closer[0] *= CLOSER;
        closer[5] *= CLOSER;
        Matrix4f down = new Matrix4f()
                .rotationX(tilt + DOWN_TO_HAND)
                .rotateY(side * TO_HAND)
                .mul(new Matrix4f().set(v.view()));
        return new View(v.eye(), v.width(), v.height(), down.get(new float[16]), closer, v.position());
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(turned(view));
        placeTool();
        Vector3f tip = toolAt.transformPosition(new Vector3f());
        daylight.begin(eye, air, tip, toolAt.transformDirection(new Vector3f(0, TOOL, 0)));
        float seen = 1 - THINNEST * (float) transparency.value();
        boolean solid = seen > 0.999f;
        if (solid) {
            limb();
        }
        interior.plain(daylight);
        daylight.put(toolAt);
        toolMesh.draw();
        interior.draw(daylight, eye);
        if (!solid) {
            // Depth first, so that only the nearest skin is seen, not what is inside.
            glColorMask(false, false, false, false);
            limb();
            glColorMask(true, true, true, true);
            glDepthFunc(GL_LEQUAL);
            glEnable(GL_BLEND);
            glBlendColor(0, 0, 0, seen);
            glBlendFunc(GL_CONSTANT_ALPHA, GL_ONE_MINUS_CONSTANT_ALPHA);
            limb();
            glDisable(GL_BLEND);
        }
        warmth(eye, wrist);
    }

    private void limb() {
        float warm = (float) glow.value();
        interior.skin(daylight);
        daylight.put(wrist).tint(Colours.mix(WHITE, WARM, warm), 0.42f * warm);
        armMesh.draw();
        interior.woven(daylight);
        daylight.put(wrist);
        sleeveMesh.draw();
    }

    private void warmth(Eye eye, Matrix4f wrist) {
        float warm = (float) glow.value();
        if (warm <= 0) {
            return;
        }
        Vector3f core = Colours.of(0xffc890);
        Vector3f rim = Colours.of(0xff8a3c);
        for (int i = 0; i < 7; i++) {
            float breath = 0.9f + 0.1f * (float) Math.sin(0.8f * air.time + 0.5f * i);
            Vector3f at = wrist.transformPosition(0, 0.01f, -0.13f + 0.055f * i, new Vector3f());
            halo.draw(eye, air, at, 0.055f, core, rim, 0.16f * warm * breath, 0);
        }
    }

    /** Where the tip is over the limb at a part of the stroke, in the frame of the wrist. */
    private Vector3f tip(float part, float lift) {
        float t = Colours.smooth(0, 1, part);
        boolean hand = place.equals("hand");
        float z = hand ? 0.015f - 0.115f * t : 0.135f - 0.115f * t;
        float skin = hand ? 0.0195f - 0.006f * Colours.smooth(0.4f, 1, t) : 0.0250f + 0.016f * (1 - t);
        return new Vector3f(-side * 0.005f, skin + lift, z);
    }

    private void placeTool() {
        if (Double.isNaN(phase)) {
            // It lies on the table, out of the way.
            toolAt.translation(-side * 0.16f, Room.TABLE + 0.0105f, -0.46f)
                    .rotateY(side * 0.5f)
                    .rotateX((float) -Math.PI / 2);
            return;
        }
        float p = (float) phase;
        float part = Math.max(0, Math.min(1, p));
        float away = p < 0 ? -p / 0.5f : Math.max(0, (p - 1) / 0.5f);
        float lift = 0.075f * Colours.smooth(0, 1, Math.min(1, away));
        // On its way back it has half of the way behind it when the next stroke takes over.
        float back = p > 1 ? 1 - Colours.smooth(1, 2, p) : p < 0 ? 0.5f * Colours.smooth(0, -0.5f, p) : part;
        Vector3f tip = tip(p > 1 || p < 0 ? back : part, lift);
        float pressed = p >= 0 && p <= 1 ? 1 : 0;
        float lean = -0.42f - 0.16f * pressed * (float) Math.sin(Math.PI * part);
        toolAt.set(wrist)
                .translate(tip.x, tip.y - 0.002f * pressed, tip.z)
                .rotateZ(-side * 0.25f)
                .rotateX(-lean);
    }

    @Override
    public void close() {
        // What the display made is deleted by it.
    }
}
