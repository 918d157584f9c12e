package org.anodyne.plugins.vr;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.Rig;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugins.vr.gl.Scope;

/** A scene on the stage, from its {@code begin} to its {@code end}. Thread: the render thread. */
final class Running implements Stage {
    private final Act act;
    private final Scope before = Scope.everything();
    private final Scope scope = new Scope();
    private final Rig rig;
    private final Sound sound;
    private final boolean stereo;
    private final RandomGenerator random;
    private List<Dial> dials = List.of();
    private double seconds;
    private long frames;

    Running(Act act, Rig rig, Function<Act, Sound> sound, boolean stereo) {
        this.act = act;
        this.rig = rig;
        this.sound = sound.apply(act);
        this.stereo = stereo;
        random = new SplittableRandom(act.seed());
    }

    void begin() throws PluginException {
        if (act.program() instanceof Dialled d) {
            dials = List.copyOf(d.dials());
            dials.forEach(Dial::settle);
        }
        act.program().begin(this);
    }

    Act act() {
        return act;
    }

    Scope scope() {
        return scope;
    }

    /** What was there before it. */
    Scope before() {
        return before;
    }

    /** Seconds of frames so far. */
    double seconds() {
        return seconds;
    }

    /** A frame was drawn. */
    void drawn(float delta) {
        seconds += delta;
        frames++;
    }

    /** Frames drawn so far. */
    long frames() {
        return frames;
    }

    /** Its dials, as it had them when it began. */
    List<Dial> dials() {
        return dials;
    }

    /** Name and value of each dial. */
    Map<String, Double> values() {
        Map<String, Double> all = new java.util.TreeMap<>();
        dials.forEach(dial -> all.put(dial.name(), dial.value()));
        return all;
    }

    @Override
    public Resources resources() {
        return scope;
    }

    @Override
    public Sound sound() {
        return sound;
    }

    @Override
    public Rig rig() {
        return rig;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public boolean stereo() {
        return stereo;
    }
}
