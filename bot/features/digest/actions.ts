import { z } from 'zod';
import type { Community, Person } from '../../../domain/community.ts';
import { longestReply, ReplyChoice, type SentDigest } from '../../../domain/digest/digest.ts';
import { identifier } from '../../../domain/text.ts';
import { change } from '../../lists/list.ts';
import type { ReplyRow } from '../../lists/model.ts';
import { cardAction, type CardReply, type Press } from '../../feature.ts';
import { enteredChoices, enteredLine, enteredRemark } from '../../shared/inputs.ts';
import type { Card } from '../../cards.ts';
import type { Translate } from '../../text.ts';
import { keepYes } from './agreed.ts';
import { sponsorKind } from './deliver.ts';
import { decidersOf } from './facts.ts';
import type { DigestParts } from './parts.ts';
import { repliedCard, resumedCard, stoppedCard, thanksAbove, type Answered } from './note-cards.ts';
import { receivedAbout, receivedBy, receivedTogether, type Received } from './received.ts';
import { sponsorCard } from './sponsor-card.ts';

const repliedKind = 'digest.replied';

/** What is longer is not even looked at; what is too long to keep gets a sentence of its own. */
const longestTyped = 20_000;

const AgainData = z.object({ community: identifier(100), digest: identifier(100) });
const ReplyData = AgainData.extend({
  /** Which digest it is about, on a card that brings several. */
  about: enteredLine(210),
  choice: enteredLine(100),
  /** What the button says, where nothing is asked that one could say yes to. */
  as: z.enum(['word', 'talk']).optional(),
  /** Places among the times that were offered. */
  times: enteredChoices(100),
  text: enteredRemark(longestTyped),
});
type AgainData = z.infer<typeof AgainData>;
type ReplyData = z.infer<typeof ReplyData>;

interface Pressed {
  readonly data: AgainData;
  readonly person: string;
  readonly community: Community;
}

const answering = { may: 'community.read', own: 'sponsor-card', ready: true } as const;

/** Whoever was sent a digest may answer it, whatever the card says, and also when they have left the team since. */
export function digestActions(parts: DigestParts) {
  async function guest({ data, person, community }: Pressed): Promise<Person | undefined> {
    const received = await receivedBy(parts, person, { community, key: data.digest });
    return received?.digest.sentTo.find(({ id }) => id === person);
  }

  return {
    reply: cardAction(answering, { data: ReplyData, run: press => onReply(parts, press), guest }),
    again: cardAction(answering, { data: AgainData, run: press => onAgain(parts, press), guest }),
    stop: cardAction(answering, { data: AgainData, run: press => onQuiet(parts, press, true), guest }),
    resume: cardAction(answering, { data: AgainData, run: press => onQuiet(parts, press, false), guest }),
  };
}

async function onReply(parts: DigestParts, { data, who, community, t }: Press<ReplyData>): Promise<CardReply> {
  const carrier = await receivedBy(parts, who.id, { community, key: data.digest });
  if (!carrier) return { notice: t('notice.stranger'), outcome: 'refused' };
  const isAboutCarrier = data.about === undefined || data.about === '';
  if (isAboutCarrier && (await receivedTogether(parts, who.id, carrier)).length > 1)
    return { notice: t('reply.aboutMissing') };
  const about = isAboutCarrier ? carrier : await receivedAbout(parts, who.id, data.about ?? '');
  if (!about) return { notice: t('notice.stranger'), outcome: 'refused' };
  if (about.newest !== about.digest.key) return { notice: t('notice.old') };
  const count = data.text?.length ?? 0;
  if (count > longestReply) return { notice: t('notice.too-long', { count, most: longestReply }) };
  const { times, text } = data;
  const said = data.as ?? data.choice;
  if (said === undefined && times === undefined && text === undefined) return { notice: t('shared:nothingCame') };

  const before = (await parts.lists.of(about.community.id).replies.find(replyKey(about.digest, who)))?.value;
  const parsed = ReplyChoice.safeParse(said ?? before?.choice);
  if (!parsed.success) return { notice: t('reply.missing') };
  const choice = choiceFor(about, parsed.data);
  if (choice === 'word' && (text ?? before?.text ?? '') === '') return { notice: t('reply.noWord') };
  const reply = await keep(
    parts,
    about,
    {
      choice,
      text: text ?? before?.text ?? '',
      times: times ? chosen(about.digest, times) : (before?.times ?? []),
    },
    who,
  );
  const answered = { ...about, reply, inPlan: await keepYes(parts, about, reply, t) };
  await tellOfReply(parts, answered);
  const told = await receivedTogether(parts, who.id, carrier);
  const card = (translate: Translate): Card =>
    sponsorCard({ told, above: thanksAbove(answered, translate) }, translate);
  await parts.messenger.refresh({
    community: community.id,
    kind: sponsorKind,
    period: carrier.digest.period.key,
    to: [{ person: who }],
    card,
  });
  return { card: card(t) };
}

/** Where nothing is asked there is nothing to say yes or no to: what comes with it is a word. */
function choiceFor({ digest: { words } }: Received, choice: ReplyChoice): ReplyChoice {
  return words.ask === '' && choice !== 'talk' ? 'word' : choice;
}

async function onAgain(parts: DigestParts, { data, who, community, t }: Press<AgainData>): Promise<CardReply> {
  const carrier = await receivedBy(parts, who.id, { community, key: data.digest });
  if (!carrier) return { notice: t('notice.stranger'), outcome: 'refused' };
  const told = await receivedTogether(parts, who.id, carrier);
  // Whoever got it may read it again; only the newest is answered.
  if (carrier.newest !== carrier.digest.key)
    return {
      card: sponsorCard({ told, above: { title: t('old.title'), texts: [t('old.text')], quote: [], again: false } }, t),
    };
  const { replies } = parts.lists.of(community.id);
  const reply = told.length > 1 ? undefined : (await replies.find(replyKey(carrier.digest, who)))?.value;
  return { card: sponsorCard({ told, reply }, t) };
}

/** One card may bring several communities: no more messages means from any of them. */
async function onQuiet(
  parts: DigestParts,
  { data, who, community, t }: Press<AgainData>,
  quiet: boolean,
): Promise<CardReply> {
  const carrier = await receivedBy(parts, who.id, { community, key: data.digest });
  if (!carrier) return { notice: t('notice.stranger'), outcome: 'refused' };
  const told = await receivedTogether(parts, who.id, carrier);
  for (const one of told) await parts.messenger.optOut(one.community.id, who.id, quiet);
  return { card: (quiet ? stoppedCard : resumedCard)({ told, digest: data.digest }, t) };
}

/** Keeps what was said, in the place of what was said before. */
async function keep(
  { lists, clock }: Pick<DigestParts, 'lists' | 'clock'>,
  { community, digest }: Received,
  { choice, text, times }: Pick<ReplyRow, 'choice' | 'text' | 'times'>,
  { id, name }: Person,
): Promise<ReplyRow> {
  const key = replyKey(digest, { id });
  const at = clock().toISOString();
  const wanted: ReplyRow = { key, digest: digest.key, person: { id, name }, choice, text, times, at };
  const stored = await change(lists.of(community.id).replies, key, row =>
    row && sameReply(row, wanted) ? undefined : wanted,
  );
  return stored?.value ?? wanted;
}

async function tellOfReply(parts: DigestParts, answered: Answered): Promise<void> {
  const { community, reply } = answered;
  await parts.messenger.post({
    community: community.id,
    kind: repliedKind,
    // An answer that is changed is told anew, one that is sent twice is not.
    period: `${reply.key}/${reply.at}`,
    to: await decidersOf(parts, community),
    card: t => repliedCard({ ...answered, links: parts.links }, t),
    summary: t => t('replied.summary', { name: reply.person.name, choice: t(`reply.choices.${reply.choice}`) }),
  });
}

function replyKey({ key }: Pick<SentDigest, 'key'>, { id }: Pick<Person, 'id'>): string {
  return `${key}/${id}`;
}

function chosen({ words: { times } }: SentDigest, places: readonly string[]): string[] {
  const wanted = new Set(places.map(Number));
  return times.filter((_, place) => wanted.has(place));
}

function sameReply(one: ReplyRow, other: ReplyRow): boolean {
  return one.choice === other.choice && one.text === other.text && one.times.join('\n') === other.times.join('\n');
}
