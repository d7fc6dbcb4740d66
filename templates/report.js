// What the page does beyond being read: browse, filter, light up evidence, copy. It reads the page and nothing else.
'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const names = (value) => (value ? value.split(' ') : []);
  const bar = document.getElementById('bar');
  const said = document.getElementById('at');
  const control = (name) => bar.querySelector(`[name="${name}"]`);

  // The findings, each with its elements.
  const findings = new Map();
  const finding = (id) => {
    if (!findings.has(id)) findings.set(id, { id, marks: [], entries: [] });
    return findings.get(id);
  };
  const notes = all('.note');
  const marks = all('mark');
  for (const note of notes) {
    for (const id of names(note.dataset.findings)) {
      Object.assign(finding(id), { note, severity: note.dataset.severity });
    }
  }
  for (const mark of marks) {
    mark.firstElementChild.setAttribute('aria-describedby', names(mark.dataset.findings)
      .map((id) => finding(id).note.querySelector('.message').id).join(' '));
    for (const id of names(mark.dataset.findings)) finding(id).marks.push(mark);
  }
  for (const entry of all('[data-finding]')) {
    const one = finding(entry.dataset.finding);
    one.entries.push(entry);
    one.number = entry.querySelector('.number').textContent;
  }
  // The numbers of the findings that end with a mark.
  const ends = new Map(marks.map((mark) => [mark, mark.dataset.numbers?.split(',') ?? []]));
  const evidence = new Map();
  for (const piece of all('[data-evidence]')) {
    for (const id of names(piece.dataset.evidence)) {
      if (!evidence.has(id)) evidence.set(id, []);
      evidence.get(id).push(piece);
    }
  }
  // In the order of the text; a proof of several findings may stand before one of those between them.
  const ordered = all('.by-place [data-finding]').map((entry) => finding(entry.dataset.finding));

  // ---- Filters

  const weight = ['info', 'warning', 'error'];
  let shown = ordered;

  const passes = ({ severity, rule, open }) =>
    (open === 'true' || Boolean(control('aside')?.checked))
    && all('[name="severity"]', bar).some((box) => box.value === severity && box.checked)
    && rule.startsWith(control('rule').value);

  function filter() {
    for (const element of [...notes, ...all('[data-finding]')]) element.hidden = !passes(element.dataset);
    for (const group of all('.group')) group.hidden = !group.querySelector('[data-finding]:not([hidden])');
    shown = ordered.filter((one) => !one.note.hidden);
    const visible = new Set(shown);
    for (const mark of marks) {
      const here = names(mark.dataset.findings).map(finding).filter((one) => visible.has(one));
      const worst = here.filter((one) => one.note.dataset.open === 'true')
        .sort((a, b) => weight.indexOf(b.severity) - weight.indexOf(a.severity))[0];
      mark.classList.remove('error', 'warning', 'info', 'aside', 'off');
      mark.classList.add(worst ? worst.severity : here.length ? 'aside' : 'off');
      mark.firstElementChild.tabIndex = here.length ? 0 : -1;
      const numbers = ends.get(mark).filter((number) => here.some((one) => one.number === number));
      mark.toggleAttribute('data-numbers', numbers.length > 0);
      if (numbers.length) mark.dataset.numbers = numbers.join(',');
    }
    if (selected && !visible.has(selected)) select(null);
    tell();
  }

  // ---- Selecting

  let selected = null;
  let opened = null;

  // Pieces are shared: one stays lit as long as any of its own is.
  const lit = new Set();
  function light(id, on) {
    if (on) lit.add(id);
    else lit.delete(id);
    for (const piece of evidence.get(id) ?? []) {
      piece.classList.toggle('lit-evidence', names(piece.dataset.evidence).some((of) => lit.has(of)));
    }
    for (const mark of findings.get(id)?.marks ?? []) {
      mark.classList.toggle('lit', names(mark.dataset.findings).some((of) => lit.has(of)));
    }
    for (const entry of findings.get(id)?.entries ?? []) entry.classList.toggle('lit', on);
  }

  function unfold(note, on) {
    note.classList.toggle('folded', !on);
    note.querySelector('.fold').setAttribute('aria-expanded', String(on));
  }

  function tell() {
    if (!shown.length) said.textContent = bar.dataset.none;
    else said.textContent = `${selected ? shown.indexOf(selected) + 1 : '–'} / ${shown.length}`;
  }

  function select(one, { scroll = true } = {}) {
    if (selected) {
      light(selected.id, false);
      selected.note.classList.remove('lit');
      if (opened && opened !== one?.note && !control('proofs').checked) unfold(opened, false);
      opened = null;
    }
    selected = one;
    if (one) {
      light(one.id, true);
      one.note.classList.add('lit');
      unfold(one.note, true);
      opened = one.note;
      const target = one.marks[0] ?? one.note;
      if (scroll) {
        target.scrollIntoView({ block: 'center' });
        (one.marks[0]?.firstElementChild ?? one.note.querySelector('.fold')).focus({ preventScroll: true });
      }
      one.note.scrollIntoView({ block: 'nearest' });
      for (const entry of one.entries) {
        const list = entry.closest('.lists');
        if (list && getComputedStyle(list).position === 'sticky' && entry.closest('.by-place')) {
          list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
        }
      }
    }
    tell();
  }

  function walk(step) {
    if (!shown.length) return;
    // Where nothing is selected, or what was is filtered away, the walk begins with what is on the screen or below it.
    let next = shown.indexOf(selected) + step;
    if (!selected) {
      const below = shown.findIndex((one) => (one.marks[0] ?? one.note).getBoundingClientRect().top >= 0);
      next = below < 0 ? (step > 0 ? 0 : shown.length - 1) : step > 0 ? below : below - 1;
    }
    select(shown[(next + shown.length) % shown.length]);
  }

  const named = (hash) => {
    const target = hash.length > 1 && document.getElementById(hash.slice(1));
    if (!target) return null;
    if (target.matches('mark')) {
      // A mark that several findings share shows one after the other.
      const here = names(target.dataset.findings).map(finding).filter((one) => shown.includes(one));
      return here[(here.indexOf(selected) + 1) % here.length] ?? null;
    }
    const note = target.closest('.note');
    return note && finding(target.id.slice(1));
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const entry = event.target.closest('[data-finding]');
    const mark = event.target.closest('mark');
    const row = event.target.closest('[data-tick]');
    if (link && entry) {
      event.preventDefault();
      select(finding(entry.dataset.finding));
    } else if (link && mark) {
      event.preventDefault();
      select(named(`#${mark.id}`), { scroll: false });
    } else if (link) {
      const one = named(link.getAttribute('href'));
      if (one) {
        event.preventDefault();
        select(one);
      }
    } else if (event.target.closest('.say')) {
      const note = event.target.closest('.note');
      if (note.classList.contains('folded')) select(finding(names(note.dataset.findings)[0]), { scroll: false });
      else unfold(note, false);
    }
    if (row) {
      for (const other of all('tr.lit')) {
        other.classList.remove('lit');
        light(other.dataset.tick, false);
      }
      row.classList.add('lit');
      light(row.dataset.tick, true);
    }
  });

  // The evidence of what the pointer or the focus is on, as long as it is there.
  const hover = (on) => (event) => {
    const element = event.target.closest?.('.note, mark');
    for (const id of names(element?.dataset.findings)) {
      if (!selected || selected.id !== id) light(id, on);
    }
  };
  document.addEventListener('pointerover', hover(true));
  document.addEventListener('pointerout', hover(false));
  document.addEventListener('focusin', hover(true));
  document.addEventListener('focusout', hover(false));

  // ---- Copying

  async function copy(button) {
    const text = JSON.parse(button.dataset.copy);
    const words = button.dataset.words ?? (button.dataset.words = button.textContent);
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers that give a local file no clipboard still copy what is selected.
      const field = Object.assign(document.createElement('textarea'), { value: text });
      button.after(field);
      field.select();
      done = document.execCommand('copy');
      field.remove();
    }
    button.textContent = done ? bar.dataset.copied : bar.dataset.notCopied;
    setTimeout(() => { button.textContent = words; }, 2000);
  }
  for (const button of all('.copy')) {
    button.hidden = false;
    button.addEventListener('click', () => copy(button));
  }

  // ---- Keys

  const steps = { j: 1, n: 1, ArrowRight: 1, k: -1, p: -1, ArrowLeft: -1 };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!control('keys').checked || event.target.closest('select, textarea')) return;
    if (steps[event.key]) walk(steps[event.key]);
    else if (event.key === 'Escape') select(null);
    else if (event.key === 'c' && selected) {
      // Of several sentences in one proof, the one of the selected finding.
      const buttons = all('.copy', selected.note);
      const own = names(selected.note.dataset.findings).indexOf(selected.id);
      const button = buttons[own] ?? buttons[0];
      if (button) copy(button);
    } else return;
    event.preventDefault();
  });

  // ---- Paper, and the beginning

  function fold() {
    for (const note of notes) unfold(note, control('proofs').checked || note === opened);
  }
  // Paper has room for the list; proofs are unfolded there by the style.
  let unfolded = [];
  window.addEventListener('beforeprint', () => {
    unfolded = all('.lists > details:not([open])');
    for (const list of unfolded) list.open = true;
  });
  window.addEventListener('afterprint', () => { for (const list of unfolded) list.open = false; });

  bar.hidden = !ordered.length;
  for (const button of all('.fold')) button.hidden = false;
  if (all('.file').length === 1) for (const whole of all('.whole')) whole.open = true;
  bar.addEventListener('change', (event) => {
    if (event.target.name === 'proofs') fold();
    else if (event.target.name !== 'keys') filter();
  });
  document.getElementById('on').addEventListener('click', () => walk(1));
  document.getElementById('back').addEventListener('click', () => walk(-1));
  for (const part of all('.ticks, .by-rule details')) part.open = false;
  if (matchMedia('(max-width: 82rem)').matches) for (const nav of all('.lists > details')) nav.open = false;
  fold();
  filter();
  const first = named(location.hash);
  if (first) select(first);
})();
