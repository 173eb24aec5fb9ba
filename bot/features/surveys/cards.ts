import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import {
  longestText,
  isFeedback,
  nameOf,
  needOf,
  offersOptions,
  ratingLabel,
  toldTo,
  type Question,
  type QuestionResults,
  type Results,
  type Sheet,
  type Survey,
  readersOf,
} from '../../../domain/surveys/survey.ts';
import { pointsOf, type QuestionTrend, type Trend } from '../../../domain/surveys/trend.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, plainChoice, renderCard, type Card } from '../../cards.ts';
import { cardMarkdown } from '../../documents/write-card.ts';
import { barOf } from './progress-bar.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import askTemplate from './cards/ask.card.json' with { type: 'json' };
import noteTemplate from './cards/note.card.json' with { type: 'json' };
import resultsTemplate from './cards/results.card.json' with { type: 'json' };

const longestName = 80;
const ratings = [1, 2, 3, 4, 5];

export interface Asking {
  readonly community: ReadyCommunity;
  readonly survey: Survey;
  /** In a person’s own chat: says why it comes, and offers to stop. */
  readonly inChat: boolean;
  /** What they answered before, to be changed. */
  readonly sheet: Sheet | null;
  readonly token: string | null;
  readonly reminds?: boolean;
}

interface Linked {
  readonly community: Community;
  /** Where the surveys are in the tab. */
  readonly link: string;
}

/** The survey itself. */
export function askCard(asking: Asking, t: Translate): Card {
  return renderCard(askTemplate, askData(asking, t));
}

/** The card as it will be, in the chat of whoever writes it: it says that it is a trial, and its buttons only say so. */
export function trialCard({ community, survey }: Pick<Asking, 'community' | 'survey'>, t: Translate): Card {
  const card = askCard({ community, survey, inChat: survey.audience !== 'channel', sheet: null, token: null }, t);
  const mark = { type: 'TextBlock', text: t('trial.mark'), weight: 'Bolder', color: 'Warning', wrap: true };
  return {
    ...card,
    body: [mark, ...listIn(card['body'])],
    actions: listIn(card['actions']).map(action => ({
      ...action,
      verb: 'surveys.tried',
      data: { community: community.id },
    })),
  };
}

function listIn(part: unknown): readonly Readonly<Record<string, unknown>>[] {
  return part as readonly Readonly<Record<string, unknown>>[];
}

/** Thanks; and the way to change what was answered, which for an anonymous answer only this card knows. */
export function answeredCard(
  {
    community,
    survey,
    token,
  }: { readonly community: Community; readonly survey: Survey; readonly token: string | null },
  t: Translate,
): Card {
  return renderCard(
    noteTemplate,
    noteData(
      {
        community,
        name: 'answered',
        values: { title: plain(nameOf(survey)), ...onDay(survey.closesOn, nearDay) },
        texts: [t(survey.anonymous ? 'answered.anonymous' : 'answered.named')],
        button: { verb: 'surveys.change', title: t('answered.change'), survey: survey.id, token: token ?? '' },
      },
      t,
    ),
  );
}

/** Takes the place of the survey when it has closed: what came of it, where that is told and may be, else thanks. */
export function closedCard(
  { community, survey, link, results }: Linked & { readonly survey: Survey; readonly results: Results },
  t: Translate,
): Card {
  if (survey.tellsResults && results.state === 'shown')
    return resultsCard({ community, survey, results, link, mayShare: false, toAll: true }, t);
  return renderCard(
    noteTemplate,
    noteData({ community, name: 'closed', values: { title: plain(nameOf(survey)) }, link }, t),
  );
}

/** The one reminder in a channel. */
export function reminderCard({ community, survey, link }: Linked & { readonly survey: Survey }, t: Translate): Card {
  return renderCard(
    noteTemplate,
    noteData(
      {
        community,
        name: 'reminder',
        values: { title: plain(nameOf(survey)), ...onDay(survey.closesOn, nearDay) },
        link,
      },
      t,
    ),
  );
}

/** Tells a coordinator that a survey opened and reached nobody, and why. */
export function nobodyCard(
  {
    community,
    survey,
    spared,
    link,
  }: {
    readonly community: ReadyCommunity;
    readonly survey: Survey;
    readonly spared: number;
    readonly link: string;
  },
  t: Translate,
): Card {
  const name = spared > 0 ? 'everybodySpared' : 'emptyGroup';
  const most = surveysPerMonth(community.settings);
  return renderCard(
    noteTemplate,
    noteData({ community, name, values: { title: plain(nameOf(survey)), count: most }, link }, t),
  );
}

/**
 * The numbers of a survey that has closed, or why there are none. Free text stands on no card that travels: only the
 * words of feedback go, as was said before anybody wrote them, to those who prepare the next event.
 */
export function resultsCard(parts: ResultsShown, t: Translate): Card {
  return renderCard(resultsTemplate, resultsData(parts, t));
}

/** The name of a question’s input on a card. */
export function inputName({ id }: Pick<Question, 'id'>): string {
  return `q-${id}`;
}

/** `ask.sample.json` is an example. */
function askData({ community, survey, inChat, sheet, token, reminds = false }: Asking, t: Translate) {
  const name = shortened(community.name, longestName);
  const promise = isFeedback(survey) ? 'feedback' : survey.anonymous ? 'anonymous' : 'named';
  const until = onDay(survey.closesOn, nearDay);
  const why = reminds
    ? t('ask.whyReminder')
    : inChat
      ? t(survey.audience === 'attended' ? 'ask.whyAttended' : 'ask.why', {
          count: surveysPerMonth(community.settings),
        })
      : '';
  return {
    community: community.id,
    survey: survey.id,
    token: token ?? '',
    fallback: t('ask.fallback', { title: nameOf(survey) }),
    eyebrow: t(reminds ? 'ask.lastDays' : 'ask.from', { community: plain(name), ...until }),
    title: plain(survey.title),
    event: survey.event === null ? '' : plain(survey.event),
    intro: cardMarkdown(survey.intro),
    promise: t(`privacy.${promise}`, { readers: t(`privacy.readers.${readersOf(survey)}`) }),
    questions: survey.questions.map(question => inputFor(question, sheet?.[question.id], t)),
    footer: [
      t('ask.until', until),
      t(`ask.need.${needOf(survey.questions)}`),
      survey.tellsResults ? t(`ask.told.${toldTo(survey)}`) : '',
      why,
    ]
      .filter(line => line !== '')
      .join(' '),
    send: t('ask.send'),
    stop: inChat ? t('ask.stop') : '',
  };
}

/**
 * Choices that stand open are read as Markdown, labels of inputs are not (Adaptive Cards,
 * `useMarkdownInRadioButtonAndCheckbox`).
 */
function inputFor(question: Question, answer: Sheet[string] | undefined, t: Translate) {
  const { kind, text, options } = question;
  const choices = offersOptions(kind)
    ? options.map((title, place) => ({ title: plainChoice(title), value: String(place) }))
    : kind === 'rating'
      ? ratings.map(rating => ({ title: plainChoice(ratingLabel(rating, question)), value: String(rating) }))
      : [];
  return {
    id: inputName(question),
    label: kind === 'choices' ? t('ask.several', { question: text }) : text,
    isText: kind === 'text',
    multi: kind === 'choices',
    choices,
    placeholder: t('ask.placeholder'),
    longest: longestText,
    required: question.required,
    missing: t('ask.missing'),
    value: Array.isArray(answer) ? answer.join(',') : String(answer ?? ''),
  };
}

interface Note {
  readonly community: Community;
  /** Where its sentences are. */
  readonly name: 'answered' | 'closed' | 'reminder' | 'everybodySpared' | 'emptyGroup';
  readonly values: Readonly<Record<string, unknown>>;
  readonly texts?: readonly string[];
  readonly link?: string;
  readonly button?: { readonly verb: string; readonly title: string; readonly survey: string; readonly token: string };
}

/** `note.sample.json` is an example. */
function noteData({ community, name, values, texts = [], link = '', button }: Note, t: Translate) {
  const all = { community: plain(shortened(community.name, longestName)), ...values };
  return {
    community: community.id,
    fallback: t(`${name}.heading`, all),
    title: t(`${name}.heading`, all),
    texts: [t(`${name}.text`, all), ...texts].map(text => ({ text })),
    open: link === '' ? '' : t('open'),
    link,
    button: button ?? { verb: '', title: '', survey: '', token: '' },
  };
}

export interface ResultsShown extends Linked {
  readonly survey: Survey;
  readonly results: Results;
  /** For coordinators: the button that shows it in the channel. */
  readonly mayShare: boolean;
  /** Nobody was asked, because everybody had been asked often enough. */
  readonly sparedAll?: boolean;
  /** How many of those it was for had been sent it; null for one in the channel. */
  readonly reach?: { readonly sent: number; readonly of: number } | null;
  /** In the channel. */
  readonly toAll?: boolean;
  /** Beside what came of the one that it repeats; nothing where it repeats none. */
  readonly trend?: Trend | null;
}

/** Enough words to read on a card; the others are in the tab. In answers to a question, and in characters of each. */
const mostWords = 8;
const longestWords = 300;
/** The choices whose share has changed most are named; the others stand in the tab. */
const mostChanged = 3;
/** What is more than these is told in numbers alone, or the card would grow too large for Teams. */
const mostBars = 32;

/** `results.sample.json` is an example. */
function resultsData(shownResults: ResultsShown, t: Translate) {
  const { community, survey, results, link, mayShare } = shownResults;
  const shown = results.state === 'shown';
  return {
    community: community.id,
    survey: survey.id,
    fallback: t('results.summary', { title: nameOf(survey) }),
    title: t('results.heading', { title: plain(nameOf(survey)) }),
    lead: leadOf(shownResults, t),
    questions: shown ? results.questions.map(question => questionData(question, shownResults, t)) : [],
    footer: shown ? t(`results.${footerOf(shownResults)}`) : '',
    open: t('open'),
    link,
    share: shown && mayShare ? t('results.share') : '',
  };
}

function leadOf(
  { survey, results, sparedAll = false, reach = null, toAll = false, trend = null }: ResultsShown,
  t: Translate,
): string {
  if (sparedAll) return t('results.sparedAll');
  const reached =
    reach === null || reach.sent === reach.of ? '' : t('results.reached', { count: reach.sent, of: reach.of });
  const came =
    results.state === 'hidden'
      ? t(`results.hidden.${results.why}`)
      : t('results.answered', { count: results.answered });
  const where = results.state === 'hidden' || survey.anonymous || toAll ? '' : t('results.readNamed');
  const lastTime = trend && trend.questions.length > 0 ? t('results.lastTime', onDay(trend.since)) : '';
  return [came, reached, where, lastTime].filter(text => text !== '').join(' ');
}

function footerOf({ survey, toAll = false }: ResultsShown): 'feedback' | 'anonymous' | 'numbersOnly' | 'forYou' {
  if (isFeedback(survey) && !toAll) return 'feedback';
  if (survey.anonymous) return 'anonymous';
  return toAll ? 'numbersOnly' : 'forYou';
}

function questionData(
  { id, kind, text, answered, hidden, bars, average, texts }: QuestionResults,
  { survey, toAll = false, trend = null }: ResultsShown,
  t: Translate,
) {
  const words = isFeedback(survey) && !toAll ? texts : [];
  const drawn = barsIn(survey) <= mostBars;
  const valueOf = (count: number): string => t('results.of', { count, of: answered });
  const compared = trend?.questions.find(question => question.id === id);
  const note = noteOn({ kind, answered, hidden, average, words: words.length }, t);
  return {
    text: plain(text),
    note,
    changed: compared ? changeOf(compared, t) : '',
    words: [
      ...words.slice(0, mostWords).map(said => ({ text: plain(shortened(said, longestWords)) })),
      ...(words.length > mostWords ? [{ text: t('results.moreWords', { count: words.length - mostWords }) }] : []),
    ],
    bars: drawn
      ? bars.map(({ label, count }) => ({ label: plain(label), ...barOf(count, answered), value: valueOf(count) }))
      : [],
    facts: drawn ? [] : bars.map(({ label, count }) => ({ title: plain(label), value: valueOf(count) })),
  };
}

function changeOf({ average, shares }: QuestionTrend, t: Translate): string {
  if (average) {
    const change = average.now - average.before;
    return t(`results.changed.${Math.abs(change) < 0.05 ? 'sameAverage' : 'average'}`, { ...average, change });
  }
  const changed = shares
    .map(share => ({ ...share, label: plain(share.label), change: pointsOf(share) }))
    .filter(({ change }) => change !== 0)
    .toSorted((one, other) => Math.abs(other.change) - Math.abs(one.change))
    .slice(0, mostChanged);
  if (changed.length === 0) return t('results.changed.sameShares');
  return t('results.changed.shares', { shares: changed.map(share => t('results.changed.share', share)) });
}

function barsIn({ questions }: Survey): number {
  return questions.reduce(
    (sum, { kind, options }) => sum + (kind === 'rating' ? ratings.length : offersOptions(kind) ? options.length : 0),
    0,
  );
}

function noteOn(
  {
    kind,
    answered,
    hidden,
    average,
    words,
  }: Pick<QuestionResults, 'kind' | 'answered' | 'hidden' | 'average'> & {
    readonly words: number;
  },
  t: Translate,
): string {
  if (hidden) return t('results.few');
  if (words > 0) return '';
  if (kind === 'text') return t('results.texts', { count: answered });
  return average === null ? '' : t('results.average', { average, count: answered });
}
