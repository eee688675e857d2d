import type { Point } from '../../api/actions';
import { type PageName, href } from '../../app/route';
import { Notice } from '../../parts/Notice';
import { healthWords } from '../../words/health';
import { sentence, words } from '../../words/words';

/** What somebody has to look at, with what to do about it and the way there. */
export function Alerts({ alerts }: { alerts: Point[] }) {
  const say = words(healthWords);
  if (alerts.length === 0) return <Notice level="ok" hint={say.nothing_to_do}>{say.fine}</Notice>;
  return (
    <section aria-label={say.alerts}>
      {alerts.map((alert) => {
        const link = say.links[alert.code];
        return (
          <Notice key={alert.code} level={alert.level} hint={todo(alert)}>
            {sentence(alert.message)}
            {link && <> <a href={href(link[0] as PageName, link[1])}>{link[2]}</a></>}
          </Notice>
        );
      })}
    </section>
  );
}

/** The bridge's hints are for the command line, too; of what can be done on these pages ours are shown. */
export function todo({ code, hint }: Point): string {
  return words(healthWords).todo[code] ?? sentence(hint);
}
