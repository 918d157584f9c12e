package org.anodyne.plugins.vr.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.plugins.vr.sound.SoundSettings.Masking;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lwjgl.openal.AL10;

/** Measures at the output, with computations of its own. */
class AudioOutputTest {
    private static final int RATE = 48_000;
    private static final double EAR = 1.6;

    private final List<float[]> heard = new ArrayList<>();
    private final Map<String, Map<String, Object>> events = new HashMap<>();
    private AudioOutput output;

    private AudioOutput open(boolean hrtf, double capRms, double capPeak, Optional<Masking> noise)
            throws PluginException {
        return open(new SoundSettings(true, hrtf, "", false, capRms, capPeak, noise, Optional.empty()));
    }

    private AudioOutput open(SoundSettings settings) throws PluginException {
        close();
        heard.clear();
        output = new AudioOutput(settings, events::put, block -> heard.add(block.clone()));
        return output;
    }

    @AfterEach
    void close() {
        if (output != null) {
            output.close();
            output = null;
        }
    }

    /** Hears so many seconds in frames of a sixtieth, the head turned by so many degrees to the right. */
    private void hear(double seconds, double turned) {
        double half = Math.toRadians(-turned) / 2;
        Pose head = new Pose(0, (float) EAR, 0, 0, (float) Math.sin(half), 0, (float) Math.cos(half));
        for (int i = 0; i < Math.round(seconds * 60); i++) {
            output.frame(head, 1, 1 / 60f);
        }
    }

    /** One ear of the latest so many seconds. */
    private double[] ear(int which, double seconds) {
        int blocks = (int) Math.round(seconds * RATE / AudioOutput.FRAMES);
        double[] all = new double[blocks * AudioOutput.FRAMES];
        int i = 0;
        for (float[] block : heard.subList(heard.size() - blocks, heard.size())) {
            for (int k = which; k < block.length; k += 2) {
                all[i++] = block[k];
            }
        }
        return all;
    }

    private static double rms(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).average().orElseThrow());
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }

    private static float[] white(double seconds, double amplitude, long seed) {
        Random random = new Random(seed);
        float[] x = new float[(int) (seconds * RATE)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
        }
        return x;
    }

    /** Brown-ish noise: white through a leaky sum, scaled to a peak. */
    private static float[] dull(double seconds, double peak, long seed) {
        float[] x = white(seconds, 1, seed);
        double state = 0;
        double most = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < x.length; i++) {
                if (pass == 0) {
                    state = 0.95 * state + x[i];
                    x[i] = (float) state;
                    most = Math.max(most, Math.abs(state));
                } else {
                    x[i] = (float) (x[i] / most * peak);
                }
            }
        }
        return x;
    }

    /** Microseconds by which the right ear hears earlier: where the cross-correlation is greatest. */
    private static double lead(double[] left, double[] right) {
        double best = Double.NEGATIVE_INFINITY;
        int at = 0;
        for (int lag = -60; lag <= 60; lag++) {
            double sum = 0;
            for (int i = 100; i < left.length - 100; i++) {
                sum += right[i] * left[i + lag];
            }
            if (sum > best) {
                best = sum;
                at = lag;
            }
        }
        return at * 1e6 / RATE;
    }

    private double[] differences(boolean hrtf, double azimuth) throws PluginException {
        open(hrtf, 0, 0, Optional.empty());
        Sound.Voice voice = output.scene("world").voice(white(1, 0.5, 3), RATE, true);
        double a = Math.toRadians(azimuth);
        voice.place((float) (2 * Math.sin(a)), (float) EAR, (float) (-2 * Math.cos(a)));
        voice.play();
        hear(2, 0);
        double[] left = ear(0, 1);
        double[] right = ear(1, 1);
        return new double[] {decibels(rms(right) / Math.max(1e-9, rms(left))), lead(left, right)};
    }

    @Test
    void directionsDifferInLevelAndTimeAsTheHeadMakesThem() throws PluginException {
        StringBuilder table = new StringBuilder();
        Map<Integer, double[]> found = new HashMap<>();
        for (int azimuth : new int[] {-90, -45, 0, 45, 90}) {
            double[] d = differences(true, azimuth);
            found.put(azimuth, d);
            table.append(
                    String.format(Locale.ROOT, "HRTF %4d deg: ILD %+6.2f dB, ITD %+5.0f us%n", azimuth, d[0], d[1]));
        }
        double[] panned = differences(false, 45);
        table.append(String.format(Locale.ROOT, "pan    45 deg: ILD %+6.2f dB, ITD %+5.0f us%n", panned[0], panned[1]));
        System.out.print(table);
        // Measured once, with the same library and its built-in set of transfer functions (docs/sound.md).
        double[][] reference = {{-90, -14.8, -854}, {-45, -11.8, -521}, {0, 0, 0}, {45, 11.8, 521}, {90, 14.8, 854}};
        for (double[] r : reference) {
            double[] d = found.get((int) r[0]);
            assertEquals(r[1], d[0], 0.2, table.toString());
            assertEquals(r[2], d[1], 1e6 / RATE + 1, table.toString());
        }
        assertEquals(0, panned[1], 25, table.toString());
    }

    @Test
    void voicesStayWhereTheyAreWhenTheHeadTurnsAndAmbienceGoesWithIt() throws PluginException {
        open(true, 0, 0, Optional.empty());
        Sound.Voice voice = output.scene("world").voice(white(1, 0.5, 3), RATE, true);
        voice.place(0, (float) EAR, -2);
        voice.play();
        hear(2, 90);
        assertTrue(
                decibels(rms(ear(1, 1)) / rms(ear(0, 1))) < -10, "what was ahead is to the left of who turned right");
        open(true, 0, 0, Optional.empty());
        output.scene("world").ambience(white(1, 0.5, 3), RATE, true).play();
        hear(2, 90);
        assertEquals(0, decibels(rms(ear(1, 1)) / rms(ear(0, 1))), 1e-6);
        assertEquals(decibels(0.5 / Math.sqrt(3)), decibels(rms(ear(0, 1))), 0.05);
    }

    /** What is heard in one ear for 24 s after 3 s, of dull ambience and perhaps noise over it. */
    private double[] ambience(Optional<Masking> noise, double capRms) throws PluginException {
        open(true, capRms, 0, noise);
        output.scene("world").ambience(dull(2.5, 0.2, 11), RATE, true).play();
        hear(4, 0);
        hear(24, 0);
        return ear(0, 24);
    }

    @Test
    void noiseIsFiveDecibelsOverTheAmbienceAtTheOutput() throws PluginException {
        for (Noise.Kind kind : Noise.Kind.values()) {
            for (double wanted : new double[] {5, -10}) {
                double[] alone = ambience(Optional.empty(), 0);
                double[] both = ambience(Optional.of(new Masking(kind, Optional.of(wanted), 0)), 0);
                double[] noise = new double[both.length];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = both[i] - alone[i];
                }
                double ratio = decibels(rms(noise) / rms(alone));
                System.out.printf(Locale.ROOT, "%s noise, %.0f dB asked for: %.3f dB%n", kind, wanted, ratio);
                assertEquals(wanted, ratio, 0.2);
                assertEquals(
                        decibels(rms(alone)), (Double) events.get("noise-begun").get("ambience"), 0.1);
            }
        }
    }

    @Test
    void noiseFollowsAnAmbienceThatGrowsQuieter() throws PluginException {
        open(true, 0, 0, Optional.of(new Masking(Noise.Kind.WHITE, Optional.of(5.0), 0)));
        Sound.Voice ambience = output.scene("world").ambience(dull(2.5, 0.2, 11), RATE, true);
        ambience.play();
        hear(5, 0);
        double before = rms(ear(0, 1));
        ambience.gain(0.5f);
        hear(12, 0);
        assertEquals(-6.02, decibels(rms(ear(0, 2.5)) / before), 0.5);
    }

    @Test
    void capIsKeptWhateverSounds() throws PluginException {
        double capRms = -26;
        double capPeak = -12;
        open(true, capRms, capPeak, Optional.empty());
        Sound sound = output.scene("world");
        sound.ambience(dull(2.5, 1, 11), RATE, true).play();
        hear(1, 0);
        float[] click = new float[2400];
        Arrays.fill(click, 100, 110, 1);
        for (int i = 0; i < 5; i++) {
            Sound.Voice v = sound.voice(i % 2 == 0 ? click : white(0.3, 1, i), RATE, false);
            v.place(i - 2, (float) EAR, -0.5f);
            v.play();
            hear(0.5, 0);
        }
        double loudest = 0;
        for (float[] block : heard) {
            for (int ear = 0; ear < 2; ear++) {
                double sum = 0;
                for (int i = ear; i < block.length; i += 2) {
                    assertTrue(Math.abs(block[i]) <= Math.pow(10, capPeak / 20), "peak " + block[i]);
                    sum += block[i] * block[i];
                }
                loudest = Math.max(loudest, Math.sqrt(sum / (block.length / 2)));
            }
        }
        assertTrue(decibels(loudest) <= capRms, "RMS " + decibels(loudest));
        assertTrue(decibels(loudest) > capRms - 0.5, "the cap is lower than asked for: " + decibels(loudest));
        ((SceneSound) sound).close();
        assertTrue((Double) events.get("sound-level").get("cut") < -3, events.toString());
    }

    @Test
    void everythingOfASceneIsFreedAtItsEnd() throws Exception {
        open(true, -20, -3, Optional.empty());
        Sound sound = output.scene("world");
        Sound.Voice last = null;
        for (int i = 0; i < 100; i++) {
            last = sound.voice(white(0.1, 0.1, i), RATE, true);
            last.play();
            sound.ambience(white(0.1, 0.1, i), RATE, true).play();
        }
        hear(0.5, 0);
        assertEquals(200, objects());
        ((AutoCloseable) sound).close();
        assertEquals(0, objects());
        assertFalse(last.playing());
        last.play();
        last.gain(1);
        assertThrows(IllegalStateException.class, () -> sound.voice(new float[10], RATE, true));
        hear(0.2, 0);
        assertEquals(0, rms(ear(0, 0.05)));
        Map<String, Object> level = events.get("sound-level");
        assertEquals("world", level.get("scene"));
        assertEquals("dBFS", level.get("unit"));
        assertFalse(level.containsKey("spl"));
    }

    /** Sources of both devices, each of which must have a buffer with it. */
    private int objects() {
        int count = 0;
        for (Loopback l : output.buses()) {
            l.use();
            int sources = 0;
            int buffers = 0;
            for (int name = 1; name < 1000; name++) {
                sources += AL10.alIsSource(name) ? 1 : 0;
                buffers += AL10.alIsBuffer(name) ? 1 : 0;
            }
            assertEquals(sources, buffers);
            count += sources;
        }
        return count;
    }

    @Test
    void soundFadesWithThePicture() throws PluginException {
        open(true, 0, 0, Optional.empty());
        output.scene("world").ambience(white(1, 0.5, 3), RATE, true).play();
        hear(1, 0);
        for (int i = 0; i < 30; i++) {
            output.frame(Pose.ORIGIN, 0.1f, 1 / 60f);
        }
        assertEquals(decibels(0.1 * 0.5 / Math.sqrt(3)), decibels(rms(ear(0, 0.3))), 0.2);
    }

    @Test
    void samplesThatAreNoneAreRefused() throws PluginException {
        open(true, -20, -3, Optional.empty());
        Sound sound = output.scene("world");
        assertThrows(IllegalArgumentException.class, () -> sound.voice(new float[] {Float.NaN}, RATE, true));
        assertThrows(IllegalArgumentException.class, () -> sound.voice(new float[] {2}, RATE, true));
        assertThrows(IllegalArgumentException.class, () -> sound.ambience(new float[0], RATE, true));
        assertThrows(IllegalArgumentException.class, () -> sound.ambience(new float[1], 1, true));
    }

    /** The build gives OpenAL its silent card, which takes samples as fast as a real one. */
    @Test
    void aCardIsKeptFilled() throws PluginException {
        open(new SoundSettings(true, true, "", true, -20, -3, Optional.empty(), Optional.empty()));
        assertEquals("No Output", output.description().get("device"));
        output.scene("world").ambience(white(1, 0.1, 3), RATE, true).play();
        long end = System.nanoTime() + 10_000_000_000L;
        while (heard.size() < 5 * Card.AHEAD && System.nanoTime() < end) {
            output.frame(Pose.ORIGIN, 1, 1 / 60f);
        }
        assertTrue(heard.size() >= 5 * Card.AHEAD, "the card took " + heard.size() + " blocks");
    }

    @Test
    void aCardThatIsNotThereIsNamed() {
        PluginException e = assertThrows(
                PluginException.class,
                () -> open(
                        new SoundSettings(true, true, "Theatre", true, -20, -3, Optional.empty(), Optional.empty())));
        assertTrue(e.getMessage().contains("'Theatre'"), e.getMessage());
    }
}
