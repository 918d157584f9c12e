package org.anodyne.plugins.vr;

import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugins.vr.comfort.RestFrame;
import org.anodyne.plugins.vr.comfort.RigControl;
import org.anodyne.plugins.vr.comfort.SicknessScale;
import org.anodyne.plugins.vr.surface.Tick;
import org.anodyne.plugins.vr.text.Sign;

/**
 * What the display itself puts into the world: the question how sick the participant feels, and what follows from the answer;
 * a word while the worlds rest; the horizon to hold on to. Thread: the render thread.
 */
final class Overlays {
    /** Distance of signs, metres: near enough to be before most things, far enough for relaxed eyes (engineering default). */
    static final float AWAY = 1.5f;

    /** How far below the eyes the middle of a sign is, metres. */
    private static final float BELOW = 0.1f;

    private static final float WIDTH = 1.3f;
    private static final float HEIGHT = 0.62f;
    private static final float SCALE = 1.0f;

    private final Resources resources;
    private final RigControl rig;
    private final Acts acts;
    private final BiConsumer<String, Map<String, Object>> report;
    private final RestFrame restFrame;
    private final SicknessScale sickness;
    private Sign sign;
    private String written = "";
    private boolean seen;
    private Pose anchor = Pose.ORIGIN;

    /** With what the settings ask for. */
    Overlays(
            Settings settings,
            Resources resources,
            RigControl rig,
            Acts acts,
            BiConsumer<String, Map<String, Object>> report) {
        this.resources = resources;
        this.rig = rig;
        this.acts = acts;
        this.report = report;
        restFrame = settings.restFrame() ? new RestFrame(resources) : null;
        sickness = settings.sickness().map(SicknessScale::new).orElse(null);
    }

    /**
     * A frame begins.
     *
     * @return the keys for the world: none while a question is open
     */
    Tick.Keys advance(double seconds, float delta, Tick tick) {
        if (restFrame != null) {
            restFrame.advance(delta, rig);
        }
        if (sickness == null) {
            return tick.keys();
        }
        boolean asked = sickness.asking();
        for (SicknessScale.Outcome o : sickness.advance(seconds, tick.keys())) {
            report.accept(o.type(), o.attributes());
            switch (o.effect()) {
                case NONE -> {}
                case PAUSE, STOP -> acts.hold();
                case GO_ON -> acts.release();
            }
        }
        write(tick.head());
        boolean panic = tick.keys().panic();
        return asked ? new Tick.Keys(false, 0, 0, 0, panic, -1) : tick.keys();
    }

    private void write(Pose head) {
        boolean before = seen;
        seen = sickness.asking() || acts.held();
        if (!seen) {
            return;
        }
        if (!before) {
            anchor = ahead(head);
        }
        OptionalInt entered = sickness.entered();
        String wanted = sickness.asking() ? "ask " + entered : "rest";
        if (sign == null) {
            sign = new Sign(resources);
        }
        if (wanted.equals(written)) {
            return;
        }
        written = wanted;
        if (sickness.asking()) {
            question(sign, entered);
        } else {
            sign.clear(WIDTH, HEIGHT / 2)
                    .line("A pause", 0, 0.03f, 0.085f, Sign.WHITE)
                    .line("Rest as long as you like. We are with you.", 0, -0.07f, 0.052f, Sign.PALE);
        }
    }

    /** Before the head, upright, in the room: where the floor goes, it goes too. */
    private static Pose ahead(Pose head) {
        float[] to = head.turned(0, 0, -1);
        double heading = Math.atan2(to[0], -to[2]);
        return new Pose(
                head.x() + (float) Math.sin(heading) * AWAY,
                head.y() - BELOW,
                head.z() - (float) Math.cos(heading) * AWAY,
                0,
                (float) Math.sin(-heading / 2),
                0,
                (float) Math.cos(heading / 2));
    }

    /** Our own words, with the ends that the scale has. */
    static void question(Sign sign, OptionalInt entered) {
        sign.clear(WIDTH, HEIGHT).line("How sick do you feel?", 0, 0.17f, 0.095f, Sign.WHITE);
        float step = SCALE / SicknessScale.MOST;
        for (int i = 0; i <= SicknessScale.MOST; i++) {
            float x = (i - SicknessScale.MOST / 2f) * step;
            float half = i % 5 == 0 ? 0.022f : 0.011f;
            boolean reached = entered.isPresent() && i <= entered.getAsInt();
            sign.bar(x - 0.004f, 0.03f - half, x + 0.004f, 0.03f + half, reached ? Sign.WARM : Sign.PALE);
            if (i % 5 == 0) {
                sign.line(String.valueOf(i), x, -0.05f, 0.052f, Sign.PALE);
            }
        }
        if (entered.isPresent()) {
            float x = (entered.getAsInt() - SicknessScale.MOST / 2f) * step;
            sign.bar(-SCALE / 2, 0.027f, x, 0.033f, Sign.WARM);
            sign.line(String.valueOf(entered.getAsInt()), x, 0.065f, 0.075f, Sign.WARM);
        }
        sign.line("not at all", -SCALE / 2 + 0.02f, -0.115f, 0.055f, Sign.WHITE)
                .line("very", SCALE / 2, -0.115f, 0.055f, Sign.WHITE)
                .line("Stick ↑ ↓ or digits, then trigger or space bar", 0, -0.235f, 0.052f, Sign.PALE);
    }

    /** Draws over the world that was drawn. */
    void draw(View view) {
        if (restFrame != null) {
            restFrame.draw(view, rig);
        }
        if (seen) {
            sign.draw(view, rig.toWorld(anchor));
        }
    }
}
