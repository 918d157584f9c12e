package org.anodyne.plugins.goaltraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Daytime;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Glow;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Tones;
import org.anodyne.scenery.Water;
import org.joml.Vector3f;

/** The world: the place, the lanterns, the hands, and the exercise that decides. Dials may be told from any thread. */
final class Training implements SceneProgram, Dialled {
    /** Furthest to the side that a target is, degrees: of a headset, and of a screen of 16 : 9 (engineering defaults). */
    private static final double WIDEST = 60;

    private static final double WIDEST_ON_SCREEN = 32;
    /** How much further away than an arm everything is on a screen. */
    private static final float SCREEN_SCALE = 2.6f;

    private static final double DAYLIGHT_SECONDS = 10;
    private static final double WAVES_SECONDS = 5;
    private static final float FAINT = 0.35f;
    private static final float SUN_BEARING = -24;
    private static final double[] NOTES_HZ = {392, 440, 523.25, 587.33, 659.25};
    private static final double NOTE_SECONDS = 2.5;
    private static final float NOTE_GAIN = 0.35f;
    private static final float WATER_GAIN = 0.25f;
    private static final double LOOP_SECONDS = 20;

    private final PluginContext context;
    private final Settings settings;
    private final Dial daylight;
    private final Dial waves;
    private final List<Dial> dials;
    private final Air air = new Air();
    private final Glow glow = new Glow();
    private final List<Vector3f> hands = new ArrayList<>();
    private final List<float[]> notes = new ArrayList<>();
    private final List<Sound.Voice> voices = new ArrayList<>();
    private float[] lapping = new float[0];
    private Terrace terrace;
    private Lanterns lanterns;
    private Sky sky;
    private Water water;
    private Surface surface;
    private Exercise exercise;
    private boolean pointer;

    Training(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        settings = Settings.of(p);
        daylight = new Dial("daylight", "1", 0, 1, p.number("daylight"), 1 / DAYLIGHT_SECONDS);
        waves = new Dial("waves", "1", 0, 1, p.number("waves"), 1 / WAVES_SECONDS);
        dials = List.of(daylight, waves);
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        settings.checked();
        long seed = context.random().nextLong();
        terrace = new Terrace(seed);
        lanterns = new Lanterns();
        sky = new Sky(seed);
        water = new Water(seed, terrace.land(), 0, 0, 420, 110);
        water.deep.set(Colours.of(0x16485e));
        water.shallow.set(Colours.of(0x4f9a94));
        notes.clear();
        for (double hz : NOTES_HZ) {
            notes.add(Tones.bowl(hz, NOTE_SECONDS));
        }
        lapping = Tones.waves(seed, LOOP_SECONDS);
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
        Resources resources = stage.resources();
        dials.forEach(Dial::settle);
        pointer = !stage.stereo();
        exercise = new Exercise(
                settings,
                new Placement(settings, stage.random(), pointer ? WIDEST_ON_SCREEN : WIDEST),
                pointer ? SCREEN_SCALE : 1);
        surface = new Surface(resources);
        terrace.begin(resources);
        lanterns.begin(resources);
        sky.begin(resources);
        water.begin(resources);
        glow.begin(resources);
        voices.clear();
        notes.forEach(n -> voices.add(stage.sound().voice(n, Tones.RATE_HZ, false)));
        Sound.Voice shore = stage.sound().ambience(lapping, Tones.RATE_HZ, true);
        shore.gain(WATER_GAIN);
        shore.play();
        stage.rig().place(0, Terrace.FLOOR, 0, 0);
        stage.rig().roam(0);
        hands.clear();
        air.time = 0;
        air.windRun = 0;
        weather();
    }

    private void weather() {
        Daytime.COAST.into(air, (float) daylight.value(), SUN_BEARING);
        air.wind = 0.2f;
        air.cover = 0.40f;
        // The first faint ones are left out: drawing stars is slow without a graphics card.
        air.stars = Math.max(0, (air.stars - FAINT) / (1 - FAINT));
    }

    @Override
    public void advance(Frame frame) {
        weather();
        air.advance(frame.deltaSeconds());
        water.advance(0.7f * frame.deltaSeconds(), 0.5f * (float) waves.value());
        hands.clear();
        List<Exercise.Reaching> reaching = new ArrayList<>();
        reach(reaching, "left", frame.left(), frame.head());
        reach(reaching, "right", frame.right(), frame.head());
        Vector3f head = at(frame.head());
        for (Exercise.Happening h :
                exercise.advance(frame.sceneSeconds(), frame.displayNanos(), head, Terrace.FLOOR, reaching)) {
            tell(frame, h);
        }
        lanterns.advance(frame.deltaSeconds(), exercise.held(frame.sceneSeconds()), water);
    }

    private static Vector3f at(Pose p) {
        return new Vector3f(p.x(), p.y(), p.z());
    }

    private void reach(List<Exercise.Reaching> into, String name, Hand hand, Pose head) {
        if (!hand.tracked()) {
            return;
        }
        Vector3f place = at(hand.pose());
        into.add(new Exercise.Reaching(name, place, pointer ? at(head) : null));
        if (pointer) {
            Vector3f eye = at(head);
            float away = lanterns.waiting() ? lanterns.at().distance(eye) : SCREEN_SCALE / 2;
            hands.add(new Vector3f(place).sub(eye).normalize(away).add(eye));
        } else {
            hands.add(place);
        }
    }

    private void tell(Frame frame, Exercise.Happening happening) {
        if (happening instanceof Exercise.Shown s) {
            Vector3f p = s.place().place();
            lanterns.show(p, exercise.radius(), s.number());
            frame.onset(
                    "target-shown",
                    Map.of(
                            "number",
                            (long) s.number(),
                            "x",
                            (double) p.x,
                            "y",
                            (double) p.y,
                            "z",
                            (double) p.z,
                            "side",
                            s.place().left() ? "left" : "right",
                            "reach",
                            s.place().reach()));
        } else if (happening instanceof Exercise.Reached r) {
            lanterns.reached();
            frame.onset(
                    "target-reached",
                    Map.of(
                            "number",
                            (long) r.number(),
                            "hand",
                            r.hand(),
                            "latencyNanos",
                            r.latencyNanos(),
                            "pathLength",
                            r.pathLength(),
                            "reach",
                            r.place().reach()));
            sound(r);
            score(frame);
        } else if (happening instanceof Exercise.Missed m) {
            lanterns.missed();
            frame.onset(
                    "target-missed",
                    Map.of("number", (long) m.number(), "reach", m.place().reach()));
            score(frame);
        } else if (happening instanceof Exercise.Finished f) {
            frame.onset(
                    "finished",
                    Map.of(
                            "reached",
                            (long) f.reached(),
                            "missed",
                            (long) f.missed(),
                            "meanLatencyNanos",
                            f.meanLatencyNanos()));
        }
    }

    private void score(Frame frame) {
        frame.onset("score", Map.of("reached", (long) exercise.reached(), "missed", (long) exercise.missed()));
    }

    private void sound(Exercise.Reached r) {
        Sound.Voice v = voices.get((r.number() - 1) % voices.size());
        Vector3f p = r.place().place();
        v.place(p.x, p.y, p.z);
        v.gain(NOTE_GAIN);
        v.play();
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(view);
        float night = 1 - Colours.smooth(0.15f, 0.45f, (float) daylight.value());
        surface.begin(eye, air);
        terrace.draw(eye, surface);
        lanterns.light(surface, Terrace.FLOOR, night);
        lanterns.draw(eye, surface);
        water.draw(eye, air);
        sky.draw(eye, air);
        lanterns.shine(eye, air, night, true);
        lanterns.shine(eye, air, night, false);
        Vector3f core = Colours.mix(Colours.of(0xfff8ea), Colours.of(0xe0f4ff), night);
        for (Vector3f h : hands) {
            float size = pointer ? 0.022f * h.distance(at(view)) : 0.032f;
            glow.draw(eye, air, h, size, core, Colours.of(0x9fd8ff), 0.9f, 0);
        }
    }

    private static Vector3f at(View v) {
        return new Vector3f(v.position());
    }

    @Override
    public void close() {
        notes.clear();
    }
}
