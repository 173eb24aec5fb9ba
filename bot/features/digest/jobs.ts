import type { ReadyCommunity } from '../../../domain/community.ts';
import { audiences, type DigestAudience } from '../../../domain/digest/digest.ts';
import { nextStep } from '../../../domain/digest/next-step.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { workingDays } from '../../../domain/facilitation/facilitation.ts';
import { nextOnDays } from '../../../domain/schedule.ts';
import { definitions } from '../../lists/model.ts';
import { eachRow } from '../../shared/each-row.ts';
import type { Job } from '../../feature.ts';
import { carryOut } from './deliver.ts';
import { rolesIn, situationOf, standingOf } from './facts.ts';
import type { DigestParts } from './parts.ts';
import { readDigests, type Digests } from './store.ts';

/**
 * Each open day, at the community’s hour: notes that it is time to tell the coordinators of a draft, which their
 * morning does, sends what is due, and what somebody chose this day for. Nothing goes out before the day after that,
 * unless somebody has seen it.
 */
export function checkJob(parts: DigestParts): Job {
  return {
    name: 'digest.check',
    rests: true,
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
  const standing = await standingOf(parts, community, audience, digests);
  // On most days nothing is to be done, whoever holds which role: then Graph is not asked for the roles.
  if (nextStep({ ...standing, forNobody: false }).step === 'nothing') return;
  const situation = situationOf(standing, await rolesIn(parts, community));
  await carryOut(parts, situation, nextStep(situation));
}
