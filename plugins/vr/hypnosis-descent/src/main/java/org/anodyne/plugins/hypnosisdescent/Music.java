package org.anodyne.plugins.hypnosisdescent;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.scenery.Tones;

/** Soft chords that sink with the depth, a bowl's tone at each landing, water. Computed on the lane, played by the display. */
final class Music {
    /** Roots of the chords from top to bottom, Hz: A3, F3, D3, A2. */
    private static final double[] ROOTS = {220, 174.61, 146.83, 110};

    private static final double FIFTH = 1.5;
    private static final double LOOP_SECONDS = 16;
    private static final double BOWL_SECONDS = 6;
    /** Tone of the first landing, and how many octaves lower the last one is. */
    private static final double BOWL_HZ = 392;

    private static final double BOWL_OCTAVES = 1.6;
    private static final float PAD_GAIN = 0.30f;
    private static final float WATER_GAIN = 0.10f;
    private static final float BOWL_GAIN = 0.4f;
    private static final float LEAST_CHANGE = 0.004f;

    private final List<float[]> pads = new ArrayList<>();
    private final List<float[]> bowls = new ArrayList<>();
    private final float[] water;
    private final List<Sound.Voice> padVoices = new ArrayList<>();
    private final List<Sound.Voice> bowlVoices = new ArrayList<>();
    private final float[] gains = new float[ROOTS.length];

    Music(long seed, int steps) {
        for (double root : ROOTS) {
            pads.add(Tones.pad(LOOP_SECONDS, root / 2, root, root * FIFTH, root * 2));
        }
        for (int k = 1; k <= steps; k++) {
            double part = (double) (k - 1) / Math.max(1, steps - 1);
            bowls.add(Tones.bowl(BOWL_HZ * Math.pow(2, -BOWL_OCTAVES * part), BOWL_SECONDS));
        }
        water = Tones.waves(seed, 2 * LOOP_SECONDS);
    }

    void begin(Sound sound) {
        padVoices.clear();
        bowlVoices.clear();
        for (int i = 0; i < pads.size(); i++) {
            Sound.Voice v = sound.ambience(pads.get(i), Tones.RATE_HZ, true);
            v.gain(0);
            v.play();
            gains[i] = 0;
            padVoices.add(v);
        }
        bowls.forEach(b -> bowlVoices.add(sound.voice(b, Tones.RATE_HZ, false)));
        Sound.Voice w = sound.ambience(water, Tones.RATE_HZ, true);
        w.gain(WATER_GAIN);
        w.play();
    }

    /** Loudness of the chords at a depth: two neighbours share it, their squares add up to 1. */
    static double share(int chord, double depth) {
        double at = Math.max(0, Math.min(1, depth)) * (ROOTS.length - 1);
        double away = Math.abs(at - chord);
        return away >= 1 ? 0 : Math.cos(Math.PI / 2 * away);
    }

    void advance(double depth, float fullness) {
        for (int i = 0; i < gains.length; i++) {
            float wanted = PAD_GAIN * (0.75f + 0.25f * fullness) * (float) share(i, depth);
            if (Math.abs(wanted - gains[i]) > LEAST_CHANGE) {
                gains[i] = wanted;
                padVoices.get(i).gain(wanted);
            }
        }
    }

    /** The tone of a landing, 1 and above. */
    void landing(int number) {
        if (number >= 1 && number <= bowlVoices.size()) {
            Sound.Voice v = bowlVoices.get(number - 1);
            v.place(0, 1, -6);
            v.gain(BOWL_GAIN);
            v.play();
        }
    }
}
