import { useId, useMemo, useState } from 'preact/hooks';
import { tree, upwards } from '../app/categories';
import { lookAtCategories } from '../app/session';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { TroubleNotice } from '../parts/Notice';
import { Spinner } from '../parts/Spinner';
import { useCall } from '../parts/useCall';
import { condition } from '../words/condition';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { CategoryTree } from './CategoryTree';
import { found, opened, toggled } from './rows';

interface Props {
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onClose: () => void;
}

/** Which of the shop's categories; made for thousands of them. */
export function CategoryDialog({ chosen, onChoose, onClose }: Props) {
  const say = words(condition);
  const { trouble, busy, again } = useCall(lookAtCategories);
  const all = tree.value;
  const [ticked, tick] = useState(() => new Set(chosen));
  // What is ticked can be seen.
  const [open, setOpen] = useState(() => new Set(chosen.flatMap((id) => upwards(all, id).slice(1))));
  const [search, setSearch] = useState('');
  const id = useId();
  const searching = search.trim() !== '';
  const rows = useMemo(() => (searching ? found(all, search) : opened(all, open)), [all, searching, search, open]);
  const loading = busy && all.byId.size === 0;
  return (
    <Dialog title={say.dialog} wide onClose={onClose}>
      {trouble && <><TroubleNotice trouble={trouble} /><Button onClick={again} busy={busy}>{words(frame).retry}</Button></>}
      <div class="row nowrap category-search">
        <label class="hidden" for={id}>{say.search}</label>
        <input id={id} type="search" class="input" autocomplete="off" placeholder={say.search} value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
      </div>
      <p class="help" role="status">{loading ? say.loading : searching ? say.found(rows.length) : say.total(all.byId.size)}</p>
      {loading && <Spinner text={say.loading} />}
      {!loading && !trouble && all.byId.size === 0 && <p class="empty">{say.none}</p>}
      {rows.length > 0 && (
        <CategoryTree
          key={searching ? 'found' : 'tree'}
          tree={all}
          rows={rows}
          ticked={ticked}
          onTick={(one) => tick(toggled(all, ticked, one))}
          onOpen={(one, wanted) => {
            const next = new Set(open);
            if (wanted) next.add(one);
            else next.delete(one);
            setOpen(next);
          }}
        />
      )}
      <p class="help">{say.keys}</p>
      <div class="row apart">
        <span class="row">
          <span role="status">{say.chosen(ticked.size)}</span>
          {ticked.size > 0 && <Button kind="quiet" onClick={() => tick(new Set())}>{say.clear}</Button>}
        </span>
        <span class="row">
          <Button onClick={onClose}>{words(frame).cancel}</Button>
          <Button kind="primary" onClick={() => onChoose([...ticked])}>{say.take}</Button>
        </span>
      </div>
    </Dialog>
  );
}
