import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {changed, insert, move, put, Reading, rename, steps} from '../views/workshop/yamltext.js';

const example = name => readFileSync(new URL(`../../../../docs/examples/${name}.yaml`, import.meta.url), 'utf8');
const diff = (a, b) => {
  const l = a.split('\n'), r = b.split('\n');
  return {gone: l.filter(x => !r.includes(x)), come: r.filter(x => !l.includes(x))};
};

test('a changed value touches its own line alone', () => {
  const text = example('closed-loop-tens');
  const after = changed(text, d => put(d, ['phases', 1, 'triggers', 0, 'hold'], '2 s'));
  assert.deepEqual(diff(text, after), {gone: ['        hold: 1 s'], come: ['        hold: 2 s']});
  assert.equal(after.split('\n').length, text.split('\n').length);
});

test('a parameter in a line keeps the comment above and the spaces of other lines', () => {
  const text = example('closed-loop-tens');
  const after = changed(text, d => put(d, ['slots', 'tens', 'parameters', 'maximumAmplitude'], '12 mA'));
  assert.equal(diff(text, after).come.length, 1);
  assert.ok(after.includes('# The unit answers within 100 ms'));
  assert.ok(after.includes('  eeg:   {plugin: synthetic'));
  assert.equal(new Reading(after).value.slots.tens.parameters.maximumAmplitude, '12 mA');
});

test('slots are added, renamed and taken away', () => {
  const text = example('resting-alpha');
  const added = changed(text, d => put(d, ['slots', 'nrs'], {plugin: 'ratings'}));
  assert.deepEqual(diff(text, added).come, ['  nrs: {plugin: ratings}']);
  const renamed = changed(added, d => rename(d, ['slots'], 'nrs', 'pain'));
  assert.deepEqual(Object.keys(new Reading(renamed).value.slots), ['eeg', 'eda', 'alpha', 'scr', 'pain']);
  assert.equal(changed(renamed, d => put(d, ['slots', 'pain'], undefined)), text);
});

test('phases are inserted and moved', () => {
  const text = example('neurofeedback-garden');
  const more = changed(text, d => insert(d, ['phases'], 1, {id: 'rest', duration: '1 min', slots: ['eeg']}, false));
  assert.deepEqual(diff(text, more).come, ['  - id: rest', '    slots: [eeg]']);
  const moved = changed(more, d => move(d, ['phases'], 1, ['phases'], 0));
  assert.deepEqual(new Reading(moved).value.phases.map(p => p.id), ['rest', 'baseline', 'training']);
});

test('what is missing above is made, and the last of a list leaves an empty one', () => {
  const after = changed('anodyne: 1\nid: a\nslots: {}\nphases: []\n', d => {
    put(d, ['slots', 'eeg'], {plugin: 'synthetic'});
    put(d, ['slots', 'eeg', 'parameters', 'kind'], 'eda');
    insert(d, ['phases'], 0, {id: 'p', duration: '1 s', slots: []}, false);
  });
  assert.deepEqual(new Reading(after).value, {anodyne: 1, id: 'a',
    slots: {eeg: {plugin: 'synthetic', parameters: {kind: 'eda'}}}, phases: [{id: 'p', duration: '1 s', slots: []}]});
  assert.deepEqual(new Reading(changed(after, d => put(d, ['phases', 0], undefined))).value.phases, []);
});

test('numbers are written as numbers and texts with meaning are quoted', () => {
  const after = changed('a: 10\nb: x\n', d => { put(d, ['a'], 0.25); put(d, ['b'], '8'); });
  assert.deepEqual(new Reading(after).value, {a: 0.25, b: '8'});
});

test('faults find their lines', () => {
  const r = new Reading(example('closed-loop-tens'));
  assert.equal(r.text.split('\n')[r.line(steps('phases[1].triggers[0].refractory')) - 1].trim(), 'refractory: 6 s');
  assert.equal(r.text.split('\n')[r.line(steps('slots.pain.parameters.nothing')) - 1].trim(), 'parameters:');
  assert.equal(new Reading('a: [1, 2\nb: 3\n').value, null);
});
