import { useState } from 'preact/hooks';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Points } from '../../parts/Points';
import { useAction } from '../../parts/useCall';
import { connect } from '../../words/connect';
import { frame } from '../../words/frame';
import { words } from '../../words/words';
import { test, tested } from './test';

interface Props {
  /** With the whole way to a webhook; those who change theirs know it. */
  first?: boolean;
  onDone?: () => void;
  onCancel?: () => void;
}

/** Where the webhook is pasted. It is sent once and forgotten here; nothing ever shows it again. */
export function Webhook({ first = false, onDone, onCancel }: Props) {
  const say = words(connect);
  const [url, setUrl] = useState('');
  const [shown, setShown] = useState(false);
  const { busy, trouble, run } = useAction(async () => {
    tested.value = null;
    if (await test(url.trim())) {
      setUrl('');
      onDone?.();
    }
  });
  const submit = (event: Event) => {
    event.preventDefault();
    if (url.trim() !== '' && !busy) void run();
  };
  const result = tested.value;
  return (
    <form class="stack" onSubmit={submit}>
      {first && <p>{say.what}</p>}
      <ol class="numbered">{say.how.map((line) => <li key={line}>{line}</li>)}</ol>
      <p class="hint">{say.who}</p>
      <Field label={say.url} help={<>{say.url_form}<br />{say.url_help}</>}>
        {(wiring) => (
          <div class="row nowrap">
            <input
              {...wiring}
              class="input code"
              {...(shown ? { type: 'text' as const } : { type: 'password' as const })}
              value={url}
              autocomplete="off"
              spellcheck={false}
              disabled={!mayModify.value}
              onInput={(event) => setUrl(event.currentTarget.value)}
            />
            <button type="button" class="button" aria-pressed={shown} onClick={() => setShown(!shown)}>{shown ? say.hide : say.show}</button>
          </div>
        )}
      </Field>
      {trouble && <TroubleNotice trouble={trouble} />}
      {!busy && result && !result.ok && (
        <>
          <Notice level="error">{say.refused}</Notice>
          <Points list={result.points} label={say.points} />
        </>
      )}
      <div class="buttons">
        <button type="submit" class="button primary" disabled={!mayModify.value || busy || url.trim() === ''} aria-busy={busy || undefined}>
          {busy && <span class="spin" aria-hidden="true" />}
          {busy ? say.testing : say.connect}
        </button>
        {onCancel && <Button onClick={onCancel}>{words(frame).cancel}</Button>}
      </div>
    </form>
  );
}
