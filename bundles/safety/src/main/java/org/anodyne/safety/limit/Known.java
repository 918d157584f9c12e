package org.anodyne.safety.limit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.plugin.safety.Limit;

/**
 * The limits that this platform knows, with their defaults, how far an approval may go, and where they come from. A
 * source that nobody has checked against the publication is called unverified.
 */
public enum Known {
    TMS_PULSE_INTENSITY("tms.pulse.intensity.percentOfMaximum", 100, 100, "output range of the stimulator"),
    TMS_TRAIN_INTENSITY(
            "tms.train.intensity.percentOfThreshold",
            130,
            130,
            "end of the table after Chen 1997 as reduced by 25 %; cells unverified"),
    TMS_TRAIN_SHARE(
            "tms.train.duration.percentOfTable",
            100,
            100,
            "table after Chen 1997 as reduced by 25 %, PubMed 9448642; cells unverified"),
    TMS_INTERVAL(
            "tms.train.interval.seconds",
            5,
            5,
            true,
            "5 s between trains at up to 110 % of threshold were safe: Chen 1997, PubMed 9448642"),
    TMS_INTERVAL_ABOVE(
            "tms.train.intervalAbove110.seconds",
            25,
            5,
            true,
            "default of this platform: Chen 1997 (PubMed 9448642) has no data above 110 % that show 5 s to be safe"),
    TMS_THETA_INTENSITY(
            "tms.thetaBurst.intensity.percentOfActiveThreshold",
            80,
            80,
            "intensity of the published presets of theta burst; verified in part"),
    TMS_THETA_INTERVAL(
            "tms.thetaBurst.interval.hours",
            24,
            20,
            true,
            "engineering default of this platform, one theta burst a day; no norm gives it"),
    TMS_REFRACTORY("tms.refractory.seconds", 2, 1, true, "engineering default of this platform; no norm gives it"),
    TMS_PER_MINUTE("tms.triggers.perMinute", 20, 30, "engineering default of this platform; no norm gives it"),
    TMS_PER_SESSION("tms.pulses.perSession", 1000, 3000, "engineering default of this platform; no norm gives it"),
    TMS_STEP(
            "tms.step.percentOfMaximumPer5s",
            2,
            10,
            "engineering default of this platform for changes by a controller; no norm gives it"),
    TES_CURRENT("tes.current.milliampere", 4, 4, "Bikson 2016, PMC5007190"),
    TES_DURATION("tes.duration.minutes", 40, 40, "Bikson 2016, PMC5007190"),
    TES_CHARGE("tes.charge.millicoulomb", 7200, 7200, "7.2 C in a session: Bikson 2016, PMC5007190"),
    TES_DENSITY(
            "tes.density.milliamperePerSquareCentimetre",
            0.08,
            0.16,
            "default of this platform, 2 mA on 25 cm^2; unverified"),
    TES_RAMP("tes.ramp.seconds", 10, 5, true, "default of this platform; 30 s are customary, unverified"),
    TES_INTERVAL("tes.interval.hours", 24, 20, true, "24 h between sessions, 48 h for wash-out designs; unverified"),
    TES_PER_DAY("tes.day.minutes", 60, 60, "60 minutes a day after Antal 2017; unverified"),
    TES_ALTERNATING_PEAK("tes.alternating.peak.milliampere", 2, 4, "default for alternating current; unverified"),
    TENS_CHARGE(
            "tens.charge.microcoulombPerPhase",
            30,
            75,
            "default of this platform for research; site policy may lower it"),
    TENS_RMS("tens.rms.milliampere", 50, 50, "IEC 60601-2-10, rms current at 500 ohm up to 400 Hz; unverified"),
    TENS_ENERGY(
            "tens.pulse.millijouleAt500Ohm",
            300,
            300,
            "IEC 60601-2-10, energy of a pulse at 500 ohm, as a maker's manual cites it"),
    TENS_POWER_DENSITY(
            "tens.density.wattPerSquareCentimetre",
            0.25,
            0.25,
            "FDA, mean power for each cm^2 of electrode; verified in part"),
    TENS_CURRENT_DENSITY(
            "tens.density.milliampereRmsPerSquareCentimetre",
            2,
            10,
            "a maker's manual after IEC 60601-2-10 asks for special attention above 2 mA rms/cm^2; that it is a limit"
                    + " here is the default of this platform"),
    TENS_ASSUMED_AREA(
            "tens.assumedArea.squareCentimetre",
            4,
            25,
            "default of this platform for the smaller electrode of a command that names no area: smaller than customary pads;"
                    + " no source"),
    TENS_STEP(
            "tens.step.milliamperePer5s",
            2,
            10,
            "engineering default of this platform for changes by a controller: one step of the device"),
    VR_CONTINUOUS(
            "vr.continuous.minutes",
            30,
            60,
            "sessions of at most 20 to 30 min with breaks are customary against sickness; unverified"),
    VR_BREAK("vr.break.minutes", 5, 1, true, "default of this platform; no source says how long a break has to be"),
    THERMAL_HIGHEST("thermal.highest.degreeCelsius", 50, 50, "maximum of the published driver of the TCS II"),
    THERMAL_LOWEST("thermal.lowest.degreeCelsius", 0, 0, true, "least temperature of common thermodes; unverified"),
    THERMAL_DWELL_HOT(
            "thermal.dwellFrom48.seconds", 10, 10, "default of this platform for one stimulus; no table of burns"),
    THERMAL_DWELL_WARM(
            "thermal.dwellFrom44.seconds", 60, 60, "default of this platform for one stimulus; no table of burns"),
    THERMAL_DWELL("thermal.dwell.seconds", 600, 600, "default of this platform for one stimulus; no table of burns"),
    THERMAL_DOSE_HOT(
            "thermal.doseFrom48.seconds",
            120,
            300,
            "engineering default of this platform for all stimuli together, as if on one place; no table of burns"),
    THERMAL_DOSE_WARM(
            "thermal.doseFrom44.seconds",
            600,
            1800,
            "engineering default of this platform for all stimuli together, as if on one place; no table of burns");

    private final String id;
    private final double standard;
    private final double ceiling;
    private final boolean least;
    private final String source;

    Known(String id, double standard, double ceiling, String source) {
        this(id, standard, ceiling, false, source);
    }

    Known(String id, double standard, double ceiling, boolean least, String source) {
        this.id = id;
        this.standard = standard;
        this.ceiling = ceiling;
        this.least = least;
        this.source = source;
    }

    /** Name in the site's policy. */
    public String id() {
        return id;
    }

    public double standard() {
        return standard;
    }

    /** As far as a named approval may go. */
    public double ceiling() {
        return ceiling;
    }

    /** Whether it is the least that is asked for, so that a smaller number permits more. */
    public boolean least() {
        return least;
    }

    /** Where the default comes from. */
    public String source() {
        return source;
    }

    /** Whether one number permits more than another. */
    boolean permitsMore(double one, double other) {
        return least ? one < other : one > other;
    }

    static Known of(String id) {
        return Arrays.stream(values()).filter(k -> k.id.equals(id)).findFirst().orElse(null);
    }

    /** The defaults by name. */
    public static Map<String, Limit> defaults() {
        Map<String, Limit> all = new LinkedHashMap<>();
        for (Known k : values()) {
            all.put(k.id, new Limit(k.id, k.standard, k.source));
        }
        return all;
    }
}
