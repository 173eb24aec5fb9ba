import { never, periodsOf, periodToday, theChannel } from '../../../domain/attention/mornings.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { Morning, Wish } from '../../feature.ts';
import { errorText } from '../../shared/error-text.ts';
import type { AskedWish } from './asked-wish.ts';
import { withWays } from './cards.ts';
import type { KnownWish } from './ledger.ts';
import type { MorningParts } from './parts.ts';

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
    const was = pastOf(asked, known);
    const put = new Map(was.map(({ period, day }) => [period, day]));
    const againOn = was.at(-1)?.againOn ?? null;
    // Let go: it is not shown from a card with several either.
    if (againOn === never) return [];
    const period = periodToday(asked.period, { put, since: again.since, againOn, today: morning.today });
    // It was put when it came up, and not by us.
    if (again.since !== null && period === asked.period) return [];
    const card = withWays(asked, { community: morning.community.id, period });
    return [{ ...asked, period, wish: { ...asked.wish, period, card } }];
  });
  return { wishes: said, failures };
}

/** An open question of one person as it was put to them last. */
export interface PutWish {
  readonly asked: AskedWish;
  readonly last: KnownWish;
}

/** The open question by which a press is meant; undefined where it is settled, or was never put to this person. */
export async function findPut(
  parts: MorningParts,
  morning: Morning,
  { person, wish, period }: { readonly person: string; readonly wish: string; readonly period: string },
): Promise<PutWish | undefined> {
  const { wishes } = await askFeatures(parts, morning);
  const asked = wishes.find(
    one => one.wish.again && one.person === person && one.kind === wish && one.period === period,
  );
  const last = asked && pastOf(asked, await parts.ledger.wishesLike(morning.community.id, [asked])).at(-1);
  return last && { asked, last };
}

/** When this question was put before, in order. */
function pastOf(
  { person, kind, period }: AskedWish,
  known: readonly KnownWish[],
): readonly (KnownWish & { readonly day: string })[] {
  const periods = periodsOf(period);
  return known
    .flatMap(one =>
      one.day !== null && one.person === person && one.kind === kind && periods.includes(one.period)
        ? [{ ...one, day: one.day }]
        : [],
    )
    .toSorted((one, other) => periods.indexOf(one.period) - periods.indexOf(other.period));
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
