import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { ChartDay } from '../../api/actions';
import { healthWords } from '../../words/health';
import { day as dayName, duration, number, words } from '../../words/words';
import { counted, delayed } from './plots';

/** Two plots over the same days. Their colours are the theme's, and change with it. */
export function Chart({ chart }: { chart: ChartDay[] }) {
  const say = words(healthWords).chart;
  const upper = useRef<HTMLDivElement>(null);
  const lower = useRef<HTMLDivElement>(null);
  const plots = useRef<uPlot[]>([]);
  const [at, look] = useState<number | null>(null);
  const shown = at === null ? undefined : chart[at];

  useEffect(() => {
    const [above, below] = [upper.current, lower.current];
    if (!above || !below) return;
    const made = [new uPlot(counted(above, look), [[], [], []], above), new uPlot(delayed(below, look), [[], [], []], below)];
    plots.current = made;
    const size = new ResizeObserver(() => {
      for (const plot of made) plot.setSize({ width: above.clientWidth, height: plot.height });
    });
    size.observe(above);
    const theme = new MutationObserver(() => {
      for (const plot of made) plot.redraw();
    });
    theme.observe((above.getRootNode() as ShadowRoot).host, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      size.disconnect();
      theme.disconnect();
      for (const plot of made) plot.destroy();
    };
  }, []);
  useEffect(() => {
    const [above, below] = plots.current;
    // Noon, so that no time zone moves a day.
    const days = chart.map((one) => Date.parse(`${one.day}T12:00:00`) / 1000);
    above?.setData([days, chart.map((one) => one.orders), chart.map((one) => one.statuses)]);
    below?.setData([days, chart.map((one) => one.delay_median), chart.map((one) => one.delay_p95)]);
  }, [chart]);

  return (
    <div class="chart">
      <p class="legend">
        <span class="key first">{say.orders}{shown && `: ${number(shown.orders)}`}</span>
        <span class="key second">{say.statuses}{shown && `: ${number(shown.statuses)}`}</span>
        {shown && <span class="soft">{dayName(shown.day)}</span>}
      </p>
      <div ref={upper} />
      <p class="legend">
        <strong>{say.delay}</strong>
        <span class="key first">{say.median}{shown && shown.delay_median !== null && `: ${duration(shown.delay_median)}`}</span>
        <span class="key third">{say.p95}{shown && shown.delay_p95 !== null && `: ${duration(shown.delay_p95)}`}</span>
      </p>
      <div ref={lower} />
    </div>
  );
}
