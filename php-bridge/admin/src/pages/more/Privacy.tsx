import type { Key } from '../../app/preferences';
import { more } from '../../words/more';
import { words } from '../../words/words';
import { Erasure } from './Erasure';
import { NumberPreference, SavePreferences, SwitchPreference } from './Preference';

const KEYS: Key[] = ['keep_journal_days', 'keep_data_on_uninstall'];

/** What of buyers is kept, for how long, and how one of them is taken out. */
export function Privacy() {
  const say = words(more);
  return (
    <section class="card" aria-labelledby="privacy-title">
      <h3 id="privacy-title">{say.privacy}</h3>
      <div class="columns">
        <Erasure />
        <div>
          <h4>{say.keep}</h4>
          <NumberPreference name="keep_journal_days" label={say.keep_journal_days} help={say.keep_journal_days_help} />
          <SwitchPreference name="keep_data_on_uninstall" label={say.keep_data_on_uninstall} help={say.keep_data_on_uninstall_help} />
          <SavePreferences keys={KEYS} />
        </div>
      </div>
    </section>
  );
}
