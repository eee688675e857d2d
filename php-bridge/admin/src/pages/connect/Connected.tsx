import { useState } from 'preact/hooks';
import { call } from '../../api/call';
import { learn, mayModify, page, refresh, snapshot } from '../../app/session';
import { Button } from '../../parts/Button';
import { Outside } from '../../parts/Outside';
import { Dialog } from '../../parts/Dialog';
import { TroubleNotice } from '../../parts/Notice';
import { Points } from '../../parts/Points';
import { useAction } from '../../parts/useCall';
import { connect } from '../../words/connect';
import { frame } from '../../words/frame';
import { words } from '../../words/words';
import { test, tested } from './test';
import { Webhook } from './Webhook';

/** Which portal it is, whether it answers, and the ways out. */
export function Connected() {
  const say = words(connect);
  const [changing, setChanging] = useState(false);
  const [closing, setClosing] = useState(false);
  const look = useAction(async () => {
    await test();
  });
  const close = useAction(async () => {
    learn(await call('connection.close'));
    tested.value = null;
    snapshot.value = null;
    setClosing(false);
    void refresh();
  });
  const connection = page.value?.connection;
  if (!connection) return null;
  const result = tested.value;
  return (
    <div class="stack">
      <dl class="facts">
        <dt>{say.portal}</dt>
        <dd>{connection.portal_url ? <Outside href={connection.portal_url}>{connection.portal_url}</Outside> : '—'}</dd>
        <dt>{say.webhook}</dt>
        <dd><code>{connection.masked}</code></dd>
      </dl>
      {look.trouble && <TroubleNotice trouble={look.trouble} />}
      {result && !changing && !look.busy && <Points list={result.points} label={say.points} />}
      {changing && <Webhook onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />}
      {!changing && mayModify.value && (
        <div class="buttons">
          <Button onClick={look.run} busy={look.busy}>{look.busy ? say.testing : say.test}</Button>
          <Button onClick={() => { tested.value = null; setChanging(true); }}>{say.change}</Button>
          <Button kind="danger" onClick={() => setClosing(true)}>{say.close}</Button>
        </div>
      )}
      {closing && (
        <Dialog title={say.close_title} onClose={() => setClosing(false)}>
          <p>{say.close_text}</p>
          {close.trouble && <TroubleNotice trouble={close.trouble} />}
          <div class="buttons">
            <Button onClick={() => setClosing(false)}>{words(frame).cancel}</Button>
            <Button kind="danger" onClick={close.run} busy={close.busy}>{say.close}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
