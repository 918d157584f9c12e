import assert from 'node:assert/strict';
import {test} from 'node:test';
import {strength} from '../views/accounts/password.js';

test('how strong a password is', () => {
  assert.deepEqual(strength('short', 'Ada'), {word: 'short', more: 7});
  for (const weak of ['aaaaaaaaaaaaaaaa', '123456789012', 'abcabcabcabc', 'passwordpassword', 'qwertyuiopqwertz', 'Ada Lovelace Ada Lovelace']) {
    assert.equal(strength(weak, 'Ada Lovelace').word, 'weak', weak);
  }
  assert.equal(strength('green boat river', 'Ada').word, 'fair');
  assert.equal(strength('four green boats went down the river', 'Ada').word, 'good');
  assert.equal(strength('vK7!qP2#mX9$wL4&zR8', 'Ada').word, 'good');
});
