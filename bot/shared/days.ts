import { timeZoneOf, type Community } from '../../domain/community.ts';
import { localDay } from '../../domain/schedule.ts';
import type { Clock } from '../ports.ts';

/** The calendar day where the community is. */
export function todayIn({ clock }: { readonly clock: Clock }, community: Pick<Community, 'settings'>): string {
  return localDay(clock(), timeZoneOf(community));
}
