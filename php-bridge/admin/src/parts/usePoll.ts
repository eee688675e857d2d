import { useEffect, useRef } from 'preact/hooks';

/** Does something every so many seconds, but only while the page can be seen; at once when it comes back into view. */
export function usePoll(work: () => Promise<unknown>, seconds: number | null): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    if (seconds === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    let over = false;
    const plan = () => {
      clearTimeout(timer);
      if (!over && document.visibilityState === 'visible') timer = setTimeout(look, seconds * 1000);
    };
    const look = async () => {
      if (busy || document.visibilityState !== 'visible') return;
      busy = true;
      try {
        await latest.current();
      } finally {
        busy = false;
        plan();
      }
    };
    plan();
    document.addEventListener('visibilitychange', look);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [seconds]);
}
