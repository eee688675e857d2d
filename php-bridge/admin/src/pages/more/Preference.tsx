import { type Key, edited, forget, preferences, prefer, reasons, savePreferences } from '../../app/preferences';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Field, Switch } from '../../parts/Field';
import { TroubleNotice } from '../../parts/Notice';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { more } from '../../words/more';
import { words } from '../../words/words';

function refusal(name: Key) {
  const reason = reasons.value[name];
  return reason ? [{ code: 'refused', level: 'error', path: `/${name}`, message: reason, hint: '' }] : [];
}

export function TextPreference({ name, label, help }: { name: 'ca_file' | 'proxy'; label: string; help?: string }) {
  return (
    <Field label={label} help={help} problems={refusal(name)}>
      {(wiring) => (
        <input
          {...wiring}
          class="input code"
          value={preferences.value[name]}
          disabled={!mayModify.value}
          spellcheck={false}
          onInput={({ currentTarget }) => prefer(name, currentTarget.value.trim())}
        />
      )}
    </Field>
  );
}

type Numeric = 'keep_journal_days' | 'poll_every' | 'old_job_seconds' | 'rate';

/** A number as it is typed: what is not one yet goes to the shop as it is, and the shop says why not. */
export function NumberPreference({ name, label, help }: { name: Numeric; label: string; help?: string }) {
  const value: number | string | null = preferences.value[name];
  const take = (text: string) => {
    const plain = text.trim().replace(',', '.');
    const given = plain === '' && name === 'rate' ? null : plain === '' || Number.isNaN(Number(plain)) ? text : Number(plain);
    prefer(name, given as never);
  };
  return (
    <Field label={label} help={help} problems={refusal(name)}>
      {(wiring) => (
        <input
          {...wiring}
          class="input short"
          inputMode="decimal"
          value={value ?? ''}
          disabled={!mayModify.value}
          // Taken when it is finished: «0,» on the way to «0,5» is no number yet.
          onChange={({ currentTarget }) => take(currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function SwitchPreference({ name, label, help }: { name: 'compare_nightly' | 'keep_data_on_uninstall'; label: string; help?: string }) {
  return <Switch label={label} help={help} checked={preferences.value[name]} disabled={!mayModify.value} onChange={(on) => prefer(name, on)} />;
}

/** Saves some preferences; there as long as one of them is edited. */
export function SavePreferences({ keys }: { keys: Key[] }) {
  const say = words(more);
  const { busy, trouble, run } = useAction(async () => {
    await savePreferences(keys);
    toast(say.saved);
  });
  if (!edited(keys)) return null;
  return (
    <>
      {trouble && <TroubleNotice trouble={trouble} />}
      <div class="buttons">
        <Button onClick={() => forget(keys)} disabled={busy}>{say.undo}</Button>
        <Button kind="primary" onClick={run} busy={busy}>{say.save}</Button>
      </div>
    </>
  );
}
