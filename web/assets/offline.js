// The page that stands when no other can be reached: it takes entries and shows those that wait.
(() => {
  const d = document, $ = s => d.querySelector(s), Q = self.tandemEntries;
  if (!Q) return;
  const form = $('#entry'), what = $('#what'), net = $('#net');
  const things = new Map();
  const pick = () => things.get(what.value);

  const online = yes => { net.textContent = yes ? net.dataset.on : net.dataset.off; };
  const say = (el, word) => { const l = d.querySelector('label[for=' + el.id + ']'); l.textContent = l.dataset[word]; };
  // Only the fields that the chosen thing takes.
  const fields = () => {
    const t = pick(), kind = t?.kind || 'line';
    const amount = kind === 'value' || kind === 'practice';
    $('#typed').closest('.fld').hidden = !amount;
    $('#typed').required = kind === 'value';
    say($('#typed'), kind === 'practice' ? 'minutes' : t?.adds ? 'adds' : 'sets');
    say($('#text'), kind);
    $('#text').required = kind === 'lesson' || kind === 'line';
    $('#day').closest('.fld').hidden = kind === 'line';
  };

  const option = (group, key, name, thing) => {
    things.set(key, thing);
    const o = d.createElement('option');
    o.value = key; o.textContent = name;
    group.append(o); group.hidden = group.disabled = false;
  };
  const fill = who => {
    const group = k => what.querySelector('[data-group=' + k + ']');
    for (const s of who.spaces) {
      for (const x of s.numbers) option(group('value'), 'value ' + x.id, x.name, { kind: 'value', metric: x.id, space: s.space, adds: x.adds });
      for (const x of s.learning) option(group('practice'), 'practice ' + x.id, x.title, { kind: 'practice', goal: x.id, space: s.space });
      for (const x of s.techniques) option(group('use'), 'use ' + x.id, x.name, { kind: 'use', technique: x.id, space: s.space });
      for (const x of s.micro_goals || []) option(group('tick'), 'tick ' + x.id, x.title, { kind: 'tick', micro: x.id, space: s.space, value: x.tick });
      for (const x of s.goals) option(group('lesson'), 'lesson ' + x.id, x.title, { kind: 'lesson', goal: x.id, space: s.space });
    }
    things.set('line', { kind: 'line', space: who.spaces[0].space });
    $('#day').max = $('#day').value = Q.today(who);
  };

  const rows = async () => {
    const { who, rows: all, sealed } = await Q.list(), ul = $('#rows');
    $('#locked').hidden = !!who;
    $('#sealed').hidden = !sealed;
    $('#list').hidden = !all.length;
    form.hidden = !who;
    ul.replaceChildren(...all.map(x => {
      const li = $('#row').content.firstElementChild.cloneNode(true), q = s => li.querySelector(s);
      const undone = x.entry.kind === 'undo';
      q('.b').textContent = x.label || x.entry.text || '';
      q('.mut').textContent = x.why || q('.mut').dataset[undone ? 'undone' : 'saved'];
      q('[data-do=undo]').hidden = undone || !!x.why;
      q('[data-do=edit]').hidden = q('[data-do=drop]').hidden = !x.why;
      li.addEventListener('click', e => {
        const act = e.target.dataset.do;
        if (act) act === 'edit' ? edit(x) : act === 'drop' ? gone(x) : Q.undo(x.entry.key).then(rows);
      });
      return li;
    }));
  };
  // What was dropped can be brought back while the page is open.
  const gone = async x => {
    await Q.drop(x.entry.key);
    const back = $('#back');
    back.hidden = false;
    back.querySelector('button').onclick = async () => { back.hidden = true; await Q.put(x.entry, x.label); rows(); };
    rows();
  };
  const edit = async x => {
    const e = x.entry, key = e.kind === 'line' ? 'line' : e.kind + ' ' + (e.metric || e.goal || e.technique || e.micro);
    if (things.has(key)) what.value = key;
    fields();
    $('#typed').value = e.typed || '';
    $('#text').value = e.text || e.note || '';
    if (e.day) $('#day').value = e.day;
    await Q.drop(e.key);
    await rows();
    $('#typed').closest('.fld').hidden ? $('#text').focus() : $('#typed').focus();
  };

  form.addEventListener('submit', async e => {
    e.preventDefault();
    const t = pick();
    if (!t) return;
    const { adds, ...entry } = t, text = $('#text').value.trim(), typed = $('#typed').value.trim(), day = $('#day').value;
    if (text) entry[/value|use|tick/.test(t.kind) ? 'note' : 'text'] = text;
    if (typed && (t.kind === 'value' || t.kind === 'practice')) entry.typed = typed;
    if (day && day !== $('#day').max && t.kind !== 'line') entry.day = day;
    const who = await Q.me();
    await Q.put(entry, Q.named(who, entry).label);
    $('#typed').value = $('#text').value = '';
    $('#day').value = $('#day').max = Q.today(who);
    await rows();
    what.focus();
  });
  what.addEventListener('change', fields);
  addEventListener('tandem-entries', e => { online(e.detail !== 'away'); rows(); });
  addEventListener('offline', () => online(false));
  $('#again').addEventListener('click', () => Q.go(true));

  (async () => {
    const who = await Q.me();
    $('#unsent').hidden = !location.search.includes('unsent');
    if (who) {
      if (who.theme) d.documentElement.dataset.theme = who.theme;
      fill(who);
      fields();
    }
    await rows();
  })();
})();
