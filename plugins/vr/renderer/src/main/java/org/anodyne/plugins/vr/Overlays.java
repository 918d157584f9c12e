package org.anodyne.plugins.vr;

import java.util.List;
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
 * what an operator has to say; a word while the worlds rest; the horizon to hold on to. Thread: the render thread.
 */
final class Overlays {
    /** Distance of signs, metres: near enough to be before most things, far enough for relaxed eyes (engineering default). */
    static final float AWAY = 1.5f;

    /** How far below the eyes the middle of a sign is, metres. */
    private static final float BELOW = 0.1f;

    private static final float WIDTH = 1.3f;
    private static final float HEIGHT = 0.62f;
    private static final float SCALE = 1.0f;

    /** Height of a message's lines, metres: at its distance nearly three degrees (engineering default). */
    private static final float LINE = 0.07f;

    private static final float LINES_APART = 0.09f;
    private static final float EDGE = 0.09f;
    /** How long a sign takes to come and to go, seconds: nothing is to startle (engineering default). */
    private static final float FADE_SECONDS = 0.5f;

    /** What an operator says. @param seconds how long it is shown */
    private record Message(String text, double seconds) {}

    private final Resources resources;
    private final RigControl rig;
    private final Acts acts;
    private final BiConsumer<String, Map<String, Object>> report;
    private final RestFrame restFrame;
    private final SicknessScale sickness;
    private Sign sign;
    private String written = "";
    /** How much of the sign is there, 0 to 1. */
    private float strength;

    private Message message;
    private Message next;
    private double shownFor;
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
        boolean asked = asking();
        if (sickness != null) {
            for (SicknessScale.Outcome o : sickness.advance(seconds, tick.keys())) {
                report.accept(o.type(), o.attributes());
                switch (o.effect()) {
                    case NONE -> {}
                    case PAUSE, STOP -> acts.hold(Holds.Reason.SICKNESS);
                    case GO_ON -> acts.holds().remove(Holds.Reason.SICKNESS);
                }
            }
        }
        if (!asking()) {
            listen(delta);
        }
        write(tick.head(), delta);
        boolean panic = tick.keys().panic();
        return asked ? new Tick.Keys(false, 0, 0, 0, panic, -1) : tick.keys();
    }

    private boolean asking() {
        return sickness != null && sickness.asking();
    }

    /** Shows a message for so many seconds, after the question that is open and in place of another message. */
    void say(String text, double seconds) {
        next = new Message(text, seconds);
    }

    /** The middle of the room is elsewhere now: signs come again where the participant looks. */
    void recentred() {
        strength = 0;
    }

    private void listen(float delta) {
        shownFor += delta;
        boolean over = message != null && shownFor >= message.seconds();
        if (message != null && (over || next != null)) {
            report.accept("message-gone", Map.of("reason", over ? "time" : "replaced"));
            message = null;
        }
        if (next != null) {
            message = next;
            next = null;
            shownFor = 0;
            report.accept("message-shown", Map.of("text", message.text(), "seconds", message.seconds()));
        }
    }

    /** What is to be written: the question before a message, that before a word of rest. */
    private String wanted() {
        if (asking()) {
            return "ask " + sickness.entered();
        }
        if (message != null) {
            return "say " + message.text();
        }
        return acts.holds().has(Holds.Reason.SICKNESS) ? "rest" : "";
    }

    private void write(Pose head, float delta) {
        String wanted = wanted();
        if (wanted.isEmpty()) {
            strength = Math.max(0, strength - delta / FADE_SECONDS);
            return;
        }
        if (strength == 0) {
            anchor = ahead(head);
        }
        strength = Math.min(1, strength + Math.max(delta, 1e-6f) / FADE_SECONDS);
        if (wanted.equals(written)) {
            return;
        }
        written = wanted;
        if (sign == null) {
            sign = new Sign(resources);
        }
        if (asking()) {
            question(sign, sickness.entered());
        } else if (message != null) {
            message(sign, message.text());
        } else {
            sign.clear(WIDTH, HEIGHT / 2)
                    .line("A pause", 0, 0.03f, 0.085f, Sign.WHITE)
                    .line("Rest as long as you like. We are with you.", 0, -0.07f, 0.052f, Sign.PALE);
        }
    }

    /** A paragraph on a plate that is as large as it needs. */
    static void message(Sign sign, String text) {
        List<String> lines = sign.wrapped(text, LINE, WIDTH - 2 * EDGE);
        float longest = 0;
        for (String line : lines) {
            longest = Math.max(longest, sign.length(line, LINE));
        }
        float height = lines.size() * LINES_APART + 2 * EDGE - (LINES_APART - LINE);
        sign.clear(longest + 2 * EDGE, height);
        // Letters reach from a quarter of a line below their base line to three quarters above it.
        float y = height / 2 - EDGE - 0.75f * LINE;
        for (String line : lines) {
            sign.line(line, 0, y, LINE, Sign.WHITE);
            y -= LINES_APART;
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
        if (strength > 0 && sign != null) {
            sign.draw(view, rig.toWorld(anchor), strength);
        }
    }
}
