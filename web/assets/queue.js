// Entries that wait for a connection. They lie on this device, readable only with the key that the person who
// is signed in holds; whoever signs in next on it reads nothing of them. Runs on pages and in the worker.
(() => {
  if (!self.indexedDB || !self.crypto?.subtle || !navigator.locks) return; // wants https, or this machine
  let db, wait = 0, timer;
  const open = () => db ||= new Promise((ok, no) => {
    const r = indexedDB.open('tandem', 1);
    r.onupgradeneeded = () => { r.result.createObjectStore('me'); r.result.createObjectStore('queue', { keyPath: 'key' }); };
    r.onsuccess = () => ok(r.result);
    r.onerror = () => no(r.error);
  });
  const run = async (store, how, ...a) => {
    const t = (await open()).transaction(store, how.startsWith('get') ? 'readonly' : 'readwrite', { durability: 'strict' });
    const r = t.objectStore(store)[how](...a);
    return new Promise((ok, no) => { t.oncomplete = () => ok(r.result); t.onerror = t.onabort = () => no(t.error); });
  };
  const lock = f => navigator.locks.request('tandem-entries', f);
  const me = () => run('me', 'get', 'me');
  const leave = () => run('me', 'delete', 'me');

  const save = async (who, row, tried) => {
    const iv = crypto.getRandomValues(new Uint8Array(12)), { key } = row.entry;
    const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, who.seal, new TextEncoder().encode(JSON.stringify(row)));
    return run('queue', 'put', { key, person: who.person, tried: !!tried, iv, box });
  };
  const read = async (who, r) => {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: r.iv }, who.seal, r.box);
    return { ...JSON.parse(new TextDecoder().decode(text)), tried: r.tried };
  };
  // The person's entries, oldest first; and how many there are that nobody here can read.
  const list = async () => {
    const who = await me(), all = await run('queue', 'getAll'), rows = [];
    for (const r of all) if (who && r.person === who.person) try { rows.push(await read(who, r)); } catch { /* sealed otherwise */ }
    rows.sort((a, b) => (a.entry.made || '') < (b.entry.made || '') ? -1 : 1);
    return { who, rows, sealed: all.length - rows.length };
  };

  const today = who => {
    const d = new Date(Date.now() - who.day_start * 60000), two = n => String(n).padStart(2, '0');
    return d.getFullYear() + '-' + two(d.getMonth() + 1) + '-' + two(d.getDate());
  };
  // Gives an entry its key and its time, and keeps it.
  const put = async (entry, label) => {
    const who = await me();
    if (!who) throw new Error('signed out');
    const row = { entry: { key: crypto.randomUUID(), made: new Date().toISOString(), today: today(who), ...entry }, label };
    await save(who, row);
    soon();
    return row;
  };
  // An entry that was never on its way goes; one that may have arrived is taken back there.
  const undo = key => lock(async () => {
    const who = await me(), r = await run('queue', 'get', key);
    if (!who) return;
    if (r && !r.tried) return run('queue', 'delete', key);
    const was = r && await read(who, r);
    await save(who, { entry: { key, kind: 'undo', made: was?.entry.made, space: was?.entry.space }, label: was?.label });
    soon();
  });
  const drop = key => lock(() => run('queue', 'delete', key));

  const post = async rows => {
    const body = JSON.stringify({ entries: rows.map(x => x.entry) });
    return fetch('/entries', { method: 'POST', body, headers: { 'Content-Type': 'application/json', Accept: 'application/json' } });
  };
  // Sends what waits, those that were refused only when all is said. Gives 'done', 'away' or 'out'.
  const send = all => lock(async () => {
    if (navigator.onLine === false) return 'away';
    for (;;) {
      const { who, rows } = await list(), some = rows.filter(x => all || !x.why).slice(0, 100);
      if (!who || !some.length) return 'done';
      all = false;
      for (const x of some) await save(who, x, true);
      let r;
      try { r = await post(some); } catch { return 'away'; }
      if (r.status === 401) { await leave(); return 'out'; }
      if (!r.ok) return 'away';
      const said = new Map((await r.json()).entries.map(x => [x.key, x]));
      for (const x of some) {
        const s = said.get(x.entry.key);
        if (s?.did === 'refused') await save(who, { ...x, why: s.why }, true);
        else if (s) await run('queue', 'delete', x.entry.key);
      }
    }
  });
  // Tries now, and where nobody answers again and again, ever more slowly.
  const go = async all => {
    clearTimeout(timer);
    return told(await send(all));
  };
  const told = said => {
    wait = said === 'away' ? Math.min(300, wait * 2 || 5) : 0;
    if (wait && self.document) timer = setTimeout(go, wait * (800 + Math.random() * 400));
    if (self.document) dispatchEvent(new CustomEvent('tandem-entries', { detail: said }));
    return said;
  };
  const soon = () => {
    (self.registration ? Promise.resolve(self.registration) : navigator.serviceWorker.ready).then(r => r.sync?.register('entries')).catch(() => {});
    if (self.document) go();
  };

  // The names of what can be logged to, renewed while there is a connection. Another person's go. Gives false
  // when nobody answers.
  const refresh = async () => {
    let r;
    try { r = await fetch('/entries/names', { headers: { Accept: 'application/json' } }); } catch { return false; }
    if (r.status === 401) return leave();
    if (!r.ok) return false;
    const n = await r.json(), raw = Uint8Array.from(atob(n.seal), c => c.charCodeAt(0));
    n.seal = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
    n.at = Date.now();
    await run('me', 'put', n, 'me');
  };

  // Which entry a form of the pages makes; nothing for one that is none. Its key is the form's own, so that
  // what arrived all the same counts once.
  const fromForm = (path, f) => {
    const [, noun, id, verb] = path.split('/'), text = n => f.get(n)?.trim() || undefined;
    const base = { key: text('key'), day: text('day') };
    if (!base.key) delete base.key;
    if (path === '/log') return text('text') && { ...base, kind: 'line', text: text('text') };
    if (noun === 'goals' && verb === 'log') return { ...base, kind: 'value', goal: id, typed: text('value_fix') || text('value'), state: text('state'), note: text('note'), part: text('part'), techniques: f.getAll('technique') };
    if (noun === 'goals' && verb === 'practice' && id) return { ...base, kind: 'practice', goal: id, typed: text('minutes'), text: text('reflection'), enjoyment: +text('enjoyment') || undefined };
    if (noun === 'goals' && verb === 'lessons' && text('text')) return { ...base, kind: 'lesson', goal: id, text: text('text') };
    if (noun === 'micro-goals' && /^(tick|skip)$/.test(verb)) return { ...base, kind: 'tick', micro: id, state: verb === 'skip' ? verb : undefined };
    if (noun === 'techniques' && verb === 'use') return { ...base, kind: 'use', technique: id, note: text('note') };
  };
  // What stands in the list of entries, and the space that the thing is in.
  const named = (who, e) => {
    for (const s of who.spaces) for (const x of [...s.numbers, ...s.goals, ...s.techniques, ...s.micro_goals || []]) {
      if (x.id === (e.metric || e.goal || e.technique || e.micro)) return { space: s.space, value: x.tick, label: [x.title || x.name, e.typed, e.kind === 'practice' ? 'min' : x.unit, e.text].filter(Boolean).join(' ') };
    }
    return { label: e.text || '' };
  };
  const takeForm = async (path, f) => {
    const who = await me(), entry = who && fromForm(path, f);
    if (!entry) return false;
    const n = named(who, entry);
    await put(n.space ? { ...entry, space: n.space, value: n.value } : entry, n.label);
    return true;
  };

  self.tandemEntries = { me, list, put, undo, drop, go, send, named, takeForm, today };
  if (!self.document || !navigator.serviceWorker) return;

  const line = document.getElementById('waiting');
  const tell = async () => {
    if (!line) return;
    const { rows } = await list(), why = rows.some(x => x.why), a = line.firstElementChild;
    line.hidden = !rows.length;
    if (why) a.textContent = line.dataset.refused;
  };
  const start = async () => {
    const who = document.body.dataset.person, was = await me();
    if (who ? !was || was.person !== who || Date.now() - was.at > 60000 : was)
      if (await refresh() === false) return told('away');
    await go();
  };
  navigator.serviceWorker.register('/sw.js').catch(() => {});
  addEventListener('tandem-entries', tell);
  addEventListener('online', () => go());
  if (document.readyState === 'complete') start(); else addEventListener('load', start);
})();
