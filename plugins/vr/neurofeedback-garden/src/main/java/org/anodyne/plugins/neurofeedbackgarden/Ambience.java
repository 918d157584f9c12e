package org.anodyne.plugins.neurofeedbackgarden;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.scenery.Tones;

/** Rain, wind and birds' songs, as the weather is. Computed on the lane, played on the render thread. */
final class Ambience {
    private static final int SONGS = 6;
    private static final double LOOP_SECONDS = 20;
    private static final double PAUSE_SECONDS = 1.2;
    private static final double MORE_SECONDS = 5;
    /** A smaller change of loudness is not told. */
    private static final float LEAST_CHANGE = 0.005f;

    private final long seed;
    private final float[] rain;
    private final float[] wind;
    private final List<float[]> songs = new ArrayList<>();
    private final List<Sound.Voice> birds = new ArrayList<>();
    private final float[] told = new float[2];
    private Sound.Voice rainVoice;
    private Sound.Voice windVoice;
    private SplittableRandom random;
    private double nextCall;

    Ambience(long seed) {
        this.seed = seed;
        rain = Tones.rain(seed, LOOP_SECONDS);
        wind = Tones.wind(seed, LOOP_SECONDS);
        for (int i = 0; i < SONGS; i++) {
            songs.add(Tones.birdCall(seed + i));
        }
    }

    void begin(Sound sound) {
        random = new SplittableRandom(seed ^ 0xb2);
        nextCall = PAUSE_SECONDS;
        rainVoice = sound.ambience(rain, Tones.RATE_HZ, true);
        windVoice = sound.ambience(wind, Tones.RATE_HZ, true);
        told[0] = -1;
        told[1] = -1;
        birds.clear();
        songs.forEach(s -> birds.add(sound.voice(s, Tones.RATE_HZ, false)));
        rainVoice.gain(0);
        windVoice.gain(0);
        rainVoice.play();
        windVoice.play();
    }

    void advance(double seconds, Weather weather) {
        tell(0, rainVoice, 0.5f * weather.rain());
        tell(1, windVoice, 0.08f + 0.5f * weather.wind());
        if (seconds < nextCall) {
            return;
        }
        // Drawn whether a bird sings or not, so that the same seed calls at the same times.
        nextCall = seconds + PAUSE_SECONDS + MORE_SECONDS * random.nextDouble();
        Sound.Voice bird = birds.get(random.nextInt(SONGS));
        double turn = 2 * Math.PI * random.nextDouble();
        float away = 6 + 12 * random.nextFloat();
        if (weather.birds() > 0.02f) {
            bird.place((float) (away * Math.sin(turn)), 3.5f, (float) (-away * Math.cos(turn)));
            bird.gain(0.4f * weather.birds());
            bird.play();
        }
    }

    private void tell(int which, Sound.Voice voice, float gain) {
        if (Math.abs(gain - told[which]) > LEAST_CHANGE) {
            told[which] = gain;
            voice.gain(gain);
        }
    }
}
