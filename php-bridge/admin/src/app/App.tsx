import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { Trouble, call } from '../api/call';
import { Notice, TroubleNotice } from '../parts/Notice';
import { Spinner } from '../parts/Spinner';
import { Toasts } from '../parts/Toasts';
import { pages } from '../pages/pages';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { ConflictDialog } from './ConflictDialog';
import { Navigation } from './Navigation';
import { SaveBar } from './SaveBar';
import { ThemeSwitch, useTheme } from './theme';
import { adopt, isDirty } from './draft';
import { isEdited } from './preferences';
import { go, route } from './route';
import { mayModify, page } from './session';

export function App({ host }: { host: HTMLElement }) {
  const say = words(frame);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [fault] = useErrorBoundary();
  useTheme(host);

  const open = () => {
    setTrouble(null);
    call('page.open').then((opened) => {
      page.value = opened;
      adopt(opened.settings);
      // Whoever comes to work, not to set up, wants to see the orders.
      if (location.hash === '' && opened.connection.state === 'connected') go('orders');
    }, (failure: unknown) => setTrouble(Trouble.of(failure)));
  };
  useEffect(open, []);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isDirty.value || isEdited.value) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);

  if (fault || trouble) {
    return (
      <div class="app alone">
        <TroubleNotice trouble={trouble ?? Trouble.of(fault)} />
        <button type="button" class="button" onClick={trouble ? open : () => location.reload()}>{say.retry}</button>
      </div>
    );
  }
  if (!page.value) return <div class="app alone"><Spinner text={say.loading} /></div>;
  const Page = pages[route.value.name];

  return (
    <div class="app">
      {/* No <header> and no <main>: the CMS's page around us has its own. */}
      <div class="head">
        <Navigation />
        <ThemeSwitch />
      </div>
      <section class="main" aria-labelledby="page-title">
        {!mayModify.value && <Notice level="info">{say.read_only}</Notice>}
        <h2 class="title" id="page-title">{say.pages[route.value.name]}</h2>
        <Page key={route.value.name} />
      </section>
      <SaveBar />
      <ConflictDialog />
      <Toasts />
    </div>
  );
}
