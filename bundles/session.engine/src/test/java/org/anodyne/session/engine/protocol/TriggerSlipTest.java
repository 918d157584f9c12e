package org.anodyne.session.engine.protocol;

import java.util.stream.Stream;

/** Triggers and ratings: what is watched, what is done, what is asked and when. */
class TriggerSlipTest extends ProtocolSlips {
    /** What inhibits stands in line 32. */
    private static Slip unless(String text, String words) {
        return slip(
                "unless " + text, "refractory: 5 s\n", "refractory: 5 s\n        unless: " + text + "\n", 32, words);
    }

    static Stream<Slip> slips() {
        return Stream.of(
                slip(
                        "trigger without refractory time",
                        "        refractory: 5 s\n",
                        "",
                        26,
                        "trigger 'high' has no refractory time; write e.g. refractory: 5 s"),
                unless(
                        "{feature: alpha/edges.last, above: 80 uV, stopAfter: 5}",
                        "what inhibits trigger 'high', 'alpha/edges.last', is not among the inputs of slot 'loop'"),
                unless(
                        "{feature: alpha/mien, above: 80 uV, stopAfter: 5}",
                        "gives no feature 'mien'; there is: edges, mean"),
                unless("{feature: alpha/mean, above: 80, stopAfter: 5}", "the limit of 'alpha/mean': 80 has no unit"),
                unless("{feature: alpha/mean, stopAfter: 5}", "'unless' of trigger 'high' has no threshold"),
                unless("{feature: alpha/mean, above: 80 uV}", "stopAfter"),
                unless("{feature: alpha/mean, above: 80 uV, stopAfter: 0}", "is 0 but must be at least 1"),
                slip("refractory time of zero", "refractory: 5 s", "refractory: 0 s", 31, "it must be at least 1 ms"),
                slip(
                        "hold as long as the phase",
                        "hold: 1 s",
                        "hold: 2 min",
                        30,
                        "and the phase is no longer than that; it could never fire"),
                slip("cap of zero", "perMinute: 6", "perMinute: 0", 32, "is 0 but must be at least 1"),
                slip(
                        "baseline that comes later",
                        "baseline: baseline,",
                        "baseline: one,",
                        29,
                        "phase 'one' is not certainly over when this phase begins"),
                slip(
                        "baseline that is itself",
                        "baseline: baseline,",
                        "baseline: treatment,",
                        29,
                        "a baseline must come before"),
                slip(
                        "unknown baseline",
                        "baseline: baseline,",
                        "baseline: basline,",
                        29,
                        "there is no phase 'basline'; did you mean 'baseline'?"),
                slip(
                        "baseline that does not run the slots",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [eeg, alpha]\n",
                        29,
                        "the baseline phase 'baseline' does not run loop"),
                slip(
                        "baseline without factor",
                        "{baseline: baseline, factor: 1.2}",
                        "{baseline: baseline}",
                        29,
                        "needs 'factor' or 'sd'"),
                slip(
                        "threshold without unit",
                        "above: {baseline: baseline, factor: 1.2}",
                        "above: 5",
                        29,
                        "the threshold of 'alpha/mean': 5 has no unit; write e.g. 5 uV"),
                slip(
                        "threshold of another dimension",
                        "above: {baseline: baseline, factor: 1.2}",
                        "above: 5 Hz",
                        29,
                        "is a frequency, but a voltage is needed"),
                slip(
                        "no threshold",
                        "        above: {baseline: baseline, factor: 1.2}\n",
                        "",
                        26,
                        "trigger 'high' has no threshold; write e.g. above: 0.7"),
                slip(
                        "two thresholds",
                        "above: {baseline",
                        "below: 3 uV\n        above: {baseline",
                        26,
                        "has both 'above' and 'below'"),
                slip(
                        "trigger watches what is not connected",
                        "feature: alpha/mean",
                        "feature: alpha/edges.first",
                        28,
                        "which is not among the inputs of slot 'loop'"),
                slip(
                        "trigger watches a vector",
                        "feature: alpha/mean",
                        "feature: alpha/edges",
                        28,
                        "has several components; write one of alpha/edges.first, alpha/edges.last"),
                slip(
                        "trigger of an actuator",
                        "slot: loop\n",
                        "slot: tens\n",
                        27,
                        "slot 'tens' (tens) is an actuator, but an intervention is needed here"),
                slip(
                        "unknown action",
                        "action: burst",
                        "action: brust",
                        35,
                        "cannot do 'brust'; did you mean 'burst'?"),
                slip(
                        "missing argument",
                        "with: {amplitude: 10 mA, pulseWidth: 200 us}",
                        "with: {amplitude: 10 mA}",
                        36,
                        "action 'burst' needs 'pulseWidth', between 50 and 400 us"),
                slip(
                        "threshold where the device takes no percentage",
                        "amplitude: 10 mA",
                        "amplitude: 110 %RMT",
                        36,
                        "the unit '%RMT' is not known here"),
                slip(
                        "intensity far beyond the threshold",
                        "action: burst\n          with: {amplitude: 10 mA, pulseWidth: 200 us}",
                        "action: pulse\n          with: {intensity: 1100 %RMT}",
                        36,
                        "'intensity' is 1100 %RMT; write more than 0 and at most 150 %RMT"),
                slip(
                        "argument out of range",
                        "amplitude: 10 mA",
                        "amplitude: 31 mA",
                        36,
                        "'amplitude' is 31 mA, but the device takes between 0 and 30 mA"),
                slip(
                        "argument without unit",
                        "amplitude: 10 mA",
                        "amplitude: 10",
                        36,
                        "'amplitude': 10 has no unit; write e.g. 10 mA"),
                slip(
                        "unknown argument",
                        "amplitude: 10 mA",
                        "amplitude: 10 mA, width: 3",
                        36,
                        "has no argument 'width'"),
                slip(
                        "actuator at rest",
                        "slots: [eeg, alpha, loop, tens, nrs]",
                        "slots: [eeg, alpha, loop, nrs]",
                        34,
                        "slot 'tens' does not run in this phase"),
                slip(
                        "unknown item",
                        "item: pain",
                        "item: pian",
                        38,
                        "slot 'nrs' has no item 'pian'; did you mean 'pain'?"),
                slip(
                        "rating by a source",
                        "{slot: nrs, item",
                        "{slot: eeg, item",
                        38,
                        "slot 'eeg' holds a source; ratings are asked by an outcome instrument"),
                slip("rating at no moment", ", at: end}", "}", 38, "write at: start, at: end, or every: 5 min"),
                slip(
                        "rating at an unknown moment",
                        "at: end",
                        "at: middle",
                        38,
                        "is 'middle' but must be one of: start, end"));
    }
}
