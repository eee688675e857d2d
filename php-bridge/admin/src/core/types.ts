// The core's own types, generated from its schemas.

export type {
  Explanation, FromStage, Mapping, Order, Preview, Settings, SettingsResponsible, Rule, Spoken, Target, ToStage, When,
} from '@core/types.js';
import type { Report } from '@core/types.js';

/** What is wrong with a settings document, and where. */
export type Problem = Report['problems'][number];
export type { Report };
