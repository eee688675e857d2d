// How the two plots look: bars of orders and statuses, lines of delays.

import uPlot from 'uplot';
import { duration, language, number } from '../../words/words';

type Look = (index: number | null) => void;

/** Gaps that a person reads at a glance, in seconds. */
const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400, 172800, 604800];

export function counted(box: HTMLElement, look: Look): uPlot.Options {
  const bars = (align: 1 | -1) => uPlot.paths.bars!({ size: [0.38, 18], align, gap: 1 });
  return {
    ...common(box, look, 190),
    axes: [dates(box), values(box, (value) => (Number.isInteger(value) ? number(value) : ''), [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000])],
    series: [
      {},
      { paths: bars(-1), fill: () => colour(box, '--accent'), stroke: () => colour(box, '--accent'), width: 0, points: { show: false } },
      { paths: bars(1), fill: () => colour(box, '--ok'), stroke: () => colour(box, '--ok'), width: 0, points: { show: false } },
    ],
  };
}

export function delayed(box: HTMLElement, look: Look): uPlot.Options {
  const line = (name: string, dash?: number[]): uPlot.Series => ({
    stroke: () => colour(box, name), width: 2, dash, spanGaps: false, points: { size: 5, stroke: () => colour(box, name), fill: () => colour(box, name) },
  });
  return {
    ...common(box, look, 150),
    axes: [dates(box), values(box, (value) => duration(value), STEPS)],
    series: [{}, line('--accent'), line('--warning', [6, 4])],
  };
}

function common(box: HTMLElement, look: Look, height: number) {
  return {
    width: box.clientWidth || 300,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'orderbridge' }, points: { show: false } },
    padding: [8, 24, 0, 0] as [number, number, number, number],
    scales: {
      x: { range: (_: uPlot, from: number, to: number): [number, number] => [from - 43_200, to + 43_200] },
      y: { range: (_: uPlot, __: number, to: number): [number, number] => [0, Math.max(1, to * 1.1)] },
    },
    hooks: { setCursor: [(plot: uPlot) => look(plot.cursor.left != null && plot.cursor.left >= 0 ? plot.cursor.idx ?? null : null)] },
  };
}

function dates(box: HTMLElement): uPlot.Axis {
  const short = new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short' });
  return {
    stroke: () => colour(box, '--soft'),
    font: FONT,
    grid: { show: false },
    ticks: { stroke: () => colour(box, '--line'), width: 1 },
    // Right under their days, and as many as there is room for.
    splits: (plot) => {
      const days = plot.data[0] as number[];
      const every = Math.ceil(days.length / Math.max(1, Math.floor(plot.width / 80)));
      return days.filter((_, index) => (days.length - 1 - index) % every === 0);
    },
    values: (_, marks) => marks.map((mark) => short.format(mark * 1000)),
  };
}

function values(box: HTMLElement, text: (value: number) => string, incrs: number[]): uPlot.Axis {
  return {
    stroke: () => colour(box, '--soft'),
    font: FONT,
    grid: { stroke: () => colour(box, '--line'), width: 1 },
    ticks: { show: false },
    size: 64,
    space: 36,
    incrs,
    values: (_, marks) => marks.map(text),
  };
}

const FONT = '13px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

function colour(box: HTMLElement, name: string): string {
  return getComputedStyle(box).getPropertyValue(name).trim();
}
