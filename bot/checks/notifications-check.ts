import type { Db } from '../database/tables.ts';
import { notificationsAddress } from '../http/notifications.ts';
import { createSubscriptionStore } from '../lists/subscription-store.ts';
import type { Config } from '../config.ts';
import { codeOf } from '../start-error.ts';
import { gap, good, hint, type Check } from './check.ts';

export interface NotificationsCheckParts {
  /** Null where the database cannot be opened here. */
  readonly db: Db | null;
  readonly config: Pick<Config, 'publicUrl' | 'localServiceUrl'>;
  readonly now: () => Date;
}

/**
 * Whether Microsoft Graph tells the app of changes that people make in SharePoint itself. Without it everything works:
 * such a change is on an open screen within half a minute, and not within seconds.
 */
export function notificationsCheck({ db, config, now }: NotificationsCheckParts): Check {
  return {
    name: 'notifications',
    async look() {
      const address = notificationsAddress(config);
      if (address === null) return hint('notifications-address', { url: config.publicUrl });
      if (db === null) return hint('notifications-embedded');
      const counts = await createSubscriptionStore(db).counts(now()).catch(none);
      if (!counts) return hint('notifications-none');
      const { active, ...refused } = counts;
      if (refused['not-reached'] > 0) return gap('notifications-not-reached', { url: address });
      if (active > 0) return good;
      return refused['not-granted'] > 0 ? hint('notifications-not-granted') : hint('notifications-none');
    },
  };
}

/** Before the first start there are no tables. */
function none(error: unknown): undefined {
  if (codeOf(error) !== '42P01') throw error;
}
