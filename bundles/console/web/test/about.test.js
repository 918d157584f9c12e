import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toTell} from '../views/operator/about.js';

test('only what the protocol asks for is told, and nothing that was left open or typed for another protocol', () => {
  const asks = [{fact: 'interest'}, {fact: 'age'}];
  assert.deepEqual(toTell(asks, {interest: 'forest', age: ' 70 ', sex: 'female'}), {interest: 'forest', age: '70'});
  assert.deepEqual(toTell(asks, {interest: '', age: '  '}), {});
  assert.deepEqual(toTell([], {interest: 'forest'}), {});
});
