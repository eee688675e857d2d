import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { List, type Offer, step } from '../parts/List';
import { templates } from '../words/templates';
import { words } from '../words/words';
import { type Place, completed, placeAt } from './completion';
import type { Vocabulary } from './useVocabulary';

interface Props {
  id?: string;
  label?: string;
  describedBy?: string;
  invalid?: boolean;
  value: string;
  placeholder?: string;
  disabled?: boolean;
  vocabulary: Vocabulary;
  onChange: (template: string) => void;
}

/** A template, with the fields of orders offered after a brace and the filters after a bar. */
export function TemplateInput({ id, label, describedBy, invalid, value, placeholder, disabled, vocabulary, onChange }: Props) {
  const say = words(templates);
  const [place, setPlace] = useState<Place | null>(null);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  /** Where the caret belongs once the new text is there. */
  const caret = useRef<number | null>(null);
  const list = `${useId()}-list`;
  const offers = place ? offersFor(place, vocabulary) : [];
  const open = place !== null && !disabled;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
    if (caret.current !== null) area.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [value]);
  const look = () => {
    const area = field.current;
    if (!area) return;
    const found = area.selectionStart === area.selectionEnd ? placeAt(area.value, area.selectionStart) : null;
    setPlace(found);
    setActive(0);
  };
  const take = (offer: Offer) => {
    const area = field.current;
    if (!area || !place) return;
    const next = completed(area.value, area.selectionStart, place, offer.id);
    caret.current = next.caret;
    setPlace(null);
    onChange(next.template);
    area.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (!open || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive(step(offers, active, event.key === 'ArrowDown' ? 1 : -1));
    } else if ((event.key === 'Enter' || event.key === 'Tab') && offers[active]) {
      event.preventDefault();
      take(offers[active]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setPlace(null);
    }
  };
  return (
    <>
      <textarea
        ref={field}
        id={id}
        class="input template"
        rows={1}
        spellcheck={false}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && offers[active] ? `${list}-${active}` : undefined}
        placeholder={placeholder}
        disabled={disabled}
        value={value}
        onInput={(event) => {
          onChange(event.currentTarget.value);
          look();
        }}
        onClick={look}
        onKeyUp={(event) => ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) && look()}
        onKeyDown={press}
        onBlur={() => setPlace(null)}
      />
      {open && (
        <List
          id={list}
          label={place.kind === 'field' ? say.list : say.filters}
          anchor={field}
          box={box}
          offers={offers}
          active={active}
          empty={say.nothing}
          onPick={take}
        />
      )}
    </>
  );
}

function offersFor(place: Place, { fields, filters }: Vocabulary): Offer[] {
  const typed = place.typed.trim().toLowerCase();
  const list = place.kind === 'field' ? fields : filters;
  const offers = list.map(({ name, meaning, value }): Offer => ({
    id: name,
    label: place.kind === 'field' ? meaning : name,
    note: place.kind === 'field' ? [name, value && `→ ${value.replaceAll('\n', ' ')}`].filter(Boolean).join(' ') : meaning,
  }));
  const starts = (offer: Offer) => offer.id.startsWith(typed) || offer.label.toLowerCase().startsWith(typed);
  const has = (offer: Offer) => offer.id.includes(typed) || offer.label.toLowerCase().includes(typed);
  return [...offers.filter(starts), ...offers.filter((offer) => !starts(offer) && has(offer))];
}
