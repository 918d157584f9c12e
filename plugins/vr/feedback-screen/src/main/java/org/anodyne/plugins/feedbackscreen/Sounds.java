package org.anodyne.plugins.feedbackscreen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.scenery.Tones;

/** The tone that follows the level, and the chime. Computed on the lane, played on the render thread. */
final class Sounds {
    /** What the tone does with the level. */
    enum Tone {
        NONE,
        LOUDNESS,
        PITCH
    }

    /** A major pentatonic scale over an octave and a half, in which neighbours sound well together while one goes over into the other. */
    private static final double[] SCALE = {220.00, 246.94, 277.18, 329.63, 369.99, 440.00, 493.88, 554.37};

    private static final double LOOP_SECONDS = 12;
    private static final double CHIME_HZ = 880;
    private static final double CHIME_SECONDS = 2;
    private static final float TONE_GAIN = 0.35f;
    private static final float CHIME_GAIN = 0.3f;
    /** A smaller change of loudness is not told. */
    private static final float LEAST_CHANGE = 0.005f;

    private final Tone tone;
    private final boolean chimes;
    private final List<float[]> steps = new ArrayList<>();
    private final float[] chime;
    private final List<Sound.Voice> voices = new ArrayList<>();
    private final float[] told;
    private Sound.Voice bell;

    Sounds(Tone tone, boolean chimes) {
        this.tone = tone;
        this.chimes = chimes;
        if (tone == Tone.LOUDNESS) {
            steps.add(Tones.pad(LOOP_SECONDS, SCALE[0], SCALE[3]));
        } else if (tone == Tone.PITCH) {
            Arrays.stream(SCALE).forEach(hz -> steps.add(Tones.pad(LOOP_SECONDS, hz)));
        }
        told = new float[steps.size()];
        chime = chimes ? Tones.bowl(CHIME_HZ, CHIME_SECONDS) : new float[0];
    }

    void begin(Sound sound) {
        voices.clear();
        Arrays.fill(told, 0);
        for (float[] step : steps) {
            Sound.Voice v = sound.ambience(step, Tones.RATE_HZ, true);
            v.gain(0);
            v.play();
            voices.add(v);
        }
        if (chimes) {
            bell = sound.ambience(chime, Tones.RATE_HZ, false);
            bell.gain(CHIME_GAIN);
        }
    }

    /**
     * A frame.
     *
     * @param level 0 to 1
     * @param heard whether anything is to be heard
     */
    void advance(double level, boolean heard, boolean rewarded) {
        for (int i = 0; i < voices.size(); i++) {
            float gain = heard ? TONE_GAIN * gain(i, level) : 0;
            if (Math.abs(gain - told[i]) > LEAST_CHANGE || gain == 0 && told[i] != 0) {
                told[i] = gain;
                voices.get(i).gain(gain);
            }
        }
        if (rewarded && heard && chimes) {
            bell.play();
        }
    }

    /** How loud a step of the scale is; one goes over into the next. */
    float gain(int step, double level) {
        if (tone == Tone.LOUDNESS) {
            return (float) level;
        }
        double place = level * (SCALE.length - 1);
        return (float) Math.max(0, 1 - Math.abs(place - step));
    }
}
