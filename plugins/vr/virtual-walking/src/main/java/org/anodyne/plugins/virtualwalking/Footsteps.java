package org.anodyne.plugins.virtualwalking;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.scenery.Tones;

/** The sounds of feet on the path, and those around it. Computed on the lane, played on the render thread. */
final class Footsteps {
    private static final int KINDS = 5;
    private static final double SECONDS = 0.32;
    private static final double LOOP_SECONDS = 20;
    private static final double CALL_SECONDS = 3;

    private final boolean sea;
    private final long seed;
    private final List<float[]> samples = new ArrayList<>();
    private final List<float[]> songs = new ArrayList<>();
    private final float[] around;
    private final List<Sound.Voice> voices = new ArrayList<>();
    private final List<Sound.Voice> birds = new ArrayList<>();
    private SplittableRandom random;
    private double nextCall;

    Footsteps(boolean sea, long seed) {
        this.sea = sea;
        this.seed = seed;
        for (int i = 0; i < KINDS; i++) {
            samples.add(step(seed + i, sea));
            songs.add(Tones.birdCall(seed + i));
        }
        around = sea ? Tones.waves(seed, LOOP_SECONDS) : Tones.wind(seed, LOOP_SECONDS);
    }

    /** A heel and then a sole on soil with some leaves, or on sand: two soft bursts of noise over a dull thud. */
    static float[] step(long seed, boolean sand) {
        SplittableRandom r = new SplittableRandom(seed ^ 0xf007);
        float[] out = new float[(int) (SECONDS * Tones.RATE_HZ)];
        double low = 0;
        double lower = 0;
        double crackle = 0;
        double corner = sand ? 0.16 : 0.24;
        for (int i = 0; i < out.length; i++) {
            double t = i / (double) Tones.RATE_HZ;
            double heel = Math.min(1, t / 0.004) * Math.exp(-t / 0.03);
            double on = Math.max(0, t - 0.09);
            double sole = Math.min(1, on / 0.02) * Math.exp(-on / (sand ? 0.07 : 0.045));
            double noise = 2 * r.nextDouble() - 1;
            low += corner * (noise - low);
            lower += 0.02 * (low - lower);
            crackle = !sand && r.nextInt(160) == 0 ? r.nextDouble() : crackle * 0.9;
            double thud = 0.55 * heel * Math.sin(2 * Math.PI * 68 * t);
            double grit = (low - lower) * (0.75 * heel + 0.9 * sole) + 0.30 * crackle * noise * (heel + sole);
            out[i] = (float) ((thud + grit) * Math.min(1, (SECONDS - t) / 0.02) * 0.8);
        }
        return out;
    }

    void begin(Sound sound) {
        random = new SplittableRandom(seed ^ 0x57);
        nextCall = CALL_SECONDS;
        voices.clear();
        birds.clear();
        samples.forEach(s -> voices.add(sound.voice(s, Tones.RATE_HZ, false)));
        songs.forEach(s -> birds.add(sound.voice(s, Tones.RATE_HZ, false)));
        Sound.Voice all = sound.ambience(around, Tones.RATE_HZ, true);
        all.gain(sea ? 0.35f : 0.2f);
        all.play();
    }

    /** A foot strikes here. */
    void strike(float x, float y, float z) {
        Sound.Voice voice = voices.get(random.nextInt(KINDS));
        voice.place(x, y, z);
        voice.gain(0.55f);
        voice.play();
    }

    /** Birds beside the path. */
    void advance(double seconds, float x, float z) {
        if (seconds < nextCall) {
            return;
        }
        nextCall = seconds + CALL_SECONDS + 6 * random.nextDouble();
        Sound.Voice bird = birds.get(random.nextInt(KINDS));
        float side = random.nextBoolean() ? 1 : -1;
        bird.place(x + side * (6 + 8 * random.nextFloat()), 5, z - 12 * random.nextFloat());
        bird.gain(sea ? 0.15f : 0.35f);
        bird.play();
    }
}
