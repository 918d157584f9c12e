import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

const folder = new URL('../messages/', import.meta.url);
const names = readdirSync(new URL('en/', folder));
const read = (language, name) => JSON.parse(readFileSync(new URL(`${language}/${name}`, folder), 'utf8'));
const marks = text => [...text.matchAll(/\{\w+\}/g)].map(m => m[0]).sort();

for (const language of readdirSync(folder)) {
  test(`every text is there in ${language}, with the same places for what is put in`, () => {
    assert.deepEqual(readdirSync(new URL(language + '/', folder)), names);
    for (const name of names) {
      const english = read('en', name), other = read(language, name);
      assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort(), name);
      for (const key of Object.keys(english)) {
        assert.deepEqual([...new Set(marks(other[key]))], [...new Set(marks(english[key]))], key);
        assert.notEqual(other[key].trim(), '', key);
      }
    }
  });
}
