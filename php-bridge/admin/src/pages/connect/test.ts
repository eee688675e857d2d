// The last test of the connection, kept while pages come and go.

import { signal } from '@preact/signals';
import type { Point } from '../../api/actions';
import { Trouble, call } from '../../api/call';
import { rebase } from '../../app/draft';
import { learn, lookAtPortal, refresh } from '../../app/session';
import { connect } from '../../words/connect';
import { words } from '../../words/words';

export const tested = signal<{ ok: boolean; points: Point[] } | null>(null);

/** The webhook of a test that found another portal's address, until a person has said which portal that is. */
export const doubted = signal<string | null>(null);

/** So many names are enough to recognise one's own portal. */
const LISTED = 5;
const ADDRESS_CHANGED = 'portal_changed';

/** Tests what is connected, or a webhook that is kept if it works. */
export async function test(webhook?: string, another = false): Promise<boolean> {
  const answer = await call('connection.test', webhook === undefined ? {} : { webhook, another });
  const points = answer.points.filter((point) => point.code !== ADDRESS_CHANGED || webhook === undefined);
  tested.value = { ok: answer.ok, points: answer.ok ? [...points, ...await found(answer.points)] : points };
  learn({ connection: answer.connection });
  rebase(answer.settings);
  if (webhook !== undefined) {
    void refresh();
    doubted.value = !another && points.length < answer.points.length ? webhook : null;
  }
  return answer.ok;
}

/** What of the portal the webhook can see: the shop's orders need all of it. */
async function found(points: Point[]): Promise<Point[]> {
  const say = words(connect).found;
  const point = (code: string, message: string, hint = ''): Point => ({ code, level: hint === '' ? 'ok' : 'warning', message, hint });
  try {
    const { funnels, users, currencies } = await lookAtPortal(true);
    const active = users.filter((user) => user.active);
    const names = (list: { name: string }[]) => list.slice(0, LISTED).map(({ name }) => `«${name}»`).join(', ') + (list.length > LISTED ? '…' : '');
    return [
      point('funnels_seen', say.funnels(funnels.length, names(funnels))),
      point('users_seen', say.users(active.length), active.length > 0 ? '' : say.users_hint),
      point('currencies_seen', say.currencies(currencies.map(({ code }) => code).join(', '))),
    ];
  } catch (failure) {
    // What the test has said already need not be said twice.
    const { code, message, hint } = Trouble.of(failure);
    return points.some((one) => one.code === code) ? [] : [{ code, level: 'error', message, hint }];
  }
}
