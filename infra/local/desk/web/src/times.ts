import { useEffect, useState } from 'react';

/** The desk's clock, running: the server's moment plus what has passed since it was told. */
export function useRunningClock(now: string): Date {
  const [base] = useState(() => ({ now: '', at: 0 }));
  const [, tick] = useState(0);
  if (base.now !== now) {
    base.now = now;
    base.at = Date.now();
  }
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.parse(now) + Date.now() - base.at);
}

export function timeOf(moment: string | Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(moment));
}

export function dayOf(moment: string | Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(moment));
}

/** 2026-11-23T09:00, as an input of type datetime-local wants it. */
export function localInput(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    .format(moment)
    .replace(' ', 'T');
}
