import { useEffect, useState } from 'preact/hooks';

/** What was typed, once the typing has come to a rest. */
export function useDebounced<Value>(value: Value, milliseconds: number): Value {
  const [rested, rest] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => rest(() => value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}
