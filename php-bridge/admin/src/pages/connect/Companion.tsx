import { useState } from 'preact/hooks';
import { call } from '../../api/call';
import { learn, mayModify, page, refresh } from '../../app/session';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Copy } from '../../parts/Copy';
import { Notice } from '../../parts/Notice';
import { useAction } from '../../parts/useCall';
import { connect } from '../../words/connect';
import { moment, words } from '../../words/words';

/** Bitrix24 on the owner's own server: its companion module tells the shop even where outbound webhooks cannot. */
export function Companion() {
  const say = words(connect);
  const [asking, ask] = useState(false);
  const look = useAction(refresh);
  const state = page.value?.companion;
  const urls = page.value?.urls.companion;
  if (!state || !urls) return null;
  return (
    <details class="plain" open={state.heard !== null}>
      <summary>{say.box_title}</summary>
      <div class="stack">
        <p>{say.box_what}</p>
        <ol class="numbered">{say.box_how.map((step) => <li key={step}>{step}</li>)}</ol>
        {mayModify.value && urls.secret !== '' ? (
          <>
            <Copy shown label={say.box_url} text={urls.url} />
            <Copy shown label={say.box_secret} text={urls.secret} />
          </>
        ) : <p class="hint">{say.endpoint_secret}</p>}
        {state.refused > 0 && <Notice level="warning">{say.box_refused(state.refused)}</Notice>}
        {state.stale > 0 && <Notice level="warning">{say.box_stale(state.stale)}</Notice>}
        {state.heard === null
          ? <p class="hint">{say.box_unheard}</p>
          : <Notice level="ok">{say.box_heard(moment(state.heard))}</Notice>}
        <div class="buttons">
          <Button onClick={look.run} busy={look.busy}>{say.box_look}</Button>
          {mayModify.value && <Button kind="quiet" onClick={() => ask(true)}>{say.box_renew}</Button>}
        </div>
      </div>
      {asking && (
        <Confirm
          title={say.box_renew_title}
          action={say.box_renew}
          danger
          onClose={() => ask(false)}
          onConfirm={async () => learn({ urls: (await call('urls.renew', { which: 'companion' })).urls })}
        >
          <p>{say.box_renew_text}</p>
        </Confirm>
      )}
    </details>
  );
}
