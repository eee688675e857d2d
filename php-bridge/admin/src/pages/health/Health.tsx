import { useState } from 'preact/hooks';
import { call } from '../../api/call';
import { learn } from '../../app/session';
import { TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { useCall } from '../../parts/useCall';
import { usePoll } from '../../parts/usePoll';
import { healthWords } from '../../words/health';
import { words } from '../../words/words';
import { Addresses } from './Addresses';
import { Alerts } from './Alerts';
import { ChartCard } from './ChartCard';
import { Checkup } from './Checkup';
import { Diagnostics } from './Diagnostics';
import { Facts } from './Facts';
import { Tell } from './Tell';

const SECONDS = 30;

export function Health() {
  const say = words(healthWords);
  const [days, setDays] = useState(30);
  const { data, trouble, busy, again } = useCall(async () => {
    const read = await call('health.read', { days });
    learn({ alerts: read.health.alerts, urls: read.urls });
    return read;
  }, [days]);
  usePoll(again, SECONDS);
  return (
    <div class="health">
      {trouble && <TroubleNotice trouble={trouble} />}
      {!data && !trouble && <Spinner text={say.loading} />}
      {data && (
        <>
          <Alerts alerts={data.health.alerts} />
          <Facts health={data.health} />
          <ChartCard chart={data.chart} days={days} onDays={setDays} busy={busy} />
          <Addresses onWork={again} />
          <Tell />
          <div class="columns">
            <Checkup />
            <Diagnostics />
          </div>
        </>
      )}
    </div>
  );
}
