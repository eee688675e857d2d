import { draft } from '../../app/draft';
import { titleOf, valueOf } from '../../app/fieldWords';
import type { Of } from '../../app/adopted';
import { named, withStatus } from '../../app/named';
import { snapshot } from '../../app/session';
import type { Field, Order, Preview } from '../../core/types';
import { Fold } from '../../parts/Fold';
import { isWeb, Outside } from '../../parts/Outside';
import { UserChip } from '../../parts/User';
import { preview } from '../../words/preview';
import { money, words } from '../../words/words';
import { stagesOf } from '../statuses/tables';
import { Client } from './Client';
import { Products } from './Products';

/** Fields that have places of their own on the card. */
const PLACED = ['title', 'currencyId', 'opportunity', 'comments', 'categoryId', 'stageId', 'assignedById'];
const SERVICE = ['originatorId', 'originId', 'isManualOpportunity'];

/** A deal as its card in Bitrix24 shows it. */
export function DealCard({ deal, order, stale }: { deal: Preview; order: Order; stale: boolean }) {
  const say = words(preview);
  const value = (name: string) => deal.deal.find((field) => field.name === name)?.value ?? '';
  const orderField = draft.value.deal?.order_field_item ?? '';
  const isService = ({ name }: Field) => SERVICE.includes(name) || (name === orderField && name !== '');
  const more = deal.deal.filter((field) => !PLACED.includes(field.name) && !isService(field) && field.value !== '');
  const service = deal.deal.filter(isService);
  const { responsible } = deal;
  const people = responsible.one_of.length > 0 ? responsible.one_of : [responsible.user];
  return (
    <article class={stale ? 'deal is-stale' : 'deal'} aria-labelledby="deal-title">
      <header class="card deal-head">
        <div class="row apart">
          <h3 id="deal-title" data-field="title">{value('title') || say.untitled}</h3>
          <p class="deal-amount" data-field="opportunity"><span class="hidden">{say.amount}: </span>{money(value('opportunity') || deal.total, deal.currency)}</p>
        </div>
        <Stages funnel={value('categoryId')} stage={value('stageId')} />
      </header>
      <div class="deal-columns">
        <div class="deal-side">
          <section class="card" aria-labelledby="deal-client">
            <h4 id="deal-client">{say.client}</h4>
            <Client deal={deal} />
          </section>
          <section class="card" aria-labelledby="deal-responsible" data-field="assignedById">
            <h4 id="deal-responsible">{say.responsible}</h4>
            {responsible.one_of.length > 0 && <p class="soft">{say.in_turn}</p>}
            <ul class="chips">{people.map((id) => <li key={id}>{id === '' ? say.owner : <UserChip id={id} />}</li>)}</ul>
            <p class="soft">{named(deal.reason, responsible.category ?? null)}</p>
          </section>
          {more.length > 0 && (
            <section class="card" aria-labelledby="deal-more">
              <h4 id="deal-more">{say.more}</h4>
              <Facts of="deal" list={more} />
            </section>
          )}
        </div>
        <div class="deal-main">
          <section class="card" aria-labelledby="deal-products">
            <h4 id="deal-products">{say.products}</h4>
            <Products deal={deal} />
          </section>
          <section class="card" aria-labelledby="deal-comment">
            <h4 id="deal-comment">{say.comment}</h4>
            <p class="deal-comment" data-field="comments">{value('comments')}</p>
          </section>
          {deal.contact_fields.length + deal.company_fields.length > 0 && (
            <section class="card" aria-labelledby="deal-own">
              <h4 id="deal-own">{say.own_fields}</h4>
              <Facts of="contact" list={deal.contact_fields} />
              <Facts of="company" list={deal.company_fields} />
            </section>
          )}
          <section class="card" aria-labelledby="deal-why">
            <h4 id="deal-why">{say.decisions}</h4>
            <dl class="facts decisions">
              {deal.decisions.map(({ what, why }, index) => (
                <div key={index} class="fact" data-decision={what}>
                  <dt>{say.what[what] ?? titleOf(snapshot.value, 'deal', what)}</dt>
                  <dd>{what === 'responsible' ? named(why, responsible.category ?? null) : what === 'stage' ? withStatus(why, order.status ?? '') : why}</dd>
                </div>
              ))}
            </dl>
          </section>
          <Fold title={say.service}><Facts of="deal" list={service} hidden={orderField} /></Fold>
          {isWeb(order.url ?? '') && <p><Outside href={order.url ?? ''}>{say.order_of(order.number || order.id || '')}</Outside></p>}
        </div>
      </div>
    </article>
  );
}

function Facts({ of, list, hidden = '' }: { of: Of; list: Field[]; hidden?: string }) {
  const say = words(preview);
  return (
    <dl class="facts">
      {list.map((field) => {
        const text = valueOf(snapshot.value, of, field);
        return (
          <div key={field.name} class="fact" data-field={field.name}>
            <dt>{field.name === hidden ? say.order_field : titleOf(snapshot.value, of, field.name)}</dt>
            <dd>{isWeb(text) ? <Outside href={text}>{text}</Outside> : text}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The funnel's stages in a row, as far as the deal has come. */
function Stages({ funnel, stage }: { funnel: string; stage: string }) {
  const say = words(preview);
  const known = stagesOf(draft.value, snapshot.value).find(({ id }) => id === funnel);
  if (!known) return null;
  const stages = known.stages.filter((one) => one.semantics !== 'failure' || one.id === stage);
  // Without a row for its status a deal starts in the funnel's first stage.
  const found = stages.findIndex((one) => one.id === stage);
  const at = Math.max(0, found);
  const color = stages[at]?.color ?? '';
  return (
    <>
      <p class="soft">{say.funnel}: {known.name}</p>
      <ol class="stages" aria-label={say.stages}>
        {stages.map((one, index) => (
          <li key={one.id} class={index <= at ? 'stage-step done' : 'stage-step'} aria-current={index === at ? 'step' : undefined} data-stage={one.id}>
            <span class="stage-bar" style={index <= at && /^#[0-9a-f]{3,8}$/i.test(color) ? { background: color } : undefined} />
            <span class="stage-text">{one.name}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
