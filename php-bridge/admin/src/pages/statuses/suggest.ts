// Which status a stage's name speaks of, and the other way round. Only a suggestion: a person sees it before it counts.

import type { Named } from '../../api/actions';
import type { Settings } from '../../core/types';
import { type FunnelOfStages, type Stage, funnelOf, setFrom, setTo } from './tables';

type Semantics = 'process' | 'success' | 'failure';

/** Stems of words that mean the same step of an order, in both languages; the narrower step first. */
const STEPS: { words: RegExp; semantics: Semantics }[] = [
  { words: /возврат|refund|return|chargeback|revers/, semantics: 'failure' },
  { words: /отмен|отказ|аннулир|провал|cancel|lost|lose|fail|declin|denied|void|expire/, semantics: 'failure' },
  { words: /выполнен|заверш|успеш|доставлен|complet|won|success|delivered/, semantics: 'success' },
  { words: /отправ|доставк|отгру|в пути|ship|deliver|transit|dispatch/, semantics: 'process' },
  { words: /ожида\S* оплат|получить оплат|предоплат|счет|(awaiting|pending) payment|invoice|on hold/, semantics: 'process' },
  { words: /оплачен|paid/, semantics: 'process' },
  { words: /работ|обработ|подготов|комплект|сборк|собира|подтвержд|process|prepar|progress|confirm/, semantics: 'process' },
  { words: /нов|ожида|принят|new|pending|received/, semantics: 'process' },
];

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function step(name: string) {
  return STEPS.find(({ words }) => words.test(plain(name)));
}

/** The one that is called the same; else the only one that is called nearly so; else the first of the same step. */
function suggest<Choice extends Named>(name: string, choices: Choice[]): Choice | null {
  const wanted = plain(name);
  const meant = step(name);
  const near = choices.filter((choice) => {
    const other = plain(choice.name);
    return Math.min(other.length, wanted.length) > 3 && (other.includes(wanted) || wanted.includes(other));
  });
  return choices.find((choice) => plain(choice.name) === wanted)
    ?? (near.length === 1 ? near[0] : undefined)
    ?? choices.find((choice) => meant !== undefined && step(choice.name) === meant)
    ?? null;
}

/** A stage that ends a deal means a status that ends an order, and no other does. */
export function statusFor(stage: Stage, statuses: Named[]): Named | null {
  return suggest(stage.name, statuses.filter(({ name }) => name === stage.name || (step(name)?.semantics ?? 'process') === stage.semantics));
}

export function stageFor(status: Named, stages: Stage[]): Stage | null {
  const semantics = step(status.name)?.semantics ?? 'process';
  return suggest(status.name, stages.filter((stage) => stage.name === status.name || stage.semantics === semantics));
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
