import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Trouble } from '../api/call';

export interface Asked<Data> {
  data: Data | null;
  trouble: Trouble | null;
  busy: boolean;
  /** Asks again; what was there stays until the new answer has come. */
  again: () => Promise<void>;
  set: (data: Data) => void;
}

/** Asks when the page opens, and again when one of `keys` changes; an older answer that comes later does not count. */
export function useCall<Data>(question: () => Promise<Data>, keys: unknown[] = []): Asked<Data> {
  const [data, set] = useState<Data | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(true);
  const latest = useRef(0);
  const again = useCallback(async () => {
    const number = ++latest.current;
    setBusy(true);
    try {
      const answer = await question();
      if (number !== latest.current) return;
      set(() => answer);
      setTrouble(null);
    } catch (failure) {
      if (number === latest.current) setTrouble(Trouble.of(failure));
    } finally {
      if (number === latest.current) setBusy(false);
    }
  }, keys);
  useEffect(() => {
    void again();
    return () => {
      latest.current++;
    };
  }, [again]);
  return { data, trouble, busy, again, set: (value) => set(() => value) };
}

/** Something a button does: busy while it runs, its trouble kept to be shown. */
export function useAction<Given extends unknown[]>(work: (...given: Given) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = async (...given: Given) => {
    setBusy(true);
    setTrouble(null);
    try {
      await work(...given);
    } catch (failure) {
      setTrouble(Trouble.of(failure));
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, run };
}
