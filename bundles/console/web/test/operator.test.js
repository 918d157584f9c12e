import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FeatureStore, Ring} from '../views/operator/feature-store.js';
import {Samples, nice} from '../views/operator/trace.js';

const kept = (s, c, i) => s.data[c][i % s.capacity];

test('blocks in another order leave no hole, a missing one does', () => {
  const s = new Samples(2, 100, 1);
  s.add(0, Float32Array.of(0, 100, 1, 101));
  s.add(4, Float32Array.of(4, 104, 5, 105));
  assert.ok(Number.isNaN(kept(s, 0, 2)) && Number.isNaN(kept(s, 1, 3)));
  s.add(2, Float32Array.of(2, 102, 3, 103));
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(i => kept(s, 1, i)), [100, 101, 102, 103, 104, 105]);
  assert.equal(s.last, 5);
});

test('a source that counts anew begins anew, and rings do not grow', () => {
  const s = new Samples(1, 100, 1);
  for (let i = 0; i < 10000; i += 10) s.add(i, new Float32Array(10).fill(i));
  assert.equal(s.data[0].length, 100);
  s.add(0, Float32Array.of(7));
  assert.equal(s.last, 0);
  assert.equal(kept(s, 0, 0), 7);
  assert.ok(Number.isNaN(kept(s, 0, 50)));
});

test('features in another order are told in theirs', () => {
  const r = new Ring(1);
  for (const t of [1, 2, 4, 3, 5]) r.add(t, [10 * t]);
  assert.deepEqual(r.since(10, 100), [[1, 2, 3, 4, 5], [10, 20, 30, 40, 50]]);
  assert.deepEqual(r.since(1, 100)[0], [4, 5]);
  r.add(6, [null]);
  assert.deepEqual(r.since(1, 100), [[5, 6], [50, null]]);
});

test('thresholds are those of the phase; one of a baseline is known once it was judged by', () => {
  const f = new FeatureStore();
  f.plan({slots: [{slot: 'alpha', publishes: [{name: 'relative', unit: '1', components: ['left', 'right'], perPhase: false}]}]}, {});
  const plan = {phases: {treat: {triggers: {loop: [
    {id: 'high', feature: 'alpha/relative.right', comparison: 'ABOVE', threshold: {value: 0.7}},
    {id: 'low', feature: 'alpha/relative.left', comparison: 'BELOW', threshold: {baseline: 'rest', factor: 1, sd: -1}}]}}}};
  assert.deepEqual(f.thresholds('alpha/relative', plan, 'rest'), []);
  assert.deepEqual(f.thresholds('alpha/relative', plan, 'treat'), [
    {trigger: 'high', component: 1, above: true, value: 0.7}, {trigger: 'low', component: 0, above: false, value: null}]);
  f.decided({trigger: 'low', threshold: 0.31});
  assert.equal(f.thresholds('alpha/relative', plan, 'treat')[1].value, 0.31);
});

test('scales are 1, 2 or 5 times a power of ten', () => {
  assert.deepEqual([0.03, 0.2, 3, 51, 900].map(nice), [0.05, 0.2, 5, 100, 1000]);
});
