import { useEffect } from 'react';

/** Has the browser ask before it closes the page, while something could be lost. */
export function useLeavingGuard(needed: boolean): void {
  useEffect(() => {
    if (!needed) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [needed]);
}
