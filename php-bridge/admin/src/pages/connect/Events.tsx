import { page } from '../../app/session';
import { Copy } from '../../parts/Copy';
import { Notice } from '../../parts/Notice';
import { connect } from '../../words/connect';
import { words } from '../../words/words';
import { Companion } from './Companion';

/** What the owner enters elsewhere: the shop's address in Bitrix24, a line at the hosting. */
export function Events() {
  const say = words(connect);
  const urls = page.value?.urls;
  const has = (code: string) => page.value?.alerts.some((alert) => alert.code === code);
  const [open, paste, tick, end] = say.events_how;
  return (
    <>
      <div class="columns">
        <section class="stack">
          <h4>{say.cron_title}</h4>
          <p>{say.cron_how}</p>
          <Copy label={say.cron} text={urls?.cron_line ?? ''} />
          {has('cron_missing') ? <Notice level="warning">{say.cron_missing}</Notice> : <Notice level="ok">{say.cron_seen}</Notice>}
        </section>
        <section class="stack">
          <h4>{say.events_title}</h4>
          <ol class="numbered">
            <li>{open}</li>
            <li>
              {paste}
              {urls?.endpoint ? <Copy label={say.endpoint} text={urls.endpoint} /> : <p class="hint">{say.endpoint_secret}</p>}
            </li>
            <li>
              {tick}
              <ul class="events">{say.events.map(({ code, name }) => <li key={code}>{name} <code>{code}</code></li>)}</ul>
            </li>
            <li>{end}</li>
          </ol>
          {has('events_silent') && <Notice level="warning">{say.events_silent}</Notice>}
          <p class="hint">{say.optional}</p>
        </section>
      </div>
      <Companion />
    </>
  );
}
