import { Button } from '../parts/Button';
import { TroubleNotice } from '../parts/Notice';
import { toast } from '../parts/Toasts';
import { frame } from '../words/frame';
import { words } from '../words/words';
import { errors, isDirty, save, saving, trouble, undo } from './draft';
import { mayModify } from './session';

/** Comes up with the first edit and stays at the bottom of the window until it is saved or undone. */
export function SaveBar() {
  const say = words(frame);
  if (!isDirty.value || !mayModify.value) return null;
  const wrong = errors.value.length;
  const store = async () => {
    if (await save()) toast(say.saved);
  };
  return (
    <section class="save-bar" aria-label={say.unsaved}>
      {trouble.value && <TroubleNotice trouble={trouble.value} />}
      <p class="save-state" role="status">{wrong > 0 ? say.problems(wrong) : say.unsaved}</p>
      <div class="buttons">
        <Button onClick={undo} disabled={saving.value}>{say.undo}</Button>
        <Button kind="primary" onClick={store} disabled={wrong > 0} busy={saving.value}>
          {saving.value ? say.saving : say.save}
        </Button>
      </div>
    </section>
  );
}
