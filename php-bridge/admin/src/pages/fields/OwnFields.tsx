import { useEffect, useRef, useState } from 'preact/hooks';
import { asKept } from '../../app/adopted';
import { ALWAYS } from '../../condition/when';
import { draft, edit } from '../../app/draft';
import { fieldOf, titleOf } from '../../app/fieldWords';
import { effective } from '../../app/portal';
import { sample } from '../../app/sample';
import { mayModify, page, snapshot } from '../../app/session';
import type { Mapping } from '../../core/types';
import { Button } from '../../parts/Button';
import { useOrderly } from '../../parts/useOrderly';
import { type Outcome, probe } from '../../template/probe';
import type { Vocabulary } from '../../template/useVocabulary';
import { fields as texts } from '../../words/fields';
import { parts } from '../../words/parts';
import { words } from '../../words/words';
import { FieldRow } from './FieldRow';

const blank = (): Mapping => ({ of: 'deal', field: '', template: '', when: { ...ALWAYS }, once: false });

/** Fields that the owner fills by templates of his own. */
export function OwnFields({ vocabulary }: { vocabulary: Vocabulary }) {
  const say = words(texts);
  const rows = draft.value.fields ?? [];
  const box = useRef<HTMLOListElement>(null);
  const [news, tell] = useState('');
  const outcomes = useOutcomes(rows);
  const set = (list: Mapping[]) => edit((settings) => {
    settings.fields = list;
  });
  const nameOf = (row: Mapping | undefined, at: number) => say.row(at + 1, row?.field ? titleOf(snapshot.value, row.of ?? 'deal', row.field) : '');
  const { keys, move, drop, add } = useOrderly({
    rows,
    box,
    disabled: !mayModify.value,
    blank,
    onChange: set,
    onMoved: (from, to) => tell(words(parts).moved(nameOf(rows[from], from), to + 1, rows.length)),
  });
  return (
    <section aria-labelledby="own-fields" class="own-fields">
      <h3 id="own-fields">{say.rows}</h3>
      <p class="soft">{say.rows_help}</p>
      {rows.length === 0 && <p class="card empty">{say.no_rows}</p>}
      <ol ref={box}>
        {rows.map((row, at) => (
          <FieldRow
            key={keys[at]}
            row={row}
            at={at}
            count={rows.length}
            name={nameOf(row, at)}
            outcome={outcomes[at] ?? null}
            taken={firstOf(rows, outcomes, at)}
            vocabulary={vocabulary}
            onMove={(to) => move(at, to)}
            onRemove={() => {
              tell(words(parts).removed(nameOf(row, at)));
              drop(at);
            }}
            onChange={(change) => set(rows.map((other, index) => (index === at ? { ...other, ...change } : other)))}
          />
        ))}
      </ol>
      <p class="hidden" role="status">{news}</p>
      {mayModify.value && <div class="buttons under"><Button onClick={add}>+ {say.add}</Button></div>}
    </section>
  );
}

/** The row that counts for the sample order instead of this one; -1: none does. */
function firstOf(rows: Mapping[], outcomes: (Outcome | undefined)[], at: number): number {
  const twin = (other: Mapping) => other.field === rows[at]?.field && (other.of ?? 'deal') === (rows[at]?.of ?? 'deal');
  return rows.findIndex((other, index) => index < at && other.field !== '' && twin(other) && outcomes[index]?.fits === true);
}

/** What each row makes of the sample order; made anew with every edit. */
function useOutcomes(rows: Mapping[]): Outcome[] {
  const [found, find] = useState<Outcome[]>([]);
  const order = sample.value?.order;
  const settings = effective.value;
  const portal = snapshot.value;
  useEffect(() => {
    if (!order || rows.length === 0) {
      find([]);
      return;
    }
    let late = false;
    const known = rows.map((row) => {
      const field = fieldOf(portal, row.of ?? 'deal', row.field ?? '');
      return field && asKept(row.of ?? 'deal', field);
    });
    probe(order, rows, known, settings, page.value?.shop.offset ?? '+00:00').then(
      (outcomes) => late || find(outcomes),
      () => late || find([]),
    );
    return () => {
      late = true;
    };
  }, [order, settings, portal]);
  return found;
}
