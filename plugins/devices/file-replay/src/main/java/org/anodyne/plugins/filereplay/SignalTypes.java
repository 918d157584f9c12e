package org.anodyne.plugins.filereplay;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Guesses what a signal is from its label, and spells units as the platform does. */
final class SignalTypes {
    /** What no rule knows. */
    static final String UNKNOWN = "MISC";

    /** Positions of the 10-10 system, with or without a reference after a hyphen. */
    private static final Pattern ELECTRODE =
            Pattern.compile("(?:Fp|AF|F|FC|FT|C|CP|T|TP|P|PO|O|I|A|M)(?:z|[1-9]|10)(?:-.*)?", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Pattern> WORDS = new LinkedHashMap<>();

    static {
        word("EOG", "eog|veog|heog");
        word("ECG", "ecg|ekg");
        word("EMG", "emg");
        word("EDA", "eda|gsr|scl|scr|skin");
        word("RESP", "resp|respiration|breath|breathing|thorax|abdomen");
        word("PPG", "ppg|bvp|pulse|pleth");
        word("TEMP", "temp|temperature");
        word("ACC", "acc|accel|accelerometer");
        word("TRIG", "trig|trigger|status|marker");
        word("EEG", "eeg");
    }

    private SignalTypes() {}

    private static void word(String type, String alternatives) {
        WORDS.put(type, Pattern.compile("(?<![a-z])(?:" + alternatives + ")(?![a-z])", Pattern.CASE_INSENSITIVE));
    }

    /** The type of a signal with this label, {@link #UNKNOWN} when nothing fits. */
    static String ofLabel(String label) {
        for (Map.Entry<String, Pattern> word : WORDS.entrySet()) {
            if (word.getValue().matcher(label).find()) {
                return word.getKey();
            }
        }
        return ELECTRODE.matcher(label.strip()).matches() ? "EEG" : UNKNOWN;
    }

    /** A type that a file states, in the usual spelling. */
    static String spelled(String stated) {
        String type = stated.strip().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return switch (type) {
            case "" -> UNKNOWN;
            case "GSR" -> "EDA";
            case "EKG" -> "ECG";
            case "RESPIRATION" -> "RESP";
            default -> type;
        };
    }

    /** A unit in the platform's spelling; {@code a.u.} where the file says none. */
    static String unit(String stated) {
        String unit = stated.strip().replace('\u00B5', 'u').replace('\u03BC', 'u');
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "" -> "a.u.";
            case "microvolt", "microvolts", "uv" -> "uV";
            case "microsiemens", "us" -> "uS";
            case "millivolt", "millivolts" -> "mV";
            default -> unit;
        };
    }
}
