import type { ComponentChildren } from 'preact';
import type { Health } from '../../api/actions';
import { page } from '../../app/session';
import { healthWords } from '../../words/health';
import { duration, number, span, words } from '../../words/words';

/** Clocks that differ by less are said to agree; so much a request takes, too. */
const SKEW = 5;

type Fact = [name: string, value: ComponentChildren, look?: 'warning' | 'error'];

/** How things stand, in figures. */
export function Facts({ health }: { health: Health }) {
  const say = words(healthWords).facts;
  return (
    <div class="columns">
      <List title={say.exchange} facts={exchange(health)} />
      <List title={say.machine} facts={machine(health)} />
    </div>
  );
}

function List({ title, facts }: { title: string; facts: Fact[] }) {
  return (
    <section class="card">
      <h3>{title}</h3>
      <dl class="facts">
        {facts.map(([name, value, look]) => (
          <div key={name} class="fact">
            <dt>{name}</dt>
            <dd class={look && `${look}-ink`}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function exchange({ jobs, ago, portal, links }: Health): Fact[] {
  const say = words(healthWords).facts;
  const queued = jobs.lanes.live + jobs.lanes.retry + jobs.lanes.backfill;
  const waits = jobs.lanes.live + jobs.lanes.retry > 0 || jobs.oldest_age > 0;
  const late = jobs.oldest_age > (page.value?.preferences.old_job_seconds ?? Infinity);
  return [
    [say.oldest, waits ? duration(jobs.oldest_age) : say.oldest_none, late ? 'error' : undefined],
    [say.queue, queued > 0 ? say.queue_of(jobs.lanes.live, jobs.lanes.retry, jobs.lanes.backfill) : say.queue_none],
    [say.dead, number(jobs.dead), jobs.dead > 0 ? 'error' : undefined],
    [say.links, say.orders(links)],
    [say.event, ago.event === null ? say.event_never : span(-ago.event)],
    [say.poll, when(ago.poll)],
    [say.answered, when(portal.answered)],
    ...(portal.failed === null ? [] : [[say.failed, `${span(-portal.failed)}${portal.failure ? ` (${portal.failure})` : ''}`, portal.reachable === false ? 'error' : undefined] satisfies Fact]),
  ];
}

function machine({ ago, cron_seen: seen, clock_skew: skew, engine, versions, secrets_sealed: sealed }: Health): Fact[] {
  const say = words(healthWords).facts;
  const regular = [ago.cron, ago.daemon].filter((value) => value !== null);
  const last = regular.length > 0 ? span(-Math.min(...regular)) : null;
  const clocks = [
    ...(Math.abs(skew.portal ?? 0) > SKEW ? [say.clock_portal(skew.portal ?? 0)] : []),
    ...(Math.abs(skew.database) > SKEW ? [say.clock_database(skew.database)] : []),
  ];
  const all = { ...page.value?.versions, ...versions };
  return [
    [say.cron, last === null ? say.cron_never : seen ? say.cron_seen(last) : say.cron_late(last), seen ? undefined : 'error'],
    ...(ago.daemon === null ? [] : [[say.daemon, span(-ago.daemon)] satisfies Fact]),
    [say.kick, when(ago.kick)],
    [say.clock, clocks.length === 0 ? say.clock_fine : clocks.join('; '), clocks.length === 0 ? undefined : 'warning'],
    [say.engine, engine.name === '' ? say.engine_unknown : `${say.engines[engine.name] ?? engine.name}: ${engine.problem || (engine.proved ? say.proved : say.not_proved)}`, engine.problem ? 'error' : undefined],
    ...Object.entries(all).filter(([, version]) => version !== '').map(([name, version]) => [say.versions[name] ?? name, version] satisfies Fact),
    [say.sealed, sealed ? say.sealed_yes : say.sealed_no, sealed ? undefined : 'warning'],
  ];
}

function when(ago: number | null): string {
  return ago === null ? words(healthWords).facts.never : span(-ago);
}
