package org.anodyne.plugins.vr.sound;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Sound;
import org.lwjgl.openal.AL10;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one output of sound: renders the voices of the world (by HRTF or panning) and the ambience separately into memory,
 * measures both, adds noise at a set ratio to what was measured, fades all with the picture, keeps it under the cap, and gives
 * it to the sound card, if there is one. Thread: the render thread, for construction and all methods.
 */
public final class AudioOutput implements Audio {
    private static final Logger LOG = LoggerFactory.getLogger(AudioOutput.class);

    /** Samples per second of the output. */
    public static final int RATE_HZ = 48_000;

    /** Samples of each ear that are mixed at once: 10 ms. */
    static final int FRAMES = RATE_HZ / 100;

    private static final double BLOCK_SECONDS = (double) FRAMES / RATE_HZ;
    /** Over which the power of the noise at gain 1 is measured before it is used, seconds. */
    private static final int NOISE_SECONDS = 10;

    private static final long NOISE_SEED = 0x5EED;

    private final SoundSettings settings;
    private final BiConsumer<String, Map<String, Object>> report;
    private final Consumer<float[]> tap;
    private final Loopback world;
    private final Loopback around;
    private final Cap cap;
    private final Noise noise;
    private final double noisePower;
    private final Map<String, Object> description;
    private final float[] block = new float[2 * FRAMES];
    private final float[] aroundBlock = new float[2 * FRAMES];
    private final float[] noiseBlock = new float[2 * FRAMES];
    private Optional<Card> card = Optional.empty();
    private SceneSound scene;
    private Ratio ratio;
    private Meters meters = new Meters();
    private double noiseGain;
    private float light;
    private double due;

    /** Levels of one scene. */
    private static final class Meters {
        private final Levels out = new Levels();
        private final Levels ambience = new Levels();
        private final Levels noise = new Levels();
        private long blocks;
    }

    /**
     * Opens it.
     *
     * @param report takes type and attributes of events
     * @throws PluginException when OpenAL or the card that is named is not there, with what to do
     */
    public AudioOutput(SoundSettings settings, BiConsumer<String, Map<String, Object>> report) throws PluginException {
        this(settings, report, block -> {});
    }

    /** @param tap is shown each block that leaves the mix, left and right by turns */
    AudioOutput(SoundSettings settings, BiConsumer<String, Map<String, Object>> report, Consumer<float[]> tap)
            throws PluginException {
        this.settings = settings;
        this.report = report;
        this.tap = tap;
        cap = new Cap(settings.capRms(), settings.capPeak(), BLOCK_SECONDS, 2 * FRAMES);
        noise = settings.noise()
                .map(n -> new Noise(n.kind(), RATE_HZ, NOISE_SEED))
                .orElse(null);
        noisePower = noise == null ? 0 : measured();
        try {
            world = new Loopback(RATE_HZ, settings.hrtf());
        } catch (LinkageError e) {
            throw new PluginException("sound: the library OpenAL cannot be loaded (" + e.getMessage()
                    + "); install the platform's natives for this machine, or set sound: off");
        }
        Loopback second = null;
        try {
            second = new Loopback(RATE_HZ, false);
            if (settings.useCard()) {
                card = Card.open(settings.card(), RATE_HZ);
                if (card.isEmpty()) {
                    LOG.warn("no sound card is there: sound is rendered, measured and told, but not heard");
                }
                if (card.isEmpty() && settings.calibration().isPresent()) {
                    throw new PluginException(
                            "sound: a calibration is given, but the system has no sound card that it could"
                                    + " hold for; connect the one that was measured, or leave calibration out");
                }
            }
        } catch (PluginException | RuntimeException e) {
            if (second != null) {
                second.close();
            }
            world.close();
            throw e;
        }
        around = second;
        description = describe();
    }

    private double measured() {
        double sum = 0;
        int blocks = (int) (NOISE_SECONDS / BLOCK_SECONDS);
        for (int i = 0; i < blocks; i++) {
            noise.fill(noiseBlock);
            sum += Levels.power(noiseBlock);
        }
        return sum / blocks;
    }

    private Map<String, Object> describe() {
        Map<String, Object> d = new HashMap<>();
        d.put("device", card.map(Card::name).orElse("none"));
        d.put("hrtf", world.hrtf());
        d.put("rate", (long) RATE_HZ);
        d.put("capRms", settings.capRms());
        d.put("capPeak", settings.capPeak());
        d.put("unit", "dBFS");
        d.put("calibrated", calibrated());
        if (calibrated()) {
            SoundSettings.Calibration c = settings.calibration().orElseThrow();
            d.put("splAtFullScale", c.level());
            d.put("weighting", c.weighting());
            d.put("calibrationDate", c.date().toString());
            d.put("capSpl", settings.capRms() + c.level());
        }
        return Map.copyOf(d);
    }

    private boolean calibrated() {
        return card.isPresent() && settings.calibration().isPresent();
    }

    @Override
    public Map<String, Object> description() {
        return description;
    }

    @Override
    public Sound scene(String slot) {
        meters = new Meters();
        cap.forget();
        noiseGain = 0;
        ratio = settings.noise()
                .flatMap(SoundSettings.Masking::ratio)
                .map(r -> new Ratio(r, noisePower, BLOCK_SECONDS))
                .orElse(null);
        SceneSound[] made = new SceneSound[1];
        made[0] = new SceneSound(slot, world, around, () -> ended(made[0]));
        scene = made[0];
        return scene;
    }

    private void ended(SceneSound s) {
        if (s != scene) {
            return;
        }
        scene = null;
        if (!s.slot().isEmpty() && meters.blocks > 0) {
            Map<String, Object> a = new HashMap<>();
            a.put("scene", s.slot());
            a.put("seconds", meters.blocks * BLOCK_SECONDS);
            a.put("unit", "dBFS");
            a.put("rms", meters.out.rms());
            a.put("peak", meters.out.peak());
            a.put("ambience", meters.ambience.rms());
            a.put("cut", cap.cut());
            if (noise != null) {
                a.put("noise", meters.noise.rms());
            }
            if (calibrated()) {
                SoundSettings.Calibration c = settings.calibration().orElseThrow();
                a.put("spl", meters.out.rms() + c.level());
                a.put("weighting", c.weighting());
            }
            card.ifPresent(c -> a.put("underruns", c.underruns()));
            report.accept("sound-level", a);
        }
    }

    @Override
    public void frame(Pose head, float brightness, float seconds) {
        world.use();
        AL10.alListener3f(AL10.AL_POSITION, head.x(), head.y(), head.z());
        float[] ahead = head.turned(0, 0, -1);
        float[] up = head.turned(0, 1, 0);
        AL10.alListenerfv(AL10.AL_ORIENTATION, new float[] {ahead[0], ahead[1], ahead[2], up[0], up[1], up[2]});
        int blocks;
        if (card.isPresent()) {
            Card c = card.get();
            if (c.lost()) {
                card = Optional.empty();
                report.accept("sound-lost", Map.of("device", c.name()));
                c.close();
            }
        }
        if (card.isPresent()) {
            blocks = card.get().wanted();
        } else {
            due += seconds / BLOCK_SECONDS;
            blocks = (int) due;
            due -= blocks;
        }
        for (int i = 0; i < blocks; i++) {
            // The change of brightness is spread over the blocks of the frame.
            mix(light + (brightness - light) / (blocks - i));
        }
    }

    private void mix(float brightness) {
        world.render(block);
        around.render(aroundBlock);
        double from = noiseGain;
        if (noise != null) {
            noise.fill(noiseBlock);
            noiseGain = noiseGain();
        }
        for (int i = 0; i < block.length; i++) {
            float part = (i / 2 + 1f) / FRAMES;
            float n = noise == null ? 0 : (float) (noiseBlock[i] * (from + (noiseGain - from) * part));
            noiseBlock[i] = n;
            block[i] = (block[i] + aroundBlock[i] + n) * (light + (brightness - light) * part);
        }
        light = brightness;
        float[] out = cap.next(block);
        meters.ambience.add(aroundBlock);
        meters.noise.add(noiseBlock);
        meters.out.add(out);
        meters.blocks++;
        tap.accept(out);
        card.ifPresent(c -> c.take(out));
    }

    private double noiseGain() {
        if (scene == null || scene.slot().isEmpty()) {
            return 0;
        }
        if (ratio == null) {
            return Levels.amplitude(settings.noise().orElseThrow().level()) / Math.sqrt(noisePower);
        }
        boolean before = ratio.heard();
        OptionalDouble gain = ratio.next(Levels.power(aroundBlock), scene.ambienceSeconds());
        if (!before && ratio.heard()) {
            double decibels = settings.noise().orElseThrow().ratio().orElseThrow();
            double level = Levels.decibels(ratio.level() * Math.sqrt(noisePower));
            report.accept(
                    "noise-begun",
                    Map.of(
                            "scene",
                            scene.slot(),
                            "unit",
                            "dBFS",
                            "ambience",
                            level - decibels,
                            "noise",
                            level,
                            "snr",
                            decibels));
        }
        return gain.orElse(0);
    }

    /** The devices that render, for tests. */
    java.util.List<Loopback> buses() {
        return java.util.List.of(world, around);
    }

    @Override
    public void close() {
        card.ifPresent(Card::close);
        card = Optional.empty();
        around.close();
        world.close();
    }
}
