// One POST an action. Whatever goes wrong becomes a Trouble with words for people and what to do about it.

import type { Actions } from './actions';
import type { Config } from '../config';
import { frame } from '../words/frame';
import { words } from '../words/words';

/** Longer than a worker that is run by hand may take. */
const PATIENCE = 90_000;

let config: Config;

export function connect(given: Config): void {
  config = given;
}

/** Something that did not work. Decide by the code, show the message and the hint. */
export class Trouble extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint = '',
    readonly data: unknown = undefined,
  ) {
    super(message);
  }

  static of(failure: unknown): Trouble {
    return failure instanceof Trouble ? failure : new Trouble('broken', String((failure as Error)?.message ?? failure));
  }
}

type Params<Name extends keyof Actions> = Actions[Name]['params'];

/** Asks the bridge. Rejects with a {@link Trouble}, never with anything else. */
export async function call<Name extends keyof Actions>(
  action: Name,
  ...[params]: Params<Name> extends undefined ? [] : [Params<Name>]
): Promise<Actions[Name]['data']> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(config.api, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...config.headers },
      body: JSON.stringify({ action, params: params ?? {} }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    text = await response.text();
  } catch {
    throw plain('offline');
  }
  const answer = parsed(text);
  if (answer?.ok) return answer.data as Actions[Name]['data'];
  if (answer?.error) {
    const { code, message, hint, data } = answer.error;
    throw new Trouble(code, message, hint, data);
  }
  // Not our answer: the CMS's own, which wants a log-in or refuses the token.
  if (response.redirected || response.status === 401) throw plain('signed_out');
  throw plain(response.status === 403 ? 'forbidden' : response.status >= 502 ? 'offline' : 'broken');
}

interface Answer {
  ok: boolean;
  data?: unknown;
  error?: { code: string; message: string; hint: string; data?: unknown };
}

function parsed(text: string): Answer | null {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'ok' in answer ? (answer as Answer) : null;
  } catch {
    return null;
  }
}

function plain(code: 'offline' | 'signed_out' | 'forbidden' | 'broken'): Trouble {
  const say = words(frame).trouble;
  return new Trouble(code, say[code], say[`${code}_hint`]);
}
