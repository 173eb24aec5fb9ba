import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import {
  isQuiet,
  type DigestAudience,
  type DigestNumbers,
  type SentDigest,
  type Sponsors,
} from '../../../domain/digest/digest.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import type { ReplyRow } from '../../lists/model.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import { daysOf, factLines, nameOf } from './lines.ts';
import type { DigestParts } from './parts.ts';
import type { Above } from './sponsor-card.ts';
import noteTemplate from './cards/note.card.json' with { type: 'json' };

const longestName = 80;
const mostNames = 5;
/** Of an answer, above the digest or on the card that tells of it; the Digest page has all of it. */
const longestQuote = 100;

interface Note {
  readonly community: Pick<Community, 'id'>;
  readonly title: string;
  readonly texts: readonly string[];
  /** What somebody said, or what a digest says. */
  readonly quote?: readonly string[];
  /** The digest that can be answered again, and the button’s name. */
  readonly again?: { readonly digest: string; readonly title: string };
  /** The digest whose sponsor may have messages again, and the button’s name. */
  readonly resume?: { readonly digest: string; readonly title: string };
  readonly open?: { readonly title: string; readonly link: string };
}

/** Tells a coordinator that a draft waits. */
export function draftCard(
  {
    community,
    audience,
    day,
    from,
    numbers,
    outside,
    link,
  }: {
    readonly community: Community;
    readonly audience: DigestAudience;
    readonly day: string;
    /** The first day of which it tells. */
    readonly from: string;
    /** As they are now. */
    readonly numbers: DigestNumbers;
    readonly outside: Sponsors['outside'];
    readonly link: string;
  },
  t: Translate,
): Card {
  const facts = factLines(numbers, t);
  const goesOut = onDay(day, nearDay);
  const isDoubtful = audience === 'members' && isQuiet(numbers);
  return noteCard({
    community,
    title: t(`draft.title_${audience}`),
    texts: [
      isDoubtful
        ? t('draft.empty', { community: nameOf(community), ...onDays({ when: day, month: from }) })
        : t('draft.text', { community: nameOf(community), ...goesOut }),
      ...(audience === 'sponsor' ? [t('draft.askText')] : []),
      ...(isDoubtful ? [] : [t('draft.otherwise')]),
      ...(outside.length > 0 ? [t('draft.nobody', { names: namesOf(outside) })] : []),
    ],
    quote: isDoubtful ? [] : facts.length === 0 ? [t('draft.quiet')] : [t('draft.inIt'), facts.join('\n')],
    open: { title: t('draft.open'), link },
  });
}

/** The day on which it goes out, and the month in which its time begins. */
function onDays({ when, month }: { readonly when: string; readonly month: string }) {
  const [near, begun] = [onDay(when, nearDay), onDay(month, { month: 'long' })];
  const formats = { ...Object(near['formatParams']), month: Object(begun['formatParams'])['when'] as object };
  return { when: near['when'], month: begun['when'], formatParams: formats };
}

/** Asks a coordinator to mail a digest to a sponsor whom the bot cannot reach. */
export function byHandCard(
  {
    community,
    outside,
    link,
  }: { readonly community: Community; readonly outside: Sponsors['outside']; readonly link: string },
  t: Translate,
): Card {
  return noteCard({
    community,
    title: t('byHand.title'),
    texts: [t('byHand.text', { community: nameOf(community), names: namesOf(outside) })],
    open: { title: t('byHand.open'), link },
  });
}

export interface Answered {
  readonly community: ReadyCommunity;
  readonly digest: Pick<SentDigest, 'key' | 'period'>;
  readonly reply: ReplyRow;
  /** The action that a yes became, now or before the answer was changed; null when there is none. */
  readonly inPlan: string | null;
}

/** Stands above the digest that a sponsor has answered: thanks, and what they said. */
export function thanksAbove({ community, reply, inPlan }: Omit<Answered, 'digest'>, t: Translate): Above {
  return {
    title: t('thanks.title'),
    texts: [
      t('thanks.text', { community: nameOf(community) }),
      ...(inPlan === null || reply.choice !== 'yes' ? [] : [t('thanks.inPlan', { title: plain(inPlan) })]),
    ],
    quote: saidIn(reply, t),
    again: true,
  };
}

interface Quieted {
  /** The first is the community whose card it is. */
  readonly told: readonly { readonly community: Pick<Community, 'id' | 'name'> }[];
  readonly digest: string;
}

/** Takes the place of the sponsor’s digest when they want no more messages: says so, and how to change one’s mind. */
export function stoppedCard({ told, digest }: Quieted, t: Translate): Card {
  return noteCard({
    community: { id: told[0]?.community.id ?? '' },
    title: t('stopped.heading'),
    texts: [t('stopped.text', { communities: namesIn(told) })],
    resume: { digest, title: t('stopped.resume') },
  });
}

/** Says that messages come again, and leads back to the digest. */
export function resumedCard({ told, digest }: Quieted, t: Translate): Card {
  return noteCard({
    community: { id: told[0]?.community.id ?? '' },
    title: t('resumed.heading'),
    texts: [t('resumed.text', { communities: namesIn(told) })],
    again: { digest, title: t('resumed.again') },
  });
}

function namesIn(told: Quieted['told']): string {
  return (
    told
      .slice(0, mostNames)
      .map(({ community }) => nameOf(community))
      .join(', ') + (told.length > mostNames ? '…' : '')
  );
}

/** Tells a coordinator what a sponsor answered. */
export function repliedCard(
  { community, digest, reply, inPlan, links }: Answered & { readonly links: DigestParts['links'] },
  t: Translate,
): Card {
  const yes = reply.choice === 'yes';
  const { isOneDay, ...days } = daysOf(digest.period, community.settings.timeZone);
  return noteCard({
    community,
    title: t('replied.title', { name: plain(shortened(reply.person.name, longestName)) }),
    texts: [
      t(isOneDay ? 'replied.textDay' : 'replied.text', { community: nameOf(community), ...days }),
      ...(reply.choice === 'talk' ? [t(reply.times.length > 0 ? 'replied.confirm' : 'replied.talk')] : []),
      ...(inPlan === null ? [] : [t(yes ? 'replied.inPlan' : 'replied.stillInPlan', { title: plain(inPlan) })]),
    ],
    quote: saidIn(reply, t),
    open:
      inPlan === null
        ? { title: t('open'), link: links.tab(community.id, 'digest') }
        : { title: t('replied.plan'), link: links.tab(community.id, 'plan') },
  });
}

function saidIn({ choice, times, text }: ReplyRow, t: Translate): readonly string[] {
  const when =
    times.length > 0 ? t('answer.times', { times: times.map(time => plain(time)).join('; ') }) : t('answer.noTimes');
  return [
    t('answer.said', { choice: t(`reply.choices.${choice}`) }),
    ...(choice === 'talk' ? [when] : []),
    ...(text === '' ? [] : [plain(shortened(text, longestQuote))]),
  ];
}

function namesOf(people: Sponsors['outside']): string {
  return (
    people
      .slice(0, mostNames)
      .map(({ name }) => plain(shortened(name, longestName)))
      .join(', ') + (people.length > mostNames ? '…' : '')
  );
}

function noteCard(note: Note): Card {
  return renderCard(noteTemplate, noteData(note));
}

/** `note.sample.json` is an example. */
function noteData({ community, title, texts, quote = [], again, resume, open }: Note) {
  return {
    community: community.id,
    fallback: title,
    title,
    texts: texts.map(text => ({ text })),
    quote: quote.map(text => ({ text })),
    again: again?.title ?? '',
    resume: resume?.title ?? '',
    digest: (again ?? resume)?.digest ?? '',
    open: open?.title ?? '',
    link: open?.link ?? '',
  };
}
