package org.anodyne.plugins.neurofeedbackgarden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Particles;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Terrain;
import org.anodyne.scenery.Water;

/**
 * The garden. What is heavy is built in {@code prepare}; dials may be told from any thread. It knows a feature's value and
 * nothing else of it, so that live, replayed and sham feedback look the same.
 */
final class Garden implements SceneProgram, Dialled {
    /** Light and mist from end to end in so many seconds (engineering default). */
    private static final double OTHER_SECONDS = 8;
    /** Where fine ground goes over into coarse, and where that ends, metres. */
    private static final float NEAR = 26;

    private static final float FAR = 420;

    private final PluginContext context;
    private final Interest interest;
    private final float roam;
    private final Dial weather;
    private final Dial light;
    private final Dial mist;
    private final List<Dial> dials;
    private final Air air = new Air();
    private Weather now;
    private Ground land;
    private Planting planting;
    private List<Shape> ground = List.of();
    private Wings wings;
    private Ambience ambience;
    private Sky sky;
    private Water water;
    private Particles rain;
    private Particles haze;
    private Particles petals;
    private Surface surface;
    private final List<Mesh> grounds = new ArrayList<>();

    Garden(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        interest = Interest.valueOf(p.text("interest").toUpperCase(Locale.ROOT));
        roam = (float) p.number("roam");
        weather = new Dial("weather", "1", 0, 1, p.number("weather"), 1 / p.number("weatherSeconds"));
        light = new Dial("light", "1", 0, 1, p.number("light"), 1 / OTHER_SECONDS);
        mist = new Dial("mist", "1", 0, 1, p.number("mist"), 1 / OTHER_SECONDS);
        dials = List.of(weather, light, mist);
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        long seed = context.random().nextLong();
        land = new Ground(interest, seed);
        planting = new Planting(interest, land, seed);
        ground = new ArrayList<>(
                Terrain.rings(land, land::cover, planting::openness, 0, 0, 0, NEAR, 0.18f, 66, 144, 12, -0.8f));
        ground.addAll(Terrain.rings(land, land::cover, (x, z) -> 1, 0, 0, NEAR, FAR, 1.6f, 30, 180, 12, -0.8f));
        wings = new Wings(land, seed);
        ambience = new Ambience(seed);
        sky = new Sky(seed);
        water = new Water(seed, land, interest.pondX, interest.pondZ, 24, 12);
        water.deep.set(Colours.of(0x1c3f3c));
        water.shallow.set(Colours.of(0x55715a));
        rain = new Particles(Particles.Kind.RAIN, 1400, seed);
        haze = new Particles(Particles.Kind.MIST, 18, seed);
        petals = new Particles(Particles.Kind.PETALS, interest == Interest.TREES ? 150 : 40, seed);
    }

    @Override
    public void change(Parameters parameters) {
        dials.forEach(d -> d.adopt(parameters));
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
        wings.begin(stage.resources());
        sky.begin(stage.resources());
        water.begin(stage.resources());
        for (Particles p : List.of(rain, haze, petals)) {
            p.begin(stage.resources());
        }
        ambience.begin(stage.sound());
        rain.middle.set(0, 3.2f, -5);
        rain.half.set(8, 3.5f, 8);
        rain.size = 0.13f;
        haze.middle.set(0, 1.1f, -14);
        haze.half.set(18, 1.0f, 14);
        petals.middle.set(0, 2.4f, -8);
        petals.half.set(9, 2.4f, 8);
        stage.rig().place(0, land.height(0, 0), 0, 0);
        stage.rig().roam(roam);
        air.time = 0;
        air.windRun = 0;
        become();
    }

    private void become() {
        now = Weather.of(weather.value(), mist.value());
        now.into(air, light.value());
    }

    @Override
    public void advance(Frame frame) {
        become();
        air.advance(frame.deltaSeconds());
        water.advance(frame.deltaSeconds(), 0.05f + 0.12f * now.wind());
        ambience.advance(frame.sceneSeconds(), now);
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(view);
        planting.flowers.draw(eye, air, now.bloom());
        surface.begin(eye, air);
        wings.draw(surface, air.time, now.butterflies(), now.birds());
        planting.draw(eye, surface, now.bloom());
        surface.closed(true).grain(0.9f, 0.30f, 0.22f);
        grounds.forEach(g -> g.draw(eye));
        surface.closed(false).grain(1, 0, 0);
        water.draw(eye, air);
        sky.draw(eye, air);
        haze.draw(eye, air, now.mist());
        petals.draw(eye, air, now.bloom());
        rain.draw(eye, air, now.rain());
    }

    @Override
    public void close() {
        ground = List.of();
    }
}
