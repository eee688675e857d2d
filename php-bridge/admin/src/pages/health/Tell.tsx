import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Actions, Preferences } from '../../api/actions';
import { Trouble, call } from '../../api/call';
import { learn, mayModify, page } from '../../app/session';
import { Button } from '../../parts/Button';
import { Field, Switch } from '../../parts/Field';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { useLeaveGuard } from '../../parts/useLeaveGuard';
import { healthWords } from '../../words/health';
import { sentence, words } from '../../words/words';

type Edits = Partial<Pick<Preferences, 'alert_mail' | 'telegram_token' | 'telegram_chat'>>;

/** Outlives the page: what was typed is there again after a look at another one. */
const edits = signal<Edits>({});

/** Who is told when the exchange needs somebody. */
export function Tell() {
  const say = words(healthWords).tell;
  const stored = page.value?.preferences;
  const [results, tested] = useState<Actions['alerts.test']['data'] | null>(null);
  const changed = Object.keys(edits.value).length > 0;
  useLeaveGuard(changed);
  const save = async () => {
    const sent = edits.value;
    const { preferences } = await call('preferences.save', { preferences: sent });
    learn({ preferences });
    // What was typed while the answer was on its way stays.
    if (edits.value === sent) edits.value = {};
  };
  const [doing, begin] = useState<'save' | 'test'>('save');
  const { busy, trouble, run } = useAction(async (what: 'save' | 'test') => {
    begin(what);
    tested(null);
    if (Object.keys(edits.value).length > 0) await save();
    if (what === 'test') tested(await call('alerts.test'));
    else toast(say.saved);
  });
  if (!stored) return null;
  const problems = (name: keyof Edits) => refused(trouble, name);
  const edit = (name: keyof Edits, value: string, before: string) => {
    const { [name]: _, ...rest } = edits.value;
    edits.value = value === before ? rest : { ...rest, [name]: value };
  };
  const removing = edits.value.telegram_token === '';
  const locked = !mayModify.value;
  return (
    <section class="card tell">
      <h3>{say.title}</h3>
      <p class="soft">{say.text}</p>
      <div class="bounds wide">
        <Field label={say.mail} help={say.mail_help} problems={problems('alert_mail')}>
          {(wiring) => <input {...wiring} class="input" type="email" autocomplete="email" disabled={locked} value={edits.value.alert_mail ?? stored.alert_mail} onInput={(event) => edit('alert_mail', event.currentTarget.value, stored.alert_mail)} />}
        </Field>
        <div>
          <Field label={say.token} help={stored.telegram_token_set ? say.token_set : say.token_help} problems={problems('telegram_token')}>
            {(wiring) => <input {...wiring} class="input" type="password" autocomplete="off" disabled={locked || removing} placeholder={stored.telegram_token_set ? `•••••••• ${say.token_keep}` : ''} value={edits.value.telegram_token ?? ''} onInput={(event) => edit('telegram_token', event.currentTarget.value.trim() || '', '')} />}
          </Field>
          {stored.telegram_token_set && !locked && <Switch label={say.token_remove} checked={removing} onChange={(remove) => { edits.value = remove ? { ...edits.value, telegram_token: '' } : without(edits.value); }} />}
        </div>
        <Field label={say.chat} help={say.chat_help} problems={problems('telegram_chat')}>
          {(wiring) => <input {...wiring} class="input" disabled={locked} maxLength={64} value={edits.value.telegram_chat ?? stored.telegram_chat} onInput={(event) => edit('telegram_chat', event.currentTarget.value, stored.telegram_chat)} />}
        </Field>
      </div>
      {trouble && <TroubleNotice trouble={trouble} />}
      {!locked && (
        <div class="buttons">
          <Button kind="primary" disabled={!changed && !busy} busy={busy && doing === 'save'} onClick={() => busy || run('save')}>{say.save}</Button>
          <Button busy={busy && doing === 'test'} onClick={() => busy || run('test')}>{changed ? say.save_test : say.test}</Button>
        </div>
      )}
      <div role="status" class="results">
        {results && (['mail', 'telegram'] as const).map((channel) => results[channel] && (
          <Notice key={channel} level={results[channel].ok ? 'ok' : results[channel].tried ? 'error' : 'info'}>
            {say.channels[channel]}: {results[channel].message || say.delivered}
          </Notice>
        ))}
      </div>
    </section>
  );
}

function without({ telegram_token: _, ...rest }: Edits): Edits {
  return rest;
}

function refused(trouble: Trouble | null, name: string) {
  const reason = trouble?.code === 'preferences_refused' ? (trouble.data as Record<string, string> | undefined)?.[name] : undefined;
  return reason ? [{ code: 'preferences_refused', level: 'error', path: name, message: sentence(reason), hint: '' }] : [];
}
