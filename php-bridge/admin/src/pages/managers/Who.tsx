import { useState } from 'preact/hooks';
import { pathOf, tree } from '../../app/categories';
import { named } from '../../app/named';
import { href } from '../../app/route';
import { sample } from '../../app/sample';
import { usePreview } from '../../app/usePreview';
import type { Order } from '../../core/types';
import { Field } from '../../parts/Field';
import { TroubleNotice } from '../../parts/Notice';
import { UserChip } from '../../parts/User';
import { managers } from '../../words/managers';
import { words } from '../../words/words';
import { OrderPick } from '../preview/OrderPick';

/** Whom an order would go to by the rules beside it, and why; it follows every edit. */
export function Who() {
  const say = words(managers);
  const [at, setAt] = useState('');
  const order = sample.value?.order ?? null;
  const { told, trouble } = usePreview(order, at);
  const chosen = told?.data.responsible;
  return (
    <aside class="card who" aria-labelledby="who-title">
      <h3 id="who-title">{say.try}</h3>
      <p class="soft">{say.try_help}</p>
      <OrderPick />
      <Field label={say.when} help={say.when_help}>
        {(wiring) => <input type="datetime-local" class="input" {...wiring} value={at} onInput={(event) => setAt(event.currentTarget.value)} />}
      </Field>
      {trouble && <TroubleNotice trouble={trouble} />}
      {chosen && !trouble && (
        <div class="verdict" role="status" data-responsible={chosen.user || chosen.one_of.join(',')}>
          <h4>{chosen.one_of.length > 0 ? say.in_turn : say.gets}</h4>
          <ul class="chips">
            {(chosen.one_of.length > 0 ? chosen.one_of : [chosen.user]).map((id) => <li key={id}>{id === '' ? say.owner : <UserChip id={id} />}</li>)}
          </ul>
          <p>{named(told.data.reason, chosen.category ?? null)}</p>
        </div>
      )}
      {order && <Lines order={order} />}
      {order && <p><a href={href('preview', order.id ?? '')}>{say.sees_preview}</a></p>}
    </aside>
  );
}

function Lines({ order }: { order: Order }) {
  const say = words(managers);
  const all = tree.value;
  return (
    <div class="order-lines">
      <h4>{say.lines}</h4>
      <ul>
        {(order.lines ?? []).map((line, index) => (
          <li key={index}>
            {line.name} <span class="soft">× {line.quantity}</span>
            <p class="soft">
              {(line.categories ?? []).map((path) => pathOf(all, path.at(-1) ?? '')).join('; ') || say.no_category}
              {line.brand ? ` · ${line.brand}` : ''}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
