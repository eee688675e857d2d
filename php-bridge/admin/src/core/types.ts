// The core's own types, generated from its schemas.

export type {
  Absence, Explanation, Field, FromStage, Hours, Mapping, Order, PortalField, Preview, Row, Settings, SettingsResponsible, Rule, Spoken, Target, ToStage, When,
} from '@core/types.js';
import type { Report } from '@core/types.js';

/** What is wrong with a settings document, and where. */
export type Problem = Report['problems'][number];
export type { Report };
