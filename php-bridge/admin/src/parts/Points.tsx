import type { Point } from '../api/actions';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { SIGNS } from './Notice';

/** What was looked at, one by one: how it is, and what to do where it is not right. */
export function Points({ list, label }: { list: Point[]; label: string }) {
  const say = words(frame).levels;
  return (
    <ul class="points" aria-label={label}>
      {list.map((point, at) => (
        <li key={`${point.code} ${at}`} class={`point ${point.level}`} data-code={point.code}>
          <span class="sign" aria-hidden="true">{SIGNS[point.level]}</span>
          <div>
            <p><span class="hidden">{say[point.level]}: </span>{point.message}</p>
            {point.hint && <p class="hint">{point.hint}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
