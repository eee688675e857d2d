import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { frame } from '../words/frame';
import { moment, words } from '../words/words';
import { conflict, settle } from './draft';
import { meet } from './difference';

/** The second of two admins is told, and shown what differs. */
export function ConflictDialog() {
  const say = words(frame).conflict;
  const met = conflict.value;
  if (!met) return null;
  const paths = [...new Set([...met.others, ...met.mine].map((change) => change.path))];
  return (
    <Dialog title={say.title} onClose={() => { conflict.value = null; }} wide>
      <p>{say.who(met.by, moment(met.at))}</p>
      <div class="scroll">
        <table class="table">
          <thead><tr><th scope="col">{say.where}</th><th scope="col">{say.theirs}</th><th scope="col">{say.mine}</th></tr></thead>
          <tbody>
            {paths.map((path) => {
              const theirs = met.others.find((change) => change.path === path);
              const mine = met.mine.find((change) => change.path === path);
              const both = met.others.some((other) => met.mine.some((own) => own.path === path && meet(own, other)));
              return (
                <tr key={path}>
                  <th scope="row"><code>{path}</code>{both && <p class="warning-text">{say.both}</p>}</th>
                  <td><Value of={theirs ? theirs.now : mine?.before} /></td>
                  <td><Value of={mine ? mine.now : theirs?.before} /></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="buttons">
        <Button onClick={() => settle(false)}>{say.take_theirs}</Button>
        <Button kind="primary" onClick={() => settle(true)}>{say.keep_mine}</Button>
      </div>
    </Dialog>
  );
}

function Value({ of }: { of: unknown }) {
  const say = words(frame).conflict;
  return of === undefined ? <em>{say.absent}</em> : <code class="value">{typeof of === 'string' ? of : JSON.stringify(of, null, 1)}</code>;
}
