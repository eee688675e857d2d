// What the vectors say, case by case. Short on purpose: the recorded files hold the whole of it.
import { border } from './scenarios/border.mjs';
import { settingsCheck } from './scenarios/settings.mjs';
import { previews } from './scenarios/previews.mjs';
import { pushNew, pushKnown } from './scenarios/push.mjs';
import { portalTrouble } from './scenarios/portal.mjs';
import { pull } from './scenarios/pull.mjs';
import { poll } from './scenarios/poll.mjs';
import { preflight, snapshot, provision } from './scenarios/setup.mjs';
import { orderLife } from './scenarios/life.mjs';
import { batches, inbound } from './scenarios/batches.mjs';

export function cases(record) {
  border(record);
  settingsCheck(record);
  previews(record);
  pushNew(record);
  pushKnown(record);
  portalTrouble(record);
  pull(record);
  poll(record);
  preflight(record);
  snapshot(record);
  provision(record);
  orderLife(record);
  batches(record);
  inbound(record);
}
