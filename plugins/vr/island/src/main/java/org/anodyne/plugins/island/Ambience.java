package org.anodyne.plugins.island;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.scenery.Tones;

/** What is heard: waves, wind, birds by day, crickets by night. Computed on the lane, played on the render thread. */
final class Ambience {
    private static final int SONGS = 5;
    /** Seconds between two calls of birds, at least, and how many more at most. */
    private static final double PAUSE_SECONDS = 2.5;

    private static final double MORE_SECONDS = 7;
    private static final float LEAST_CHANGE = 0.005f;
    private static final double LOOP_SECONDS = 22;

    private final Interest interest;
    private final long seed;
    private final float[] waves;
    private final float[] wind;
    private final float[] crickets;
    private final List<float[]> songs = new ArrayList<>();
    private final List<Fader> faders = new ArrayList<>();
    private final List<Sound.Voice> birds = new ArrayList<>();
    private SplittableRandom random;
    private double nextCall;

    private static final class Fader {
        private final Sound.Voice voice;
        private float gain = -1;

        Fader(Sound.Voice voice) {
            this.voice = voice;
            to(0);
            voice.play();
        }

        void to(float wanted) {
            if (Math.abs(wanted - gain) > LEAST_CHANGE) {
                gain = wanted;
                voice.gain(gain);
            }
        }
    }

    Ambience(Interest interest, long seed) {
        this.interest = interest;
        this.seed = seed;
        waves = Tones.waves(seed, LOOP_SECONDS);
        wind = Tones.wind(seed, LOOP_SECONDS);
        crickets = Tones.crickets(seed, LOOP_SECONDS / 2);
        for (int i = 0; i < SONGS; i++) {
            songs.add(Tones.birdCall(seed + i));
        }
    }

    void begin(Sound sound) {
        faders.clear();
        birds.clear();
        random = new SplittableRandom(seed ^ 0xb1);
        nextCall = PAUSE_SECONDS;
        for (float[] one : List.of(waves, wind, crickets)) {
            faders.add(new Fader(sound.ambience(one, Tones.RATE_HZ, true)));
        }
        songs.forEach(s -> birds.add(sound.voice(s, Tones.RATE_HZ, false)));
    }

    void advance(double seconds, float day, float waveStrength, float windStrength) {
        float water = interest == Interest.FOREST ? 0.06f : interest == Interest.SEA ? 0.8f : 0.3f;
        faders.get(0).to(water * (0.35f + 0.65f * waveStrength));
        faders.get(1).to(0.10f + 0.5f * windStrength);
        faders.get(2).to(0.16f * Math.max(0, 1 - day / 0.3f));
        if (seconds < nextCall) {
            return;
        }
        nextCall = seconds + PAUSE_SECONDS + MORE_SECONDS * random.nextDouble();
        Sound.Voice bird = birds.get(random.nextInt(SONGS));
        double turn = 2 * Math.PI * random.nextDouble();
        float away = 8 + 16 * random.nextFloat();
        bird.place((float) (away * Math.sin(turn)), 4 + 3 * random.nextFloat(), (float) (away * Math.cos(turn)));
        bird.gain(0.35f * Math.min(1, day / 0.3f));
        bird.play();
    }
}
