import { useEffect } from 'preact/hooks';
import { watched } from '../../app/draft';
import { users } from '../../app/portal';
import { href } from '../../app/route';
import { isConnected, lookAtCategories, lookAtPortal, snapshot } from '../../app/session';
import { Button } from '../../parts/Button';
import { Notice, TroubleNotice } from '../../parts/Notice';
import { Spinner } from '../../parts/Spinner';
import { useCall } from '../../parts/useCall';
import { frame } from '../../words/frame';
import { managers } from '../../words/managers';
import { words } from '../../words/words';
import { Rest } from './Rest';
import { Rules } from './Rules';
import { Times } from './Times';
import { Who } from './Who';

/** Who gets which order, and beside it whom a certain order would go to. */
export function Managers() {
  const say = words(managers);
  const portal = useCall(() => (isConnected.value ? lookAtPortal() : Promise.resolve(null)), [snapshot.value === null]);
  const shop = useCall(lookAtCategories);
  useEffect(() => {
    watched.value = true;
  }, []);
  if ((portal.busy && !snapshot.value && !portal.trouble) || (shop.busy && !shop.data && !shop.trouble)) return <Spinner text={words(frame).loading} />;
  return (
    <>
      <p class="lead">{say.intro}</p>
      {portal.trouble && (
        <>
          <TroubleNotice trouble={portal.trouble} />
          <div class="again"><p class="soft">{say.portal_down}</p><Button onClick={portal.again} busy={portal.busy}>{words(frame).retry}</Button></div>
        </>
      )}
      {shop.trouble && <><TroubleNotice trouble={shop.trouble} /><div class="again"><Button onClick={shop.again} busy={shop.busy}>{words(frame).retry}</Button></div></>}
      {users.value.length === 0 && !portal.trouble && (
        <Notice level="warning" hint={say.no_users_hint}>{say.no_users}. <a href={href('connect')}>{say.to_connect}</a></Notice>
      )}
      <div class="beside">
        <div>
          <Rules />
          <Rest />
          <Times />
        </div>
        <Who />
      </div>
    </>
  );
}
