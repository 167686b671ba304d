// Small enhancements. Every page works without this file: forms post, details fold, links link.
(() => {
  const d = document, root = d.documentElement;
  const $ = (s, e = d) => e.querySelector(s), $$ = (s, e = d) => [...e.querySelectorAll(s)];
  root.classList.add('js');
  const store = (k, v) => { try { return v === undefined ? localStorage.getItem(k) : localStorage.setItem(k, v); } catch { return null; } };

  // Toast: eight seconds, and it stays while it is hovered or focused.
  const arm = t => {
    if (t.dataset.armed) return;
    t.dataset.armed = 1;
    let timer;
    const stop = () => clearTimeout(timer), go = ms => { stop(); timer = setTimeout(() => t.remove(), ms); };
    t.addEventListener('pointerenter', stop); t.addEventListener('focusin', stop);
    t.addEventListener('pointerleave', () => go(4000)); t.addEventListener('focusout', () => go(4000));
    go(8000);
  };
  // Switches of the picture: remembered on this device; without this they work and forget.
  const recall = e => $$('[data-switch]', e).forEach(i => {
    const was = store('tandem-switch-' + i.dataset.switch);
    if (was !== null) i.checked = was === '1';
  });
  const arrive = e => { $$('[data-toast]', e).forEach(arm); recall(e); };
  arrive(d);
  new MutationObserver(list => list.forEach(m => m.addedNodes.forEach(n => n.nodeType === 1 && arrive(n.parentNode || d))))
    .observe(d.body, { childList: true, subtree: true });

  d.addEventListener('change', e => {
    if (e.target.matches('[data-switch]')) store('tandem-switch-' + e.target.dataset.switch, e.target.checked ? '1' : '0');
  });

  // Small steps of a reading. The decimal sign that stands in the field is kept.
  d.addEventListener('click', e => {
    const s = e.target.closest('[data-step]');
    if (!s) return;
    const i = $('input', s.parentNode), comma = i.value.includes(','), step = +s.dataset.step || 0;
    const digits = (String(Math.abs(step)).split('.')[1] || '').length;
    const was = +i.value.replace(',', '.');
    if (!Number.isFinite(was)) return;
    const now = (was + step).toFixed(Math.max(digits, (i.value.split(/[.,]/)[1] || '').length));
    i.value = comma ? now.replace('.', ',') : now;
  });

  // Appearance: changes at once; the server remembers it in a cookie, so no page flashes.
  d.addEventListener('submit', e => {
    const f = e.target;
    if (f.matches('[data-theme-form]') && e.submitter) {
      const set = root.dataset.theme, dark = set ? set === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
      const theme = dark ? 'light' : 'dark', body = new FormData(f);
      e.preventDefault();
      body.set('theme', theme);
      root.dataset.theme = theme;
      fetch(f.action, { method: 'POST', body: new URLSearchParams(body), redirect: 'manual' }).catch(() => {});
      return;
    }
    // A form that saves itself goes when that is done, with the version that it was given.
    if (f.classList.contains('htmx-request')) {
      e.preventDefault();
      f.addEventListener('htmx:finally:request', () => setTimeout(() => f.requestSubmit(e.submitter)), { once: true });
      return;
    }
    // One press, one entry: a form that is on its way does not go twice, and saves itself no more.
    if (f.method === 'post' && !e.defaultPrevented) {
      if (f.dataset.sent) { e.preventDefault(); return; }
      f.dataset.sent = 1;
      if (e.submitter) e.submitter.setAttribute('aria-busy', 'true');
      setTimeout(() => free(f), 10000); // a download leaves the page where it is
    }
  });
  d.addEventListener('htmx:before:request', e => { if (e.target.dataset.sent) e.preventDefault(); });
  const free = f => {
    delete f.dataset.sent;
    $$('[aria-busy]', f).forEach(b => b.removeAttribute('aria-busy'));
  };
  addEventListener('pageshow', () => $$('form[data-sent]').forEach(free));

  // The device's own time zone, where a new account asks for one.
  $$('[data-zone]').forEach(i => { i.value = Intl.DateTimeFormat().resolvedOptions().timeZone || i.value; });

  // What was marked in a line does not fit any more while it is being changed.
  d.addEventListener('input', e => { if (e.target.matches('.say1')) { const m = $('#mirror'); if (m) m.replaceChildren(); } });

  // Without a connection the page says so.
  const line = $('#offline'), net = () => { if (line) line.hidden = navigator.onLine; };
  addEventListener('online', net); addEventListener('offline', net); net();

  // Keyboard. Single keys only outside of fields and only while they are on in the settings.
  const rows = () => $$('.do>li,[data-rows]>li');
  const move = by => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex(x => x.contains(d.activeElement));
    const row = all[Math.max(0, Math.min(all.length - 1, at + by))];
    ($('[data-log]', row) || $('button,textarea,input:not([type=hidden]),a', row) || row).focus();
  };
  const follow = s => { const a = $(s); if (a) a.click(); return !!a; };
  let after = 0;
  d.addEventListener('keydown', e => {
    const field = e.target.matches('input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]');
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      const f = e.target.closest('form') || $('main form');
      if (f) { e.preventDefault(); f.requestSubmit($('.pri', f) || undefined); }
      return;
    }
    if (e.key === 'Escape') {
      if (field) e.target.blur(); else if (!$('dialog[open]')) follow('[data-close]');
      return;
    }
    if (field || e.metaKey || e.ctrlKey || e.altKey || d.body.dataset.keys !== 'on' || $('dialog[open]')) return;
    const k = e.key.toLowerCase();
    if (after && /^[a-z]$/.test(k)) { after = 0; if (follow('.side a.n[data-go=' + k + ']')) e.preventDefault(); return; }
    const act = {
      g: () => { after = setTimeout(() => { after = 0; }, 1200); return true; },
      n: () => follow('[data-go=n]'),
      l: () => {
        const here = d.activeElement;
        if (here && here.matches('button[data-log]')) { here.click(); return true; }
        const f = $('main [data-log]');
        if (f) f.focus(); else if (d.body.dataset.log) location = d.body.dataset.log;
        return true;
      },
      j: () => move(1) || true,
      k: () => move(-1) || true,
      z: () => follow('[data-undo]'),
      '/': () => { const s = $('input[type=search]'); if (s) s.focus(); return !!s || follow('[data-search]'); },
      '?': () => { const s = $('#keysheet'); if (s) s.showModal(); return !!s; },
    }[k];
    if (act && act()) e.preventDefault();
  });
})();
