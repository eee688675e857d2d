import type { ChartDay } from '../../api/actions';
import { Choice } from '../../parts/Choice';
import { healthWords } from '../../words/health';
import { day as dayName, duration, number, words } from '../../words/words';
import { Chart } from './Chart';

const SPANS = [30, 90];

interface Props {
  chart: ChartDay[];
  days: number;
  onDays: (days: number) => void;
  busy: boolean;
}

/** Orders, new statuses and how long they took, day by day: drawn for the eye, and as a table. */
export function ChartCard({ chart, days, onDays, busy }: Props) {
  const say = words(healthWords).chart;
  const sum = (of: (day: ChartDay) => number) => chart.reduce((all, day) => all + of(day), 0);
  const orders = sum((day) => day.orders);
  const statuses = sum((day) => day.statuses);
  const options = Object.fromEntries(SPANS.map((span) => [String(span), say.last(span)]));
  return (
    <section class="card" aria-busy={busy || undefined}>
      <h3>{say.title}</h3>
      <Choice label={say.days} value={String(days)} options={options} onChange={(span) => onDays(Number(span))} />
      {orders + statuses === 0 ? <p class="empty">{say.empty}</p> : (
        <>
          <div role="img" aria-label={say.about(chart.length, orders, statuses)}>
            <Chart chart={chart} />
          </div>
          <p class="help">{say.delay_help}</p>
          <details class="plain">
            <summary>{say.table}</summary>
            <div class="scroll chart-table" tabIndex={0} role="region" aria-label={say.table}>
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">{say.day}</th>
                    <th scope="col" class="number">{say.orders}</th>
                    <th scope="col" class="number">{say.statuses}</th>
                    <th scope="col" class="number">{say.median}</th>
                    <th scope="col" class="number">{say.p95}</th>
                  </tr>
                </thead>
                <tbody>
                  {[...chart].reverse().map((one) => (
                    <tr key={one.day}>
                      <th scope="row">{dayName(one.day)}</th>
                      <td class="number">{number(one.orders)}</td>
                      <td class="number">{number(one.statuses)}</td>
                      <td class="number">{one.delay_median === null ? '–' : duration(one.delay_median)}</td>
                      <td class="number">{one.delay_p95 === null ? '–' : duration(one.delay_p95)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </section>
  );
}
