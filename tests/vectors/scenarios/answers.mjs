import { order, flow, ok, item, refused, answers, failure, portal, nothingFound, dealItem } from './shared.mjs';

export function portalAnswers(record) {
  const push = { kind: 'push_order', order, link: null, attempt: 1, turn: 3 };
  const whole = (name, why, reply) => flow(record, `answer-${name}`, why, push, [reply]);
  const call = (name, why, code, text, more = {}) => flow(
    record, `answer-${name}`, why, push, [nothingFound, answers({ contact: item({ id: 84 }), deal: refused(code, text) })], more,
  );
  whole('413', 'The server takes no request of this size: again, and then a person must raise its limit.', failure('http', { status: 413 }));
  whole('429-page', 'Too many requests, said by the server before the portal: its own time, a minute at least.', failure('http', { status: 429, after: 90 }));
  whole('504', 'The server gave up waiting for the portal: the deal may be there, so it counts as no answer in time.', failure('http', { status: 504 }));
  whole('302', 'Somebody else answers, or the portal has moved: a person has to look, the orders wait.', failure('http', { status: 302 }));
  whole('401-page', 'The web server asks for a password of its own.', failure('http', { status: 401 }));
  whole('confirm', 'The portal’s administrator has to allow the method.', portal(401, 'METHOD_CONFIRM_WAITING'));
  whole('encoding', 'The portal could not write its answer: again.', portal(500, 'WRONG_ENCODING', 'Wrong request encoding'));
  whole('sql', 'A statement of theirs failed: again.', portal(500, 'ERROR_CORE', 'SQL query error!'));
  whole('unknown-429', 'An unknown code, but too many requests.', portal(429, 'SLOW_DOWN', 'Slow down'));
  call('disk', 'The portal’s disk is full: nothing can be created, so everything waits.', '', 'Исчерпан выделенный дисковый ресурс');
  call('field', 'A value that the portal does not take is named by its field.', 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Неверное значение поля "Источник"');
  call('field-classic', 'The same in the classic words, in English.', '', 'Неверное значение поля «Тип сделки»', { lang: 'en' });
  call('required', 'A field that the portal insists on.', 'CRM_FIELD_ERROR_REQUIRED', 'Поле "Город" обязательно для заполнения');
  call('stage-denied', 'The webhook’s owner may not put deals on this stage: this order waits for a person, others go on.', 'ACCESS_DENIED', 'Недостаточно прав на смену стадии');
  call('argument', 'The portal did not find what it needs in our request; its braces stay as they are.', '100', 'Could not find value for parameter {fields}');
  call('filter', 'The portal does not know what we filter by.', 'INVALID_ARG_VALUE', 'Invalid filter: field \'originId\' is not allowed in filter');
  call('too-many', 'More commands than a batch takes.', 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
  call('no-type', 'The box has no universal deals.', 'NOT_FOUND', 'Смарт-процесс не найден');
  call('unsupported', 'Nor does it have rows for them.', 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported');
  call('zero', 'A number for a code, and a text for a person.', '0', 'Дело не создано');
  call('core', 'An error of the portal’s modules that nobody knows.', 'ERROR_CORE', 'Событие отменено обработчиком');
  call('operating', 'One method is blocked inside a batch that was taken: this order waits, the others go on.', 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit');
  flow(record, 'answer-owner', 'The rows’ deal is gone while it is updated.', { ...push, link: { order_id: '17', deal_id: '394', stage: 'C5:NEW', memo: { sent: {}, contact: '84', status: 'new' } } }, [
    answers({ phone: ok({ CONTACT: [84] }), email: ok({ CONTACT: [84] }), bound: item({ id: 84 }) }),
    answers({ rows: refused('OWNER_NOT_FOUND', 'Owner was not found'), update: item(dealItem) }),
  ]);
}
