'use strict';
// Nothing here is needed to read the report: it filters, keeps the theme, and unfolds for print.
(() => {
  const THEMES = ['auto', 'light', 'dark'];
  const KEY = 'ciel-theme';
  const root = document.documentElement;
  // A file opened from a disk may have no storage.
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const store = (theme) => { try { localStorage.setItem(KEY, theme); } catch { /* the theme lasts for this visit */ } };
  let theme = THEMES.includes(stored()) ? stored() : 'auto';
  const dress = () => { if (theme === 'auto') delete root.dataset.theme; else root.dataset.theme = theme; };
  dress();

  const id = (name) => document.getElementById(name);

  function themes() {
    const button = id('theme');
    const say = () => { button.lastElementChild.textContent = theme; };
    button.hidden = false;
    say();
    button.addEventListener('click', () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      store(theme);
      dress();
      say();
    });
  }

  function filters() {
    const form = id('filters');
    if (!form) return;
    const topicOf = new Map();
    for (const option of id('check').options) {
      if (option.value) topicOf.set(option.value, option.dataset.t);
    }
    for (const topic of [...new Set(topicOf.values())].sort()) id('topic').add(new Option(topic, topic));
    form.hidden = false;

    let items = null;
    // What is known of each finding, read from the page when it is first needed.
    const read = () => {
      const rows = new Map();
      for (const row of document.querySelectorAll('[data-f]')) rows.set(row.dataset.f, row);
      const list = [];
      for (const object of document.querySelectorAll('.object')) {
        for (const place of object.querySelectorAll('.place')) {
          for (const li of place.querySelectorAll('.f')) {
            const code = li.dataset.c;
            list.push({ li, place, object, row: rows.get(li.id), severity: li.classList[1], code,
              topic: topicOf.get(code), ns: '=' + object.dataset.ns });
          }
        }
      }
      return list;
    };
    // Texts of parts that several findings share are read once.
    const texts = new Map();
    const has = (word, part, read) => {
      if (!texts.has(part)) texts.set(part, read(part).toLowerCase());
      return texts.get(part).includes(word);
    };
    const whole = (it) => it.textContent;
    const caption = (place) => place.lastElementChild.firstElementChild.textContent;
    const names = (code) => [...id(code).querySelectorAll('.ids')].map(whole).join(' ');
    const says = (item, word) => has(word, item.li, whole) || has(word, item.place, caption)
      || has(word, item.object.firstElementChild, whole) || has(word, item.code, names);

    const apply = () => {
      items ??= read();
      const words = id('q').value.toLowerCase().split(/\s+/).filter(Boolean);
      const severities = new Set([...form.querySelectorAll('[name=s]:checked')].map((it) => it.value));
      const [topic, check, ns] = ['topic', 'check', 'ns'].map((name) => id(name).value);
      const kept = new Set();
      let count = 0;
      for (const item of items) {
        const passes = severities.has(item.severity) && (!topic || item.topic === topic)
          && (!check || item.code === check) && (!ns || item.ns === ns)
          && words.every((word) => says(item, word));
        item.li.hidden = !passes;
        if (item.row) item.row.hidden = !passes;
        if (passes) {
          count += 1;
          kept.add(item.place).add(item.object).add(item.code);
        }
      }
      for (const part of document.querySelectorAll('.place, .object')) part.hidden = !kept.has(part);
      for (const part of document.querySelectorAll('.check')) part.hidden = !kept.has(part.id);
      id('none').hidden = count > 0;
      id('count').textContent = count === items.length ? `${count} findings` : `${count} of ${items.length} findings`;
    };
    let waiting = 0;
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
    form.addEventListener('input', soon);
    form.addEventListener('reset', soon);
    form.addEventListener('submit', (event) => { event.preventDefault(); apply(); });

    const unfold = id('unfold');
    unfold.addEventListener('click', () => {
      const open = unfold.textContent === 'Unfold all';
      for (const it of document.querySelectorAll('.f details')) it.open = open;
      unfold.textContent = open ? 'Fold all' : 'Unfold all';
    });

    // What a bar stands for can be asked for.
    for (const cell of document.querySelectorAll('[data-filter] [data-v]')) {
      const { filter } = cell.closest('table').dataset;
      const button = document.createElement('button');
      button.type = 'button';
      button.title = 'Show only these findings';
      button.append(cell.firstChild);
      cell.append(button);
      button.addEventListener('click', () => {
        form.reset();
        id(filter).value = (filter === 'ns' ? '=' : '') + cell.dataset.v;
        apply();
        id('findings').scrollIntoView();
        id(filter).focus({ preventScroll: true });
      });
    }
  }

  function print() {
    // Browsers that know ::details-content unfold by style.
    if (CSS.supports('selector(::details-content)')) return;
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('details:not([open])')];
      for (const it of opened) it.open = true;
    });
    addEventListener('afterprint', () => { for (const it of opened) it.open = false; });
  }

  addEventListener('DOMContentLoaded', () => { themes(); filters(); print(); });
})();
