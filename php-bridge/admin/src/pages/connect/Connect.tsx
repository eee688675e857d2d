import { saved } from '../../app/draft';
import { page } from '../../app/session';
import { Notice } from '../../parts/Notice';
import { connect } from '../../words/connect';
import { words } from '../../words/words';
import { AnotherPortal } from './AnotherPortal';
import { Connected } from './Connected';
import { Events } from './Events';
import { FirstOrder } from './FirstOrder';
import { Funnel } from './Funnel';
import { Step } from './Step';
import { Webhook } from './Webhook';
import { tested } from './test';

/** The way from nothing to the first order; whoever has gone it finds the connection's state here. */
export function Connect() {
  const say = words(connect);
  const state = page.value?.connection.state;
  const settings = saved.value?.document;
  if (state !== 'connected') {
    return (
      <>
        {state === 'unreadable' && <Notice level="error" hint={say.unreadable_hint}>{say.unreadable}</Notice>}
        {state === 'none' && <p class="lead">{say.intro}</p>}
        <ol class="steps">
          <Step number={1} title={say.step_webhook}><Webhook first /></Step>
          <Step number={2} title={say.step_funnel} waiting />
          <Step number={3} title={say.step_events} waiting />
          <Step number={4} title={say.step_order} waiting />
        </ol>
      </>
    );
  }
  const linked = (page.value?.counts.links ?? 0) > 0;
  return (
    <>
      <AnotherPortal />
      <ol class="steps">
        <Step number={1} title={say.step_connected} done={tested.value?.ok !== false}><Connected /></Step>
        <Step number={2} title={say.step_funnel} done={Boolean(settings?.funnel?.id && settings.deal?.order_field_item)}><Funnel /></Step>
        <Step number={3} title={say.step_events} done={!page.value?.alerts.some(({ code }) => code === 'cron_missing')}><Events /></Step>
        <Step number={4} title={say.step_order} done={linked}><FirstOrder /></Step>
      </ol>
    </>
  );
}
