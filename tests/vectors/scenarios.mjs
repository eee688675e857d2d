// What the vectors say, case by case. Short on purpose: the recorded files hold the whole of it.
import { border } from './scenarios/border.mjs';
import { settingsCheck } from './scenarios/settings.mjs';
import { contradictions } from './scenarios/contradictions.mjs';
import { decisions } from './scenarios/decisions.mjs';
import { explains } from './scenarios/explain.mjs';
import { previews } from './scenarios/previews.mjs';
import { rows } from './scenarios/rows.mjs';
import { pushNew, pushKnown } from './scenarios/push.mjs';
import { people } from './scenarios/people.mjs';
import { portalTrouble } from './scenarios/portal.mjs';
import { portalAnswers } from './scenarios/answers.mjs';
import { pull } from './scenarios/pull.mjs';
import { poll } from './scenarios/poll.mjs';
import { compare } from './scenarios/compare.mjs';
import { preflight, provision } from './scenarios/setup.mjs';
import { fields } from './scenarios/fields.mjs';
import { status } from './scenarios/status.mjs';
import { orderLife } from './scenarios/life.mjs';
import { batches, inbound } from './scenarios/batches.mjs';
import { responsible } from './scenarios/responsible.mjs';
import { cuts } from './scenarios/cut.mjs';

export function cases(record) {
  border(record);
  settingsCheck(record);
  contradictions(record);
  previews(record);
  rows(record);
  decisions(record);
  explains(record);
  pushNew(record);
  pushKnown(record);
  people(record);
  portalTrouble(record);
  portalAnswers(record);
  pull(record);
  poll(record);
  compare(record);
  status(record);
  preflight(record);
  provision(record);
  fields(record);
  orderLife(record);
  batches(record);
  inbound(record);
  responsible(record);
  cuts(record);
}
