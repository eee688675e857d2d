// Which status a stage's name speaks of, and the other way round. Only a suggestion: a person sees it before it counts.

import type { Named } from '../../api/actions';
import type { Settings } from '../../core/types';
import { type FunnelOfStages, type Stage, funnelOf, setFrom, setTo } from './tables';

/** Stems of words that mean the same step of an order, in both languages; the narrower step first. */
const STEPS: RegExp[] = [
  /отмен|отказ|аннулир|провал|cancel|lost|lose|fail|declin|void|expire/,
  /возврат|refund|return|chargeback|revers/,
  /выполнен|заверш|успеш|доставлен|получен|complet|won|success|delivered/,
  /отправ|доставк|отгру|передан|пути|ship|deliver|transit|dispatch/,
  /ожидает оплат|ожидани. оплат|получить оплат|предоплат|счет|awaiting payment|pending payment|invoice|on hold/,
  /оплачен|paid/,
  /работ|обработ|подготов|комплект|сборк|собира|process|prepar|progress|confirm|подтвержд/,
  /нов|ожидан|принят|new|pending|received/,
];

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function step(name: string): number {
  return STEPS.findIndex((words) => words.test(name));
}

/** The one of `choices` that is called the same, or nearly so, or means the same step; null when none or several do. */
export function suggest<Choice extends Named>(name: string, choices: Choice[]): Choice | null {
  const wanted = plain(name);
  if (wanted === '') return null;
  const only = (fits: (choice: string) => boolean) => {
    const found = choices.filter((choice) => fits(plain(choice.name)));
    return found.length === 1 ? found[0] ?? null : null;
  };
  return only((other) => other === wanted)
    ?? only((other) => other.length > 3 && wanted.length > 3 && (other.includes(wanted) || wanted.includes(other)))
    ?? only((other) => step(other) >= 0 && step(other) === step(wanted));
}

export function statusFor(stage: Stage, statuses: Named[]): Named | null {
  return suggest(stage.name, statuses);
}

/** A status that ends an order leads to a stage that ends a deal, and no other does. */
export function stageFor(status: Named, stages: Stage[]): Stage | null {
  return suggest(status.name, stages);
}

/** Fills what is empty; what somebody chose stays. @returns how many rows were filled */
export function suggestAll(settings: Settings, funnels: FunnelOfStages[], statuses: Named[]): number {
  let filled = 0;
  for (const funnel of funnels) {
    for (const stage of funnel.stages) {
      const known = settings.statuses?.from_stage?.some((row) => row.stage === stage.id);
      const status = known || stage.semantics !== 'process' ? null : statusFor(stage, statuses);
      if (status) {
        setFrom(settings, stage.id, { status: status.id });
        filled++;
      }
    }
    for (const status of statuses) {
      const known = settings.statuses?.to_stage?.some((row) => row.status === status.id && funnelOf(row.stage ?? '') === funnel.id);
      const stage = known ? null : stageFor(status, funnel.stages);
      if (stage) {
        setTo(settings, status.id, funnel.id, stage.id);
        filled++;
      }
    }
  }
  return filled + suggestEnds(settings, funnels, statuses);
}

function suggestEnds(settings: Settings, funnels: FunnelOfStages[], statuses: Named[]): number {
  let filled = 0;
  const tables = (settings.statuses ??= {});
  for (const [end, semantics] of [['won', 'success'], ['lost', 'failure']] as const) {
    if (tables[end]?.status) continue;
    const stages = funnels.flatMap((funnel) => funnel.stages).filter((stage) => stage.semantics === semantics);
    const status = stages.map((stage) => statusFor(stage, statuses)).find((found) => found !== null);
    if (status) {
      tables[end] = { notify: false, comment: '', ...tables[end], status: status.id };
      filled++;
    }
  }
  return filled;
}
