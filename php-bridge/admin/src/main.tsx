// Mounts the app wherever a page of a CMS has a place for it. In a shadow root the CMS's styles do not reach the app
// and the app's do not reach the CMS.

import { render } from 'preact';
import { App } from './app/App';
import { connect } from './api/call';
import { read } from './config';
import { useCore } from './core/core';
import { speak } from './words/words';
import styles from './style.css';
import chart from 'uplot/dist/uPlot.min.css';

for (const host of document.querySelectorAll<HTMLElement>('[data-orderbridge]')) {
  if (host.shadowRoot) continue;
  const config = read(host);
  connect(config);
  useCore(config.wasm);
  speak(config.lang);
  const root = host.attachShadow({ mode: 'open' });
  // A constructed sheet is no inline style: the page's Content-Security-Policy has nothing to forbid.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(chart + styles);
  root.adoptedStyleSheets = [sheet];
  render(<App host={host} />, root);
}
