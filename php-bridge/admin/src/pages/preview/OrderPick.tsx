import { useEffect, useState } from 'preact/hooks';
import { call } from '../../api/call';
import { look, sample } from '../../app/sample';
import { Combo } from '../../parts/Combo';
import { Field } from '../../parts/Field';
import type { Offer } from '../../parts/List';
import { TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { useAction, useCall } from '../../parts/useCall';
import { useDebounced } from '../../parts/useDebounced';
import { preview } from '../../words/preview';
import { day, money, words } from '../../words/words';

const LISTED = 30;

interface Props {
  label?: string;
  /** An order to begin with; the newest one when there is none. */
  first?: string;
  onPick?: (id: string) => void;
}

/** Chooses the order that pages show their rules by: one of the newest, a found one, or any by its id. */
export function OrderPick({ label, first = '', onPick }: Props) {
  const say = words(preview);
  const [typed, type] = useState('');
  const search = useDebounced(typed, 250);
  const list = useCall(() => call('orders.list', { filter: 'all', search: search || undefined, limit: LISTED }), [search]);
  const { busy, trouble, run } = useAction(look);
  const take = (id: string) => {
    void run(id);
    onPick?.(id);
  };
  const rows = list.data?.rows ?? [];
  const newest = rows[0]?.order.id;
  useEffect(() => {
    if (first !== '') {
      if (sample.value?.id !== first) void run(first);
    } else if (!sample.value && newest !== undefined) void run(newest);
  }, [first, newest === undefined]);
  const offers: Offer[] = rows.map(({ order }) => ({
    id: order.id,
    label: `№ ${order.number || order.id}`,
    note: [order.buyer, money(order.total, order.currency), order.placed_at && day(order.placed_at)].filter(Boolean).join(' · '),
  }));
  // A shop that cannot list its orders still knows them by their ids.
  const known = rows.some(({ order }) => order.id === search || order.number === search);
  if (search !== '' && !known && !list.busy) offers.push({ id: search, label: say.open_by_id(search) });
  const none = list.data !== null && rows.length === 0 && search === '' && !sample.value;
  return (
    <div class="order-pick">
      <Field label={label ?? say.order}>
        {(wiring) => (
          <Combo
            id={wiring.id}
            placeholder={say.pick}
            shown={sample.value ? say.order_of(sample.value.name) : ''}
            offers={offers}
            busy={list.busy || search !== typed}
            empty={say.no_orders}
            onType={type}
            onPick={take}
          />
        )}
      </Field>
      {busy && <Spinner text={say.loading} />}
      {(trouble ?? list.trouble) && <TroubleNotice trouble={(trouble ?? list.trouble)!} />}
      {none && !trouble && <p class="soft">{say.none_yet}</p>}
    </div>
  );
}
