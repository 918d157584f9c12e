// Makes the documentation's pictures of the console's pages anew, from sessions with simulated devices.
//
//   node cnf/tools/pictures-console.mjs                 docs/pictures/console-*.jpg, each page as it is mostly used
//   node cnf/tools/pictures-console.mjs --all FOLDER    each page there on a desk and a phone, light and dark, to be looked at
//
// After ./anodyne build; needs Chromium (CHROMIUM=path), Node 18 or later, Linux.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {browser, lab, operator, platform, root, until, visitor, wait} from './console-lab.mjs';

const all = process.argv[2] === '--all';
const folder = all ? resolve(process.argv[3]) : join(root, 'docs/pictures');
const PASSWORD = 'a sentence for pictures';
const DESK = {width: 1280, height: 900, mobile: false}, PHONE = {width: 390, height: 844, mobile: true};

const PROTOCOL = `anodyne: 1
id: guided-visit
title: Relaxation with TENS, guided
seed: 4
slots:
  eeg:     {plugin: synthetic, parameters: {kind: eeg, channels: 8, episode: 5 s}}
  alpha:   {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
  loop:    {plugin: closed-loop, inputs: {features: [alpha/relative]}}
  tens:    {plugin: tens-rehastim, parameters: {maximumAmplitude: 15 mA, replyTimeout: 1 s}}
  nrs:     {plugin: ratings}
  effects: {plugin: instruments, parameters: {instruments: [adverse-events]}}
  lessons: {plugin: cbt, parameters: {delivery: guided, session: 3}}
phases:
  - id: rest
    duration: 60 s
    slots: [eeg, alpha, nrs]
    ratings: [{slot: nrs, item: pain, at: start, within: 55 s}]
  - id: treatment
    duration: 30 s
    slots: [eeg, alpha, loop, tens]
    triggers:
      - {id: relaxed, slot: loop, feature: alpha/relative, above: 0.2, refractory: 3 s, do: {slot: tens, action: burst, with: {amplitude: 5 mA, pulseWidth: 200 us, frequency: 100 Hz, duration: 500 ms}}}
  - id: lesson
    duration: 20 min
    slots: [eeg, alpha, lessons]
  - id: after
    duration: 10 min
    slots: [eeg, alpha, effects]
    ratings: [{slot: effects, at: start, within: 9 min}]
`;

async function main() {
  mkdirSync(folder, {recursive: true});
  const url = await platform();
  const b = await browser();
  await b.send('Network.enable');
  await b.send('Page.enable');
  const as = async who => { const [name, value] = who.cookie.split('='); await b.send('Network.setCookie', {name, value, url, httpOnly: true}); };
  const seen = (css, what = css) => until(() => b.evaluate(`!!document.querySelector(${JSON.stringify(css)})`), 60, what);
  const says = text => until(() => b.evaluate(`document.body.innerText.includes(${JSON.stringify(text)})`), 90, `'${text}'`);
  const press = css => b.evaluate(`document.querySelector(${JSON.stringify(css)}).click()`);
  const choose = (css, value) => b.evaluate(`(e => { e.value = ${JSON.stringify(value)}; e.dispatchEvent(new Event(e.tagName === 'SELECT' ? 'change' : 'input', {bubbles: true})); })(document.querySelector(${JSON.stringify(css)}))`);
  const size = s => b.send('Emulation.setDeviceMetricsOverride', {...s, deviceScaleFactor: 1});
  const go = async (path, form = DESK) => { await size(form); await b.send('Page.navigate', {url: 'about:blank'}); await b.send('Page.navigate', {url: url + path}); await wait(800); };

  /** What is shown now. @param {string} name @param {any} form how the page is mostly used @param {string} [top] what is brought to the upper edge */
  async function picture(name, form = DESK, top = '') {
    for (const f of all ? [DESK, PHONE] : [form]) {
      for (const theme of all ? ['light', 'dark'] : ['light']) {
        await size(f);
        await b.send('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value: theme}]});
        await b.evaluate(`window.scrollTo(0, 0); ${top ? `document.querySelector(${JSON.stringify(top)}).scrollIntoView({block: 'start'})` : ''}`);
        await wait(1200);
        const {data} = await b.send('Page.captureScreenshot', {format: 'jpeg', quality: 80});
        const file = join(folder, all ? `${name}-${f.mobile ? 'phone' : 'desk'}-${theme}.jpg` : `console-${name}.jpg`);
        writeFileSync(file, Buffer.from(data, 'base64'));
        console.log(file);
      }
    }
    await b.send('Emulation.setEmulatedMedia', {features: []});
    await size(form);
  }

  await go('/');
  await seen('form');
  await picture('first-start');
  const admin = await operator(url);
  for (const [name, role] of [['Olga Operator', 'operator'], ['Asa Assessor', 'assessor']]) await admin.ask('POST', '/accounts', {name, role, password: PASSWORD});
  await admin.ask('PUT', '/protocols/guided-visit', {text: PROTOCOL});
  await go('/');
  await seen('form');
  await picture('door');

  await as(admin);
  await go('/operator');
  await until(() => b.evaluate(`!!document.querySelector("form.setup select option[value='guided-visit']")`), 60, 'the protocols');
  await choose('form.setup select', 'guided-visit');
  await choose('input[list=participants]', 'P01');
  await seen('.place');
  await picture('before');
  await go('/workshop#protocol=guided-visit');
  await seen('.w-sides');
  await wait(2000);
  await picture('workshop');

  await admin.ask('POST', '/visits', {protocol: 'guided-visit', participant: 'P01', simulated: true, simulate: {tens: true}});
  await until(async () => (await admin.ask('GET', '/session?brief=1')).state === 'READY', 90, 'readiness');
  await go('/operator');
  await seen('.slot-list');
  await wait(2500);
  await picture('ready');
  const person = await visitor(url, 'join', {code: (await admin.ask('POST', '/session/code', {})).code});
  await admin.ask('POST', '/session/begin', {with: {}});
  await as(person);
  await go('/participant', PHONE);
  await seen('.number-choice');
  await press('.number-choice:nth-child(5) input');
  await picture('participant', PHONE);
  await press('.go .main');
  await says('All sent'); // else the device keeps it until it is here again
  await as(admin);
  await go('/operator');
  await says('Trigger fired');
  await wait(6000);
  await admin.ask('POST', '/session/note', {with: {text: 'turned once in the chair'}});
  await picture('operator');
  await go('/accounts');
  await seen('.dock .stop');
  await picture('accounts');

  await as(person);
  await go('/participant', PHONE);
  await seen('form.exercise, article.page, .practice', 'the lesson');
  for (let step = 0, done = new Set(); step < 14 && done.size < 3; step++) {
    await until(() => b.evaluate(`!!document.querySelector('form.exercise, article.page, .practice')`), 30, 'the next step');
    const kind = await b.evaluate(`document.querySelector('article.page') ? 'page' : document.querySelector('.practice') ? 'practice' : 'exercise'`);
    const title = await b.evaluate(`document.querySelector('h1').textContent`);
    if (!done.has(kind)) {
      done.add(kind);
      if (kind === 'practice') await wait(12000);
      await picture('participant-' + kind, PHONE);
      if (kind === 'page') {
        await as(admin);
        await go('/operator');
        await seen('.guidance');
        await picture('guided', DESK, '#h-person');
        await as(person);
        await go('/participant', PHONE);
        await seen('article.page');
      }
    }
    await press(kind === 'exercise' ? '.go button:not(.main)' : kind === 'page' ? '.go .main' : '.go button:last-child');
    await until(() => b.evaluate(`document.querySelector('h1').textContent !== ${JSON.stringify(title)}`), 30, 'what comes after ' + title);
  }

  await as(admin);
  await go('/operator');
  await seen('.dock .stop');
  await admin.ask('POST', '/adverse-events', {id: 'picture-0123456789abcdef', participant: 'P01', answers: {term: 'red skin under an electrode', onset: 0, grade: 1, serious: 0, related: 3, expected: 1, action: 1, outcome: 0}});
  await press('.dock .stop');
  await says('Emergency stop is latched');
  await wait(1500);
  await picture('stopped');
  await admin.ask('POST', '/safety/reset', {with: {reason: 'tried for a picture'}});
  const session = (await admin.ask('GET', '/session?brief=1')).session;
  await admin.ask('POST', '/session/abort', {reason: 'the pictures are made'});
  await until(async () => (await admin.ask('GET', '/visits')).visits.some(v => v.session === session && v.report), 120, 'the report');

  const home = await visitor(url, 'join', {code: (await admin.ask('POST', '/home/codes', {participant: 'P02', plan: {programme: 'pain-cbt', frame: '', ratings: ['nrs', 'phq-4'], diary: true}})).code});
  const plan = await home.ask('GET', '/home/plan');
  for (let day = 0; day < 9; day++) {
    const made = new Date(Date.now() - (9 - day) * 86400000).toISOString();
    await home.ask('POST', '/home/entries', {id: `picture-diary-0123456789-${day}`, kind: 'diary', made, body: {programme: 'pain-cbt', seconds: 40, fields: {'average-pain': [6, 7, 5, 6, 5, 5, 4, 5, 4][day], interference: 5, mood: 6}}});
  }
  const steps = plan.programme.sessions.slice(0, 3).flatMap(s => s.steps);
  for (const [i, s] of steps.entries()) {
    const body = {programme: plan.programme.id, fingerprint: plan.programme.fingerprint, step: s.activity, lesson: s.lesson, name: s.name, skill: s.skill, seconds: 150};
    await home.ask('POST', '/home/entries', {id: `picture-step-0123456789-${i}`, kind: s.kind, made: new Date().toISOString(), body: s.kind === 'exercise' ? {...body, skipped: true, fields: {}} : s.kind === 'practice' ? {...body, whole: true} : body});
  }
  await as(home);
  await go('/participant', PHONE);
  await seen('.tile');
  await wait(1500);
  await picture('participant-home', PHONE);
  await go('/participant#rating/phq-4', PHONE);
  await seen('.choices');
  await picture('participant-choices', PHONE);

  await as(admin);
  await go('/operator');
  await seen('.home-use table');
  await b.evaluate(`[...document.querySelectorAll('.home-use button')].find(x => x.getAttribute('aria-expanded') === 'false').click()`);
  await seen('.home-figures');
  await wait(1000);
  await picture('home-use', DESK, '.home-use table');
  await picture('adverse', DESK, '#h-adverse');
  await b.evaluate(`[...document.querySelectorAll('button')].find(x => x.textContent.trim() === 'Report').click()`);
  await seen('iframe.report');
  await wait(2500);
  await picture('report');

  const assessor = await visitor(url, 'login', {name: 'Asa Assessor', password: PASSWORD});
  await assessor.ask('POST', '/assessor/assessments', {id: 'picture-phq-0123456789abcdef', participant: 'P01', visit: 'baseline', instrument: 'phq-4', answers: {1: 1, 2: 2, 3: 1, 4: 0}});
  await as(assessor);
  await go('/assessor');
  await until(() => b.evaluate(`!!document.querySelector("main select option[value='P01']") && !!document.querySelector("main select option[value='phq-9']")`), 60, 'the forms');
  await choose('main select', 'P01');
  await choose("main input[maxlength='64']", 'week 4');
  await b.evaluate(`(e => { e.value = 'phq-9'; e.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelectorAll('main select')[1])`);
  await seen('fieldset.item');
  await press('fieldset.item:nth-of-type(1) .answer:nth-child(2) input');
  await press('fieldset.item:nth-of-type(2) .answer:nth-child(3) input');
  await picture('assessor');
}

lab(main);
