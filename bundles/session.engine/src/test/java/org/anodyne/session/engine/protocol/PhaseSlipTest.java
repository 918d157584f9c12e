package org.anodyne.session.engine.protocol;

import java.util.stream.Stream;

/** Phases: how long they last, which slots run, which parameters change. */
class PhaseSlipTest extends ProtocolSlips {
    static Stream<Slip> slips() {
        return Stream.of(
                slip(
                        "duration without unit",
                        "duration: 60 s",
                        "duration: 60",
                        19,
                        "'duration': 60 has no unit; write e.g. 60 s"),
                slip(
                        "duration of zero",
                        "duration: 60 s",
                        "duration: 0 s",
                        19,
                        "'duration' is 0 s; it must be at least 1 ms"),
                slip(
                        "negative duration",
                        "duration: 60 s",
                        "duration: -60 s",
                        19,
                        "'duration' is -60 s; a time cannot be negative"),
                slip(
                        "endless duration",
                        "duration: 60 s",
                        "duration: 25 h",
                        19,
                        "'duration' is 25 h; at most 24 h are possible"),
                slip(
                        "duration in volts",
                        "duration: 60 s",
                        "duration: 60 mV",
                        19,
                        "'60 mV' is a voltage, but a time is needed"),
                slip(
                        "no duration",
                        "duration: 60 s",
                        "title: x",
                        18,
                        "phase 'baseline' has no end; write e.g. duration: 60 s"),
                slip(
                        "condition without atMost",
                        "duration: 60 s",
                        "end: {input: eeg}",
                        19,
                        "ends on a condition that may never come; write e.g. atMost: 20 min"),
                slip(
                        "end of what is no source",
                        "duration: 60 s",
                        "end: {input: alpha}\n    atMost: 1 min",
                        19,
                        "slot 'alpha' holds a processor; only the input of a source ends"),
                slip(
                        "decisions of no trigger",
                        "duration: 2 min",
                        "end: {decisions: {trigger: hihg, count: 2}}\n    atMost: 1 min",
                        22,
                        "this phase has no trigger 'hihg'; did you mean 'high'?"),
                slip(
                        "duration and end",
                        "duration: 60 s",
                        "duration: 60 s\n    end: {input: eeg}\n    atMost: 1 min",
                        18,
                        "has both a duration and an end condition"),
                slip(
                        "two end conditions",
                        "duration: 60 s",
                        "end: {input: eeg, feature: {feature: alpha/mean, above: 1 uV}}\n    atMost: 1 min",
                        19,
                        "too many entries"),
                slip(
                        "unknown slot in phase",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [eeg, alpha, loop, lop]\n",
                        20,
                        "there is no slot 'lop'; did you mean 'loop'?"),
                slip(
                        "processor without its input",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [alpha, loop]\n",
                        20,
                        "phase 'baseline' runs 'alpha' but not 'eeg', from which it takes its input"),
                slip(
                        "slot twice in phase",
                        "slots: [eeg, alpha, loop]\n",
                        "slots: [eeg, eeg, alpha, loop]\n",
                        20,
                        "names the same thing twice"),
                slip(
                        "two phases of one id",
                        "id: baseline",
                        "id: treatment",
                        21,
                        "there are two phases 'treatment'; the first stands in line 18"),
                slip(
                        "parameter that cannot change",
                        "{amplitude: 30 uV}",
                        "{length: 3 s}",
                        24,
                        "'length' of plug-in 'synthetic' cannot change while a session runs"),
                slip(
                        "parameter that does not go with the others",
                        "{amplitude: 30 uV}",
                        "{amplitude: 5 mV}",
                        24,
                        "5000 uV do not go with this electrode"),
                slip(
                        "parameter of a slot at rest",
                        "{eeg: {amplitude: 30 uV}}",
                        "{other: {amplitude: 30 uV}}",
                        24,
                        "slot 'other' does not run in this phase"));
    }
}
