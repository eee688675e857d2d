import type { Key } from '../../app/preferences';
import { more } from '../../words/more';
import { words } from '../../words/words';
import { NumberPreference, SavePreferences, SwitchPreference, TextPreference } from './Preference';

const KEYS: Key[] = ['poll_every', 'rate', 'old_job_seconds', 'compare_nightly', 'ca_file', 'proxy'];

/** What hardly anybody has a reason to change. */
export function Advanced() {
  const say = words(more);
  return (
    <section class="card" aria-labelledby="advanced-title">
      <h3 id="advanced-title">{say.advanced}</h3>
      <div class="columns">
        <div>
          <NumberPreference name="poll_every" label={say.poll_every} help={say.poll_every_help} />
          <NumberPreference name="rate" label={say.rate} help={say.rate_help} />
          <NumberPreference name="old_job_seconds" label={say.old_job_seconds} />
          <SwitchPreference name="compare_nightly" label={say.compare_nightly} help={say.compare_nightly_help} />
        </div>
        <div>
          <TextPreference name="ca_file" label={say.ca_file} help={say.ca_file_help} />
          <TextPreference name="proxy" label={say.proxy} help={say.proxy_help} />
        </div>
      </div>
      <SavePreferences keys={KEYS} />
    </section>
  );
}
