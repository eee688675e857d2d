import { draft, edit, problemsAt } from '../../app/draft';
import { href } from '../../app/route';
import { mayModify } from '../../app/session';
import { Select } from '../../parts/Select';
import { connect } from '../../words/connect';
import { words } from '../../words/words';

export function FirstOrder() {
  const say = words(connect);
  const shop = draft.value.shop;
  return (
    <div class="stack">
      <p>{say.order_text}</p>
      <div class="buttons">
        <a class="button primary" href={href('preview')}>{say.order_preview}</a>
        <a class="button" href={href('managers')}>{say.order_managers}</a>
        <a class="button" href={href('orders')}>{say.order_list}</a>
      </div>
      <div class="columns">
        <Select
          label={say.shop_language}
          value={(shop?.language ?? 'ru').toLowerCase()}
          options={Object.entries(say.languages).map(([value, label]) => ({ value, label }))}
          disabled={!mayModify.value}
          onChange={(language) => edit((settings) => {
            // The generated type has Rust's spelling, the wire the lower case.
            settings.shop = { ...settings.shop, language: language as never };
          })}
        />
        <div class="field">
          <p><b>{say.shop_id}:</b> <code>{shop?.id}</code></p>
          <p class="help">{say.shop_id_help}</p>
          {problemsAt('/shop/id').map((problem) => <p key={problem.code} class="warning-text">{problem.message} {problem.hint}</p>)}
        </div>
      </div>
    </div>
  );
}
