import { useId, useRef, useState } from 'preact/hooks';
import { parts } from '../words/parts';
import { words } from '../words/words';
import { List, type Offer, step } from './List';

interface Props {
  /** Said by screen readers when no `<label>` names it. */
  label?: string;
  id?: string;
  describedBy?: string;
  invalid?: boolean;
  placeholder?: string;
  /** What is chosen: shown while nobody types. */
  shown?: string;
  offers: Offer[];
  /** Somebody else finds what fits; otherwise the offers are filtered here. */
  onType?: (text: string) => void;
  busy?: boolean;
  /** Any text is good, also one that is not offered. */
  free?: boolean;
  empty?: string;
  disabled?: boolean;
  onPick: (id: string) => void;
}

/** A field to type into that offers what fits: with the keyboard or with a click. */
export function Combo(props: Props) {
  const { label, offers, shown = '', free = false, busy = false, disabled = false, onType, onPick } = props;
  const say = words(parts);
  const [text, setText] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const own = useId();
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const list = `${own}-list`;
  const typed = (text ?? '').trim();
  const fitting = onType || typed === '' ? offers : offers.filter((offer) => fits(offer, typed));
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const type = (value: string) => {
    setText(value);
    setOpen(true);
    // The first that fits is a key away; of free text what was typed is.
    setActive(free || value.trim() === '' ? -1 : 0);
    onType?.(value.trim());
  };
  const take = (id: string) => {
    close();
    setText(null);
    onType?.('');
    onPick(id);
  };
  const leave = () => {
    if (free && typed !== '') take(typed);
    else {
      close();
      setText(null);
    }
  };
  const press = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      setActive(step(fitting, open ? active : -1, key === 'ArrowDown' ? 1 : -1));
    } else if (key === 'Enter') {
      const offer = open ? fitting[active] : undefined;
      if (offer || (free && typed !== '')) event.preventDefault();
      if (offer && !offer.disabled) take(offer.id);
      else if (free && typed !== '') take(typed);
    } else if (key === 'Escape' && (open || text !== null)) {
      // The dialog around it stays.
      event.preventDefault();
      event.stopPropagation();
      close();
      setText(null);
    }
  };
  return (
    <>
      <input
        ref={field}
        id={props.id ?? own}
        class="input"
        role="combobox"
        autocomplete="off"
        aria-label={label}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid || undefined}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && active >= 0 ? `${list}-${active}` : undefined}
        placeholder={props.placeholder}
        disabled={disabled}
        value={text ?? shown}
        onInput={(event) => type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => setOpen(true)}
        onBlur={leave}
        onKeyDown={press}
      />
      {open && !(free && fitting.length === 0) && (
        <List
          id={list}
          label={label ?? props.placeholder ?? say.list}
          anchor={field}
          box={box}
          offers={fitting}
          active={active}
          busy={busy}
          empty={props.empty ?? say.nothing}
          onPick={(offer) => take(offer.id)}
        />
      )}
    </>
  );
}

/** Every word that was typed is somewhere in it. */
function fits({ label, note = '', id }: Offer, typed: string): boolean {
  const text = `${label} ${note} ${id}`.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
