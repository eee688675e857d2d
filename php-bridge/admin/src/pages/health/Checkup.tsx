import { useState } from 'preact/hooks';
import type { Point } from '../../api/actions';
import { call } from '../../api/call';
import { Button } from '../../parts/Button';
import { TroubleNotice } from '../../parts/Notice';
import { useAction } from '../../parts/useCall';
import { healthWords } from '../../words/health';
import { sentence, words } from '../../words/words';
import { todo } from './Alerts';

/** Looks at everything that has to hold; it asks the portal, so only when somebody wants it. */
export function Checkup() {
  const say = words(healthWords).checkup;
  const [findings, found] = useState<Point[] | null>(null);
  const { busy, trouble, run } = useAction(async () => found((await call('health.checkup')).findings));
  const count = (level: string) => findings?.filter((finding) => finding.level === level).length ?? 0;
  return (
    <section class="card">
      <h3>{say.title}</h3>
      <p class="soft">{say.text}</p>
      <div class="buttons"><Button busy={busy} onClick={run}>{say.run}</Button></div>
      <p class="outcome" role="status">{busy ? say.running : findings ? say.result(count('error'), count('warning')) : ''}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {findings && (
        <ul class="checks">
          {findings.map((finding, index) => (
            <li key={`${finding.code} ${index}`}>
              <span class={`badge ${finding.level}`}>{say.levels[finding.level]}</span>
              <div>
                <p>{sentence(finding.message)}</p>
                {finding.level !== 'ok' && todo(finding) && <p class="hint">{todo(finding)}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
