import { useId, useRef, useState } from 'preact/hooks';
import type { Tree } from '../app/categories';
import { useVirtual } from '../parts/useVirtual';
import { condition } from '../words/condition';
import { words } from '../words/words';
import { type Tick, type TreeRow, ticks } from './rows';

interface Props {
  tree: Tree;
  rows: TreeRow[];
  ticked: Set<string>;
  onTick: (id: string) => void;
  onOpen: (id: string, open: boolean) => void;
}

const SIGNS: Record<Tick, string> = { on: '✓', covered: '✓', some: '–', off: '' };
const CHECKED: Record<Tick, 'true' | 'mixed' | 'false'> = { on: 'true', covered: 'true', some: 'mixed', off: 'false' };

/** The tree itself: the focus is on the whole, the arrow keys walk its rows, and only those in view are drawn. */
export function CategoryTree({ tree, rows, ticked, onTick, onOpen }: Props) {
  const say = words(condition);
  const box = useRef<HTMLDivElement>(null);
  const own = useId();
  const [at, setAt] = useState(rows[0]?.id ?? '');
  const active = Math.max(0, rows.findIndex((row) => row.id === at));
  const virtual = useVirtual({ count: rows.length, box, keyOf: (index) => rows[index]?.id ?? String(index), height: 36, held: active, still: true });
  const state = ticks(tree, ticked);

  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setAt(row.id);
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[active];
    if (!row) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 360) / 36) - 1);
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.open === false ? onOpen(row.id, true) : row.open && go(active + 1)),
      ArrowLeft: () => (row.open ? onOpen(row.id, false) : go(parentOf(rows, active))),
      ' ': () => tick(row.id),
      Enter: () => tick(row.id),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const tick = (id: string) => {
    setAt(id);
    if (state.of(id) !== 'covered') onTick(id);
  };

  return (
    <div
      ref={box}
      class="tree"
      role="tree"
      tabIndex={0}
      aria-label={say.tree}
      aria-multiselectable="true"
      aria-activedescendant={`${own}-${active}`}
      onKeyDown={press}
    >
      <div class="tree-body" role="none" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          const how = state.of(row.id);
          const cover = how === 'covered' ? state.cover(row.id) : undefined;
          return (
            <div
              key={key}
              id={`${own}-${index}`}
              role="treeitem"
              class={`tree-row is-${how}${index === active ? ' at' : ''}`}
              data-category={row.id}
              aria-level={row.level}
              aria-setsize={row.siblings}
              aria-posinset={row.place}
              aria-expanded={row.open ?? undefined}
              aria-checked={CHECKED[how]}
              aria-disabled={how === 'covered' || undefined}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: `${8 + Math.min(row.level - 1, 12) * 20}px` }}
              onClick={() => tick(row.id)}
            >
              <span
                class={row.open === null ? 'twist none' : row.open ? 'twist open' : 'twist'}
                aria-hidden="true"
                onClick={(event) => {
                  if (row.open === null) return;
                  event.stopPropagation();
                  setAt(row.id);
                  onOpen(row.id, !row.open);
                }}
              />
              <span class="tree-tick" aria-hidden="true">{SIGNS[how]}</span>
              <span class="tree-name" title={row.text}>{row.text}</span>
              {cover !== undefined && <span class="soft tree-cover">{say.covered(tree.byId.get(cover)?.name ?? cover)}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The row above that is one level higher; itself at the top. */
function parentOf(rows: TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let index = at - 1; index >= 0; index--) if ((rows[index]?.level ?? 1) < level) return index;
  return at;
}
