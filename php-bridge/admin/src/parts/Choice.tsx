import { useId } from 'preact/hooks';

interface Props<Name extends string> {
  label: string;
  value: Name;
  options: Record<Name, string>;
  onChange: (name: Name) => void;
}

/** One of a few, all of them in view: radio buttons side by side. */
export function Choice<Name extends string>({ label, value, options, onChange }: Props<Name>) {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {(Object.keys(options) as Name[]).map((name) => (
        <label key={name} class="chip">
          <input type="radio" name={group} checked={name === value} onChange={() => onChange(name)} />
          {options[name]}
        </label>
      ))}
    </fieldset>
  );
}
