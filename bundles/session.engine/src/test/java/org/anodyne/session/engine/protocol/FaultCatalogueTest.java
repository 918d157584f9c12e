package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.engine.fake.FakePlugins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One bad protocol per fault: the line it stands in, and the words a lab gets. */
class FaultCatalogueTest {
    /** A protocol without faults; every case changes one thing in it. Lines are counted from 1. */
    static final String GOOD = """
            anodyne: 1
            id: catalogue
            seed: 42
            slots:
              eeg:
                plugin: synthetic
                parameters: {amplitude: 20 uV}
              alpha:
                plugin: mean
                inputs: {samples: eeg}
                parameters:
                  low: 8 Hz
              loop: {plugin: loop, inputs: {features: [alpha/mean]}}
              tens: {plugin: tens}
              nrs: {plugin: nrs}
              other: {plugin: external, features: [{name: arousal}]}
            phases:
              - id: baseline
                duration: 60 s
                slots: [eeg, alpha, loop]
              - id: treatment
                duration: 2 min
                slots: [eeg, alpha, loop, tens, nrs]
                parameters: {eeg: {amplitude: 30 uV}}
                triggers:
                  - id: high
                    slot: loop
                    feature: alpha/mean
                    above: {baseline: baseline, factor: 1.2}
                    hold: 1 s
                    refractory: 5 s
                    perMinute: 6
                    do:
                      slot: tens
                      action: burst
                      with: {amplitude: 10 mA, pulseWidth: 200 us}
                ratings:
                  - {slot: nrs, item: pain, at: end}
              - block:
                  repeat: 2
                  order: random
                  phases:
                    - {id: one, duration: 10 s, slots: [eeg]}
                    - {id: two, duration: 500 ms, slots: []}
            """;

    record Case(String name, String from, String to, int line, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, String from, String to, int line, String words) {
        return new Case(name, from, to, line, words);
    }

    static Stream<Case> cases() {
        return Stream.of(
                of(
                        "unknown plug-in",
                        "plugin: mean",
                        "plugin: maen",
                        9,
                        "there is no plug-in 'maen'; did you mean 'mean'?"),
                of(
                        "refused plug-in",
                        "plugin: mean",
                        "plugin: broken",
                        9,
                        "is installed but cannot be used: it lacks the package org.missing"),
                of(
                        "no plug-in",
                        "plugin: synthetic",
                        "title: x",
                        5,
                        "slot 'eeg' has no plug-in; write e.g. plugin: band-power"),
                of("reserved slot", "nrs: {plugin: nrs}", "session: {plugin: nrs}", 15, "kept for the platform"),
                of(
                        "unknown parameter",
                        "low: 8 Hz",
                        "low: 8 Hz\n      orden: 4",
                        13,
                        "plug-in 'mean' has no parameter 'orden'; did you mean 'order'?"),
                of(
                        "missing parameter",
                        "low: 8 Hz",
                        "order: 4",
                        11,
                        "plug-in 'mean' has no lower edge; write e.g. low: 8 Hz"),
                of(
                        "parameter that names no phase",
                        "low: 8 Hz",
                        "low: 8 Hz\n      calibration: {phase: basline}",
                        13,
                        "'phase' of plug-in 'mean': there is no phase 'basline'; did you mean 'baseline'?"),
                of(
                        "arming of what is no actuator",
                        "nrs: {plugin: nrs}",
                        "nrs: {plugin: nrs, afterLoss: {rearm: person}}",
                        15,
                        "'afterLoss' says when an actuator is armed again, but this slot holds an outcome"),
                of(
                        "arming by itself without a time",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: automatic}}",
                        14,
                        "needs a time without loss; write e.g. healthyFor: 30 s"),
                of(
                        "a time for a person's arming",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: person, healthyFor: 30 s}}",
                        14,
                        "'healthyFor' belongs to rearm: automatic"),
                of(
                        "arming by itself at once",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: automatic, healthyFor: 200 ms}}",
                        14,
                        "'healthyFor' is less than 1 s"),
                of(
                        "a time without unit after a loss",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: automatic, healthyFor: 30}}",
                        14,
                        "'healthyFor': 30 has no unit"),
                of(
                        "unknown way to arm",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: never}}",
                        14,
                        "must be one of: person, automatic"),
                of("parameter without unit", "low: 8 Hz", "low: 8", 12, "'low': 8 has no unit; write e.g. 8 Hz"),
                of(
                        "parameter of another dimension",
                        "low: 8 Hz",
                        "low: 8 s",
                        12,
                        "'low': '8 s' is a time, but a frequency is needed; write it in mHz, Hz, kHz"),
                of(
                        "unknown unit",
                        "low: 8 Hz",
                        "low: 8 herz",
                        12,
                        "the unit 'herz' is not known here; write it in mHz, Hz"),
                of("no quantity", "low: 8 Hz", "low: low", 12, "'low' is no quantity; write a number and its unit"),
                of(
                        "parameter too large",
                        "low: 8 Hz",
                        "low: 2 kHz",
                        12,
                        "'low' is 2000.0 Hz but must be at most 100 Hz"),
                of(
                        "parameter of another type",
                        "low: 8 Hz",
                        "low: 8 Hz\n      order: four",
                        13,
                        "'order' is the text 'four' but must be a whole number"),
                of("choice", "{amplitude: 20 uV}", "{label: Pz}", 7, "'label' is 'Pz' but must be one of: Cz, Oz"),
                of(
                        "unknown port",
                        "{samples: eeg}",
                        "{sample: eeg}",
                        10,
                        "plug-in 'mean' has no input 'sample'; did you mean 'samples'?"),
                of(
                        "port not connected",
                        "inputs: {samples: eeg}",
                        "title: x",
                        8,
                        "input 'samples' of 'mean' is not connected"),
                of("port takes one", "{samples: eeg}", "{samples: [eeg, other]}", 10, "takes one, but 2 are connected"),
                of(
                        "unknown slot in input",
                        "{samples: eeg}",
                        "{samples: egg}",
                        10,
                        "there is no slot 'egg'; did you mean 'eeg'?"),
                of("no samples there", "{samples: eeg}", "{samples: loop}", 10, "slot 'loop' (loop) gives no samples"),
                of(
                        "feature without a slot",
                        "[alpha/mean]}}",
                        "[alpha]}}",
                        13,
                        "'alpha' does not name a feature; write slot/feature"),
                of(
                        "unknown feature",
                        "[alpha/mean]}}",
                        "[alpha/maen]}}",
                        13,
                        "slot 'alpha' (mean) gives no feature 'maen'; did you mean 'mean'?"),
                of(
                        "unknown component",
                        "[alpha/mean]}}",
                        "[alpha/edges.middle]}}",
                        13,
                        "has no component 'middle'; there is: first, last"),
                of(
                        "circle",
                        "inputs: {samples: eeg}",
                        "inputs: {samples: alpha}",
                        10,
                        "the inputs go in a circle: alpha takes from alpha"),
                of(
                        "features of a plug-in",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, features: [{name: x}]}",
                        14,
                        "only slots with 'plugin: external' list features"),
                of(
                        "duration without unit",
                        "duration: 60 s",
                        "duration: 60",
                        19,
                        "'duration': 60 has no unit; write e.g. 60 s"),
                of(
                        "duration of zero",
                        "duration: 60 s",
                        "duration: 0 s",
                        19,
                        "'duration' is 0 s; it must be at least 1 ms"),
                of(
                        "negative duration",
                        "duration: 60 s",
                        "duration: -60 s",
                        19,
                        "'duration' is -60 s; a time cannot be negative"),
                of(
                        "endless duration",
                        "duration: 60 s",
                        "duration: 25 h",
                        19,
                        "'duration' is 25 h; at most 24 h are possible"),
                of(
                        "duration in volts",
                        "duration: 60 s",
                        "duration: 60 mV",
                        19,
                        "'60 mV' is a voltage, but a time is needed"),
                of(
                        "no duration",
                        "duration: 60 s",
                        "title: x",
                        18,
                        "phase 'baseline' has no end; write e.g. duration: 60 s"),
                of(
                        "condition without atMost",
                        "duration: 60 s",
                        "end: {input: eeg}",
                        19,
                        "ends on a condition that may never come; write e.g. atMost: 20 min"),
                of(
                        "end of what is no source",
                        "duration: 60 s",
                        "end: {input: alpha}\n    atMost: 1 min",
                        19,
                        "slot 'alpha' holds a processor; only the input of a source ends"),
                of(
                        "decisions of no trigger",
                        "duration: 2 min",
                        "end: {decisions: {trigger: hihg, count: 2}}\n    atMost: 1 min",
                        22,
                        "this phase has no trigger 'hihg'; did you mean 'high'?"),
                of(
                        "duration and end",
                        "duration: 60 s",
                        "duration: 60 s\n    end: {input: eeg}\n    atMost: 1 min",
                        18,
                        "has both a duration and an end condition"),
                of(
                        "two end conditions",
                        "duration: 60 s",
                        "end: {input: eeg, feature: {feature: alpha/mean, above: 1 uV}}\n    atMost: 1 min",
                        19,
                        "too many entries"),
                of(
                        "unknown slot in phase",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [eeg, alpha, loop, lop]\n",
                        20,
                        "there is no slot 'lop'; did you mean 'loop'?"),
                of(
                        "processor without its input",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [alpha, loop]\n",
                        20,
                        "phase 'baseline' runs 'alpha' but not 'eeg', from which it takes its input"),
                of(
                        "slot twice in phase",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [eeg, eeg, alpha, loop]\n",
                        20,
                        "names the same thing twice"),
                of(
                        "two phases of one id",
                        "id: baseline",
                        "id: treatment",
                        21,
                        "there are two phases 'treatment'; the first stands in line 18"),
                of(
                        "parameter that cannot change",
                        "{amplitude: 30 uV}",
                        "{length: 3 s}",
                        24,
                        "'length' of plug-in 'synthetic' cannot change while a session runs"),
                of(
                        "parameter of a slot at rest",
                        "{eeg: {amplitude: 30 uV}}",
                        "{other: {amplitude: 30 uV}}",
                        24,
                        "slot 'other' does not run in this phase"),
                of(
                        "trigger without refractory time",
                        "        refractory: 5 s\n",
                        "",
                        26,
                        "trigger 'high' has no refractory time; write e.g. refractory: 5 s"),
                of("refractory time of zero", "refractory: 5 s", "refractory: 0 s", 31, "it must be at least 1 ms"),
                of(
                        "hold as long as the phase",
                        "hold: 1 s",
                        "hold: 2 min",
                        30,
                        "which is as long as the whole phase; it could never fire"),
                of("cap of zero", "perMinute: 6", "perMinute: 0", 32, "is 0 but must be at least 1"),
                of(
                        "baseline that comes later",
                        "baseline: baseline,",
                        "baseline: one,",
                        29,
                        "phase 'one' is not certainly over when this phase begins"),
                of(
                        "baseline that is itself",
                        "baseline: baseline,",
                        "baseline: treatment,",
                        29,
                        "a baseline must come before"),
                of(
                        "unknown baseline",
                        "baseline: baseline,",
                        "baseline: basline,",
                        29,
                        "there is no phase 'basline'; did you mean 'baseline'?"),
                of(
                        "baseline that does not run the slots",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [eeg, alpha]\n",
                        29,
                        "the baseline phase 'baseline' does not run loop"),
                of(
                        "baseline without factor",
                        "{baseline: baseline, factor: 1.2}",
                        "{baseline: baseline}",
                        29,
                        "needs 'factor' or 'sd'"),
                of(
                        "threshold without unit",
                        "above: {baseline: baseline, factor: 1.2}",
                        "above: 5",
                        29,
                        "the threshold of 'alpha/mean': 5 has no unit; write e.g. 5 uV"),
                of(
                        "threshold of another dimension",
                        "above: {baseline: baseline, factor: 1.2}",
                        "above: 5 Hz",
                        29,
                        "is a frequency, but a voltage is needed"),
                of(
                        "no threshold",
                        "        above: {baseline: baseline, factor: 1.2}\n",
                        "",
                        26,
                        "trigger 'high' has no threshold; write e.g. above: 0.7"),
                of(
                        "two thresholds",
                        "above: {baseline",
                        "below: 3 uV\n        above: {baseline",
                        26,
                        "has both 'above' and 'below'"),
                of(
                        "trigger watches what is not connected",
                        "feature: alpha/mean",
                        "feature: alpha/edges.first",
                        28,
                        "which is not among the inputs of slot 'loop'"),
                of(
                        "trigger watches a vector",
                        "feature: alpha/mean",
                        "feature: alpha/edges",
                        28,
                        "has several components; write one of alpha/edges.first, alpha/edges.last"),
                of(
                        "trigger of an actuator",
                        "slot: loop\n",
                        "slot: tens\n",
                        27,
                        "slot 'tens' (tens) is an actuator, but an intervention is needed here"),
                of("unknown action", "action: burst", "action: brust", 35, "cannot do 'brust'; did you mean 'burst'?"),
                of(
                        "missing argument",
                        "with: {amplitude: 10 mA, pulseWidth: 200 us}",
                        "with: {amplitude: 10 mA}",
                        36,
                        "action 'burst' needs 'pulseWidth', between 50 and 400 us"),
                of(
                        "argument out of range",
                        "amplitude: 10 mA",
                        "amplitude: 31 mA",
                        36,
                        "'amplitude' is 31 mA, but the device takes between 0 and 30 mA"),
                of(
                        "argument without unit",
                        "amplitude: 10 mA",
                        "amplitude: 10",
                        36,
                        "'amplitude': 10 has no unit; write e.g. 10 mA"),
                of("unknown argument", "amplitude: 10 mA", "amplitude: 10 mA, width: 3", 36, "has no argument 'width'"),
                of(
                        "actuator at rest",
                        "slots: [eeg, alpha, loop, tens, nrs]",
                        "slots: [eeg, alpha, loop, nrs]",
                        34,
                        "slot 'tens' does not run in this phase"),
                of(
                        "unknown item",
                        "item: pain",
                        "item: pian",
                        38,
                        "slot 'nrs' has no item 'pian'; did you mean 'pain'?"),
                of(
                        "rating by a source",
                        "{slot: nrs, item",
                        "{slot: eeg, item",
                        38,
                        "slot 'eeg' holds a source; ratings are asked by an outcome instrument"),
                of("rating at no moment", ", at: end}", "}", 38, "write at: start, at: end, or every: 5 min"),
                of(
                        "rating at an unknown moment",
                        "at: end",
                        "at: middle",
                        38,
                        "is 'middle' but must be one of: start, end"),
                of("repeated never", "repeat: 2", "repeat: 0", 40, "is 0 but must be at least 1"),
                of(
                        "unknown order",
                        "order: random",
                        "order: shuffled",
                        41,
                        "is 'shuffled' but must be one of: given, random"),
                of(
                        "unknown key",
                        "duration: 60 s",
                        "duration: 60 s\n    trigers: []",
                        20,
                        "'trigers' is not known here; did you mean 'triggers'?"),
                of("key twice", "seed: 42", "seed: 42\nseed: 43", 4, "'seed' stands here twice, first in line 3"),
                of("other format", "anodyne: 1", "anodyne: 2", 1, "is 2 but must be 1"),
                of("no phases", GOOD.substring(GOOD.indexOf("phases:")), "", 1, "the protocol has no phases"),
                of(
                        "not YAML",
                        "parameters: {amplitude: 20 uV}",
                        "parameters: {amplitude: 20 uV",
                        8,
                        "this is not YAML"),
                of("tag", "id: catalogue", "id: !!java.lang.Runtime catalogue", 2, "is not understood; leave it out"),
                of("number for an id", "id: catalogue", "id: 17", 2, "'id' is the number 17 but must be a text"),
                of("negative seed", "seed: 42", "seed: -1", 3, "is -1 but must be at least 0"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isToldWithItsLine(Case c) {
        assertTrue(GOOD.contains(c.from), "the case changes nothing");
        String text = GOOD.replace(c.from, c.to);
        List<Fault> faults = faults(text, Map.of());
        assertTrue(
                faults.stream().anyMatch(f -> f.line() == c.line && f.message().contains(c.words)),
                "wanted line " + c.line + ": " + c.words + "\n got " + faults);
        List<Integer> lines = faults.stream().map(Fault::line).toList();
        assertEquals(lines.stream().sorted().toList(), lines, "in the order of lines");
    }

    static List<Fault> faults(String text, Map<String, String> inputs) {
        try {
            new ProtocolReader(FakePlugins.installed()).compile(text, inputs);
            return List.of();
        } catch (ProtocolException e) {
            return e.faults();
        }
    }

    @Test
    void theGoodOneHasNone() {
        assertEquals(List.of(), faults(GOOD, Map.of()));
    }

    /** Only what truly follows is told besides: a lab that reads ten lines for one slip stops reading. */
    @Test
    void oneSlipGivesOneFault() {
        Set<String> several = new TreeSet<>();
        cases().filter(c -> faults(GOOD.replace(c.from, c.to), Map.of()).size() > 1)
                .forEach(c -> several.add(c.name));
        assertEquals(
                Set.of("circle", "no samples there", "port takes one", "reserved slot", "two phases of one id"),
                several);
    }

    @Test
    void allAreToldAtOnce() {
        String text = GOOD.replace("plugin: mean", "plugin: maen")
                .replace("duration: 60 s", "duration: 60")
                .replace("        refractory: 5 s\n", "")
                .replace("repeat: 2", "repeat: 0");
        assertEquals(
                List.of(9, 19, 26, 39),
                faults(text, Map.of()).stream().map(Fault::line).toList());
    }
}
