import { go, href, route } from '../../app/route';
import { sample } from '../../app/sample';
import { isConnected, lookAtCategories, lookAtPortal, snapshot } from '../../app/session';
import { usePreview } from '../../app/usePreview';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { useCall } from '../../parts/useCall';
import { frame } from '../../words/frame';
import { preview } from '../../words/preview';
import { sentence, words } from '../../words/words';
import { DealCard } from './DealCard';
import { OrderPick } from './OrderPick';
import { Send } from './Send';

/** The very deal that an order will become, before it is sent. */
export function Preview() {
  const say = words(preview);
  const portal = useCall(() => (isConnected.value ? lookAtPortal() : Promise.resolve(null)), [snapshot.value === null]);
  // For the paths of categories; without them their ids are shown.
  useCall(lookAtCategories);
  const chosen = sample.value;
  const { told, trouble } = usePreview(chosen?.order ?? null);
  return (
    <div class="preview">
      <p class="lead">{say.intro}</p>
      {!isConnected.value && <Notice level="info">{words(frame).not_connected}. <a href={href('connect')}>{words(frame).pages.connect}</a></Notice>}
      {portal.trouble && <TroubleNotice trouble={portal.trouble} />}
      <section class="card preview-head" aria-label={say.order}>
        <OrderPick first={route.value.rest} onPick={(id) => go('preview', id)} />
        {chosen && <Send key={chosen.id} sample={chosen} refused={trouble !== null} />}
      </section>
      {trouble && (
        <div class="refused">
          <Notice level="error" hint={trouble.hint}><b>{say.refused}.</b> {sentence(trouble.message)}</Notice>
          {told && <p class="soft">{say.refused_before}</p>}
        </div>
      )}
      {told && told.notes.length > 0 && !trouble && (
        <section aria-label={say.notes}>
          {told.notes.map((note, index) => <Notice key={`${note.code} ${index}`} level="warning" hint={note.hint}>{sentence(note.message)}</Notice>)}
        </section>
      )}
      {told && chosen && <DealCard deal={told.data} order={chosen.order} stale={trouble !== null} />}
    </div>
  );
}
