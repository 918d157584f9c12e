// A platform and a Chromium of their own in a temporary folder, for tools that look at the console's pages. Needs ./anodyne build before, Chromium
// (CHROMIUM=path), Node 18 or later, Linux.
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const {WebSocket} = createRequire(join(root, 'bundles/console/package.json'))('ws');
const folder = mkdtempSync(join(tmpdir(), 'anodyne-pages-'));
const ended = [];

export const wait = ms => new Promise(done => setTimeout(done, ms));

/** @param {() => any} look @param {number} seconds @param {string} what */
export async function until(look, seconds, what) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(200)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what} did not come within ${seconds} s`);
}

/** Does the work, then ends what was started and leaves nothing. @param {() => Promise<void>} work */
export function lab(work) {
  work().catch(e => { console.error(e.message); process.exitCode = 1; }).finally(async () => {
    ended.forEach(end => end());
    await wait(3000);
    rmSync(folder, {recursive: true, force: true});
    process.exit();
  });
}

/** Starts a platform. @returns {Promise<string>} where its pages are */
export async function platform() {
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

/**
 * Comes in, and speaks to the console.
 * @param {string} url @param {string} door `setup`, `login` or `join` @param {any} body
 */
export async function visitor(url, door, body) {
  const headers = {'Content-Type': 'application/json', Origin: url};
  const entry = await fetch(`${url}/entry/${door}`, {method: 'POST', headers, body: JSON.stringify(body)});
  if (!entry.ok) throw new Error(await entry.text());
  const cookie = entry.headers.getSetCookie()[0].split(';')[0];
  const me = await (await fetch(url + '/api/me', {headers: {cookie}})).json();
  const ask = async (method, path, said) => {
    const r = await fetch(url + '/api' + path, {method, headers: {...headers, cookie, 'X-Anodyne-Csrf': me.csrf}, body: said && JSON.stringify(said)});
    if (!r.ok) throw new Error(`${path}: ${await r.text()}`);
    return r.json();
  };
  return {cookie, ask};
}

/** The administrator, who comes in first. @param {string} url */
export const operator = url => visitor(url, 'setup', {name: 'Ada', password: 'a sentence for measuring', again: ''});

/** A browser with one page, spoken to by the DevTools protocol. */
export async function browser() {
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
