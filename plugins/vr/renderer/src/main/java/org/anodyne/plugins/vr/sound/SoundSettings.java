package org.anodyne.plugins.vr.sound;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * What the protocol says of sound.
 *
 * @param card name of the sound card; empty for the one that the system prefers
 * @param useCard whether a card is opened at all; where not, sound is rendered into nothing
 * @param capRms greatest RMS that leaves the mix, dBFS
 * @param capPeak greatest peak that leaves the mix, dBFS
 */
public record SoundSettings(
        boolean on,
        boolean hrtf,
        String card,
        boolean useCard,
        double capRms,
        double capPeak,
        Optional<Masking> noise,
        Optional<Calibration> calibration) {
    /** Cap where the protocol names none (engineering defaults). */
    static final double CAP_RMS = -20;

    static final double CAP_PEAK = -3;

    /** The ratio of Zhou et al. 2022, a sound 5 dB above the ambience. */
    static final double RATIO = 5;

    /**
     * Greatest cap with a calibration, dB SPL: what NIOSH recommends not to exceed for 8 hours of a day. Its curve permits
     * more for shorter times; sounds of a world have no need of it.
     */
    static final double MOST_SPL = 85;

    /**
     * Noise that is added.
     *
     * @param ratio its level over the ambience, dB; where empty, {@code level} is given
     * @param level its own level, dBFS
     */
    public record Masking(Noise.Kind kind, Optional<Double> ratio, double level) {}

    /**
     * What the lab measured at the ear.
     *
     * @param level sound pressure level of pink noise of 0 dBFS RMS, reckoned from one that was measured lower; dB SPL
     * @param weighting A, C or Z, as the sound level meter was set
     * @param date when it was measured
     */
    public record Calibration(double level, String weighting, LocalDate date) {}

    /**
     * Reads the parameters.
     *
     * @param useCard whether somebody is to hear it
     * @throws PluginException with what contradicts what, and what to do
     */
    public static SoundSettings of(Parameters p, boolean useCard, LocalDate today) throws PluginException {
        boolean on = p.text("sound").equals("on");
        Map<String, Object> cap = p.object("levelCap");
        SoundSettings s = new SoundSettings(
                on,
                p.flag("hrtf"),
                p.text("soundDevice"),
                useCard,
                number(cap, "rms").orElse(CAP_RMS),
                number(cap, "peak").orElse(CAP_PEAK),
                noise(p.object("noise")),
                calibration(p.object("calibration"), today));
        s.check();
        return s;
    }

    private static Optional<Double> number(Map<String, Object> from, String name) {
        return from.get(name) instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
    }

    private static Optional<Masking> noise(Map<String, Object> n) throws PluginException {
        if (n.isEmpty()) {
            return Optional.empty();
        }
        if (n.containsKey("snr") && n.containsKey("level")) {
            throw new PluginException(
                    "noise has both snr and level; keep snr for noise over the scene's ambience, or level"
                            + " for noise of a level of its own");
        }
        Noise.Kind kind = Noise.Kind.valueOf(
                String.valueOf(n.getOrDefault("kind", "white")).toUpperCase(Locale.ROOT));
        Optional<Double> level = number(n, "level");
        return Optional.of(new Masking(
                kind,
                level.isPresent()
                        ? Optional.empty()
                        : Optional.of(number(n, "snr").orElse(RATIO)),
                level.orElse(0.0)));
    }

    private static Optional<Calibration> calibration(Map<String, Object> c, LocalDate today) throws PluginException {
        if (c.isEmpty()) {
            return Optional.empty();
        }
        LocalDate date;
        try {
            date = LocalDate.parse(String.valueOf(c.get("date")));
        } catch (DateTimeParseException e) {
            throw new PluginException(
                    "calibration: '" + c.get("date") + "' is no date; write when the level was measured, as 2026-03-31",
                    e);
        }
        if (date.isAfter(today)) {
            throw new PluginException("calibration: " + date + " is yet to come; write when the level was measured");
        }
        return Optional.of(new Calibration(
                number(c, "level").orElseThrow(() -> new PluginException("calibration has no level")),
                String.valueOf(c.getOrDefault("weighting", "A")),
                date));
    }

    private void check() throws PluginException {
        if (!on && (noise.isPresent() || calibration.isPresent() || !card.isEmpty())) {
            throw new PluginException(
                    (noise.isPresent() ? "noise" : calibration.isPresent() ? "calibration" : "soundDevice")
                            + " is given but sound is off; set sound: on, or leave it out");
        }
        if (capRms > capPeak) {
            throw new PluginException("levelCap permits an RMS of " + capRms + " dBFS but a peak of only " + capPeak
                    + " dBFS; no sound has an RMS above its peak, so set rms to at most peak");
        }
        if (noise.isPresent() && noise.get().ratio().isEmpty() && noise.get().level() > capRms) {
            throw new PluginException("noise of " + noise.get().level() + " dBFS is above the levelCap of " + capRms
                    + " dBFS RMS and would be turned down; lower the noise or raise the cap");
        }
        if (calibration.isPresent() && capRms + calibration.get().level() > MOST_SPL) {
            throw new PluginException(String.format(
                    Locale.ROOT,
                    "levelCap permits %.1f dB SPL by the calibration of %s; set its rms to at most %.1f dBFS (%.0f dB SPL, the"
                            + " limit of NIOSH for 8 hours)",
                    capRms + calibration.get().level(),
                    calibration.get().date(),
                    MOST_SPL - calibration.get().level(),
                    MOST_SPL));
        }
    }
}
