import { useId, useState } from 'preact/hooks';
import type { Filter, Ledger } from '../../api/actions';
import { call } from '../../api/call';
import { href } from '../../app/route';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { TroubleNotice } from '../../parts/Notice';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { ordersWords } from '../../words/orders';
import { number, words } from '../../words/words';

export const FILTERS = ['all', 'waiting', 'failed', 'differing', 'not_sent', 'synced'] as const satisfies Filter[];

interface Props {
  filter: Filter;
  counts: Ledger['counts'] | null;
  search: string;
  onSearch: (text: string) => void;
  onRefresh: () => Promise<void>;
  refreshing: boolean;
}

/** Which orders are shown, and what can be done with many of them at once. */
export function Toolbar({ filter, counts, search, onSearch, onRefresh, refreshing }: Props) {
  const say = words(ordersWords);
  const id = useId();
  const [asking, ask] = useState(false);
  const failed = counts?.failed ?? 0;
  const work = useAction(async () => {
    const { counts: report } = await call('work.run');
    toast(say.worked(report.done ?? 0, report.waiting ?? 0));
    await onRefresh();
  });
  return (
    <div class="toolbar">
      <nav class="tabs" aria-label={say.filter}>
        {FILTERS.map((name) => (
          <a key={name} class={`tab ${name}`} href={href('orders', `filter=${name}`)} aria-current={name === filter ? 'true' : undefined}>
            {say.filters[name]}
            {counts?.[name] != null && <span class="count">{number(counts[name])}</span>}
          </a>
        ))}
      </nav>
      <div class="row apart">
        <div class="row search" role="search">
          <label class="hidden" for={id}>{say.search}</label>
          <input
            id={id}
            type="search"
            class="input"
            value={search}
            placeholder={say.search_hint}
            autocomplete="off"
            maxLength={100}
            onInput={(event) => onSearch(event.currentTarget.value)}
          />
          <Button onClick={onRefresh} busy={refreshing}>{say.refresh}</Button>
        </div>
        {mayModify.value && (
          <div class="row">
            {(counts?.waiting ?? 0) > 0 && <Button busy={work.busy} onClick={work.run}>{say.work}</Button>}
            {failed > 0 && <Button onClick={() => ask(true)}>{say.all_again(failed)}</Button>}
          </div>
        )}
      </div>
      {work.trouble && <TroubleNotice trouble={work.trouble} />}
      {asking && (
        <Confirm
          title={say.all_again_title(failed)}
          action={say.all_again_do(failed)}
          onClose={() => ask(false)}
          onConfirm={async () => {
            const { count } = await call('orders.resend', { filter: 'failed' });
            toast(say.queued(count));
            await onRefresh();
          }}
        >
          <p>{say.all_again_text}</p>
        </Confirm>
      )}
    </div>
  );
}
