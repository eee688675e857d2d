import { useEffect } from 'preact/hooks';
import { watched } from '../../app/draft';
import { isConnected, lookAtCategories, lookAtPortal, snapshot } from '../../app/session';
import { Button } from '../../parts/Button';
import { TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { useCall } from '../../parts/useCall';
import { TemplateHelp } from '../../template/TemplateHelp';
import { useVocabulary } from '../../template/useVocabulary';
import { fields } from '../../words/fields';
import { frame } from '../../words/frame';
import { words } from '../../words/words';
import { OrderPick } from '../preview/OrderPick';
import { DealFields } from './DealFields';
import { OwnFields } from './OwnFields';

/** What goes into which field of the portal. */
export function Fields() {
  const say = words(fields);
  const portal = useCall(() => (isConnected.value ? lookAtPortal() : Promise.resolve(null)), [snapshot.value === null]);
  useCall(lookAtCategories);
  const vocabulary = useVocabulary();
  useEffect(() => {
    watched.value = true;
  }, []);
  if (portal.busy && !snapshot.value && !portal.trouble) return <Spinner text={words(frame).loading} />;
  return (
    <>
      <p class="lead">{say.intro}</p>
      {portal.trouble && (
        <>
          <TroubleNotice trouble={portal.trouble} />
          <div class="again"><p class="soft">{say.portal_down}</p><Button onClick={portal.again} busy={portal.busy}>{words(frame).retry}</Button></div>
        </>
      )}
      <div class="sample-pick"><OrderPick label={say.sample} /></div>
      <TemplateHelp vocabulary={vocabulary} />
      <DealFields vocabulary={vocabulary} />
      <OwnFields vocabulary={vocabulary} />
    </>
  );
}
