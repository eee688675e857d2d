import { useState } from 'preact/hooks';
import { call } from '../../api/call';
import { learn, mayModify, page } from '../../app/session';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Copy } from '../../parts/Copy';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { toast } from '../../parts/Toasts';
import { useAction } from '../../parts/useCall';
import { healthWords } from '../../words/health';
import { words } from '../../words/words';

/** What has to be entered elsewhere: cron, Bitrix24, a monitor. With this shop's own addresses. */
export function Addresses({ onWork }: { onWork: () => Promise<void> }) {
  const say = words(healthWords).urls;
  const urls = page.value?.urls;
  const work = useAction(async () => {
    const { counts } = await call('work.run');
    toast(say.worked(counts.done ?? 0));
    await onWork();
  });
  if (!urls) return null;
  return (
    <div class="columns addresses">
      <section class="card">
        <h3>{say.cron_title}</h3>
        <p class="soft">{urls.cron_line === '' ? say.cron_none : say.cron_text}</p>
        {urls.cron_line !== '' && <Copy label={say.cron} text={urls.cron_line} />}
        {urls.worker_line !== '' && (
          <>
            <h4>{say.worker}</h4>
            <p class="soft">{say.worker_text}</p>
            <Copy label={say.worker} text={urls.worker_line} />
          </>
        )}
        {work.trouble && <TroubleNotice trouble={work.trouble} />}
        {mayModify.value && <div class="buttons"><Button busy={work.busy} onClick={work.run}>{say.work}</Button></div>}
      </section>
      <section class="card">
        <h3>{say.hook_title}</h3>
        <p class="soft">{say.hook_text}</p>
        <ol class="numbered">{say.hook_steps.map((step) => <li key={step}>{step}</li>)}</ol>
        <Secret which="inbound" label={say.hook} url={urls.endpoint} />
        <h3 class="second">{say.monitor_title}</h3>
        <p class="soft">{say.monitor_text}</p>
        <Secret which="monitor" label={say.monitor} url={urls.monitor} />
      </section>
    </div>
  );
}

function Secret({ which, label, url }: { which: 'inbound' | 'monitor'; label: string; url: string }) {
  const say = words(healthWords).urls;
  const [asking, ask] = useState(false);
  const [renewed, renew] = useState(false);
  if (!mayModify.value) return <p class="soft">{say.hidden}</p>;
  if (url === '') return <p class="soft">{say.none}</p>;
  return (
    <>
      <Copy label={label} text={url} />
      <div class="buttons"><Button kind="quiet" label={say.renew_of[which]} onClick={() => ask(true)}>{say.renew}</Button></div>
      <div role="status">{renewed && <Notice level="warning">{say.renewed[which]}</Notice>}</div>
      {asking && (
        <Confirm
          title={say.renew_title[which]}
          action={say.renew}
          danger
          onClose={() => ask(false)}
          onConfirm={async () => {
            learn({ urls: (await call('urls.renew', { which })).urls });
            renew(true);
          }}
        >
          <p>{say.renew_text[which]}</p>
        </Confirm>
      )}
    </>
  );
}
