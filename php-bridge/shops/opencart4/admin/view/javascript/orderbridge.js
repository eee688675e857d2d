// The module's page: shows what the shop told, sends back one JSON document. Requests go out by fetch on purpose:
// the admin's own form handler (4.1) prints every field to the browser's console, secrets included.
(() => {
  'use strict';

  const page = JSON.parse(document.getElementById('ob-data').textContent);
  const text = page.texts;
  const $ = (id) => document.getElementById(`ob-${id}`);
  let settings = page.settings;
  let snapshot = page.snapshot;
  const unsaved = new Set();

  /** Elements from plain text only: nothing from the portal or an order is ever read as markup. */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'class') element.className = value;
      else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  const fill = (id, rows, columns) => {
    $(id).replaceChildren(...(rows.length ? rows : [make('tr', {}, make('td', { colspan: columns, class: 'text-muted' }, text.js_empty))]));
  };

  const say = (message, kind = 'success') => {
    $('message').replaceChildren(message ? make('div', { class: `alert alert-${kind} alert-dismissible` }, message, make('button', { type: 'button', class: 'btn-close', 'data-bs-dismiss': 'alert' })) : '');
    if (message) $('message').scrollIntoView({ block: 'nearest' });
  };

  const ask = async (action, body = {}, button = null) => {
    if (button) { button.disabled = true; say(''); }
    try {
      const response = await fetch(page.urls[action], { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
      const answer = JSON.parse(await response.text());
      if (answer.redirect) { location = answer.redirect; return null; }
      if (answer.error) {
        $('webhook-error').textContent = answer.error.webhook || '';
        if (typeof answer.error === 'string') say(answer.error, 'danger');
        else if (answer.error.webhook) say(answer.error.webhook, 'danger');
        else say(make('ul', { class: 'list-unstyled mb-0' }, ...(answer.error.problems || answer.error.points || []).map(point)), 'danger');
        return null;
      }
      $('webhook-error').textContent = '';
      return answer;
    } catch {
      say(text.js_network, 'danger');
      return null;
    } finally {
      if (button) button.disabled = false;
    }
  };

  const icon = (level) => make('i', { class: { ok: 'fa-solid fa-circle-check text-success', warning: 'fa-solid fa-triangle-exclamation text-warning', error: 'fa-solid fa-circle-xmark text-danger' }[level] || 'fa-solid fa-circle-info text-info' });
  // What the bridge says may be a part of a sentence elsewhere.
  const sentence = (words) => (words || '').charAt(0).toUpperCase() + (words || '').slice(1);
  const point = (p) => make('li', { class: 'mb-1' }, icon(p.level), ' ', sentence(p.message), p.hint ? make('span', { class: 'text-muted' }, ` ${sentence(p.hint)}`) : null);
  const option = (value, label, chosen) => make('option', { value, selected: chosen }, label);
  const mark = () => { $('save').classList.toggle('btn-warning', unsaved.size > 0); $('save').title = unsaved.size > 0 ? text.js_unsaved : ''; };
  const touched = (what = 'settings') => { unsaved.add(what); mark(); };
  const kept = (what) => { unsaved.delete(what); mark(); };

  const stages = () => (snapshot && settings.funnel ? (snapshot.funnels.find((f) => f.id === settings.funnel.id) || { stages: [] }).stages : []);
  const users = () => (snapshot ? snapshot.users : (settings.portal || {}).users || []);

  // ---- what is shown ------------------------------------------------------------------------------------------

  const head = () => {
    const connected = Boolean(page.webhook);
    $('enabled').checked = page.enabled;
    $('summary').textContent = connected ? `${text.text_connected}: ${page.webhook}${page.enabled ? '' : `. ${text.text_disabled}`}` : text.text_not_connected;
    if (connected) $('webhook').placeholder = `${page.webhook} (${text.text_keep})`;
    $('funnel').replaceChildren(settings.funnel && settings.funnel.id ? make('strong', {}, `${settings.funnel.name} (ID ${settings.funnel.id})`) : '');
    for (const id of ['endpoint', 'cron', 'tick', 'monitor']) $(id).value = page.addresses[id];
    for (const id of ['test', 'plan', 'run']) $(id).disabled = !page.can_modify;
  };

  const statusSelect = (chosen, change) => make('select', { class: 'form-select', style: 'min-width:11em', onchange: change }, option('', text.js_none, !chosen), ...page.statuses.map((s) => option(s.id, s.name, s.id === chosen)));

  const statuses = () => {
    const map = settings.statuses;
    const row = (label, color, entry, write) => {
      const current = { status: '', notify: false, comment: '', ...entry };
      const keep = () => { touched(); write(current.status ? { ...current } : null); };
      return make('tr', {},
        make('td', {}, make('span', { class: 'd-inline-block rounded-circle me-2 align-middle border', style: `width:.9em;height:.9em;background:${/^#[0-9a-f]{6}$/i.test(color || '') ? color : '#ccc'}` }), label),
        make('td', {}, statusSelect(current.status, (e) => { current.status = e.target.value; keep(); })),
        make('td', { class: 'text-center' }, make('input', { type: 'checkbox', class: 'form-check-input', checked: current.notify, 'aria-label': text.column_notify, onchange: (e) => { current.notify = e.target.checked; keep(); } })),
        make('td', {}, make('input', { type: 'text', class: 'form-control', style: 'min-width:12em', value: current.comment, maxlength: '500', 'aria-label': text.column_comment, onchange: (e) => { current.comment = e.target.value; keep(); } })));
    };
    const all = stages();
    const ordinary = all.filter((s) => s.semantics === 'process');
    const rows = ordinary.map((stage) => row(stage.name, stage.color, map.from_stage.find((e) => e.stage === stage.id), (entry) => {
      map.from_stage = map.from_stage.filter((e) => e.stage !== stage.id).concat(entry ? [{ ...entry, stage: stage.id }] : []);
    }));
    const ends = [['won', 'success', text.js_won], ['lost', 'failure', text.js_lost]].map(([key, semantics, label]) => {
      const stage = all.find((s) => s.semantics === semantics);
      return row(stage ? `${stage.name} (${label.toLowerCase()})` : label, stage && stage.color, map[key], (entry) => { if (entry) map[key] = entry; else map[key] = { status: '', notify: false, comment: '' }; });
    });
    fill('from', all.length ? rows.concat(ends) : [], 4);
    if (!all.length) $('from').replaceChildren(make('tr', {}, make('td', { colspan: '4', class: 'text-muted' }, text.js_no_snapshot)));

    fill('to', all.length ? page.statuses.map((status) => {
      const entry = map.to_stage.find((e) => e.status === status.id);
      return make('tr', {}, make('td', {}, status.name), make('td', {}, make('select', { class: 'form-select', onchange: (e) => {
        touched();
        map.to_stage = map.to_stage.filter((x) => x.status !== status.id).concat(e.target.value ? [{ status: status.id, stage: e.target.value }] : []);
      } }, option('', text.js_none, !entry), ...all.map((s) => option(s.id, s.name, Boolean(entry) && entry.stage === s.id)))));
    }) : [], 2);
  };

  const managers = () => {
    const to = settings.responsible;
    const name = (c) => { const parts = []; for (let at = c; at && parts.length < 9; at = page.categories.find((x) => x.id === at.parent_id)) parts.unshift(at.name); return parts.join(' › '); };
    const categories = page.categories.map((c) => ({ id: c.id, name: name(c) })).sort((a, b) => a.name.localeCompare(b.name));
    const people = users();
    const label = (u) => u.name + (u.active === false ? ` (${text.js_inactive})` : '');
    const many = (values, all, write, what) => {
      const chosen = make('div', { class: 'form-text' });
      const tell = (list) => { chosen.textContent = all.filter((x) => list.includes(x.id)).map((x) => x.name).join(', '); };
      tell(values);
      return make('div', {}, make('select', { class: 'form-select', multiple: true, size: '6', 'aria-label': what, onchange: (e) => { touched(); const list = [...e.target.selectedOptions].map((o) => o.value); write(list); tell(list); } }, ...all.map((x) => option(x.id, x.name, values.includes(x.id)))), chosen);
    };
    fill('rules', to.rules.map((rule, at) => make('tr', {},
      make('td', {}, many(rule.when?.categories ?? [], categories, (v) => { (rule.when ??= {}).categories = v; }, text.column_categories)),
      make('td', {}, many(rule.users, people.map((u) => ({ id: u.id, name: label(u) })), (v) => { rule.users = v; }, text.column_users)),
      make('td', {}, make('select', { class: 'form-select', 'aria-label': text.column_pick, onchange: (e) => { touched(); rule.pick = e.target.value; } }, option('round_robin', text.js_round_robin, rule.pick !== 'first'), option('first', text.js_first, rule.pick === 'first'))),
      make('td', { class: 'text-end' }, make('button', { type: 'button', class: 'btn btn-danger', title: text.js_remove, 'aria-label': text.js_remove, onclick: () => { touched(); to.rules.splice(at, 1); managers(); } }, make('i', { class: 'fa-solid fa-minus-circle' }))))), 4);
    $('fallback').replaceChildren(...(people.some((u) => u.id === to.fallback) ? [] : [option(to.fallback, to.fallback ? `ID ${to.fallback}` : '', true)]), ...people.map((u) => option(u.id, label(u), u.id === to.fallback)));
    $('basket').value = to.basket || 'largest_sum';
  };

  let last = null;
  const ledger = (data) => {
    if (!data) return;
    last = data;
    $('dead').textContent = data.counts.dead || '';
    const resend = (order) => make('button', { type: 'button', class: 'btn btn-outline-primary btn-sm text-nowrap', disabled: !page.can_modify, onclick: async (e) => { const a = await ask('resend', { order_id: order }, e.currentTarget); if (a) { say(text.js_queued); ledger(a.ledger); } } }, text.js_resend);
    const link = (order) => make('a', { href: page.urls.order + encodeURIComponent(order) }, `№ ${order}`);
    fill('jobs', data.jobs.map((job) => make('tr', {},
      make('td', {}, link(job.order_id), make('div', { class: 'text-muted small' }, job.wants.map((w) => text[`js_${w}`]).join(', '))),
      make('td', {}, make('span', { class: `badge ${job.state === 'dead' ? 'bg-danger' : 'bg-secondary'}` }, job.state === 'dead' ? text.js_dead : text.js_ready), make('div', { class: 'text-muted small' }, job.next)),
      make('td', {}, String(job.attempts)),
      make('td', {}, sentence(job.message), job.hint ? make('div', { class: 'text-muted' }, sentence(job.hint)) : null),
      make('td', { class: 'text-end' }, resend(job.order_id)))), 5);
    fill('links', data.links.map((l) => make('tr', {}, make('td', {}, link(l.order_id)), make('td', {}, l.deal_url ? make('a', { href: l.deal_url, target: '_blank', rel: 'noopener' }, `ID ${l.deal_id}`) : (l.deal_id ? `ID ${l.deal_id}` : '')), make('td', {}, (stages().find((s) => s.id === l.stage) || { name: l.stage || '' }).name), make('td', { class: 'text-nowrap' }, l.when), make('td', { class: 'text-end' }, resend(l.order_id)))), 5);
    fill('journal', data.journal.map((j) => make('tr', {}, make('td', { class: 'text-nowrap' }, j.when), make('td', {}, j.order_id ? link(j.order_id) : ''), make('td', {}, icon(j.level === 'info' ? 'info' : j.level), ' ', sentence(j.message)))), 3);
    $('checks').replaceChildren(...data.health.map(point));
  };

  const show = () => { head(); statuses(); managers(); };

  // ---- what can be done ---------------------------------------------------------------------------------------

  const reload = async (button) => {
    const answer = await ask('snapshot', {}, button);
    if (answer) { snapshot = answer.snapshot; settings.portal = { ...settings.portal, users: snapshot.users.map(({ id, name, active }) => ({ id, name, active })) }; statuses(); managers(); ledger(last); }
  };

  $('save').addEventListener('click', async (event) => {
    settings.responsible.fallback = $('fallback').value;
    settings.responsible.basket = $('basket').value;
    const answer = await ask('save', { enabled: $('enabled').checked, webhook: $('webhook').value.trim(), settings }, event.currentTarget);
    if (!answer) return;
    const fresh = answer.page.webhook !== page.webhook;
    Object.assign(page, answer.page);
    settings = answer.page.settings;
    unsaved.clear();
    mark();
    $('webhook').value = '';
    show();
    const warnings = answer.warnings || [];
    say(make('div', {}, answer.success, make('ul', { class: 'list-unstyled mb-0' }, ...warnings.map(point))), warnings.length ? 'warning' : 'success');
    if (fresh && page.webhook) reload(null);
  });

  $('test').addEventListener('click', async (event) => {
    $('points').replaceChildren(make('li', {}, make('i', { class: 'fa-solid fa-spinner fa-spin' })));
    const answer = await ask('test', { webhook: $('webhook').value.trim() }, event.currentTarget);
    $('points').replaceChildren(...(answer ? answer.points.map(point) : []));
    if (!answer) return;
    const fresh = answer.page.webhook !== page.webhook;
    page.webhook = answer.page.webhook;
    if (answer.page.webhook && $('webhook').value && !answer.points.some((p) => p.level === 'error')) { $('webhook').value = ''; kept('webhook'); }
    if (fresh) reload(null);
    head();
    ledger(answer.page.ledger);
  });

  const steps = (plan) => $('steps').replaceChildren(...(plan.length ? plan.map((s) => make('li', { class: 'list-group-item d-flex justify-content-between' }, s.message, make('span', { class: `badge ${s.existing ? 'bg-warning text-dark' : 'bg-success'}` }, s.existing ? text.js_existing : text.js_new))) : [make('li', { class: 'list-group-item' }, icon('ok'), ' ', text.js_nothing)]));

  $('plan').addEventListener('click', async (event) => {
    const answer = await ask('plan', {}, event.currentTarget);
    if (!answer) return;
    steps(answer.plan);
    $('provision').classList.toggle('d-none', !answer.plan.length);
    if (answer.settings) { settings = answer.settings; page.settings = settings; show(); reload(null); }
  });

  $('provision').addEventListener('click', async (event) => {
    const answer = await ask('provision', {}, event.currentTarget);
    if (!answer) return;
    $('provision').classList.add('d-none');
    $('steps').replaceChildren();
    if (answer.settings) settings = answer.settings;
    show();
    say(text.js_done);
    reload(null);
  });

  $('rule').addEventListener('click', () => { touched(); settings.responsible.rules.push({ when: { categories: [] }, users: [], pick: 'round_robin' }); managers(); });
  for (const id of ['enabled', 'fallback', 'basket']) $(id).addEventListener('change', () => touched());
  $('webhook').addEventListener('input', () => ($('webhook').value ? touched('webhook') : kept('webhook')));
  $('connect').addEventListener('submit', (event) => { event.preventDefault(); $('test').click(); });
  for (const button of document.querySelectorAll('[data-ob-reload]')) button.addEventListener('click', (event) => reload(event.currentTarget));
  for (const button of document.querySelectorAll('[data-ob-copy]')) button.addEventListener('click', () => { const field = document.getElementById(button.dataset.obCopy); field.select(); if (navigator.clipboard) navigator.clipboard.writeText(field.value); else document.execCommand('copy'); });
  $('run').addEventListener('click', async (event) => { const answer = await ask('run', {}, event.currentTarget); if (answer) ledger(answer.ledger); });

  show();
  ledger(page.ledger);
  if (page.webhook && page.can_modify) reload(null);
})();
