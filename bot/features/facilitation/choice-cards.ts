import type { Person, ReadyCommunity } from '../../../domain/community.ts';
import { mostMinutes, sizeOf, type FacilitationTask } from '../../../domain/facilitation/method.ts';
import { planningQuestions } from '../../../domain/facilitation/planning.ts';
import { weekdayOf } from '../../../domain/schedule.ts';
import { shortened } from '../../../domain/text.ts';
import { plain, renderCard, type Card } from '../../cards.ts';
import { nearDay, onDay } from '../../shared/days.ts';
import type { Translate } from '../../text.ts';
import planningTemplate from './cards/planning.card.json' with { type: 'json' };
import pauseTemplate from './cards/pause.card.json' with { type: 'json' };
import template from './cards/choice.card.json' with { type: 'json' };

/** In characters. */
const longestName = 60;
const longestChoice = 30;
/** More people than this do not fit on a card; the settings have them all. */
const mostPeople = 100;

interface Button {
  readonly title: string;
  readonly verb: string;
  /** `none`: it takes nothing along of what was entered. */
  readonly inputs: 'auto' | 'none';
  readonly data: Readonly<Record<string, unknown>>;
}

interface Choice {
  readonly title: string;
  readonly text: string;
  /** Empty where nobody is to be chosen. */
  readonly peopleLabel: string;
  readonly people: readonly { readonly title: string; readonly value: string }[];
  readonly placeholder: string;
  readonly buttons: readonly Button[];
}

/** A question with a few answers as buttons; `choice.sample.json` is an example. */
function choiceCard(choice: Choice, fallback: string): Card {
  return renderCard(template, { ...choice, fallback });
}

function nameOf({ name }: Pick<ReadyCommunity, 'name'>): string {
  return plain(shortened(name, longestName));
}

const noInputs = { peopleLabel: '', people: [], placeholder: '' };

/** Until when the week is on a pause: two days to press, and one to enter. */
export function pauseCard(
  {
    community,
    week,
    days,
  }: { readonly community: ReadyCommunity; readonly week: string; readonly days: readonly string[] },
  t: Translate,
): Card {
  const data = { community: community.id, week };
  const name = { community: nameOf(community) };
  const verb = 'facilitation.pauseUntil';
  return renderCard(pauseTemplate, {
    fallback: t('pause.fallback', name),
    title: t('pause.title', name),
    text: t('pause.text'),
    dayLabel: t('pause.day'),
    day: days[0] ?? '',
    buttons: [
      ...days.map(
        (until): Button => ({
          title: t('pause.until', onDay(until, nearDay)),
          verb,
          inputs: 'none',
          data: { ...data, until },
        }),
      ),
      { title: t('pause.untilDay'), verb, inputs: 'auto', data } satisfies Button,
      back(data, t),
    ],
  });
}

/** What is to do today, in one line each, and the way to the card. */
export function lineCard({ community, week, today, open, minutes }: Line, t: Translate): Card {
  const values = {
    dayName: t(`weekday.${weekdayOf(today)}`),
    community: nameOf(community),
    count: open.length,
    minutes,
  };
  const title = t('line.title', values);
  const text = open.map(({ words }) => `- ${t(`method.${words}.title`)}`).join('\n');
  const buttons: readonly Button[] = [{ ...back({ community: community.id, week }, t), title: t('line.open') }];
  return choiceCard({ ...noInputs, title, text, buttons }, t('line.summary', values));
}

interface Line {
  readonly community: ReadyCommunity;
  readonly week: string;
  readonly today: string;
  readonly open: readonly Pick<FacilitationTask, 'words'>[];
  readonly minutes: number;
}

/** The four questions about the week to come, each with room for an answer; `planning.sample.json` is an example. */
export function planningCard(
  { community, week }: { readonly community: ReadyCommunity; readonly week: string },
  t: Translate,
): Card {
  const data = { community: community.id, week };
  const name = { community: nameOf(community) };
  return renderCard(planningTemplate, {
    fallback: t('planning.fallback', name),
    title: t('planning.title', name),
    text: t('planning.text'),
    questions: planningQuestions.map(id => ({ id, label: t(`planning.${id}`) })),
    buttons: [
      { title: t('planning.keep'), verb: 'facilitation.plan', inputs: 'auto', data } satisfies Button,
      back(data, t),
    ],
  });
}

/** What the answers have become. */
export function keptCard(
  {
    community,
    week,
    titles,
    due,
  }: {
    readonly community: ReadyCommunity;
    readonly week: string;
    readonly titles: readonly string[];
    readonly due: string;
  },
  t: Translate,
): Card {
  const title = t('planning.kept', { count: titles.length, ...onDay(due, nearDay) });
  const lines = titles.map(line => `- ${plain(shortened(line, longestName))}`).join('\n');
  const buttons = [back({ community: community.id, week }, t)];
  return choiceCard({ ...noInputs, title, text: lines, buttons }, title);
}

/** Who shall facilitate instead. */
export function handCard(
  {
    community,
    week,
    people,
  }: { readonly community: ReadyCommunity; readonly week: string; readonly people: readonly Person[] },
  t: Translate,
): Card {
  const data = { community: community.id, week };
  const name = { community: nameOf(community) };
  return choiceCard(
    {
      ...noInputs,
      title: t('handOver.title', name),
      text: t('handOver.text', { minutes: mostMinutes(sizeOf(community.settings)) }),
      peopleLabel: t('handOver.whom'),
      placeholder: t('handOver.placeholder'),
      people: peopleToChoose(people),
      buttons: [{ title: t('handOver.ask'), verb: 'facilitation.handOver', inputs: 'auto', data }, back(data, t)],
    },
    t('handOver.fallback', name),
  );
}

/** They are asked, and nothing has changed yet. */
export function askedCard(
  { community, week, name }: { readonly community: ReadyCommunity; readonly week: string; readonly name: string },
  t: Translate,
): Card {
  const title = t('handOver.asked', { name: plain(shortened(name, longestName)) });
  const buttons = [back({ community: community.id, week }, t)];
  return choiceCard({ ...noInputs, title, text: t('handOver.askedText'), buttons }, title);
}

/** Asks somebody whether they facilitate from now on, in the place of whoever asks. */
export function askCard(
  { community, asker }: { readonly community: ReadyCommunity; readonly asker: Person },
  t: Translate,
): Card {
  const { timeZone, facilitation } = community.settings;
  const values = {
    name: plain(shortened(asker.name, longestName)),
    community: nameOf(community),
    minutes: mostMinutes(sizeOf(community.settings)),
    dayName: t(`weekday.${facilitation.day}`),
    time: facilitation.time,
    timeZone: plain(timeZone),
  };
  const data = { community: community.id, asker: asker.id };
  return choiceCard(
    {
      ...noInputs,
      title: t('handOver.question', values),
      text: t(facilitation.destination === 'chats' ? 'handOver.what' : 'handOver.whatChannel', values),
      buttons: [
        { title: t('handOver.yesButton'), verb: 'facilitation.takeOver', inputs: 'none', data },
        { title: t('handOver.noButton'), verb: 'facilitation.decline', inputs: 'none', data },
      ],
    },
    t('handOver.question', values),
  );
}

/** What became of the question: for who answered it (`taken`, `left`), and for who asked (`yes`, `no`). */
export function answerCard(
  {
    community,
    name,
    part,
  }: { readonly community: ReadyCommunity; readonly name: string; readonly part: 'taken' | 'left' | 'yes' | 'no' },
  t: Translate,
): Card {
  const values = { name: plain(shortened(name, longestName)), community: nameOf(community) };
  const title = t(`handOver.${part}`, values);
  return choiceCard({ ...noInputs, title, text: t(`handOver.${part}Text`, values), buttons: [] }, title);
}

/** Names stay as they are: Teams shows the titles of such choices as plain text. */
function peopleToChoose(people: readonly Person[]): Choice['people'] {
  return people
    .map(({ id, name }) => ({ title: shortened(name.replace(/\s+/g, ' ').trim() || id, longestChoice), value: id }))
    .toSorted((one, other) => one.title.localeCompare(other.title))
    .slice(0, mostPeople);
}

function back(data: Button['data'], t: Translate): Button {
  return { title: t('back'), verb: 'facilitation.refresh', inputs: 'none', data };
}
