// What an answer of the portal means.
import { order, flow, ok, refused, answers, failure, portal } from './shared.mjs';

export function portalTrouble(record) {
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 3 };
  const trouble = (name, why, reply, task = push) => flow(record, `portal-${name}`, why, task, [reply]);
  trouble('connect', 'Nobody answers: the whole portal is left alone for a while, no attempt is spent.', failure('connect', { text: 'Connection refused' }));
  trouble('dns', 'The name cannot be found: the same.', failure('dns'));
  trouble('timeout', 'No answer in time counts: it may be this order that is too much.', failure('timeout'));
  for (const attempt of [2, 10]) trouble(`timeout-${attempt}`, 'Each attempt waits longer, up to three days in all.', failure('timeout'), { ...push, attempt });
  trouble('timeout-11', 'An attempt too many: a person has to look.', failure('timeout'), { ...push, attempt: 11 });
  trouble('tls', 'A certificate that is not trusted is never talked to.', failure('tls', { text: 'self-signed certificate' }));
  trouble('too-large', 'An answer that is too large was not read.', failure('too_large'));
  trouble('html', 'A page instead of JSON: closed for maintenance, or a wrong address.', failure('http', { status: 502 }));
  trouble('html-retry-after', 'The portal says when.', failure('http', { status: 503, after: 120 }));
  trouble('limit', 'Too many requests: a second, and no attempt is spent.', portal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'));
  trouble('operating', 'The method’s time is used up: until the portal says.', portal(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit', 300));
  trouble('overload', 'Closed because of overload: a long pause.', portal(503, 'OVERLOAD_LIMIT'));
  trouble('deleted', 'The portal is closed.', portal(500, 'PORTAL_DELETED', 'Portal was deleted'));
  trouble('internal', 'An error of theirs is tried again.', portal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'));
  trouble('unknown-500', 'So is one that we do not know, if they say it is theirs.', portal(500, 'SOMETHING', 'Что-то <br> сломалось'));
  trouble('unknown-400', 'One that we do not know and that is ours is for a person.', portal(400, 'SOMETHING', ''));
  trouble('credentials', 'A wrong webhook stops the portal until it is mended; orders wait.', portal(401, 'INVALID_CREDENTIALS', 'Invalid request credentials'));
  trouble('owner', 'The webhook’s owner is dismissed.', portal(401, 'authorization_error', 'Unable to authorize user'));
  trouble('scope', 'A scope is missing.', portal(403, 'insufficient_scope', 'The request requires higher privileges'));
  trouble('plan', 'The plan does not allow REST.', portal(403, 'ACCESS_DENIED', 'REST API is available only on commercial plans'));
  trouble('payment', 'Nor does an unpaid one.', portal(402, 'PAYMENT_REQUIRED'));
  trouble('extranet', 'The owner is not of the intranet.', portal(403, 'allowed_only_intranet_user', 'Действие разрешено только интранет-пользователям'));
  trouble('https', 'The portal takes https only.', portal(400, 'INVALID_REQUEST', 'Https required.'));
  trouble('rights', 'Rights denied to one command stop the portal as well.', answers({ deal: refused('ACCESS_DENIED', 'Доступ запрещен'), phone: ok([]), email: ok([]) }));
  trouble('rights-classic', 'In the classic family the code is empty.', answers({ deal: ok({ items: [] }), phone: refused('', 'Access denied.'), email: ok([]) }));
  trouble('old', 'A method is not there: the box is too old.', answers({ deal: refused('ERROR_METHOD_NOT_FOUND', 'Method not found!'), phone: ok([]), email: ok([]) }));
}
