import { localDay, nextOnDays } from '../../../domain/schedule.ts';
import type { Job } from '../../feature.ts';
import { eraseOrphans } from './comments.ts';
import type { PlanParts } from './parts.ts';

/** Once a week: what was said on actions that have been gone for long is erased. */
export function commentJob(parts: PlanParts): Job {
  return {
    name: 'plan.comments',
    next({ settings: { timeZone } }, after) {
      return nextOnDays({ days: [7], time: '03:30', timeZone }, after);
    },
    async run({ community, now }) {
      await eraseOrphans(parts, community, localDay(now, community.settings.timeZone));
    },
  };
}
