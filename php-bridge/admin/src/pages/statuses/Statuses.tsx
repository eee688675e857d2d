import { draft, edit } from '../../app/draft';
import { href } from '../../app/route';
import { isConnected, lookAtPortal, mayModify, page, snapshot } from '../../app/session';
import { Button } from '../../parts/Button';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { toast } from '../../parts/Toasts';
import { useCall } from '../../parts/useCall';
import { frame } from '../../words/frame';
import { statuses as texts } from '../../words/statuses';
import { words } from '../../words/words';
import { Ends } from './Ends';
import { FromStages } from './FromStages';
import { OtherRows } from './OtherRows';
import { Rules } from './Rules';
import { ToStages } from './ToStages';
import { suggestAll } from './suggest';
import { type FunnelOfStages, funnelOf, stagesOf } from './tables';

/** Which stage means which status, both ways. */
export function Statuses() {
  const say = words(texts);
  const known = snapshot.value;
  const portal = useCall(() => (isConnected.value ? lookAtPortal() : Promise.resolve(null)), [known === null]);
  const statuses = page.value?.shop.statuses ?? [];
  const funnels = stagesOf(draft.value, known);
  if (portal.busy && !known && !portal.trouble) return <Spinner text={words(frame).loading} />;
  if (funnels.length === 0) {
    return (
      <div class="card empty">
        <p><b>{say.no_funnel}</b></p>
        <p>{say.no_funnel_hint}</p>
        <a class="button primary" href={href('connect')}>{say.to_connect}</a>
      </div>
    );
  }
  const left = unmapped(funnels);
  const fill = () => {
    const next = structuredClone(draft.value);
    const count = suggestAll(next, funnels, statuses);
    if (count > 0) edit((settings) => { settings.statuses = next.statuses; });
    toast(say.suggested(count));
  };
  return (
    <>
      {portal.trouble && (
        <>
          <TroubleNotice trouble={portal.trouble} />
          <div class="row"><p class="soft">{say.portal_down}</p><Button onClick={portal.again} busy={portal.busy}>{words(frame).retry}</Button></div>
        </>
      )}
      {left > 0 && (
        <Notice level="warning">
          {say.unmapped(left)}
        </Notice>
      )}
      {mayModify.value && left > 0 && (
        <div class="row suggest"><Button onClick={fill}>{say.suggest}</Button><span class="soft">{say.suggest_help}</span></div>
      )}
      <FromStages funnels={funnels} statuses={statuses} />
      <Ends statuses={statuses} />
      <ToStages funnels={funnels} statuses={statuses} />
      <OtherRows funnels={funnels} statuses={statuses} />
      <Rules statuses={statuses} />
    </>
  );
}

function unmapped(funnels: FunnelOfStages[]): number {
  const { from_stage = [], to_stage = [] } = draft.value.statuses ?? {};
  const { statuses_to_shop: down, statuses_to_portal: up } = draft.value.directions ?? {};
  const stages = funnels.flatMap((funnel) => funnel.stages)
    .filter((stage) => stage.semantics === 'process' && !from_stage.some((row) => row.stage === stage.id));
  const missing = funnels.flatMap((funnel) => (page.value?.shop.statuses ?? [])
    .filter((status) => !to_stage.some((row) => row.status === status.id && funnelOf(row.stage ?? '') === funnel.id)));
  return (down ? stages.length : 0) + (up ? missing.length : 0);
}
