package org.anodyne.plugins.island;

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
import org.anodyne.scenery.Land;
import org.anodyne.scenery.Lights;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Particles;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Terrain;
import org.anodyne.scenery.Water;
import org.joml.Vector3f;

/** The island. What is heavy is built in {@code prepare}; dials may be told from any thread. */
final class Island implements SceneProgram, Dialled {
    /** Seconds in which the breathing guide appears. */
    private static final float APPEARING_SECONDS = 2;
    /** Fireflies fade between these parts of the day. */
    private static final float FLIES_FADE = 0.42f;

    private static final float FLIES_GONE = 0.75f;
    /** Height of the moon as a part of the time of day's. */
    private static final float LOW_MOON = 0.45f;
    /** How much brighter than the moon's light alone its path on the water is. */
    private static final float BRIGHT_PATH = 4;
    /** Where fine ground goes over into coarse, and where that ends, metres. */
    private static final float NEAR = 130;

    private static final float FAR = 1050;

    private final PluginContext context;
    private final Interest interest;
    private final float roam;
    private final Dial daylight;
    private final Dial fog;
    private final Dial waves;
    private final Dial wind;
    private final Dial fireflies;
    private final List<Dial> dials;
    private final Air air = new Air();
    private final Breath breath = new Breath();
    private final Glow glow = new Glow();
    /** The guide's image in the water. */
    private final Lights image = new Lights();

    private volatile boolean breathing;
    private volatile double breathsPerMinute;
    private float guide;
    private long seed;
    private Land land;
    private Planting planting;
    private List<Shape> ground = List.of();
    private Flock flock;
    private Ambience ambience;
    private Sky sky;
    private Water water;
    private Particles flies;
    private Particles mist;
    private Surface surface;
    private final List<Mesh> grounds = new ArrayList<>();

    Island(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        interest = Interest.valueOf(p.text("interest").toUpperCase(Locale.ROOT));
        roam = (float) p.number("roam");
        // Rates: from end to end in so many seconds that nothing jumps (engineering defaults).
        daylight = dial(p, "daylight", 0.1);
        fog = dial(p, "fog", 0.15);
        waves = dial(p, "waves", 0.2);
        wind = dial(p, "wind", 0.2);
        fireflies = dial(p, "fireflies", 0.3);
        dials = List.of(daylight, fog, waves, wind, fireflies);
        breathe(p);
    }

    private static Dial dial(Parameters p, String name, double perSecond) {
        return new Dial(name, "1", 0, 1, p.number(name), perSecond);
    }

    private void breathe(Parameters p) {
        breathing = p.flag("breathing");
        breathsPerMinute = p.number("breathsPerMinute");
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        seed = context.random().nextLong();
        land = interest.land(seed);
        planting = new Planting(interest, land, seed);
        Terrain.Cover cover = interest.cover(seed);
        ground = new ArrayList<>(
                Terrain.rings(land, cover, planting::openness, 0, 0, 0, NEAR, 0.34f, 60, 144, 12, -2.5f));
        ground.addAll(Terrain.rings(land, cover, (x, z) -> 1, 0, 0, NEAR, FAR, 2.4f, 66, 288, 18, -2.5f));
        flock = new Flock(seed);
        ambience = new Ambience(interest, seed);
        sky = new Sky(seed);
        water = new Water(seed, land, 0, 0, 1600, interest.shore);
        if (interest == Interest.FOREST) {
            water.deep.set(Colours.of(0x16322e));
            water.shallow.set(Colours.of(0x4a5a3a));
        } else if (interest == Interest.MOUNTAINS) {
            water.deep.set(Colours.of(0x12405c));
            water.shallow.set(Colours.of(0x4a9a98));
        }
        flies = new Particles(Particles.Kind.FIREFLIES, 170, seed);
        mist = new Particles(Particles.Kind.MIST, 26, seed);
    }

    @Override
    public void change(Parameters parameters) {
        dials.forEach(d -> d.adopt(parameters));
        breathe(parameters);
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
        dials.forEach(Dial::settle);
        surface = new Surface(stage.resources());
        grounds.clear();
        ground.forEach(g -> grounds.add(Mesh.of(stage.resources(), g)));
        planting.begin(stage.resources());
        flock.begin(stage.resources());
        sky.begin(stage.resources());
        water.begin(stage.resources());
        flies.begin(stage.resources());
        mist.begin(stage.resources());
        glow.begin(stage.resources());
        image.begin(stage.resources());
        ambience.begin(stage.sound());
        stage.rig().place(0, Math.max(0.1f, land.height(0, 0)), 0, 0);
        stage.rig().roam(roam);
        flies.middle.set(0, land.height(0, -6) + 1.6f, -6);
        flies.half.set(14, 1.9f, 14);
        mist.middle.set(0, 1.2f, -30);
        mist.half.set(60, 1.2f, 60);
        breath.restart();
        guide = breathing ? 1 : 0;
        air.time = 0;
        air.windRun = 0;
        weather();
    }

    /** Light and air as the dials say. */
    private void weather() {
        Daytime.COAST.into(air, interest.day(daylight.value()), interest.bearing);
        air.wind = (float) wind.value();
        if (interest == Interest.STARS) {
            air.cover = 0.24f;
            // The moon hangs low, so that its path on the water is in view from the hill.
            air.sunWay.y *= LOW_MOON;
            air.sunWay.normalize();
            water.glitter = 1 + BRIGHT_PATH * night(interest.day(daylight.value()));
        }
        air.fog((float) fog.value());
    }

    @Override
    public void advance(Frame frame) {
        float seconds = frame.deltaSeconds();
        weather();
        air.advance(seconds);
        float strength = (float) waves.value()
                * (interest == Interest.FOREST ? 0.12f : interest == Interest.MOUNTAINS ? 0.4f : 1);
        water.advance(seconds, strength);
        ambience.advance(frame.sceneSeconds(), interest.day(daylight.value()), (float) waves.value(), air.wind);
        boolean on = breathing;
        guide = Math.max(0, Math.min(1, guide + (on ? 1 : -1) * seconds / APPEARING_SECONDS));
        if (!on) {
            breath.restart();
            return;
        }
        switch (breath.advance(seconds, breathsPerMinute)) {
            case IN -> frame.onset("breath-in", Map.of("breathsPerMinute", breathsPerMinute));
            case OUT -> frame.onset("breath-out", Map.of("breathsPerMinute", breathsPerMinute));
            case NONE -> {
                // Goes on.
            }
        }
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(view);
        float day = interest.day(daylight.value());
        surface.begin(eye, air);
        planting.draw(eye, surface);
        surface.closed(true).grain(interest == Interest.SEA ? 1.3f : 0.7f, 0.26f, 0.3f);
        grounds.forEach(g -> g.draw(eye));
        surface.closed(false).grain(1, 0, 0);
        if (day > 0.15f && interest != Interest.FOREST) {
            flock.draw(surface, air.time);
        }
        water.draw(eye, air);
        sky.draw(eye, air);
        mist.draw(eye, air, (float) fog.value());
        if (guide > 0) {
            guide(eye, day);
        }
        float dark = 1 - 0.9f * Colours.smooth(FLIES_FADE, FLIES_GONE, day);
        flies.tint.set(Colours.of(0xe6ff8a)).mul(dark);
        flies.draw(eye, air, (float) fireflies.value());
    }

    /** How much it is night, 0 to 1. */
    private static float night(float day) {
        return 1 - Colours.smooth(0.04f, 0.18f, day);
    }

    private void guide(Eye eye, float day) {
        float full = breath.fullness();
        float base = interest == Interest.FOREST ? 0.45f : 1.1f;
        Vector3f at =
                switch (interest) {
                    case SEA -> new Vector3f(0, 4.2f, -27);
                    case FOREST -> new Vector3f(-0.3f, 2.3f, -13);
                    case MOUNTAINS -> new Vector3f(0, 7.2f, -32);
                    case STARS -> new Vector3f(0, land.height(0, 0) + 2.6f, -27);
                };
        float night = night(day);
        Vector3f core = Colours.mix(Colours.of(0xfff6e4), Colours.of(0xe8f8ff), night);
        Vector3f rim = Colours.mix(Colours.of(0xffc08e), Colours.of(0x6fb4e8), night);
        float radius = base * (0.75f + 1.25f * full);
        float strength = guide * (0.62f + 0.18f * full);
        if (interest == Interest.SEA || interest == Interest.MOUNTAINS) {
            image.clear();
            image.add(at.x, at.y, at.z, 4.4f * radius, new Vector3f(rim).mul(0.55f * strength), 0.3f);
            image.drawMirrored(eye, air, new Vector3f(), 1);
        }
        glow.draw(eye, air, at, radius, core, rim, strength, 0);
    }

    @Override
    public void close() {
        ground = List.of();
    }
}
