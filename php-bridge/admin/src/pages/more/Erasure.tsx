import { useState } from 'preact/hooks';
import type { Erased } from '../../api/actions';
import { call } from '../../api/call';
import { mayModify } from '../../app/session';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Field, Switch } from '../../parts/Field';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { useAction } from '../../parts/useCall';
import { frame } from '../../words/frame';
import { more } from '../../words/more';
import { words } from '../../words/words';

/** One buyer out of our tables: what there is of him, the question, what remains elsewhere. */
export function Erasure() {
  const say = words(more);
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const [unlink, setUnlink] = useState(false);
  const [found, setFound] = useState<Erased | null>(null);
  const [erased, setErased] = useState<Erased | null>(null);
  const [asking, setAsking] = useState(false);
  const person = { phone: phone.trim(), email: email.trim(), unlink };
  const look = useAction(async () => {
    setErased(null);
    setFound(await call('privacy.erase', { ...person, only_count: true }));
  });
  const erase = useAction(async () => {
    setErased(await call('privacy.erase', person));
    setFound(null);
    setAsking(false);
  });
  const typed = (take: (text: string) => void) => (event: { currentTarget: HTMLInputElement }) => {
    take(event.currentTarget.value);
    setFound(null);
  };
  return (
    <div>
      <h4>{say.erase_buyer}</h4>
      <p class="soft">{say.erase_intro}</p>
      <Field label={say.phone}>{(wiring) => <input {...wiring} class="input" type="tel" autocomplete="off" value={phone} disabled={!mayModify.value} onInput={typed(setPhone)} />}</Field>
      <Field label={say.email}>{(wiring) => <input {...wiring} class="input" type="email" autocomplete="off" value={email} disabled={!mayModify.value} onInput={typed(setEmail)} />}</Field>
      <Switch label={say.unlink} help={say.unlink_help} checked={unlink} disabled={!mayModify.value} onChange={(on) => { setUnlink(on); setFound(null); }} />
      {look.trouble && <TroubleNotice trouble={look.trouble} />}
      <div role="status">
        {found && (isNobody(found) ? <Notice level="info">{say.erase_nobody}</Notice> : <><h4>{say.erase_found}</h4><Result of={found} /></>)}
        {erased && <><Notice level="ok">{say.erase_done}</Notice><Result of={erased} /></>}
      </div>
      {mayModify.value && (
        <div class="buttons">
          <Button onClick={look.run} busy={look.busy} disabled={person.phone === '' && person.email === ''}>{look.busy ? say.erase_counting : say.erase_count}</Button>
          {found && !isNobody(found) && <Button kind="danger" onClick={() => setAsking(true)}>{say.erase}</Button>}
        </div>
      )}
      {asking && (
        <Dialog title={say.erase_title} onClose={() => setAsking(false)}>
          <p><b>{[person.phone, person.email].filter(Boolean).join(', ')}</b></p>
          <p>{say.erase_text}</p>
          {erase.trouble && <TroubleNotice trouble={erase.trouble} />}
          <div class="buttons">
            <Button onClick={() => setAsking(false)}>{words(frame).cancel}</Button>
            <Button kind="danger" onClick={erase.run} busy={erase.busy}>{say.erase}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function isNobody(found: Erased): boolean {
  return found.orders.length === 0 && found.lines + found.links + found.jobs === 0;
}

function Result({ of }: { of: Erased }) {
  const say = words(more);
  const remains = (['deals', 'contacts', 'companies'] as const).flatMap((list) => of.remains[list].map((one) => ({ ...one, name: `${say[list]} ${one.id}` })));
  return (
    <div class="erased stack">
      <dl class="facts">
        <dt>{say.links}</dt><dd>{of.links}</dd>
        <dt>{say.jobs}</dt><dd>{of.jobs}</dd>
        <dt>{say.lines}</dt><dd>{of.lines}</dd>
      </dl>
      {of.orders.length > 0 && <p>{say.remain_shop} {of.orders.join(', ')}</p>}
      {remains.length > 0 && (
        <>
          <p>{say.remain_portal}</p>
          <ul>
            {remains.map(({ url, name }) => (
              <li key={name}>{url ? <a href={url} target="_blank" rel="noopener noreferrer">{name}</a> : name}</li>
            ))}
          </ul>
        </>
      )}
      {of.queued.length > 0 && <p>{say.queued} {of.queued.join(', ')}</p>}
      {of.at_work.length > 0 && <Notice level="warning">{say.at_work} {of.at_work.join(', ')}</Notice>}
    </div>
  );
}
