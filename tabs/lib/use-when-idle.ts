import { useEffect, useEffectEvent } from 'react';

/** How long a page that is never idle is waited for, in milliseconds. */
const latest = 5_000;

/** Does something once, when the browser has nothing else to do after what was waited for has come. */
export function useWhenIdle(arrived: boolean, act: () => void): void {
  const actNow = useEffectEvent(act);
  useEffect(() => {
    if (!arrived) return undefined;
    // Safari has no such call.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => actNow(), latest);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(() => actNow(), { timeout: latest });
    return () => cancelIdleCallback(idle);
  }, [arrived]);
}
