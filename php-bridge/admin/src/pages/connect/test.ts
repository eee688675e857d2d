// The last test of the connection, kept while pages come and go.

import { signal } from '@preact/signals';
import type { Point } from '../../api/actions';
import { call } from '../../api/call';
import { rebase } from '../../app/draft';
import { learn, refresh, snapshot } from '../../app/session';

export const tested = signal<{ ok: boolean; points: Point[] } | null>(null);

/** The webhook of a test that found another portal's address, until a person has said which portal that is. */
export const doubted = signal<string | null>(null);

const ADDRESS_CHANGED = 'portal_changed';

/** Tests what is connected, or a webhook that is kept if it works. */
export async function test(webhook?: string, another = false): Promise<boolean> {
  const answer = await call('connection.test', webhook === undefined ? {} : { webhook, another });
  const points = answer.points.filter((point) => point.code !== ADDRESS_CHANGED || webhook === undefined);
  tested.value = { ok: answer.ok, points };
  learn({ connection: answer.connection });
  rebase(answer.settings);
  if (webhook !== undefined) {
    snapshot.value = null;
    void refresh();
    doubted.value = !another && points.length < answer.points.length ? webhook : null;
  }
  return answer.ok;
}
