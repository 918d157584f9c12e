/*
 * Keeps what the participant's page is made of, so that it opens without a connection. What the page shows and sends is none of
 * this: the page keeps that itself. A file is asked for anew each time there is a connection, so that page and console are never
 * of two versions; what is kept stands in when nobody answers soon.
 */
const CACHE = 'anodyne-1';
const PATIENCE_MS = 4000;
const SHELL = '/participant';
const FILES = [
  SHELL, '/main.js', '/style.css', '/icon.svg', '/icon-192.png', '/anodyne.webmanifest',
  '/core/api.js', '/core/guarded.js', '/core/html.js', '/core/i18n.js', '/core/layout.js', '/core/live.js',
  '/views/participant.js', '/views/participant.css',
  ...['activity', 'ask', 'fields', 'frame', 'home', 'install', 'instrument', 'kept', 'markdown', 'outbox', 'pace', 'plan', 'practice', 'rating',
    'scale', 'session', 'voice'].map(name => `/views/participant/${name}.js`),
  ...['en', 'de', 'zh'].flatMap(language => [`/messages/${language}/common.json`, `/messages/${language}/participant.json`]),
  ...['uplot/dist/uPlot.min.css', 'preact/dist/preact.module.js', 'preact/hooks/dist/hooks.module.js', 'htm/dist/htm.module.js',
    '@preact/signals/dist/signals.module.js', '@preact/signals-core/dist/signals-core.module.js', 'marked/lib/marked.esm.js',
    'mqtt/dist/mqtt.esm.js', 'cborg/cborg.js',
    ...['0uint', '1negint', '2bytes', '3string', '4array', '5map', '6tag', '7float', 'bl', 'byte-utils', 'common', 'decode', 'encode', 'is', 'jump', 'tagged',
      'token'].map(name => `cborg/lib/${name}.js`)].map(name => `/vendor/${name}`),
];
const KEPT = new Set(FILES);

self.addEventListener('install', event => {
  event.waitUntil(caches.open(CACHE)
    .then(cache => cache.addAll(FILES.map(file => new Request(file, {cache: 'no-cache'}))))
    .then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
  event.waitUntil(caches.keys()
    .then(names => Promise.all(names.filter(name => name !== CACHE).map(name => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !KEPT.has(url.pathname)) return;
  event.respondWith(fresh(event.request, url.pathname));
});

/** The newest of a file: from the console when it answers soon, else as it was kept. */
async function fresh(request, path) {
  const cache = await caches.open(CACHE);
  const asked = fetch(request).then(response => {
    if (response.ok && response.type === 'basic') cache.put(path, response.clone());
    return response;
  });
  asked.catch(() => { /* told below, or too late to matter */ });
  let timer;
  const late = new Promise(resolve => { timer = setTimeout(resolve, PATIENCE_MS, 'late'); });
  try {
    const first = await Promise.race([asked, late]);
    if (first !== 'late' && first.status < 500) return first;
    return (await cache.match(path)) || asked;
  } catch (e) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw e;
  } finally {
    clearTimeout(timer);
  }
}
