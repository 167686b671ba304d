// The worker keeps the files of one page, without anything personal in it, that takes entries when no
// page can be reached. It keeps no other page. Pages come from the server, always.
importScripts('QUEUE');
const CACHE = 'tandem-VERSION', FILES = [/*FILES*/], FORM = self.tandemEntries;

self.addEventListener('install', e => e.waitUntil((async () => {
  const c = await caches.open(CACHE);
  await c.addAll(FILES.map(u => new Request(u, { credentials: 'omit', cache: u.startsWith('/assets/') ? 'default' : 'reload' })));
  await self.skipWaiting();
})()));

self.addEventListener('activate', e => e.waitUntil((async () => {
  for (const k of await caches.keys()) if (k !== CACHE) await caches.delete(k);
  await self.clients.claim();
})()));

const shell = async () => {
  let lang = navigator.language;
  try { lang = (await FORM.me())?.lang || lang; } catch { /* the page is there without it */ }
  return (await caches.match(lang.startsWith('de') ? '/offline/de' : '/offline/en')) || Response.error();
};

// A form that could not be sent: an entry is kept and shown as such; of anything else the page says that it
// was not sent.
const kept = async (url, copy) => {
  let ok = false;
  try { ok = await FORM.takeForm(url.pathname, await copy.formData()); } catch { /* told below */ }
  return Response.redirect(ok ? '/' : '/offline/' + ((await FORM?.me())?.lang === 'de' ? 'de' : 'en') + '?unsent', 303);
};

self.addEventListener('fetch', e => {
  const r = e.request, url = new URL(r.url);
  if (url.origin !== location.origin) return;
  if (r.mode !== 'navigate') {
    if (FILES.includes(url.pathname)) e.respondWith(caches.match(r).then(x => x || fetch(r)));
    return;
  }
  const post = r.method === 'POST';
  const copy = post && (r.headers.get('Content-Type') || '').includes('urlencoded') && r.clone(); // a file is none
  e.respondWith(fetch(r).catch(() => post ? kept(url, copy) : shell()));
});

self.addEventListener('sync', e => {
  if (e.tag === 'entries' && FORM) e.waitUntil(FORM.send().then(said => { if (said === 'away') throw new Error('no connection'); }));
});
