import type { Named } from '../../api/actions';
import { draft, edit } from '../../app/draft';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Notice } from '../../parts/Notice';
import { Options } from '../../parts/Select';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';
import type { Stage } from './tables';

/** A stage as the portal shows it: its colour, its name, whether it ends the deal. */
export function StageName({ stage }: { stage: Stage }) {
  const say = words(texts);
  return (
    <span class="stage-name">
      <svg class="stage-color" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <rect width="12" height="12" rx="3" fill={/^#[0-9a-f]{3,8}$/i.test(stage.color) ? stage.color : 'currentColor'} />
      </svg>
      <span>{stage.name}</span>
      {stage.semantics === 'success' && <span class="badge ok">{say.won_mark}</span>}
      {stage.semantics === 'failure' && <span class="badge error">{say.lost_mark}</span>}
    </span>
  );
}

export function StatusSelect({ label, value, statuses, none, onChange }: {
  label: string;
  value: string;
  statuses: Named[];
  none: string;
  onChange: (status: string) => void;
}) {
  const list = [{ value: '', label: none }, ...statuses.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <select class="input" aria-label={label} value={value} disabled={!mayModify.value} onChange={(event) => onChange(event.currentTarget.value)}>
      <Options list={list} value={value} />
    </select>
  );
}

/** Notify flag and comment of a row; of a row that has no status there is nothing to tell. */
export function Telling({ of, row, onChange }: {
  of: string;
  row: { notify?: boolean; comment?: string } | undefined;
  onChange: (change: { notify?: boolean; comment?: string }) => void;
}) {
  const say = words(texts);
  const off = !row || !mayModify.value;
  return (
    <>
      <td data-label={say.notify}>
        <input
          type="checkbox"
          class="tick"
          aria-label={`${say.notify}: ${of}`}
          checked={row?.notify ?? false}
          disabled={off}
          onChange={({ currentTarget }) => onChange({ notify: currentTarget.checked })}
        />
      </td>
      <td data-label={say.comment}>
        <input
          class="input"
          aria-label={`${say.comment}: ${of}`}
          placeholder={off ? undefined : say.comment_hint}
          value={row?.comment ?? ''}
          disabled={off}
          onInput={({ currentTarget }) => onChange({ comment: currentTarget.value })}
        />
      </td>
    </>
  );
}

/** Says that a table has no effect while its direction is off, and switches it on. */
export function DirectionOff({ way }: { way: 'statuses_to_shop' | 'statuses_to_portal' }) {
  const say = words(texts);
  if (draft.value.directions?.[way] !== false) return null;
  return (
    <Notice level="warning">
      {say.off}{' '}
      {mayModify.value && (
        <Button kind="quiet" onClick={() => edit((settings) => { settings.directions = { ...settings.directions, [way]: true }; })}>{say.turn_on}</Button>
      )}
    </Notice>
  );
}
