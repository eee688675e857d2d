import { useState } from 'preact/hooks';
import { draft, edit, isDirty, problemsAt, save, saved } from '../../app/draft';
import { lookAtPortal, mayModify, snapshot } from '../../app/session';
import { Field } from '../../parts/Field';
import { Button } from '../../parts/Button';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Select } from '../../parts/Select';
import { Spinner } from '../../parts/Spinner';
import { useAction, useCall } from '../../parts/useCall';
import { connect } from '../../words/connect';
import { frame } from '../../words/frame';
import { words } from '../../words/words';
import { dropStagesOf } from '../statuses/tables';
import { Plan } from './Plan';

const NEW = '';

/** Which funnel the deals go to, and what has to be made or changed in the portal for it. */
export function Funnel() {
  const say = words(connect);
  const known = snapshot.value;
  // Asked anew when another portal was connected meanwhile.
  const portal = useCall(() => lookAtPortal(), [known === null]);
  const [dropped, setDropped] = useState(false);
  const [chosen, setChosen] = useState(false);
  const stored = saved.value?.document.funnel;
  const funnel = draft.value.funnel ?? {};
  const changed = funnel.id !== stored?.id || funnel.name !== stored?.name;
  const store = useAction(async () => {
    // Before: the plan comes up as soon as it is saved.
    setChosen(true);
    await save();
  });
  const choose = (id: string) => edit((settings) => {
    const name = known?.funnels.find((one) => one.id === id)?.name;
    const former = settings.funnel?.id ?? NEW;
    settings.funnel = { id, name: name ?? 'Интернет-магазин' };
    if (dropStagesOf(former, settings)) setDropped(true);
  });
  if (portal.trouble && !known) {
    return (
      <>
        <TroubleNotice trouble={portal.trouble} />
        <div class="buttons"><Button onClick={portal.again} busy={portal.busy}>{words(frame).retry}</Button></div>
      </>
    );
  }
  if (!known) return <Spinner text={say.planning} />;
  const options = [
    ...known.funnels.map(({ id, name }) => ({ value: id, label: name })),
    { value: NEW, label: `+ ${say.funnel_new}` },
  ];
  return (
    <div class="stack">
      <div class="columns">
        <Select
          label={say.funnel}
          help={say.funnel_help}
          value={funnel.id ?? NEW}
          options={options}
          problems={changed ? [] : problemsAt('/funnel/id')}
          disabled={!mayModify.value}
          onChange={choose}
        />
        {(funnel.id ?? NEW) === NEW && (
          <Field label={say.funnel_name} problems={problemsAt('/funnel/name')}>
            {(wiring) => (
              <input
                {...wiring}
                class="input"
                value={funnel.name}
                maxLength={100}
                disabled={!mayModify.value}
                onInput={({ currentTarget }) => edit((settings) => { settings.funnel = { id: NEW, name: currentTarget.value }; })}
              />
            )}
          </Field>
        )}
      </div>
      {dropped && isDirty.value && <Notice level="warning">{say.funnel_changed}</Notice>}
      {store.trouble && <TroubleNotice trouble={store.trouble} />}
      {changed
        ? mayModify.value && <div class="buttons"><Button kind="primary" onClick={store.run} busy={store.busy}>{say.funnel_save}</Button></div>
        : <Plan asked={chosen} />}
    </div>
  );
}
