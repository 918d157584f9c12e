package org.anodyne.export;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.signal.StreamInfo;

/** Sessions made by hand that several tests look at. */
final class Sessions {
    static final StreamInfo EEG = FakeRecord.stream("eeg", "eeg", "EEG", 250, true, "Fz uV", "Cz uV", "Pz uV", "Oz uV");
    static final StreamInfo EDA = FakeRecord.stream("eda", "eda", "EDA", 50, true, "EDA uS");

    private Sessions() {}

    /** A short one whose island was chosen by what was told of the participant. */
    static FakeRecord chosen(Map<String, Object> about) {
        FakeRecord r = new FakeRecord("P01", """
                anodyne: 1
                id: chosen
                slots:
                  island:
                    plugin: island
                    parameters: {interest: sea, roam: 2 m}
                    chosenBy: [{interest: forest, parameters: {interest: forest}}]
                phases:
                  - {id: look, duration: 10 s, slots: [island]}
                """).declare(EDA);
        r.event(
                "session",
                "plan",
                0,
                Map.of(
                        "about",
                        about,
                        "chosen",
                        List.of(Map.of(
                                "slot", "island", "rules", List.of(1L), "parameters", Map.of("interest", "forest"))),
                        "slots",
                        List.of(Map.of(
                                "slot",
                                "island",
                                "plugin",
                                "island",
                                "version",
                                "0.1.0",
                                "parameters",
                                Map.of("interest", "forest", "roam", 2.0, "fog", 0.0)))));
        r.phase("look", 0, 0, 10);
        return r.signal(EDA, 0, 10, 5, t -> 5);
    }

    private static Map<String, Object> feature(String name, String unit) {
        return Map.of("name", name, "unit", unit, "components", List.of(name), "perPhase", name.startsWith("phase-"));
    }

    /** Three minutes with everything in them: two phases, triggers of all fates, a gap, a swap, ratings, an alarm. */
    static FakeRecord closedLoop() {
        FakeRecord r = new FakeRecord().declare(EEG).declare(EDA);
        Random random = new Random(7);
        r.event(
                "session",
                "plan",
                0,
                Map.of(
                        "slots",
                        List.of(
                                Map.of("slot", "tens", "plugin", "tens-rehastim", "version", "0.1.0"),
                                Map.of(
                                        "slot",
                                        "alpha",
                                        "streams",
                                        Map.of("samples", List.of("eeg")),
                                        "publishes",
                                        List.of(
                                                feature("relative", "1"),
                                                feature("power", "{input}^2"),
                                                feature("phase-power", "{input}^2"),
                                                feature("phase-peak", "Hz"))),
                                Map.of("slot", "pain", "publishes", List.of(feature("probability", "1"))))));
        r.phase("baseline", 0, 0, 60);
        r.phase("treatment", 1, 60, 180);
        for (int second = 0; second < 180; second++) {
            boolean treatment = second >= 60;
            if (second < 100 || second >= 102) {
                r.signal(
                        EEG,
                        second,
                        second + 1,
                        10,
                        t -> (treatment ? 14 : 22) * Math.sin(2 * Math.PI * 10.25 * t) + 9 * random.nextGaussian());
            }
            r.signal(EDA, second, second + 1, 5, t -> 5 + 0.01 * t + 0.4 * Math.max(0, Math.sin(t / 7)));
            for (int quarter = 1; quarter <= 4; quarter++) {
                double t = second + quarter / 4.0;
                double p = 0.45 + 0.4 * Math.sin(t / 9) + 0.03 * random.nextGaussian();
                r.feature("alpha", "relative", t, 0.4 + (treatment ? -0.1 : 0.05) + 0.04 * random.nextGaussian());
                r.feature("alpha", "power", t, treatment ? 100 + random.nextGaussian() : 240 + random.nextGaussian());
                r.feature("pain", "probability", t, t <= 60 ? Double.NaN : p);
            }
        }
        r.feature("alpha", "phase-peak", 60, 10.25).feature("alpha", "phase-power", 60, 242.5);
        r.feature("alpha", "phase-peak", 180, 10.0).feature("alpha", "phase-power", 180, 101.5);
        double[] fired = {66.5, 71.5, 76.5, 122.25, 127.25, 132.25, 176};
        for (int i = 0; i < fired.length; i++) {
            r.fire(
                    "pain-high-" + (i + 1),
                    fired[i],
                    4 + i,
                    i == 5 ? Outcome.REFUSED : Outcome.EXECUTED,
                    i == 5 ? "the slot is not armed" : "");
            r.decision("pain-high", fired[i] + 1, 0.81, 0.7, "HELD_BY_REFRACTORY_TIME", "");
        }
        r.event(
                "eeg",
                "gap",
                102,
                Map.of(
                        "stream",
                        "eeg",
                        "from",
                        FakeRecord.nanos(100),
                        "to",
                        FakeRecord.nanos(102),
                        "reason",
                        "radio link lost"));
        r.event(
                "alpha",
                "swap",
                110,
                Map.of(
                        "plugin",
                        "band-power",
                        "fromVersion",
                        "0.1.0",
                        "toVersion",
                        "0.1.1",
                        "fromSha256",
                        "aa".repeat(32),
                        "toSha256",
                        "bb".repeat(32),
                        "handedOver",
                        true,
                        "gapNanos",
                        0L,
                        "tookNanos",
                        41_000_000L));
        r.event("nrs", "ask", 60, Map.of("item", "pain", "text", "How strong is your pain now?"));
        r.event("nrs", "answer", 60, Map.of("item", "pain", "value", 6.0));
        r.event("nrs", "answer", 179, Map.of("item", "pain", "missing", true, "reason", "no answer in 30 s"));
        r.event("eda", "scr", 95, Map.of("amplitude", 0.21));
        r.event("eeg", "stream-silent", 101, Map.of("stream", "eeg", "from", FakeRecord.nanos(100), "blocks", 1000L));
        r.event(
                "eeg",
                "stream-back",
                102.1,
                Map.of("stream", "eeg", "from", FakeRecord.nanos(100), "to", FakeRecord.nanos(102)));
        r.event("eda", "end-of-input", 150, Map.of("stream", "eda"));
        r.event("eda", "bad-samples", 20, Map.of("stream", "eda", "index", 900L, "count", 3L));
        r.event("eda", "bad-samples", 21, Map.of("stream", "eda", "index", 950L, "count", 3L));
        r.state("session", 180, Map.of("state", "COMPLETED", "reason", "", "phase", "treatment"));
        return r;
    }

    /** What the command line says of a session that came to its end. */
    static Map<String, Object> completed() {
        return Map.of("state", "COMPLETED", "reason", "", "problems", List.of());
    }
}
