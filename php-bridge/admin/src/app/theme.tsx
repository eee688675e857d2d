// Light or dark: as the CMS's page is, unless somebody chooses. A dark app on a white page would be the odd one.

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { frame } from '../words/frame';
import { words } from '../words/words';

const KEY = 'orderbridge.theme';
const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

function remembered(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

const theme = signal<Theme>(remembered());

export function useTheme(host: HTMLElement): void {
  const chosen = theme.value;
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const schemes = getComputedStyle(document.documentElement).colorScheme;
      const auto = schemes.includes('dark') && (dark.matches || !schemes.includes('light')) ? 'dark' : 'light';
      host.dataset.theme = chosen === 'auto' ? auto : chosen;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [chosen, host]);
}

export function ThemeSwitch() {
  const say = words(frame);
  const choose = (chosen: Theme) => {
    theme.value = chosen;
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // Then it holds for this page only.
    }
  };
  return (
    <label class="theme">
      <span class="hidden">{say.theme}</span>
      <select class="input small" value={theme.value} onChange={(event) => choose(event.currentTarget.value as Theme)}>
        {THEMES.map((name) => <option key={name} value={name}>{say.themes[name]}</option>)}
      </select>
    </label>
  );
}
