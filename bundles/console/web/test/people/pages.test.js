import test from 'node:test';
import assert from 'node:assert/strict';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {at, moves} from '../../views/participant/pace.js';
import {questions} from '../../views/participant/instrument.js';
import {entryOf, left, recalled, withMemory} from '../../views/participant/plan.js';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '../..');
const shell = readFileSync(join(WEB, 'shell.html'), 'utf8');
const imports = JSON.parse(/<script type="importmap">(.*?)<\/script>/s.exec(shell)[1]).imports;

/** The file behind an address of the pages. */
const file = path => (path.startsWith('/vendor/') ? join(WEB, '../node_modules', path.slice(8)) : join(WEB, path));

/** Everything that a module needs, itself included. */
function needs(path, all = new Set()) {
  if (all.has(path)) return all;
  all.add(path);
  const text = readFileSync(file(path), 'utf8');
  for (const [, from] of text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]/gm)) {
    const to = imports[from] || (from.startsWith('.') ? normalize(join(dirname(path), from)) : '');
    if (to && existsSync(file(to))) needs(to, all);
  }
  return all;
}

test('the service worker keeps every file that the participant\'s page needs', () => {
  const listed = new Function(`${readFileSync(join(WEB, 'sw.js'), 'utf8').split('self.addEventListener')[0]}; return FILES;`)();
  const needed = new Set([...needs('/main.js'), ...needs('/views/participant.js')]);
  for (const [, href] of shell.matchAll(/(?:href|src)="(\/[^"]+)"/g)) needed.add(href);
  for (const language of ['en', 'de', 'zh']) for (const part of ['common', 'participant']) needed.add(`/messages/${language}/${part}.json`);
  assert.deepEqual([...needed].filter(path => !listed.includes(path)), []);
  assert.deepEqual(listed.filter(path => path !== '/participant' && !existsSync(file(path))), []);
  assert.ok(needed.size > 40, `only ${needed.size} files`);
});

test('every text of participant and assessor is there in every language, with the same blanks', () => {
  const places = {participant: ['views/participant.js', 'views/participant'], assessor: ['views/assessor.js', 'views/assessor'], home: ['views/operator/home.js']};
  for (const [part, where] of Object.entries(places)) {
    const of = language => JSON.parse(readFileSync(join(WEB, `messages/${language}/${part}.json`), 'utf8'));
    const en = of('en');
    const blanks = text => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const language of ['de', 'zh']) {
      const other = of(language);
      assert.deepEqual(Object.keys(other), Object.keys(en));
      for (const key of Object.keys(en)) assert.deepEqual(blanks(other[key]), blanks(en[key]), `${language} ${key}`);
    }
    const used = where.flatMap(w => (w.endsWith('.js') ? [w] : readdirSync(join(WEB, w)).map(f => `${w}/${f}`)))
      .flatMap(f => [...readFileSync(join(WEB, f), 'utf8').matchAll(/['"`]((?:participant|assessor|home)\.[a-z.]+[a-z])['"`]/g)].map(m => m[1]));
    assert.ok(used.length > 10);
    const prefixes = ['participant.told'];
    used.filter(k => k.startsWith(part) && !prefixes.includes(k)).forEach(key => assert.ok(key in en, `${key} is in no message file`));
  }
});

test('breaths are found, what is said before and after them is none', () => {
  const prompts = [{say: 'Sit', seconds: 10}, {say: 'Breathe out slowly', seconds: 8},
    ...Array.from({length: 6}, (_, i) => (i % 2 ? {say: 'Out', seconds: 6} : {say: 'In', seconds: 4})), {say: 'Rest', seconds: 10}];
  assert.deepEqual(moves(prompts), ['', '', 'grow', 'shrink', 'grow', 'shrink', 'grow', 'shrink', '']);
  const box = Array.from({length: 12}, (_, i) => ({say: ['In', 'Hold', 'Out', 'Hold'][i % 4], seconds: 4}));
  assert.deepEqual(moves(box).slice(0, 4), ['grow', 'hold', 'shrink', 'hold']);
  assert.deepEqual(moves([{say: 'a', seconds: 3}, {say: 'b', seconds: 3}, {say: 'a', seconds: 3}, {say: 'b', seconds: 3}]), ['', '', '', '']);
  assert.deepEqual(moves(Array.from({length: 8}, () => ({say: 'Relax', seconds: 5}))), Array(8).fill(''));
  assert.deepEqual(moves(Array.from({length: 8}, (_, i) => ({say: 'ab'[i % 2], seconds: 60}))), Array(8).fill(''));
});

test('a practice is at the prompt whose time it is', () => {
  const prompts = [{say: 'a', seconds: 10}, {say: 'b', seconds: 5}];
  assert.deepEqual(at(prompts, 0), {index: 0, within: 0, left: 15, over: false});
  assert.deepEqual(at(prompts, 12), {index: 1, within: 2, left: 3, over: false});
  assert.equal(at(prompts, 15).over, true);
});

test('an instrument\'s file becomes questions', () => {
  const [choice, scale] = questions({instruction: 'Lately:', answers: [{id: 'yn', list: [{value: 0, text: 'No'}, {value: 1, text: 'Yes'}]}],
    items: [{id: '1', text: 'Sad?', answers: 'yn'}, {id: '2', text: 'Pain?', min: 0, max: 10, minAnchor: 'none', instruction: 'Now:'}]});
  assert.deepEqual([choice.minimum, choice.maximum, choice.instruction, choice.choices.length], [0, 1, 'Lately:', 2]);
  assert.deepEqual([scale.step, scale.minimumAnchor, scale.instruction, scale.choices.length], [1, 'none', 'Now:', 0]);
});

test('what was answered is shown again where the programme asks for it', () => {
  assert.equal(recalled({type: 'list'}, ['walk', ' ', 'read']), 'walk\nread');
  assert.equal(recalled({type: 'grid', rows: ['Mon', 'Tue']}, [['a', 'b'], ['', '']]), 'Mon: a, b');
  const step = {recall: {'goal.what': 'Your goal', 'goal.when': 'When'}, fields: []};
  assert.deepEqual(withMemory(step, {'goal.what': 'To walk'}).remembered, {'Your goal': 'To walk'});
});

test('entries say what was done and of which text', () => {
  const programme = {id: 'p', fingerprint: 'f'};
  const step = {activity: '1-2', kind: 'practice', lesson: 'l', name: 'breathing', skill: 's'};
  assert.deepEqual(entryOf(programme, step, {seconds: 9, whole: true, fields: {}, skipped: false}), {kind: 'practice',
    body: {programme: 'p', fingerprint: 'f', step: '1-2', lesson: 'l', name: 'breathing', skill: 's', seconds: 9, whole: true}});
  assert.deepEqual(left({steps: [{activity: '1-1'}, {activity: '1-2'}]}, new Set(['1-1'])), [{activity: '1-2'}]);
});
