// The two tables of the settings document, by stage and by status. Pure: a document in, the same document changed.

import type { Named, PortalStage, Snapshot } from '../../api/actions';
import type { FromStage, Settings } from '../../core/types';

export interface Stage extends Named {
  color: string;
  semantics: string;
}

export interface FunnelOfStages extends Named {
  stages: Stage[];
}

/** `C5:NEW` is of funnel 5, `NEW` of the first one, 0. Bitrix24: REST documentation, "CRM dictionaries". */
export function funnelOf(stage: string): string {
  return /^C(\d+):/.exec(stage)?.[1] ?? '0';
}

/** The funnels that orders go to, each once. */
export function ourFunnels(settings: Settings): Named[] {
  const all = [settings.funnel, ...(settings.funnels ?? [])].map((funnel) => ({ id: funnel?.id ?? '', name: funnel?.name ?? '' }));
  return all.filter(({ id }, at) => id !== '' && all.findIndex((other) => other.id === id) === at);
}

/** Our funnels with their stages: the portal's when it has answered, else as they were remembered. */
export function stagesOf(settings: Settings, portal: Snapshot | null): FunnelOfStages[] {
  return ourFunnels(settings).map(({ id, name }) => {
    const known = portal?.funnels.find((funnel) => funnel.id === id);
    const remembered = (settings.portal?.stages ?? [])
      .filter((stage) => funnelOf(stage.id ?? '') === id)
      .map((stage) => ({ id: stage.id ?? '', name: stage.name ?? '', semantics: stage.semantics ?? '', color: '' }));
    return { id, name: known?.name ?? name, stages: known ? sorted(known.stages) : remembered };
  });
}

/** As the portal shows them: won and lost at the end. */
function sorted(stages: PortalStage[]): Stage[] {
  const rank = (stage: Stage) => ['process', 'success', 'failure'].indexOf(stage.semantics);
  return [...stages].sort((one, other) => rank(one) - rank(other));
}

/** Another funnel was chosen: rows of the former one would only be errors. @returns whether there were any */
export function dropStagesOf(former: string, settings: Settings): boolean {
  const tables = settings.statuses;
  if (!tables || former === '' || ourFunnels(settings).some(({ id }) => id === former)) return false;
  const stays = ({ stage }: { stage?: string }) => funnelOf(stage ?? '') !== former;
  const count = () => (tables.from_stage?.length ?? 0) + (tables.to_stage?.length ?? 0);
  const before = count();
  tables.from_stage = tables.from_stage?.filter(stays);
  tables.to_stage = tables.to_stage?.filter(stays);
  return count() < before;
}

/** Sets a stage's row; without a status the row goes. */
export function setFrom(settings: Settings, stage: string, change: FromStage): void {
  const tables = (settings.statuses ??= {});
  const rows = (tables.from_stage ??= []);
  const at = rows.findIndex((row) => row.stage === stage);
  const row = { status: '', notify: false, comment: '', ...rows[at], ...change, stage };
  if (row.status === '') {
    if (at >= 0) rows.splice(at, 1);
  } else if (at >= 0) {
    rows[at] = row;
  } else {
    rows.push(row);
  }
}

/** Sets where a status leads in one funnel; without a stage the row goes. */
export function setTo(settings: Settings, status: string, funnel: string, stage: string): void {
  const tables = (settings.statuses ??= {});
  const rows = (tables.to_stage ??= []);
  const at = rows.findIndex((row) => row.status === status && funnelOf(row.stage ?? '') === funnel);
  if (stage === '') {
    if (at >= 0) rows.splice(at, 1);
  } else if (at >= 0) {
    rows[at] = { status, stage };
  } else {
    rows.push({ status, stage });
  }
}
