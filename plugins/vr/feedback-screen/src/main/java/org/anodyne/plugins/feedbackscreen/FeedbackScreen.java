package org.anodyne.plugins.feedbackscreen;

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
import org.anodyne.scenery.Eye;

/**
 * The screen. It knows a level and a reward and nothing else of them, so that live, replayed, yoked, inverted and sham feedback
 * look the same. Dials may be told from any thread.
 */
final class FeedbackScreen implements SceneProgram, Dialled {
    /** The light of a reward comes and goes in this time: too slow to flash. Engineering default. */
    private static final double GLOW_SECONDS = 0.7;

    private static final float MIDDLE_HEIGHT = 1.38f;

    private final Dial level;
    private final Dial reward;
    private final List<Dial> dials;
    private final Picture picture;
    private final Sounds.Tone tone;
    private final boolean chime;
    private Sounds sounds;
    private Rewards rewards = new Rewards();
    private volatile boolean cross;

    FeedbackScreen(PluginContext context) {
        Parameters p = context.parameters();
        level = new Dial(FeedbackScreenFactory.LEVEL, "1", 0, 1, p.number("level"), 1 / p.number("levelSeconds"));
        reward = new Dial(FeedbackScreenFactory.REWARD, "1", 0, 1, p.number("reward"), 1 / GLOW_SECONDS);
        dials = List.of(level, reward);
        picture = new Picture(p.text("form").equals("ring"), (float) p.number("mark"), p.flag("counter"));
        tone = Sounds.Tone.valueOf(p.text("tone").toUpperCase(Locale.ROOT));
        chime = p.flag("chime");
        cross = p.text("show").equals("cross");
    }

    @Override
    public List<Dial> dials() {
        return dials;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) {
        sounds = new Sounds(tone, chime);
    }

    @Override
    public void change(Parameters parameters) {
        dials.forEach(d -> d.adopt(parameters));
        cross = parameters.text("show").equals("cross");
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
        rewards = new Rewards();
        picture.begin(stage.resources());
        sounds.begin(stage.sound());
        stage.rig().place(0, 0, 0, 0);
        stage.rig().roam(0);
    }

    @Override
    public void advance(Frame frame) {
        boolean shown = !cross;
        boolean rewarded = rewards.at(frame.sceneSeconds(), shown ? reward.target() : 0);
        sounds.advance(level.value(), shown, rewarded);
        if (rewarded) {
            frame.onset("reward", Map.of("count", (long) rewards.count()));
        }
    }

    @Override
    public void draw(View view) {
        picture.draw(
                new Eye(view), MIDDLE_HEIGHT, (float) level.value(), (float) reward.value(), rewards.count(), cross);
    }

    @Override
    public void close() {
        // Nothing is held; the display may draw one more frame before it has taken the scene away.
    }
}
