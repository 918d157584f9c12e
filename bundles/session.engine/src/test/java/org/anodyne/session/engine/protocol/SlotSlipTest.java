package org.anodyne.session.engine.protocol;

import java.util.stream.Stream;

/** Slots: plug-ins, parameters, what an actuator does after a loss, and how slots are connected. */
class SlotSlipTest extends ProtocolSlips {
    static Stream<Slip> slips() {
        return Stream.of(
                slip(
                        "unknown plug-in",
                        "plugin: mean",
                        "plugin: maen",
                        9,
                        "there is no plug-in 'maen'; did you mean 'mean'?"),
                slip(
                        "unknown plug-in without parameters and inputs",
                        "nrs: {plugin: nrs}",
                        "nrs: {plugin: questionnaire}",
                        15,
                        "there is no plug-in 'questionnaire'; there is, by what fits this slot, source: external,"
                                + " file-replay, synthetic, wary; intervention: guide, loop; actuator: tens; outcome: nrs;"
                                + " scene: world; display: display, screen"),
                slip(
                        "unknown plug-in with parameters and inputs",
                        "plugin: mean",
                        "plugin: spectrum",
                        9,
                        "there is no plug-in 'spectrum'; there is, by what fits this slot, processor: mean"),
                slip(
                        "refused plug-in",
                        "plugin: mean",
                        "plugin: broken",
                        9,
                        "is installed but cannot be used: it lacks the package org.missing"),
                slip(
                        "no plug-in",
                        "plugin: synthetic",
                        "title: x",
                        5,
                        "slot 'eeg' has no plug-in; write e.g. plugin: band-power"),
                slip("reserved slot", "nrs: {plugin: nrs}", "session: {plugin: nrs}", 15, "kept for the platform"),
                slip(
                        "unknown parameter",
                        "low: 8 Hz",
                        "low: 8 Hz\n      orden: 4",
                        13,
                        "plug-in 'mean' has no parameter 'orden'; did you mean 'order'?"),
                slip(
                        "parameters that do not go together",
                        "low: 8 Hz",
                        "low: 99 Hz",
                        11,
                        "nothing is left of a band from 99 Hz on"),
                slip(
                        "missing parameter",
                        "low: 8 Hz",
                        "order: 4",
                        11,
                        "plug-in 'mean' has no lower edge; write e.g. low: 8 Hz"),
                slip(
                        "parameter that names no phase",
                        "low: 8 Hz",
                        "low: 8 Hz\n      calibration: {phase: basline}",
                        13,
                        "'phase' of plug-in 'mean': there is no phase 'basline'; did you mean 'baseline'?"),
                slip(
                        "arming of what is no actuator",
                        "nrs: {plugin: nrs}",
                        "nrs: {plugin: nrs, afterLoss: {rearm: person}}",
                        15,
                        "'afterLoss' says when an actuator is armed again, but this slot holds an outcome"),
                slip(
                        "arming by itself without a time",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: automatic}}",
                        14,
                        "needs a time without loss; write e.g. healthyFor: 30 s"),
                slip(
                        "a time for a person's arming",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: person, healthyFor: 30 s}}",
                        14,
                        "'healthyFor' belongs to rearm: automatic"),
                slip(
                        "arming by itself at once",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: automatic, healthyFor: 200 ms}}",
                        14,
                        "'healthyFor' is less than 1 s"),
                slip(
                        "a time without unit after a loss",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: automatic, healthyFor: 30}}",
                        14,
                        "'healthyFor': 30 has no unit"),
                slip(
                        "unknown way to arm",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, afterLoss: {rearm: never}}",
                        14,
                        "must be one of: person, automatic"),
                slip("parameter without unit", "low: 8 Hz", "low: 8", 12, "'low': 8 has no unit; write e.g. 8 Hz"),
                slip(
                        "parameter of another dimension",
                        "low: 8 Hz",
                        "low: 8 s",
                        12,
                        "'low': '8 s' is a time, but a frequency is needed; write it in mHz, Hz, kHz"),
                slip(
                        "unknown unit",
                        "low: 8 Hz",
                        "low: 8 herz",
                        12,
                        "the unit 'herz' is not known here; write it in mHz, Hz"),
                slip("no quantity", "low: 8 Hz", "low: low", 12, "'low' is no quantity; write a number and its unit"),
                slip(
                        "parameter too large",
                        "low: 8 Hz",
                        "low: 2 kHz",
                        12,
                        "'low' is 2000.0 Hz but must be at most 100 Hz"),
                slip(
                        "parameter of another type",
                        "low: 8 Hz",
                        "low: 8 Hz\n      order: four",
                        13,
                        "'order' is the text 'four' but must be a whole number"),
                slip("choice", "{amplitude: 20 uV}", "{label: Pz}", 7, "'label' is 'Pz' but must be one of: Cz, Oz"),
                slip(
                        "unknown port",
                        "{samples: eeg}",
                        "{sample: eeg}",
                        10,
                        "plug-in 'mean' has no input 'sample'; did you mean 'samples'?"),
                slip(
                        "port not connected",
                        "inputs: {samples: eeg}",
                        "title: x",
                        8,
                        "input 'samples' of 'mean' is not connected"),
                slip(
                        "port takes one",
                        "{samples: eeg}",
                        "{samples: [eeg, other]}",
                        10,
                        "takes one, but 2 are connected"),
                slip(
                        "unknown slot in input",
                        "{samples: eeg}",
                        "{samples: egg}",
                        10,
                        "there is no slot 'egg'; did you mean 'eeg'?"),
                slip(
                        "no samples there",
                        "{samples: eeg}",
                        "{samples: loop}",
                        10,
                        "slot 'loop' (loop) gives no samples"),
                slip(
                        "feature without a slot",
                        "[alpha/mean]}}",
                        "[alpha]}}",
                        13,
                        "'alpha' does not name a feature; write slot/feature"),
                slip(
                        "unknown feature",
                        "[alpha/mean]}}",
                        "[alpha/maen]}}",
                        13,
                        "slot 'alpha' (mean) gives no feature 'maen'; did you mean 'mean'?"),
                slip(
                        "unknown component",
                        "[alpha/mean]}}",
                        "[alpha/edges.middle]}}",
                        13,
                        "has no component 'middle'; there is: first, last"),
                slip(
                        "circle",
                        "inputs: {samples: eeg}",
                        "inputs: {samples: alpha}",
                        10,
                        "the inputs go in a circle: alpha takes from alpha"),
                slip(
                        "features of a plug-in",
                        "tens: {plugin: tens}",
                        "tens: {plugin: tens, features: [{name: x}]}",
                        14,
                        "only slots with 'plugin: external' list features"));
    }
}
