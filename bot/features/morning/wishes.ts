import { periodToday, theChannel, type Wanted } from '../../../domain/attention/mornings.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { Morning, Wish } from '../../feature.ts';
import { errorText } from '../../shared/error-text.ts';
import type { MorningParts } from './parts.ts';

/** A wish of one feature, with what decides about it. */
export interface AskedWish extends Wanted {
  readonly wish: Wish;
}

export interface AskedWishes {
  readonly wishes: readonly AskedWish[];
  /** Features whose lists are not there: the others are heard, and then the lists are put right. */
  readonly failures: readonly CommunityError[];
}

/** What may pass soon fails all of it, so that nobody gets half of their morning. */
const passing = ['throttled', 'unavailable'];

/** What every feature would like to say, in the order of the features; open questions as often as it is time for. */
export async function askWishes(parts: MorningParts, morning: Morning): Promise<AskedWishes> {
  const { wishes, failures } = await askFeatures(parts, morning);
  const open = wishes.filter(({ wish }) => wish.again);
  const known = await parts.ledger.wishesLike(morning.community.id, open);
  const said = wishes.flatMap((asked): readonly AskedWish[] => {
    const { again } = asked.wish;
    if (!again) return [asked];
    const put = new Map(
      known.flatMap(({ person, kind, period, day }) =>
        day !== null && person === asked.person && kind === asked.kind ? [[period, day] as const] : [],
      ),
    );
    const period = periodToday(asked.period, { put, since: again.since, today: morning.today });
    // It was put when it came up, and not by us.
    if (again.since !== null && period === asked.period) return [];
    return [{ ...asked, period, wish: { ...asked.wish, period } }];
  });
  return { wishes: said, failures };
}

async function askFeatures(
  { features, log }: Pick<MorningParts, 'features' | 'log'>,
  morning: Morning,
): Promise<AskedWishes> {
  const wishes: AskedWish[] = [];
  const failures: CommunityError[] = [];
  for (const feature of features()) {
    try {
      for (const wish of (await feature.wishes?.(morning)) ?? []) wishes.push(askedFrom(wish));
    } catch (error) {
      if (!(error instanceof CommunityError) || passing.includes(error.code)) throw error;
      log.warn(
        { community: morning.community.id, feature: feature.name, error: errorText(error) },
        'a morning without what one feature would say',
      );
      failures.push(error);
    }
  }
  return { wishes, failures };
}

function askedFrom(wish: Wish): AskedWish {
  const { to, kind, period, urgency, until, counted = true, agreed = false } = wish;
  const person = 'channel' in to ? theChannel : to.person.id;
  return { person, kind, period, urgency, until, counted, agreed, again: wish.again !== undefined, wish };
}
