/** What a CMS's page tells the app; see the README. */
export interface Config {
  /** Where the API answers. */
  api: string;
  /** Sent with every request: the CMS's token against forged ones. */
  headers: Record<string, string>;
  /** Address of `orderbridge_bg.wasm`. */
  wasm: string;
  lang: Lang;
}

export type Lang = 'ru' | 'en';

export function read(host: HTMLElement): Config {
  const given = JSON.parse(host.dataset.orderbridge || '{}') as Partial<Config>;
  return {
    api: given.api ?? '',
    headers: given.headers ?? {},
    wasm: given.wasm ?? '',
    lang: given.lang === 'en' ? 'en' : 'ru',
  };
}
