import { useState } from 'preact/hooks';
import type { PlanItem } from '../../api/actions';
import { call } from '../../api/call';
import { rebase, saved } from '../../app/draft';
import { lookAtPortal, mayModify, refresh } from '../../app/session';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Switch } from '../../parts/Field';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { toast } from '../../parts/Toasts';
import { useAction, useCall } from '../../parts/useCall';
import { connect } from '../../words/connect';
import { frame } from '../../words/frame';
import { words } from '../../words/words';

const FOUND = 'funnel_found';

/** What the set-up will do, item by item; nothing of it happens before somebody has agreed. */
export function Plan({ asked }: { asked: boolean }) {
  const say = words(connect);
  const [asking, setAsking] = useState(false);
  const settings = saved.value?.document;
  const linked = Boolean(settings?.funnel?.id && settings.deal?.order_field_item);
  const [wanted, want] = useState(asked || !linked);
  const plan = useCall(async () => (wanted ? call('provision.plan') : null), [wanted]);
  if (!wanted) {
    return (
      <>
        <dl class="facts"><dt>{say.field}</dt><dd><code>{settings?.deal?.order_field}</code></dd></dl>
        <div class="buttons"><Button onClick={() => want(true)}>{say.plan_again}</Button></div>
      </>
    );
  }
  if (plan.trouble) {
    return (
      <>
        <TroubleNotice trouble={plan.trouble} />
        <div class="buttons"><Button onClick={plan.again} busy={plan.busy}>{words(frame).retry}</Button></div>
      </>
    );
  }
  if (!plan.data) return <Spinner text={say.planning} />;
  const items = plan.data.plan;
  const nothing = items.every(({ code }) => code === FOUND);
  return (
    <>
      <PlanLists items={items} />
      {nothing && <Notice level="ok">{linked ? say.plan_none : say.plan_adopt}</Notice>}
      {!(nothing && linked) && mayModify.value && (
        <div class="buttons">
          <Button kind="primary" onClick={() => setAsking(true)}>{nothing ? say.adopt : items.some(({ code }) => code === FOUND) ? say.complete : say.provision}</Button>
        </div>
      )}
      {asking && <Consent items={items} onClose={() => setAsking(false)} onDone={() => { setAsking(false); want(false); }} onRest={(rest) => plan.set(rest)} />}
    </>
  );
}

function PlanLists({ items }: { items: PlanItem[] }) {
  const say = words(connect);
  const parts: [string, PlanItem[]][] = [
    [say.plan_found, items.filter(({ code }) => code === FOUND)],
    [say.plan_new, items.filter(({ existing }) => !existing)],
    [say.plan_change, items.filter(({ existing, code }) => existing && code !== FOUND)],
  ];
  return (
    <div class="plan stack">
      {parts.map(([title, list]) => list.length > 0 && (
        <section key={title}>
          <h4>{title}</h4>
          <ul>{list.map((item) => <li key={item.message} class={item.code === FOUND ? 'found' : item.existing ? 'existing' : 'new'}>{item.message}</li>)}</ul>
        </section>
      ))}
    </div>
  );
}

interface Asked {
  items: PlanItem[];
  onClose: () => void;
  onDone: () => void;
  /** Not everything came off: this is left. */
  onRest: (plan: { plan: PlanItem[]; complete: boolean }) => void;
}

function Consent({ items, onClose, onDone, onRest }: Asked) {
  const say = words(connect);
  const changes = items.some(({ existing, code }) => existing && code !== FOUND);
  const [change, setChange] = useState(false);
  const [incomplete, setIncomplete] = useState(false);
  const { busy, trouble, run } = useAction(async () => {
    const answer = await call('provision.run', { consent: change ? ['create', 'change'] : ['create'] });
    rebase(answer.settings);
    await lookAtPortal(true);
    void refresh();
    if (!answer.complete) {
      setIncomplete(true);
      onRest(answer);
      return;
    }
    toast(say.provisioned);
    onDone();
  });
  return (
    <Dialog title={say.provision_title} onClose={onClose}>
      <p>{say.provision_text}</p>
      <PlanLists items={items.filter(({ code }) => code !== FOUND)} />
      {changes && (
        <div class="consent">
          <Switch label={say.consent_change} help={say.consent_change_help} checked={change} onChange={setChange} />
          {!change && <p class="hint" id="consent-needed">{say.consent_needed}</p>}
        </div>
      )}
      {incomplete && <Notice level="warning">{say.incomplete}</Notice>}
      {trouble && <TroubleNotice trouble={trouble} />}
      <div class="buttons">
        <Button onClick={onClose}>{words(frame).cancel}</Button>
        <Button kind="primary" onClick={run} busy={busy} disabled={changes && !change}>{say.provision_run}</Button>
      </div>
    </Dialog>
  );
}
