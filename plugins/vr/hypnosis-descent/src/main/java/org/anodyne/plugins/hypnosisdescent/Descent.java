package org.anodyne.plugins.hypnosisdescent;

import static org.lwjgl.opengl.GL33C.GL_COLOR_BUFFER_BIT;
import static org.lwjgl.opengl.GL33C.glClear;
import static org.lwjgl.opengl.GL33C.glClearColor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Breath;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Daytime;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Glow;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Particles;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Water;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * The descent. The boat and the water around it stay where they are, as a horizon at rest; the rock rises past them, at the
 * pace of {@link Course}. What is heavy is built in {@code prepare}; dials may be told from any thread.
 */
final class Descent implements SceneProgram, Dialled {
    /** Seconds in which light and mist go from end to end at the fastest (engineering default). */
    private static final double FADE_SECONDS = 8;
    /** The dial of depth is as quick as any feature; the boat's own pace is what is slow. */
    private static final double DEPTH_PER_SECOND = 0.5;
    /** Direction of the moon in the mouth of the grotto, degrees. */
    private static final float MOON_BEARING = 7;

    private static final float MOON_HEIGHT = 0.17f;
    /** Below this height of the water above its last one the dome is seen, metres. */
    private static final float DOME_SEEN = Rock.EDGE + 1.5f;

    private static final float WATER_REACH = 460;
    /** The well's opening to the sky. */
    private static final Vector3f OPENING = new Vector3f(0, Rock.RIM, 0);

    private static final float OPENING_RADIUS = Rock.WELL + 1;

    /** How far above the boat lit things are drawn, metres. */
    private static final float SEEN_ABOVE = 24;

    /** What a piece of the rock is drawn like. */
    private enum Nature {
        /** Carries its light in its colours, and is brightest where the boat is. */
        WALL,
        /** Carries its light; part of the grotto. */
        GROTTO,
        /** Lit by the air of the well. */
        LIT,
        /** Lit by the air of the well, at the top only. */
        RIM,
        /** Lit by the air of the well, in the grotto only. */
        SHORE,
        /** Under the sky outside. */
        OUTSIDE
    }

    private record Piece(Nature nature, Shape shape, Instances where) {}

    private record Placed(Nature nature, Mesh mesh, float bottom, float top) {}

    private final PluginContext context;
    private final int steps;
    private final Course course;
    private final Dial depth;
    private final Dial light;
    private final Dial mist;
    private final List<Dial> dials;
    private final Breath breath = new Breath();
    private final Glow glow = new Glow();
    private static final Vector3f CLEFT = Colours.of(0x1d2740);
    private final Air outside = new Air();
    private final Air cave = new Air();
    private final Vector3f offset = new Vector3f();
    private final Matrix4f place = new Matrix4f();
    private volatile double breathsPerMinute;
    private double phase;
    private final List<Piece> pieces = new ArrayList<>();
    private Furnishing furnishing;
    private Music music;
    private Sky sky;
    private Water water;
    private Particles motes;
    private Particles haze;
    private Surface surface;
    private final List<Placed> placed = new ArrayList<>();
    private Mesh boat;
    private Shape boatShape;

    Descent(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        steps = p.integer("steps");
        course = new Course(Course.Lead.valueOf(p.text("lead").toUpperCase(Locale.ROOT)), p.number("descent"), steps);
        depth = new Dial("depth", "1", 0, 1, p.number("depth"), DEPTH_PER_SECOND);
        light = new Dial("light", "1", 0, 1, p.number("light"), 1 / FADE_SECONDS);
        mist = new Dial("mist", "1", 0, 1, p.number("mist"), 1 / FADE_SECONDS);
        dials = List.of(depth, light, mist);
        breathsPerMinute = p.number("breathsPerMinute");
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        long seed = context.random().nextLong();
        Rock rock = new Rock(seed, steps);
        furnishing = new Furnishing(rock, seed);
        pieces.clear();
        rock.well().forEach(s -> add(Nature.WALL, s, null));
        rock.dome().forEach(s -> add(Nature.GROTTO, s, null));
        furnishing.stair().forEach(s -> add(Nature.WALL, s, null));
        furnishing.lanterns().forEach(s -> add(Nature.WALL, s, null));
        add(Nature.GROTTO, furnishing.crystals(), null);
        add(Nature.OUTSIDE, furnishing.hills(), null);
        add(Nature.SHORE, furnishing.stone(), furnishing.stones());
        Shape fern = furnishing.fern();
        for (int k = 0; k < steps && rock.landingHeight(k) > Rock.EDGE; k++) {
            add(Nature.LIT, fern, furnishing.ferns(k));
        }
        add(Nature.RIM, fern, furnishing.rimFerns());
        add(Nature.RIM, furnishing.tree(), furnishing.trees());
        furnishing.glowWorms();
        furnishing.stars();
        boatShape = Boat.shape(seed);
        music = new Music(seed, steps);
        sky = new Sky(seed);
        water = new Water(seed, (x, z) -> -20, 0, 0, WATER_REACH, 60);
        water.deep.set(Colours.of(0x123048));
        water.shallow.set(Colours.of(0x2a5a68));
        motes = new Particles(Particles.Kind.FIREFLIES, 60, seed);
        haze = new Particles(Particles.Kind.MIST, 34, seed);
    }

    private void add(Nature nature, Shape shape, Instances where) {
        pieces.add(new Piece(nature, shape, where));
    }

    private static Placed place(Resources resources, Piece p) {
        Mesh mesh = p.where() == null ? Mesh.of(resources, p.shape()) : Mesh.of(resources, p.shape(), p.where());
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        float size = p.shape().radius(p.shape().middle());
        for (int i = 0; p.where() != null && i < p.where().count(); i++) {
            float[] at = p.where().place(i);
            low = Math.min(low, at[1] - size * at[3]);
            high = Math.max(high, at[1] + 2 * size * at[3]);
        }
        for (int v = 0; p.where() == null && v < p.shape().vertexCount(); v++) {
            low = Math.min(low, p.shape().place(v).y);
            high = Math.max(high, p.shape().place(v).y);
        }
        return new Placed(p.nature(), mesh, low, high);
    }

    @Override
    public void change(Parameters parameters) {
        dials.forEach(d -> d.adopt(parameters));
        breathsPerMinute = parameters.number("breathsPerMinute");
    }

    @Override
    public void feature(String port, FeatureInput feature) {
        double[] values = feature.feature().values();
        dials.stream()
                .filter(d -> d.name().equals(port) && values.length > 0)
                .forEach(d -> d.drive(values[0], feature.feature().timeNanos()));
    }

    @Override
    public void begin(Stage stage) {
        Resources resources = stage.resources();
        dials.forEach(Dial::settle);
        surface = new Surface(resources);
        placed.clear();
        pieces.forEach(p -> placed.add(place(resources, p)));
        boat = Mesh.of(resources, boatShape);
        furnishing.lights.begin(resources);
        sky.begin(resources);
        water.begin(resources);
        motes.begin(resources);
        haze.begin(resources);
        glow.begin(resources);
        music.begin(stage.sound());
        stage.rig().place(0, 0, 0, 0);
        stage.rig().roam(0);
        haze.middle.set(0, 0.5f, 0);
        haze.half.set(26, 0.7f, 26);
        motes.middle.set(0, 1.9f, -3);
        motes.half.set(9, 1.6f, 9);
        breath.restart();
        phase = 0;
        course.restart(depth.value());
        for (Air air : List.of(outside, cave)) {
            air.time = 0;
            air.windRun = 0;
        }
        weather();
    }

    /** How much the grotto is open around the boat: 0 in the well, 1 on the lake. */
    private float open() {
        return Colours.smooth(DOME_SEEN, 2.5f, above());
    }

    /** Height of the water above its last one, metres. */
    private float above() {
        return (float) (Course.METRES * (1 - course.depth()));
    }

    private void weather() {
        float down = (float) course.depth();
        float bright = brightness();
        float open = open();
        float rim = (float) Math.exp(-down * Course.METRES / 5);
        Daytime.COAST.into(outside, 0.23f * (1 - Colours.smooth(0, 0.35f, down)), MOON_BEARING);
        double flat = Math.sqrt(1 - MOON_HEIGHT * MOON_HEIGHT);
        double way = Math.toRadians(MOON_BEARING);
        if (down > 0.2f) {
            outside.sunWay.set((float) (flat * Math.sin(way)), MOON_HEIGHT, (float) (-flat * Math.cos(way)));
        }
        outside.cover = 0.30f;
        outside.wind = 0.1f;
        outside.hazeDensity = 0.0016f;
        // The stars in the mouth are lights of the furnishing: a whole sky of them is too slow for what is seen of it.
        outside.stars = 0;
        dim(outside, 0.35f + 0.65f * bright);
        Vector3f hue = Rock.hue(down);
        copyLight(hue, bright, open, rim);
        float fog = (float) mist.value();
        cave.fog(0.7f * fog);
    }

    private void copyLight(Vector3f hue, float bright, float open, float rim) {
        float night = Math.max(open, rim);
        cave.sunWay.set(outside.sunWay);
        cave.sunLight.set(outside.sunLight).mul(night);
        Vector3f soft = new Vector3f(hue).lerp(new Vector3f(0.9f), 0.35f);
        cave.skyLight.set(soft.mul(soft).mul(0.36f * bright)).fma(0.8f * night, outside.skyLight);
        cave.groundLight.set(cave.skyLight).mul(0.45f);
        cave.horizon.set(new Vector3f(hue).mul(0.34f * bright)).lerp(outside.horizon, 0.75f * open + 0.2f * rim);
        cave.zenith.set(new Vector3f(hue).mul(0.10f * bright)).lerp(outside.zenith, Math.max(0.8f * rim, 0.4f * open));
        cave.afterglow.set(outside.afterglow).mul(night);
        cave.hazeColour.set(new Vector3f(hue).mul(0.30f * bright).add(0.02f, 0.03f, 0.06f));
        cave.hazeColour.lerp(outside.hazeColour, 0.5f * open);
        cave.hazeDensity = 0.006f * (1 - 0.8f * open);
        cave.hazeThinning = 0.01f;
        cave.hazeMost = 0.96f;
        cave.hazeGlow = 0.3f * open;
        cave.wind = 0.08f;
        cave.stars = outside.stars;
    }

    private static void dim(Air air, float by) {
        for (Vector3f c : List.of(
                air.zenith, air.horizon, air.afterglow, air.hazeColour, air.cloudLit, air.cloudShade, air.sunFace)) {
            c.mul(by);
        }
        air.sunLight.mul(by * by);
        air.skyLight.mul(by * by);
        air.groundLight.mul(by * by);
    }

    private float brightness() {
        return 0.42f + 0.9f * (float) light.value();
    }

    @Override
    public void advance(Frame frame) {
        float seconds = frame.deltaSeconds();
        double perMinute = breathsPerMinute;
        switch (breath.advance(seconds, perMinute)) {
            case IN -> frame.onset("breath-in", Map.of("breathsPerMinute", perMinute));
            case OUT -> frame.onset("breath-out", Map.of("breathsPerMinute", perMinute));
            case NONE -> {
                // Goes on.
            }
        }
        phase = breath.phase();
        int before = course.landing();
        if (course.advance(seconds, phase, depth.value())) {
            int now = course.landing();
            frame.onset(
                    "landing",
                    Map.of("number", (long) now, "depth", course.depth(), "way", now > before ? "down" : "up"));
            music.landing(now);
        }
        music.advance(course.depth(), breath.fullness());
        outside.advance(seconds);
        cave.advance(seconds);
        water.advance(0.5f * seconds, 0);
        weather();
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(view);
        offset.set(0, -above(), 0);
        place.translation(offset);
        float bright = brightness();
        float swell = 0.94f + 0.12f * breath.fullness();
        if (above() < DOME_SEEN) {
            // Where pieces of rock do not quite meet there is a dark cleft, not nothing.
            glClearColor(CLEFT.x * bright, CLEFT.y * bright, CLEFT.z * bright, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }
        // The boat is nearest and hides the most.
        surface.begin(eye, cave);
        surface.tint(new Vector3f(1.15f, 1.05f, 0.95f).mul(swell), 0.05f * bright);
        boat.draw();
        surface.begin(eye, cave).put(place);
        rock(inRock(view), bright, swell);
        if (above() < DOME_SEEN) {
            surface.begin(eye, outside).put(place);
            placed.stream().filter(p -> p.nature() == Nature.OUTSIDE).forEach(p -> p.mesh()
                    .draw());
        }
        water.draw(eye, cave);
        if (above() < DOME_SEEN || inRock(view).sees(OPENING, OPENING_RADIUS)) {
            sky.draw(eye, outside);
        }
        furnishing.lights.drawMirrored(eye, cave, offset, 0.8f * bright);
        furnishing.lights.draw(eye, cave, offset, Math.min(1, 0.9f * bright));
        motes.tint.set(Rock.hue((float) course.depth())).mul(Math.min(1, 0.75f * bright));
        motes.draw(eye, cave, 0.8f);
        haze.tint.set(0.9f, 0.95f, 1);
        haze.draw(eye, cave, (float) mist.value());
        guide(eye);
    }

    /** Everything of the rock that the water does not hide. */
    private void rock(Eye inRock, float bright, float swell) {
        boolean grotto = above() < DOME_SEEN;
        for (Placed p : placed) {
            float bottom = p.bottom() + offset.y;
            if (p.top() + offset.y < 0 || bottom > SEEN_ABOVE) {
                continue;
            }
            boolean lit =
                    switch (p.nature()) {
                        case WALL, LIT, RIM -> true;
                        case GROTTO, SHORE -> grotto;
                        case OUTSIDE -> false;
                    };
            if (!lit) {
                continue;
            }
            float tint =
                    switch (p.nature()) {
                        // Light gathers where the boat is: the rock far above has been left behind.
                        case WALL -> bright * swell * (0.35f + 0.65f * (float) Math.exp(-Math.max(0, bottom - 3) / 9));
                        case GROTTO -> bright;
                        case LIT, RIM, SHORE, OUTSIDE -> 1;
                    };
            surface.tint(new Vector3f(tint), 0);
            p.mesh().draw(inRock);
        }
    }

    /** The eye as the rock sees it: instances are left out by where they stand in the rock. */
    private Eye inRock(View v) {
        float[] raised = new Matrix4f().set(v.view()).translate(offset).get(new float[16]);
        float[] at = v.position();
        float[] position = {at[0] - offset.x, at[1] - offset.y, at[2] - offset.z};
        return new Eye(new View(v.eye(), v.width(), v.height(), raised, v.projection(), position));
    }

    private void guide(Eye eye) {
        float full = breath.fullness();
        Vector3f hue = Rock.hue((float) course.depth());
        Vector3f core = Colours.mix(new Vector3f(1.2f, 1.04f, 0.80f), hue, 0.12f);
        Vector3f rim = Colours.mix(new Vector3f(1.05f, 0.62f, 0.30f), hue, 0.4f);
        glow.draw(eye, cave, Boat.LANTERN, 0.12f + 0.14f * full, core, rim, 0.85f + 0.15f * full, 0.15f);
    }

    @Override
    public void close() {
        pieces.clear();
    }
}
