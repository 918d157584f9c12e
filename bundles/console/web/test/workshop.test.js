import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {duplicate, forDryRun, free, removeSlot, renamePhase, renameSlot, runs, unwrap, wrap} from '../views/workshop/edits.js';
import {duration, quantity, round, seconds, units} from '../views/workshop/units.js';
import {changed, Reading} from '../views/workshop/yamltext.js';

const example = name => readFileSync(new URL(`../../../../docs/examples/${name}.yaml`, import.meta.url), 'utf8');
const value = text => new Reading(text).value;

test('a slot is renamed wherever it is named', () => {
  const v = value(changed(example('closed-loop-tens'), d => { renameSlot(d, 'pain', 'state'); renameSlot(d, 'tens', 'unit'); renameSlot(d, 'alpha', 'alfa'); }));
  assert.deepEqual(Object.keys(v.slots), ['eeg', 'eda', 'alfa', 'scr', 'state', 'loop', 'unit']);
  assert.deepEqual(v.slots.loop.inputs.features, ['state/probability']);
  assert.deepEqual(v.slots.state.inputs.features, ['alfa/relative', 'scr/phasic']);
  assert.deepEqual(v.slots.state.parameters.weights, {'alfa/relative': -0.4, 'scr/phasic': 0.4});
  assert.deepEqual(v.phases[1].slots, ['eeg', 'eda', 'alfa', 'scr', 'state', 'loop', 'unit']);
  assert.equal(v.phases[1].triggers[0].feature, 'state/probability');
  assert.equal(v.phases[1].triggers[0].do.slot, 'unit');
  const cbt = value(changed(example('therapy-cbt'), d => renameSlot(d, 'therapy', 'course')));
  assert.equal(cbt.phases[1].end.finished, 'course');
  assert.deepEqual(cbt.phases[2].parameters, {course: {session: 2}});
});

test('a slot is taken away from phases, inputs and what phases change', () => {
  const v = value(changed(example('closed-loop-tens'), d => removeSlot(d, 'eeg')));
  assert.equal('eeg' in v.slots, false);
  assert.equal('inputs' in v.slots.alpha, false);
  assert.deepEqual(v.phases[0].slots, ['eda', 'alpha', 'scr', 'pain', 'loop']);
  assert.equal('parameters' in value(changed(example('therapy-cbt'), d => removeSlot(d, 'therapy'))).phases[2], false);
});

test('a phase is renamed where it is a baseline', () => {
  const v = value(changed(example('closed-loop-tens'), d => renamePhase(d, ['phases', 0], 'baseline', 'rest')));
  assert.equal(v.phases[0].id, 'rest');
  assert.equal(v.slots.pain.parameters.calibration.phase, 'rest');
});

test('a block is made and dissolved without a trace', () => {
  const text = example('neurofeedback-garden');
  const block = changed(text, d => wrap(d, ['phases'], 1));
  assert.deepEqual(value(block).phases[1].block.phases.map(p => p.id), ['training']);
  assert.equal(value(block).phases[1].block.repeat, 2);
  assert.deepEqual(value(changed(block, d => unwrap(d, ['phases'], 1))), value(text));
});

test('slots run in phases in the order of the slots', () => {
  const order = ['eeg', 'eda', 'alpha', 'scr'];
  const off = changed(example('resting-alpha'), d => runs(d, ['phases', 0], 'eda', false, order));
  assert.deepEqual(value(off).phases[0].slots, ['eeg', 'alpha', 'scr']);
  assert.deepEqual(value(changed(off, d => runs(d, ['phases', 0], 'eda', true, order))).phases[0].slots, order);
});

test('a copy stands behind what it is of', () => {
  const v = value(changed(example('resting-alpha'), d => duplicate(d, ['phases'], 0, {id: 'again', duration: '1 s', slots: ['eeg']})));
  assert.deepEqual(v.phases.map(p => p.id), ['rest', 'again']);
  assert.equal(free('rest', ['rest', 'rest2']), 'rest3');
});

test('a dry run has synthetic signals, nothing on a screen, and hands nothing on', () => {
  const text = `anodyne: 1
id: a
slots:
  eeg: {plugin: openbci-cyton, parameters: {daisy: true}} # the amplifier
  alpha: {plugin: band-power, inputs: {samples: eeg/exg}}
  out: {plugin: lsl-outlet, inputs: {samples: eeg/exg}}
  display: {plugin: display, parameters: {mode: headset}}
phases:
  - {id: p, duration: 1 s, slots: [eeg, alpha, out, display], parameters: {eeg: {x: 1}}}
`;
  const v = value(changed(text, d => forDryRun(d, {
    eeg: {kind: 'source', plugin: 'openbci-cyton', instead: 'eeg'},
    out: {kind: 'sink', plugin: 'lsl-outlet'},
    display: {kind: 'display', plugin: 'display'},
  })));
  assert.deepEqual(v, {anodyne: 1, id: 'a', slots: {
    eeg: {plugin: 'synthetic', parameters: {kind: 'eeg'}},
    alpha: {plugin: 'band-power', inputs: {samples: 'eeg/eeg'}},
    display: {plugin: 'display', parameters: {mode: 'headless'}},
  }, phases: [{id: 'p', duration: '1 s', slots: ['eeg', 'alpha', 'display']}]});
});

test('quantities and durations', () => {
  assert.deepEqual(quantity('200 us'), {number: '200', unit: 'us'});
  assert.deepEqual(quantity('10µV²'), {number: '10', unit: 'uV^2'});
  assert.deepEqual(quantity(8), {number: '8', unit: ''});
  assert.equal(seconds('2 min'), 120);
  assert.ok(Number.isNaN(seconds('2')));
  assert.deepEqual([0.5, 90, 120, 5400, 7200].map(duration), ['500 ms', '90 s', '2 min', '90 min', '2 h']);
  assert.deepEqual([3.3, 91.2, 333, 4000].map(round), [3.5, 91, 335, 4020]);
  assert.ok(units('mA').includes('uA') && !units('mA').includes('V'));
  assert.deepEqual(units('%MSO'), ['%MSO']);
});
