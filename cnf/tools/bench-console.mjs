// Measures the operator's page in Chromium: drawn frames per second and processor time with 8 channels at 250 Hz, and the
// page's memory over an hour of session time at 60 times the speed.
//
//   node cnf/tools/bench-console.mjs [SECONDS]        after ./anodyne build; needs Chromium (CHROMIUM=path), Node 18 or later, Linux
//
// Starts a platform and a browser of its own, both in a temporary folder, and ends them.
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const {WebSocket} = createRequire(join(root, 'bundles/console/package.json'))('ws');
const SECONDS = Number(process.argv[2] || 30);
const HOUR = 3600, SPEED = 60;
const folder = mkdtempSync(join(tmpdir(), 'anodyne-bench-'));
const ended = [];

const wait = ms => new Promise(done => setTimeout(done, ms));

/** @param {() => any} look @param {number} seconds @param {string} what */
async function until(look, seconds, what) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(200)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what} did not come within ${seconds} s`);
}

const PROTOCOL = (block, length) => `anodyne: 1
id: bench-console
title: Eight channels at 250 Hz
slots:
  eeg: {plugin: synthetic, parameters: {kind: eeg, channels: 8, block: ${block} ms}}
  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
phases:
  - {id: rest, duration: ${length} s, slots: [eeg, alpha]}
`;

async function platform() {
  const target = join(root, 'runtime/target');
  const home = readdirSync(target).filter(n => n.startsWith('anodyne-')).map(n => join(target, n, n))[0];
  const p = spawn('java', ['-Xmx1g', '-jar', join(home, 'anodyne.jar'), '--home', join(folder, 'home'), 'run', '--port', '0']);
  ended.push(() => p.kill());
  let said = '';
  p.stdout.on('data', d => { said += d; });
  p.stderr.on('data', d => { said += d; });
  const at = await until(() => said.match(/pages at (\S+)/), 90, 'the platform: ' + said);
  return at[1];
}

/** Speaks to the console as an administrator. @param {string} url */
async function operator(url) {
  const headers = {'Content-Type': 'application/json', Origin: url};
  const entry = await fetch(url + '/entry/setup', {method: 'POST', headers, body: JSON.stringify({name: 'Bench', password: 'a sentence for measuring', again: ''})});
  if (!entry.ok) throw new Error(await entry.text());
  const cookie = entry.headers.getSetCookie()[0].split(';')[0];
  const me = await (await fetch(url + '/api/me', {headers: {cookie}})).json();
  const ask = async (method, path, body) => {
    const r = await fetch(url + '/api' + path, {method, headers: {...headers, cookie, 'X-Anodyne-Csrf': me.csrf}, body: body && JSON.stringify(body)});
    if (!r.ok) throw new Error(`${path}: ${await r.text()}`);
    return r.json();
  };
  return {cookie, ask};
}

/** A browser with one page, spoken to by the DevTools protocol. */
async function browser() {
  const profile = join(folder, 'profile');
  const p = spawn(process.env.CHROMIUM || 'chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--enable-precise-memory-info', '--window-size=1280,900', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']);
  ended.push(() => p.kill());
  const port = await until(() => { try { return readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]; } catch { return ''; } }, 30, 'the browser');
  const pages = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
  const socket = new WebSocket(pages.find(x => x.type === 'page').webSocketDebuggerUrl);
  await new Promise(done => socket.once('open', done));
  const open = new Map();
  let n = 0;
  socket.on('message', m => { const said = JSON.parse(m); if (said.id) { open.get(said.id)(said.result); open.delete(said.id); } });
  const send = (method, params = {}) => new Promise(done => { open.set(++n, done); socket.send(JSON.stringify({id: n, method, params})); });
  const evaluate = async expression => (await send('Runtime.evaluate', {expression, awaitPromise: true, returnByValue: true})).result.value;
  return {pid: p.pid, send, evaluate};
}

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

main().catch(e => { console.error(e.message); process.exitCode = 1; }).finally(async () => {
  ended.forEach(end => end());
  await wait(3000);
  rmSync(folder, {recursive: true, force: true});
  process.exit();
});
