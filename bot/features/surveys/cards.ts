import type { Community, ReadyCommunity } from '../../../domain/community.ts';
import {
  longestText,
  offersOptions,
  ratingLabel,
  surveysPerMonth,
  type Question,
  type QuestionResults,
  type Results,
  type Sheet,
  type Survey,
} from '../../../domain/surveys/survey.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, plainChoice, renderCard, type Card } from '../../cards.ts';
import { progressBar } from '../../shared/progress-bar.ts';
import { onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import askTemplate from './cards/ask.card.json' with { type: 'json' };
import noteTemplate from './cards/note.card.json' with { type: 'json' };
import resultsTemplate from './cards/results.card.json' with { type: 'json' };

const longestName = 80;

const dayFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };

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
        values: { title: plain(survey.title), ...onDay(survey.closesOn, dayFormat) },
        texts: [t(survey.anonymous ? 'answered.anonymous' : 'answered.named')],
        button: { verb: 'surveys.change', title: t('answered.change'), survey: survey.id, token: token ?? '' },
      },
      t,
    ),
  );
}

/** Takes the place of the survey when it has closed. */
export function closedCard({ community, survey, link }: Linked & { readonly survey: Survey }, t: Translate): Card {
  return renderCard(
    noteTemplate,
    noteData({ community, name: 'closed', values: { title: plain(survey.title) }, link }, t),
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
        values: { title: plain(survey.title), ...onDay(survey.closesOn, dayFormat) },
        link,
      },
      t,
    ),
  );
}

/** The numbers of a survey that has closed, or why there are none. Free text never stands on a card that travels. */
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
  const privacy = t(survey.anonymous ? 'privacy.anonymous' : 'privacy.named');
  const until = onDay(survey.closesOn, dayFormat);
  const why = reminds
    ? t('ask.whyReminder')
    : inChat
      ? t('ask.why', { count: surveysPerMonth(community.settings) })
      : '';
  return {
    community: community.id,
    survey: survey.id,
    token: token ?? '',
    fallback: t('ask.fallback', { title: survey.title }),
    eyebrow: t(reminds ? 'ask.lastDays' : 'ask.from', { community: plain(name), ...until }),
    title: plain(survey.title),
    intro: plain(survey.intro),
    questions: survey.questions.map(question => inputFor(question, sheet?.[question.id], t)),
    footer: [t('ask.until', until), privacy, why].filter(line => line !== '').join(' '),
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
      ? [1, 2, 3, 4, 5].map(rating => ({ title: plainChoice(ratingLabel(rating, question)), value: String(rating) }))
      : [];
  return {
    id: inputName(question),
    label: kind === 'choices' ? t('ask.several', { question: text }) : text,
    isText: kind === 'text',
    multi: kind === 'choices',
    choices,
    placeholder: t('ask.placeholder'),
    longest: longestText,
    value: Array.isArray(answer) ? answer.join(',') : String(answer ?? ''),
  };
}

interface Note {
  readonly community: Community;
  /** Where its sentences are. */
  readonly name: 'answered' | 'closed' | 'reminder';
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
}

/** `results.sample.json` is an example. */
function resultsData({ community, survey, results, link, mayShare }: ResultsShown, t: Translate) {
  const shown = results.state === 'shown';
  const title = plain(survey.title);
  return {
    community: community.id,
    survey: survey.id,
    fallback: t('results.summary', { title: survey.title }),
    title: t('results.heading', { title }),
    lead: shown ? t('results.answered', { count: results.answered }) : t(`results.hidden.${results.why}`),
    questions: shown ? results.questions.map(question => questionData(question, t)) : [],
    footer: shown ? t(survey.anonymous ? 'results.anonymous' : 'results.numbersOnly') : '',
    open: t('open'),
    link,
    share: shown && mayShare ? t('results.share') : '',
  };
}

function questionData({ kind, text, answered, hidden, bars, average }: QuestionResults, t: Translate) {
  const note = hidden
    ? t('results.few')
    : kind === 'text'
      ? t('results.texts', { count: answered })
      : average === null
        ? ''
        : t('results.average', { average, count: answered });
  return {
    text: plain(text),
    note,
    facts: bars.map(({ label, count }) => ({ title: plain(label), value: `${progressBar(count, answered)} ${count}` })),
  };
}
