// Measures the operator's page in Chromium: drawn frames per second and processor time with 8 channels at 250 Hz, and the
// page's memory over an hour of session time at 60 times the speed.
//
//   node cnf/tools/bench-console.mjs [SECONDS]        after ./anodyne build; needs Chromium (CHROMIUM=path), Node 18 or later, Linux
//
// Starts a platform and a browser of its own, both in a temporary folder, and ends them.
import {readFileSync, readdirSync} from 'node:fs';
import {browser, lab, operator, platform, until, wait} from './console-lab.mjs';

const SECONDS = Number(process.argv[2] || 30);
const HOUR = 3600, SPEED = 60;

const PROTOCOL = (block, length) => `anodyne: 1
id: bench-console
title: Eight channels at 250 Hz
slots:
  eeg: {plugin: synthetic, parameters: {kind: eeg, channels: 8, block: ${block} ms}}
  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
phases:
  - {id: rest, duration: ${length} s, slots: [eeg, alpha]}
`;

/** Processor time of a process and those below it, seconds. @param {number} pid */
function cpu(pid) {
  const stats = readdirSync('/proc').filter(x => /^\d+$/.test(x)).flatMap(x => {
    try {
      const f = readFileSync(`/proc/${x}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return [{pid: Number(x), parent: Number(f[1]), ticks: Number(f[11]) + Number(f[12])}];
    } catch { return []; }
  });
  const own = new Set([pid]);
  for (let more = true; more;) {
    more = false;
    for (const s of stats) if (own.has(s.parent) && !own.has(s.pid)) { own.add(s.pid); more = true; }
  }
  return stats.filter(s => own.has(s.pid)).reduce((sum, s) => sum + s.ticks, 0) / 100;
}

async function main() {
  const url = await platform();
  const {cookie, ask} = await operator(url);
  const b = await browser();
  await b.send('Performance.enable');
  await b.send('Network.enable');
  const [name, value] = cookie.split('=');
  await b.send('Network.setCookie', {name, value, url, httpOnly: true});
  await b.send('Page.enable');
  await b.send('Page.navigate', {url: url + '/operator'});
  const metrics = async () => Object.fromEntries((await b.send('Performance.getMetrics')).metrics.map(m => [m.name, m.value]));
  const drawn = () => b.evaluate('JSON.stringify(globalThis.anodyneDrawn || {frames: 0, samples: 0})').then(JSON.parse);
  const heap = async () => { await b.send('HeapProfiler.collectGarbage'); return (await metrics()).JSHeapUsedSize / 1048576; };
  const begin = async (block, length, speed) => {
    await ask('PUT', '/protocols/bench-console', {text: PROTOCOL(block, length)});
    await ask('POST', '/visits', {protocol: 'bench-console', participant: 'BENCH', speed});
    await until(async () => (await ask('GET', '/session?brief=1')).state === 'READY', 60, 'readiness');
    await ask('POST', '/session/begin', {with: {}});
    await until(() => b.evaluate('!!document.querySelector(".traces canvas") && !document.querySelector(".trace-wait")'), 90, 'the first samples on the page');
  };
  const over = () => until(async () => !(await ask('GET', '/session?brief=1')).running, 900, 'the end of the session');

  await begin(40, SECONDS + 60, '1');
  await wait(5000);
  const from = {cpu: cpu(b.pid), m: await metrics(), d: await drawn(), at: Date.now()};
  await wait(SECONDS * 1000);
  const to = {cpu: cpu(b.pid), m: await metrics(), d: await drawn(), at: Date.now()};
  const s = (to.at - from.at) / 1000;
  const part = key => ((100 * (to.m[key] - from.m[key])) / s).toFixed(1) + ' %';
  console.log(`8 channels at 250 Hz, ${s.toFixed(0)} s: ${((to.d.frames - from.d.frames) / s).toFixed(1)} frames/s drawn`);
  console.log(`of one core: browser with all its processes ${((100 * (to.cpu - from.cpu)) / s).toFixed(0)} %; the page's thread ${part('TaskDuration')}, of that script ${part('ScriptDuration')}, layout ${part('LayoutDuration')}, style ${part('RecalcStyleDuration')}`);
  await ask('POST', '/session/abort', {reason: 'measured'});
  await over();

  await begin(200, HOUR, String(SPEED));
  const heaps = [];
  let now;
  do {
    now = await ask('GET', '/session?brief=1');
    if (now.running) heaps.push({at: now.elapsedSeconds, mib: await heap(), nodes: (await metrics()).Nodes, listeners: (await metrics()).JSEventListeners});
    await wait(10000);
  } while (now.running && now.state === 'RUNNING');
  console.log('an hour of session time at 60 times the speed, after a collection each: session time, heap, DOM nodes, listeners');
  for (const h of heaps) console.log(`  ${String(Math.round(h.at)).padStart(5)} s  ${h.mib.toFixed(1)} MiB  ${h.nodes}  ${h.listeners}`);
  await over();
}

lab(main);
