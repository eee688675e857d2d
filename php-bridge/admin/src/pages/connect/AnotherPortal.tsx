import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { TroubleNotice } from '../../parts/Notice';
import { useAction } from '../../parts/useCall';
import { connect } from '../../words/connect';
import { words } from '../../words/words';
import { doubted, test } from './test';

/** The address is not the former one. Only a person knows whether the portal moved or is another. */
export function AnotherPortal() {
  const say = words(connect);
  const webhook = doubted.value;
  const forget = useAction(async () => {
    if (webhook !== null) await test(webhook, true);
  });
  if (webhook === null) return null;
  const keep = () => {
    doubted.value = null;
  };
  return (
    <Dialog title={say.another_title} onClose={keep}>
      <p>{say.another_text}</p>
      <p class="hint">{say.another_lost}</p>
      {forget.trouble && <TroubleNotice trouble={forget.trouble} />}
      <div class="buttons">
        <Button kind="primary" onClick={keep}>{say.another_same}</Button>
        <Button kind="danger" onClick={forget.run} busy={forget.busy}>{say.another_other}</Button>
      </div>
    </Dialog>
  );
}
