package org.anodyne.plugins.attentiontask;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Frame;
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
import org.anodyne.scenery.Particles;
import org.anodyne.scenery.Sky;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Tones;
import org.joml.Vector3f;

/** The world: the heath, the stone and its symbols, and the task that decides. Dials may be told from any thread. */
final class AttentionTask implements SceneProgram, Dialled {
    private static final double MILLIS = 1000;
    private static final double DAYLIGHT_SECONDS = 10;
    private static final double FOG_SECONDS = 8;
    private static final float FAINT = 0.35f;
    private static final float SUN_BEARING = 28;
    private static final float SIGN = 0.60f;
    /** How bright the ring on the stone is: always, and how much more for a moment after a press. */
    private static final float RING = 0.14f;

    private static final float NOTICED = 0.3f;
    private static final float NOTICED_SECONDS = 0.5f;
    private static final float WIND_GAIN = 0.14f;
    private static final float CRICKETS_GAIN = 0.08f;
    private static final double LOOP_SECONDS = 20;

    private final PluginContext context;
    private final int n;
    private final int trials;
    private final double proportion;
    private final double stimulus;
    private final double interval;
    private final double leadIn;
    private final Dial daylight;
    private final Dial fog;
    private final List<Dial> dials;
    private final Air air = new Air();
    private final Sign sign = new Sign();
    private float[] wind = new float[0];
    private float[] crickets = new float[0];
    private Heath heath;
    private Sky sky;
    private Particles flies;
    private Particles mist;
    private Surface surface;
    private Task task;
    private float noticed;

    AttentionTask(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        n = p.integer("n");
        trials = p.integer("trials");
        proportion = p.number("targets");
        stimulus = p.number("stimulus") / MILLIS;
        interval = p.number("interval") / MILLIS;
        leadIn = p.number("leadIn");
        daylight = new Dial("daylight", "1", 0, 1, p.number("daylight"), 1 / DAYLIGHT_SECONDS);
        fog = new Dial("fog", "1", 0, 1, p.number("fog"), 1 / FOG_SECONDS);
        dials = List.of(daylight, fog);
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        if (stimulus >= interval) {
            throw new PluginException(
                    "a symbol cannot be shown for " + stimulus * MILLIS + " ms when the next one follows after "
                            + interval * MILLIS + " ms: shorten 'stimulus' or lengthen 'interval'");
        }
        long seed = context.random().nextLong();
        heath = new Heath(seed);
        sky = new Sky(seed);
        flies = new Particles(Particles.Kind.FIREFLIES, 50, seed);
        mist = new Particles(Particles.Kind.MIST, 24, seed);
        wind = Tones.wind(seed, LOOP_SECONDS);
        crickets = Tones.crickets(seed, LOOP_SECONDS / 2);
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
        task = new Task(Sequence.draw(n, trials, proportion, stage.random()), leadIn, stimulus, interval);
        noticed = 0;
        surface = new Surface(resources);
        heath.begin(resources);
        sky.begin(resources);
        flies.begin(resources);
        mist.begin(resources);
        sign.begin(resources);
        play(stage.sound(), wind, WIND_GAIN);
        play(stage.sound(), crickets, CRICKETS_GAIN);
        stage.rig().place(0, heath.land().height(0, 0), 0, 0);
        stage.rig().roam(0);
        flies.middle.set(0, 1.3f, -9);
        flies.half.set(14, 1.2f, 9);
        mist.middle.set(0, -1, -45);
        mist.half.set(60, 2, 40);
        air.time = 0;
        air.windRun = 0;
        weather();
    }

    private static void play(Sound sound, float[] samples, float gain) {
        Sound.Voice v = sound.ambience(samples, Tones.RATE_HZ, true);
        v.gain(gain);
        v.play();
    }

    private void weather() {
        Daytime.COAST.into(air, (float) daylight.value(), SUN_BEARING);
        air.wind = 0.15f;
        air.cover = 0.36f;
        // The first faint ones are left out: drawing stars is slow without a graphics card.
        air.stars = Math.max(0, (air.stars - FAINT) / (1 - FAINT));
        air.hazeDensity = 0.0016f;
        air.fog(0.8f * (float) fog.value());
    }

    @Override
    public void advance(Frame frame) {
        weather();
        air.advance(frame.deltaSeconds());
        noticed = Math.max(0, noticed - frame.deltaSeconds() / NOTICED_SECONDS);
        for (Task.Happening h : task.advance(frame.sceneSeconds(), frame.displayNanos(), frame.selected())) {
            tell(frame, h);
        }
    }

    private void tell(Frame frame, Task.Happening happening) {
        if (happening instanceof Task.Stimulus s) {
            frame.onset(
                    "stimulus",
                    Map.of(
                            "number",
                            (long) s.number(),
                            "symbol",
                            s.symbol().name().toLowerCase(Locale.ROOT),
                            "target",
                            s.target()));
        } else if (happening instanceof Task.Response r) {
            noticed = 1;
            frame.onset(
                    "response",
                    Map.of(
                            "number",
                            (long) r.number(),
                            "outcome",
                            r.hit() ? "hit" : "false-alarm",
                            "reactionNanos",
                            r.reactionNanos()));
        } else if (happening instanceof Task.Summary s) {
            Score score = s.score();
            frame.onset(
                    "summary",
                    Map.of(
                            "hits", (long) score.hits(),
                            "misses", (long) score.misses(),
                            "falseAlarms", (long) score.falseAlarms(),
                            "correctRejections", (long) score.correctRejections(),
                            "dPrime", score.dPrime(),
                            "meanReactionNanos", score.meanReactionNanos()));
        }
    }

    @Override
    public void draw(View view) {
        Eye eye = new Eye(view);
        surface.begin(eye, air);
        heath.draw(eye, surface);
        sky.draw(eye, air);
        mist.draw(eye, air, 0.25f + 0.75f * (float) fog.value());
        float day = Colours.smooth(0.2f, 0.6f, (float) daylight.value());
        Vector3f light = Colours.mix(Colours.of(0x9fe4ff), Colours.of(0xfff0c8), day);
        Vector3f face = new Vector3f(
                0, heath.land().height(0, -Heath.STONE_AHEAD) + Heath.FACE, -Heath.STONE_AHEAD + Heath.FACE_BEFORE);
        float ring = RING * (1 + 0.6f * day) + NOTICED * noticed * noticed * (3 - 2 * noticed);
        sign.draw(eye, face, SIGN, task.symbol(), task.visible() ? 1 : 0, ring, light);
        float dark = 1 - 0.9f * Colours.smooth(0.35f, 0.7f, (float) daylight.value());
        flies.tint.set(Colours.of(0xe6ff8a)).mul(dark);
        flies.draw(eye, air, 0.6f);
    }

    @Override
    public void close() {
        wind = new float[0];
        crickets = new float[0];
    }
}
