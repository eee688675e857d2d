import { useEffect, useRef } from 'preact/hooks';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { PAGES, type PageName, href, route } from './route';
import { problemsAt } from './draft';
import { isConnected, page } from './session';

/** Where each page's part of the settings document is: its problems are shown at its name. */
const PLACES: Partial<Record<PageName, string[]>> = {
  connect: ['/funnel', '/shop'],
  statuses: ['/statuses', '/funnels'],
  managers: ['/responsible'],
  fields: ['/fields', '/deal'],
  more: ['/directions', '/life', '/people'],
};

export function Navigation() {
  const say = words(frame);
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the bar scrolls: where one is has to be seen. Only the bar moves, not the CMS's page.
  useEffect(() => {
    const here = bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (bar.current && here) bar.current.scrollLeft = here.offsetLeft - (bar.current.clientWidth - here.clientWidth) / 2;
  }, [route.value.name]);
  return (
    <nav class="nav" aria-label={say.navigation} ref={bar}>
      <ul>
        {PAGES.map((name) => {
          const mark = markOf(name);
          return (
            <li key={name}>
              <a class="nav-link" href={href(name)} aria-current={route.value.name === name ? 'page' : undefined}>
                {say.pages[name]}
                {mark && <span class={`dot ${mark}`} role="img" aria-label={mark === 'error' ? '!' : '?'} />}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function markOf(name: PageName): 'error' | 'warning' | null {
  if (name === 'connect' && !isConnected.value) return 'error';
  const levels = (PLACES[name] ?? []).flatMap((place) => problemsAt(place).map((problem) => problem.level as string));
  if (name === 'health') levels.push(...(page.value?.alerts ?? []).map((alert) => alert.level as string));
  if (name === 'orders' && (page.value?.counts.dead ?? 0) > 0) levels.push('error');
  return levels.includes('error') ? 'error' : levels.includes('warning') ? 'warning' : null;
}
