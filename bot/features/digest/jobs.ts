import type { ReadyCommunity } from '../../../domain/community.ts';
import { audiences, rhythmsOf, type DigestAudience } from '../../../domain/digest.ts';
import { issueOn, periodOf, type DigestIssue } from '../../../domain/digest-schedule.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { workingDays } from '../../../domain/facilitation.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import { definitions } from '../../data/lists.ts';
import { eachRow } from '../../each-row.ts';
import type { Job } from '../../feature.ts';
import { todayIn } from '../../today.ts';
import type { DigestParts } from './index.ts';
import { deliver, endingBy, freeze, isForNobody, periodToday, tell } from './sending.ts';
import { lastOf, readDigests, sentKey, type Digests } from './store.ts';

/**
 * Each working day, at the community’s hour: tells the coordinators of a draft, sends what is due, and what somebody
 * chose this day for. Nothing goes out of which the coordinators were not told, or which they have not seen, before.
 */
export function checkJob(parts: DigestParts): Job {
  return {
    name: 'digest.check',
    next(community, after) {
      const {
        timeZone,
        facilitation: { day, time },
      } = community.settings;
      return nextOnDays({ days: workingDays(day), time, timeZone }, after);
    },
    async run({ community }) {
      try {
        const digests = await readDigests(parts, community);
        await eachRow(
          parts,
          { community: community.id, list: definitions.digests.title },
          audiences,
          audience => ({ key: audience, what: audience }),
          audience => checkAudience(parts, community, audience, digests),
        );
      } catch (error) {
        // A community of an earlier version has no lists for it; "check the lists" in the settings makes them.
        if (!(error instanceof CommunityError) || error.code !== 'not-set-up') throw error;
        parts.log.warn({ community: community.id }, 'no digest: the community has no list for it yet');
      }
    },
  };
}

async function checkAudience(
  parts: DigestParts,
  community: ReadyCommunity,
  audience: DigestAudience,
  digests: Digests,
): Promise<void> {
  const {
    timeZone,
    facilitation: { day: first },
  } = community.settings;
  const today = todayIn(parts, community);
  const draft = digests.drafts[audience]?.value;

  if (draft?.sendOn) {
    // Somebody chose a day, which stands for what would have gone out around it.
    if (draft.sendOn > today) return;
    if (await isForNobody(parts, community, audience)) return;
    const { period, issue } = periodToday(parts, community, audience, digests);
    return deliver(parts, community, await freeze(parts, community, { audience, period }), { issue, alone: true });
  }

  // As if nothing had gone out: what was interrupted on its way is taken up again.
  const issue = issueOn(rhythmsOf(community.settings)[audience], { today, first, sent: new Set() });
  if (!issue || today < issue.notice) return;
  const written = digests.sent.find(({ key }) => key === sentKey(audience, issue.key));
  if (written) return deliver(parts, community, written, { issue });
  const known = draft?.toldFor === issue.key;
  if (!known) await tell(parts, community, audience, issue);
  if (today < issue.due || !mayGo(issue) || (await isForNobody(parts, community, audience))) return;

  const period = endingBy(
    periodOf(issue, { last: lastOf(digests, audience)?.period.to ?? null, timeZone }),
    parts.clock(),
  );
  await deliver(parts, community, await freeze(parts, community, { audience, period }), { issue });

  /** Not on the day on which the coordinators hear of it, unless they have looked already. */
  function mayGo({ key }: DigestIssue): boolean {
    const { toldFor = null, toldOn = null, lookedAt = null } = draft ?? {};
    return (toldFor === key && toldOn !== null && toldOn < today) || lookedAt !== null;
  }
}
