import { useQuery } from '@tanstack/react-query';
import type { DayReader } from '../../../domain/said-days.ts';
import { useSession } from '../../lib/session.tsx';

/**
 * What reads days in words, in the person's language and in English, as people mix the two; undefined until its code is
 * here, which comes when somebody is about to type.
 */
export function useDayReaders(wanted: boolean): readonly DayReader[] | undefined {
  const { locale } = useSession().texts;
  const { data } = useQuery({
    queryKey: ['day-readers', locale],
    queryFn: () => readersFor(locale),
    enabled: wanted,
    staleTime: Infinity,
    // It is code: the browser has it, or asks for it when somebody types again.
    retry: false,
  });
  return data;
}

/** For a language of the tab; others are read in English. */
async function readersFor(locale: string): Promise<readonly DayReader[]> {
  const { casual, GB } = await import('chrono-node/en');
  // Only in the United States 3/4 is a day in March.
  const english = /^en-US/i.test(locale) ? casual : GB;
  if (!/^de\b/i.test(locale)) return [english];
  return [(await import('chrono-node/de')).casual, english];
}
