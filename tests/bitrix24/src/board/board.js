// The board of deals: shows what the portal has, moves cards, follows changes as they happen.
'use strict';

const $ = (id) => document.getElementById(id);
const state = { data: null, funnel: null, stamps: new Map(), open: null, stale: false };

/** Builds an element: el('p', {class: 'x', onclick: f}, 'text', child). */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') node.style.cssText = value;
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const signs = { RUB: '₽', USD: '$', EUR: '€' };
/** Money is text all the way: grouped here, never counted. */
function money(text, currency = 'RUB') {
  const [whole, fraction] = String(text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const tail = fraction && fraction !== '00' ? ',' + fraction : '';
  return `${grouped}${tail}\u00a0${signs[currency] ?? currency}`;
}

const when = (iso) => new Date(iso).toLocaleString('ru-RU', { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const plural = (n, one, few, many) => (n % 10 === 1 && n % 100 !== 11 ? one : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? few : many);

async function api(path, body) {
  const answer = await fetch('/_/' + path, body && { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error || answer.statusText);
  return json;
}

let toastTimer;
function toast(text) {
  $('toast').textContent = text;
  $('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $('toast').hidden = true; }, 4000);
}

const funnel = () => state.data.funnels.find((f) => f.id === state.funnel) ?? state.data.funnels[0];

async function move(id, stage, stageName) {
  try {
    await api('ui/move', { deal: String(id), stage });
    $('say').textContent = `Сделка ${id}: «${stageName}»`;
    await refresh();
    document.querySelector(`[data-deal="${id}"]`)?.focus();
  } catch (error) {
    toast('Не удалось перенести: ' + error.message);
  }
}

function keys(event, card) {
  const stages = funnel().stages;
  const at = stages.findIndex((s) => s.cards.some((c) => c.id === card.id));
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && event.altKey) {
    event.preventDefault();
    const target = stages[at + step];
    if (target) move(card.id, target.id, target.name);
    else toast(step < 0 ? 'Это первая стадия' : 'Это последняя стадия');
  } else if (step || event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    event.preventDefault();
    const column = event.currentTarget.closest('.stage');
    let next;
    if (step) {
      let sibling = column;
      do sibling = step < 0 ? sibling.previousElementSibling : sibling.nextElementSibling;
      while (sibling && !sibling.querySelector('.card'));
      next = sibling?.querySelector('.card');
    } else {
      const cards = [...column.querySelectorAll('.card')];
      next = cards[cards.indexOf(event.currentTarget) + (event.key === 'ArrowUp' ? -1 : 1)];
    }
    next?.focus();
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    show(card.id);
  }
}

function drawCard(card, stage) {
  const stamp = card.at + stage.id;
  const known = state.stamps.get(card.id);
  state.stamps.set(card.id, stamp);
  const buyer = card.buyer && el('p', { class: 'buyer' }, card.buyer);
  const who = el('p', { class: 'who', title: 'Ответственный' }, 'Отв. ' + card.responsible);
  const line = el('div', { class: 'line' },
    el('span', { class: 'amount' }, money(card.amount, card.currency)),
    card.order ? el('span', { class: 'order', title: 'Номер заказа' }, '№ ' + card.order) : null);
  return el('li', {
    class: 'card' + (known !== undefined && known !== stamp ? ' fresh' : ''), tabindex: '0', draggable: 'true', role: 'button', 'data-deal': card.id,
    'aria-label': `${card.title}, ${money(card.amount, card.currency)}, стадия ${stage.name}`,
    onclick: () => show(card.id),
    onkeydown: (event) => keys(event, card),
    ondragstart: (event) => {
      event.dataTransfer.setData('text/plain', String(card.id));
      event.dataTransfer.effectAllowed = 'move';
      event.currentTarget.classList.add('drag');
    },
    ondragend: (event) => {
      event.currentTarget.classList.remove('drag');
      if (state.stale) draw();
    },
  }, el('h3', {}, card.title), line, buyer || null, who);
}

function drawStage(stage) {
  const cards = el('ul', { class: 'cards' }, ...stage.cards.map((card) => drawCard(card, stage)));
  if (!stage.cards.length) cards.append(el('li', { class: 'none' }, 'Пусто'));
  if (stage.count > stage.cards.length) {
    const more = stage.count - stage.cards.length;
    cards.append(el('li', { class: 'none' }, `и ещё ${more} ${plural(more, 'сделка', 'сделки', 'сделок')}`));
  }
  return el('section', {
    class: 'stage', style: `--stage:${stage.color || '#98a2b3'}`, 'aria-label': stage.name, 'data-stage': stage.id,
    ondragover: (event) => { event.preventDefault(); event.currentTarget.classList.add('over'); },
    ondragleave: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.classList.remove('over'); },
    ondrop: (event) => {
      event.preventDefault();
      event.currentTarget.classList.remove('over');
      document.querySelector('.card.drag')?.classList.remove('drag');
      const id = Number(event.dataTransfer.getData('text/plain'));
      if (id && !stage.cards.some((card) => card.id === id)) move(id, stage.id, stage.name);
    },
  }, el('header', {},
    el('h2', { title: stage.id }, el('span', {}, stage.name), el('span', { class: 'badge' }, String(stage.count))),
    el('div', { class: 'sum' }, money(stage.sum))), cards);
}

function drawLog() {
  const rows = state.data.deliveries;
  $('log-count').textContent = String(rows.length);
  const verdict = (d) => ({ sent: String(d.status), failed: 'не доставлен', lost: 'потерян', queued: 'в очереди' })[d.state];
  const tone = (d) => (d.state === 'sent' && d.status < 300 ? 'good' : d.state === 'queued' ? '' : 'bad');
  $('log-last').textContent = rows.length
    ? `${rows[0].event}, сделка ${rows[0].id} → ${verdict(rows[0])}`
    : state.data.webhooks ? 'ещё ничего не отправлено' : 'не настроены';
  const table = el('table', {}, el('thead', {}, el('tr', {}, ...['Когда', 'Событие', 'ID', 'Куда', 'Ответ'].map((t) => el('th', {}, t)))));
  const body = el('tbody');
  for (const d of rows) {
    body.append(el('tr', {},
      el('td', {}, when(d.at)), el('td', {}, d.event === 'robot' ? 'робот' : d.event), el('td', {}, String(d.id)),
      el('td', { class: 'wrap', title: d.body }, d.url.replace(/([?&](secret|token)=)[^&]*/g, '$1…')),
      el('td', { class: 'wrap ' + tone(d) }, verdict(d) + (d.answer ? ': ' + d.answer.slice(0, 120) : ''))));
  }
  table.append(body);
  $('log-list').replaceChildren(rows.length ? table : el('p', { class: 'none' }, 'Вебхуки появятся здесь, когда сделка изменится.'));
}

function draw() {
  // A card in the hand must not vanish: news wait until it is put down.
  state.stale = document.querySelector('.card.drag') !== null;
  if (state.stale) return;
  const current = funnel();
  state.funnel = current.id;
  $('funnels').replaceChildren(...state.data.funnels.map((f) => el('button', {
    type: 'button', 'aria-current': String(f.id === current.id), onclick: () => { state.funnel = f.id; draw(); },
  }, f.name, el('small', {}, String(f.count)))));
  const focused = document.activeElement?.dataset?.deal;
  const scroll = $('board').scrollLeft;
  const tops = new Map([...document.querySelectorAll('.stage')].map((s) => [s.dataset.stage, s.querySelector('.cards').scrollTop]));
  $('board').replaceChildren(...current.stages.map(drawStage));
  $('board').scrollLeft = scroll;
  for (const s of document.querySelectorAll('.stage')) s.querySelector('.cards').scrollTop = tops.get(s.dataset.stage) ?? 0;
  if (focused) document.querySelector(`[data-deal="${focused}"]`)?.focus({ preventScroll: true });
  drawLog();
}

const block = (title, ...content) => el('section', {}, el('h3', {}, title), ...content);

function pairs(entries) {
  const list = el('dl', { class: 'pairs' });
  for (const [name, value] of entries) list.append(el('dt', {}, name), el('dd', {}, value));
  return list;
}

function drawRows(deal) {
  if (!deal.rows.length) return el('p', { class: 'none' }, 'Товаров нет');
  const body = el('tbody');
  for (const row of deal.rows) {
    body.append(el('tr', {}, el('td', { class: 'wrap' }, row.productName), el('td', { class: 'num' }, `${row.quantity} ${row.measureName}`),
      el('td', { class: 'num' }, money(Number(row.price).toFixed(2), deal.currency)),
      el('td', { class: 'num' }, row.taxRate === null ? 'без НДС' : row.taxRate + ' %')));
  }
  return el('table', {}, el('thead', {}, el('tr', {}, el('th', {}, 'Товар'), ...['Кол-во', 'Цена', 'НДС'].map((t) => el('th', { class: 'num' }, t)))), body);
}

function drawContacts(deal) {
  if (!deal.contacts.length) return el('p', { class: 'none' }, 'Контакта нет');
  return el('div', {}, ...deal.contacts.map((c) => pairs([
    ['ФИО', [c.LAST_NAME, c.NAME, c.SECOND_NAME].filter(Boolean).join(' ') || '—'],
    ...c.FM.map((m) => [{ PHONE: 'Телефон', EMAIL: 'E-mail' }[m.TYPE_ID] ?? m.TYPE_ID, m.VALUE]),
  ])));
}

function drawDeal(deal) {
  const stages = state.data.funnels.flatMap((f) => f.stages.map((s) => ({ ...s, funnel: f.name })));
  const here = stages.find((s) => s.id === deal.stage);
  const choice = el('select', { onchange: (event) => { const s = stages.find((x) => x.id === event.target.value); move(deal.id, s.id, s.name); } },
    ...state.data.funnels.map((f) => el('optgroup', { label: f.name },
      ...f.stages.map((s) => el('option', { value: s.id, selected: s.id === deal.stage }, s.name)))));
  const fields = Object.entries(deal.fields).filter(([, v]) => v !== null && v !== '' && typeof v !== 'object');
  const steps = el('ol', { class: 'steps' }, ...deal.history.map((h) =>
    el('li', { style: `--stage:${h.color || '#98a2b3'}` }, h.stage, el('time', {}, when(h.at)))));
  const dialog = $('deal');
  const top = dialog.querySelector('.deal-body') ? dialog.scrollTop : 0;
  const unfolded = dialog.querySelector('details')?.open;
  dialog.style.setProperty('--stage', here?.color || '#98a2b3');
  dialog.replaceChildren(
    el('div', { class: 'deal-head' },
      el('button', { class: 'close', type: 'button', 'aria-label': 'Закрыть', onclick: () => dialog.close() }, '×'),
      el('h2', { id: 'deal-title' }, deal.title),
      el('div', { class: 'big' }, money(deal.amount, deal.currency)),
      el('label', {}, 'Стадия', choice)),
    el('div', { class: 'deal-body' },
      block('Заказ', pairs([['Сделка', String(deal.id)], ['Номер заказа', deal.order || '—'], ['Ответственный', deal.responsible], ['Изменена', when(deal.at)]])),
      block('Покупатель', drawContacts(deal)),
      block('Товары', drawRows(deal)),
      deal.comments ? block('Комментарий', el('p', { style: 'white-space:pre-wrap' }, deal.comments)) : null,
      deal.fields.TIMELINE?.length ? block('Лента', ...deal.fields.TIMELINE.map((t) => el('p', { style: 'white-space:pre-wrap' }, t))) : null,
      block('История', steps),
      block('Все поля', el('details', { open: unfolded }, el('summary', {}, `Показать ${fields.length} ${plural(fields.length, 'поле', 'поля', 'полей')}`), pairs(fields)))));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = top;
}

async function show(id) {
  try {
    state.open = id;
    drawDeal(await api('deal?id=' + id));
  } catch (error) {
    toast(error.message);
    $('deal').close();
  }
}

async function refresh() {
  state.data = await api('board');
  draw();
  if (state.open !== null && $('deal').open) await show(state.open);
}

async function follow() {
  for (;;) {
    try {
      if (!state.data) await refresh();
      $('live').textContent = 'обновляется сама';
      $('live').className = 'live on';
      const { version } = await api('wait?version=' + state.data.version);
      if (version !== state.data.version) await refresh();
    } catch {
      $('live').textContent = 'портал не отвечает';
      $('live').className = 'live off';
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

$('log-toggle').addEventListener('click', (event) => {
  const open = $('log-list').hidden;
  $('log-list').hidden = !open;
  event.currentTarget.setAttribute('aria-expanded', String(open));
});
$('deal').addEventListener('close', () => {
  const id = state.open;
  state.open = null;
  document.querySelector(`[data-deal="${id}"]`)?.focus();
});
$('deal').addEventListener('click', (event) => { if (event.target === $('deal')) $('deal').close(); });
$('copy').addEventListener('click', async () => {
  const url = location.origin + state.data.webhook;
  try {
    await navigator.clipboard.writeText(url);
    toast('Скопировано: ' + url);
  } catch {
    toast(url);
  }
});
follow();
