import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SectionId } from '../../../domain/charter/charter.ts';
import { isRoundOpen, longestComment, longestRound, progressOf } from '../../../domain/charter/voices.ts';
import type { Community, Member, ReadyCommunity } from '../../../domain/community.ts';
import { CommunityError } from '../../../domain/errors.ts';
import { addDays } from '../../../domain/schedule.ts';
import { change } from '../../lists/list.ts';
import type { ConsentRoundRow } from '../../lists/model.ts';
import type { Card } from '../../cards.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { todayIn } from '../../shared/days.ts';
import { enteredLine, enteredRemark } from '../../shared/inputs.ts';
import type { Translate } from '../../text.ts';
import { keepComment } from './comments.ts';
import type { CharterParts } from './parts.ts';
import { roundCard } from './round-card.ts';
import { readVoices, type Voices } from './voices.ts';

const roundKind = 'charter.round';

const AgreeData = z.object({
  round: z.iso.date(),
  version: z
    .string()
    .max(64)
    .regex(/^[0-9a-f]*$/),
});
const SayData = z.object({ round: z.iso.date(), section: enteredLine(60), text: enteredRemark(longestComment * 2) });
type AgreeData = z.infer<typeof AgreeData>;
type SayData = z.infer<typeof SayData>;
type Pressed<Data> = Press<Data, ReadyCommunity>;

/** By what one knows again what the whole charter says. */
function versionOf({ fingerprints }: Voices): string {
  return createHash('sha256')
    .update(JSON.stringify([...fingerprints]))
    .digest('hex');
}

/** Asks everybody in the channel, once a day: who presses again finds the round of today. */
export async function beginRound(
  parts: CharterParts,
  { who, community, until }: { readonly who: Member; readonly community: Community; readonly until: string },
): Promise<void> {
  const today = todayIn(parts, community);
  if (until < today || until > addDays(today, longestRound))
    throw new CommunityError('invalid', `a round of consent ends within ${longestRound} days, and not before today`, {
      fields: ['until'],
    });
  const voices = await readVoices(parts, community.id);
  if (voices.fingerprints.size === 0)
    throw new CommunityError('invalid', 'the charter says nothing yet that one could agree with');
  const by = { id: who.id, name: who.name };
  const { row } = await parts.lists.of(community.id).consentRounds.create({
    key: today,
    askedBy: by,
    askedAt: parts.clock().toISOString(),
    until,
    seenBy: [by],
  });
  await parts.messenger.post({
    community: community.id,
    kind: roundKind,
    period: today,
    to: [{ channel: true }],
    card: await roundCardNow(parts, community, { ...voices, round: row.value }),
    summary: t => t('round.summary', { community: community.name }),
  });
}

/** The card in the channel counts along, without a new notification. */
export async function showRound(parts: CharterParts, community: Community): Promise<void> {
  const voices = await readVoices(parts, community.id);
  if (!voices.round || !isRoundOpen(voices.round, todayIn(parts, community))) return;
  await parts.messenger.refresh({
    community: community.id,
    kind: roundKind,
    period: voices.round.key,
    card: await roundCardNow(parts, community, voices),
  });
}

async function roundCardNow(
  { roster, links }: CharterParts,
  community: Community,
  voices: Voices,
): Promise<(t: Translate) => Card> {
  const round = voices.round as ConsentRoundRow;
  const progress = progressOf(round.seenBy, await roster.members(community.id), voices.agreements, voices.fingerprints);
  const version = versionOf(voices);
  const sections = [...voices.fingerprints.keys()];
  const link = links.tab(community.id, 'charter');
  return t => roundCard({ community, round, progress, version, sections, link }, t);
}

/** With everything that is written, as it was when this copy of the card was made. */
async function onAgree(parts: CharterParts, { data, who, community, t }: Pressed<AgreeData>): Promise<CardReply> {
  const voices = await readVoices(parts, community.id);
  if (voices.round?.key !== data.round || !isRoundOpen(voices.round, todayIn(parts, community)))
    return { notice: t('round.over') };
  if (versionOf(voices) !== data.version) return { notice: t('round.changed') };
  const person = { id: who.id, name: who.name };
  const at = parts.clock().toISOString();
  for (const [section, fingerprint] of voices.fingerprints) {
    const key = `${section}/${who.id}`;
    await change(parts.lists.of(community.id).agreements, key, current =>
      current?.fingerprint === fingerprint ? undefined : { key, section, person, fingerprint, at },
    );
  }
  await showRound(parts, community);
  return { notice: t('round.thanks', { count: voices.fingerprints.size }), outcome: 'done' };
}

async function onSay(parts: CharterParts, press: Pressed<SayData>): Promise<CardReply> {
  const { data, who, community, t } = press;
  const section = SectionId.safeParse(data.section);
  const text = data.text ?? '';
  if (!section.success) return { notice: t('round.whichSection') };
  if (text === '') return { notice: t('round.noWords') };
  if (text.length > longestComment) return { notice: t('round.tooLong', { most: longestComment, count: text.length }) };
  // The same words of the same person are the same comment, however often Teams sends the press.
  const id = createHash('sha256')
    .update(JSON.stringify([data.round, who.id, text]))
    .digest('hex');
  await keepComment(parts, press, { section: section.data, id, text });
  return {
    notice: t('round.said', { section: t(`method.${section.data}.title`), community: community.name }),
    outcome: 'done',
  };
}

export function roundActions(parts: CharterParts) {
  return {
    agree: cardAction({ may: 'community.read', ready: true }, { data: AgreeData, run: press => onAgree(parts, press) }),
    say: cardAction({ may: 'community.read', ready: true }, { data: SayData, run: press => onSay(parts, press) }),
  };
}
