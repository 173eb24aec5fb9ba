import { createHash } from 'node:crypto';
import { sectionIds, type SectionId } from '../../../domain/charter/charter.ts';
import type { VoicesView } from '../../../domain/charter/voices-api.ts';
import { agreedNow, isRoundOpen, progressOf, type Fingerprints } from '../../../domain/charter/voices.ts';
import { knownQuestion } from '../../../domain/charter/weekly-question.ts';
import { timeZoneOf, type Community, type Member } from '../../../domain/community.ts';
import { can } from '../../../domain/permissions.ts';
import { localDay } from '../../../domain/schedule.ts';
import type { Stored } from '../../lists/list.ts';
import { whenThere } from '../../lists/list.ts';
import type { CharterDraftRow, CharterRow, CommentRow, ConsentRoundRow, Row } from '../../lists/model.ts';
import { todayIn } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import type { CharterParts } from './parts.ts';

/** What members say about the charter, as it is kept, and what the charter says now. */
export interface Voices {
  readonly charter: readonly Stored<CharterRow>[];
  readonly fingerprints: Fingerprints;
  readonly comments: readonly CommentRow[];
  readonly agreements: readonly Row<'agreements'>[];
  readonly drafts: readonly CharterDraftRow[];
  /** The last one. */
  readonly round: ConsentRoundRow | undefined;
}

/** @param written where the charter has to be there; else one that was never begun is an empty one */
export async function readVoices(
  { lists }: Pick<CharterParts, 'lists'>,
  community: string,
  written = whenThere(() => lists.of(community).charter.all()),
): Promise<Voices> {
  const of = lists.of(community);
  const [charter, comments, agreements, drafts, rounds] = await Promise.all([
    written,
    of.comments.all(),
    of.agreements.all(),
    of.charterDrafts.all(),
    of.consentRounds.all(),
  ]);
  return {
    charter,
    fingerprints: fingerprintsOf(charter.map(({ value }) => value)),
    comments: comments.map(({ value }) => value).toSorted((one, other) => one.at.localeCompare(other.at)),
    agreements: agreements.map(({ value }) => value),
    drafts: drafts.map(({ value }) => value).toSorted((one, other) => one.at.localeCompare(other.at)),
    round: rounds
      .map(({ value }) => value)
      .toSorted((one, other) => one.key.localeCompare(other.key))
      .at(-1),
  };
}

/** Of every section that is written. */
export function fingerprintsOf(rows: readonly CharterRow[]): Fingerprints {
  return new Map(
    sectionIds.flatMap((id): [SectionId, string][] => {
      const text = rows.find(({ key }) => key === id)?.text ?? '';
      return text.trim() === '' ? [] : [[id, fingerprintOf(text)]];
    }),
  );
}

/** SharePoint writes line ends in its own way: the same words have the same fingerprint. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n').trim()).digest('hex');
}

/** As one reader sees it: drafts are for those who write the charter. */
export async function voicesView(
  parts: Pick<CharterParts, 'lists' | 'roster' | 'clock'>,
  community: Community,
  who: Member,
  t: Translate,
  known?: Voices,
): Promise<VoicesView> {
  const voices = known ?? (await readVoices(parts, community.id));
  const { round } = voices;
  return {
    sections: sectionIds.map(id => ({
      id,
      agreed: [...agreedNow(voices.agreements, id, voices.fingerprints)],
      comments: voices.comments
        .filter(({ section }) => section === id)
        .map(({ key, by, text, at, settledBy }) => ({ id: key.slice(id.length + 1), by, text, at, settledBy })),
    })),
    round: round === undefined ? null : await roundView(parts, community, voices, round),
    drafts: can(who, 'charter.edit', community) ? voices.drafts.flatMap(draft => draftView(draft, t)) : [],
  };
}

async function roundView(
  parts: Pick<CharterParts, 'roster' | 'clock'>,
  community: Community,
  { agreements, fingerprints }: Voices,
  { askedBy, askedAt, until, seenBy }: ConsentRoundRow,
): Promise<NonNullable<VoicesView['round']>> {
  const members = await parts.roster.members(community.id);
  const { seen, agreed, notYet } = progressOf(seenBy, members, agreements, fingerprints);
  return {
    askedBy,
    askedOn: localDay(new Date(askedAt), timeZoneOf(community)),
    until,
    open: isRoundOpen({ until }, todayIn(parts, community)),
    seen: [...seen],
    agreed: [...agreed],
    notYet,
  };
}

function draftView({ key, section, question, text, by, at }: CharterDraftRow, t: Translate): VoicesView['drafts'] {
  const known = knownQuestion(section, question);
  return [{ id: key, section, question: known ? t(`method.${section}.question.${question}`) : '', text, by, at }];
}
