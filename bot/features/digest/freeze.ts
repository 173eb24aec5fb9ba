import type { Person } from '../../../domain/community.ts';
import { noWords, type DigestPeriod, type SentDigest } from '../../../domain/digest/digest.ts';
import { isLookedAt } from '../../../domain/digest/next-step.ts';
import { CommunityError } from '../../../domain/errors.ts';
import type { List } from '../../lists/list.ts';
import type { DigestRow } from '../../lists/model.ts';
import type { DigestSituation } from './facts.ts';
import type { DigestParts } from './parts.ts';
import { countFor } from './numbers.ts';
import { emptyDraft, sentFrom, sentKey, wordsOf } from './store.ts';

/** Who sends a digest by hand, and so has looked at it. */
export interface ByHand {
  readonly by: Person;
  /** The list as this person, so that version history names them. */
  readonly list: List<DigestRow>;
}

/** Counts, and writes down what goes out. Whatever was written down already stays, so that this may be repeated. */
export async function freeze(
  parts: Pick<DigestParts, 'lists' | 'clock'>,
  situation: DigestSituation,
  period: DigestPeriod,
  byHand?: ByHand,
): Promise<SentDigest> {
  const { community, audience, draft, sponsors } = situation;
  const list = byHand?.list ?? parts.lists.of(community.id).digests;
  const key = sentKey(audience, period.key);
  // The card of another community may have brought it along since the situation was read.
  const existing = await list.find(key);
  if (existing) return frozen(existing.value);

  // Words that nobody has looked at since the coordinators were told wait for the next.
  const lookedBy = byHand?.by ?? (isLookedAt(situation, period) ? (draft?.lookedBy ?? null) : null);
  const numbers = await countFor(parts, situation, period);
  const { kind, from, to } = period;
  const now = parts.clock().toISOString();
  const { row } = await list.create({
    ...emptyDraft(audience),
    key,
    period: kind,
    from,
    to,
    ...(lookedBy ? wordsOf(draft) : noWords),
    sendOn: null,
    lookedBy: lookedBy && { id: lookedBy.id, name: lookedBy.name },
    lookedAt: lookedBy ? (draft?.lookedAt ?? now) : null,
    numbers,
    sentTo: sponsors.reached.map(({ id, name }) => ({ id, name })),
    sentAt: now,
    state: audience === 'sponsor' && sponsors.reached.length === 0 ? 'by-hand' : 'sent',
  });
  return frozen(row.value);
}

function frozen(row: DigestRow): SentDigest {
  const digest = sentFrom(row);
  if (!digest)
    throw new CommunityError(
      'unavailable',
      `digest ${row.key} is only half written: remove its row in SharePoint, and it is made again`,
      { digest: row.key },
    );
  return digest;
}
