import type { ComponentChildren } from 'preact';
import type { Problem } from '../core/types';
import { Field } from './Field';

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

interface Props {
  label: string;
  help?: ComponentChildren;
  problems?: Problem[];
  value: string;
  options: Option[];
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** One of a few, with its label. A value that is not among them stays to be seen instead of turning into another. */
export function Select({ label, help, problems, value, options, disabled, onChange }: Props) {
  return (
    <Field label={label} help={help} problems={problems}>
      {(wiring) => (
        <select class="input" {...wiring} value={value} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value)}>
          <Options list={options} value={value} />
        </select>
      )}
    </Field>
  );
}

export function Options({ list, value }: { list: Option[]; value: string }) {
  const known = list.some((option) => option.value === value);
  return (
    <>
      {!known && <option value={value}>{value}</option>}
      {list.map((option) => <option key={option.value} value={option.value} disabled={option.disabled}>{option.label}</option>)}
    </>
  );
}
