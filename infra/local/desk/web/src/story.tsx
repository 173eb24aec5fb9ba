import { Body1, Body1Strong, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular, ArrowRightRegular, DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { DeskState, PersonView, TeamView } from '../../views.ts';
import { api } from './api.ts';
import { listsPlace } from './lists-place.tsx';
import { chatPlace, tabPlace, type PlaceId } from './places.ts';
import { remember, remembered } from './remember.ts';

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `4px solid ${tokens.colorCompoundBrandStroke}`,
    borderRadius: tokens.borderRadiusLarge,
    flexShrink: 0,
  },
  words: { flex: '1 1 280px', minWidth: 0, display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

/** What a step of the story does on the desk: the same things a person would press. */
interface Stage {
  readonly state: DeskState;
  readonly team: TeamView;
  person(name: string): PersonView | undefined;
  /** Looks through somebody's eyes at a place. */
  be(person: PersonView | undefined, place: PlaceId): void;
  act(path: string, body: object): Promise<void>;
  say(sentence: string, intent?: 'info' | 'error'): void;
}

interface Step {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  run(stage: Stage): Promise<void> | void;
}

const beginning = 'start';

/** The sample community in six steps, by whoever is at the centre of each. */
const steps: readonly Step[] = [
  {
    title: 'The coordinator',
    text: 'Priya looks after Data Storytellers. In the tab are its charter, its plan, who does what, and what waits for her.',
    button: 'Be Priya',
    run({ person, be, team }) {
      const tab = team.tabs[0];
      be(person('Priya Raman'), tab ? tabPlace(tab) : team.threadId);
    },
  },
  {
    title: 'A newcomer',
    text: 'Jonas joins the team. In his own chat he reads what the community is for and is asked what brings him.',
    button: 'Let Jonas join',
    async run({ person, be, team, act }) {
      const jonas = person('Jonas Weber');
      if (jonas && !team.members.includes(jonas.id)) await act('join', { team: team.id, users: [jonas.id] });
      be(jonas, chatPlace);
    },
  },
  {
    title: 'Monday, 09:00',
    text: 'Time moves on to the next Monday. Priya gets the tasks of her week, and what else waits for her, in one card.',
    button: 'Make it Monday',
    async run({ person, be, state, act }) {
      await act('clock', { weekday: 1, time: '09:00', zone: state.zone });
      be(person('Priya Raman'), chatPlace);
    },
  },
  {
    title: 'One tick',
    text: 'Priya ticks the first task. Tomasz, who facilitates with her, sees it on his card too.',
    button: 'Tick it',
    async run({ person, be, say }) {
      const priya = person('Priya Raman');
      be(priya, chatPlace);
      if (priya && !(await tickFirst(priya.id))) say('Nothing is left to tick. On the next Monday there is.');
    },
  },
  {
    title: 'The sponsor',
    text: 'Helen gives the community time and cover. In two minutes she reads what came of it, and answers with one press.',
    button: 'Be Helen',
    run({ person, be }) {
      be(person('Helen Osei'), chatPlace);
    },
  },
  {
    title: 'Where it is kept',
    text: 'All of it lies in lists of the team’s own SharePoint site. Edit a row by hand, and the tab shows it.',
    button: 'Open the lists',
    run({ person, be, team }) {
      be(person('Priya Raman'), listsPlace(team.id));
    },
  },
];

/** Where the story is: before its first step, at one of them, past the last, or put away. */
export type Chapter = typeof beginning | number | 'put away';

export function useChapter(): [Chapter, (chapter: Chapter) => void] {
  const [chapter, setChapter] = useState<Chapter>(() => chapterOf(remembered('story')));
  return [
    chapter,
    to => {
      remember('story', String(to));
      setChapter(to);
    },
  ];
}

function chapterOf(kept: string | null): Chapter {
  if (kept === 'put away') return kept;
  const step = Number(kept ?? NaN);
  return Number.isInteger(step) && step >= 0 && step <= steps.length ? step : beginning;
}

/** What this page is, and five minutes with the sample community. */
export function Story({
  chapter,
  onChapter,
  state,
  onBe,
  act,
  say,
}: {
  readonly chapter: Chapter;
  readonly onChapter: (chapter: Chapter) => void;
  readonly state: DeskState;
  readonly onBe: (person: string, place: PlaceId) => void;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly say: (sentence: string, intent?: 'info' | 'error') => void;
}) {
  const styles = useStyles();
  const [running, setRunning] = useState(false);
  const team = state.teams[0];
  if (chapter === 'put away' || !team) return null;
  const empty = state.teams.find(({ installed, owners }) => !installed && owners.length > 0);
  const step = typeof chapter === 'number' ? steps[chapter] : undefined;

  async function run({ run: play }: Step, at: number): Promise<void> {
    if (!team) return;
    setRunning(true);
    try {
      await play({
        state,
        team,
        person: name => state.people.find(one => one.name === name),
        be: (person, place) => {
          if (person) onBe(person.id, place);
        },
        act,
        say,
      });
      onChapter(at + 1);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), 'error');
    }
    setRunning(false);
  }

  return (
    <section className={styles.strip} aria-label="Five minutes with a community">
      {chapter === beginning && (
        <>
          <div className={styles.words}>
            <Body1Strong>{state.app.name} looks after a community of practice in Microsoft Teams.</Body1Strong>
            <Body1 className={styles.quiet}>
              This page plays Teams on your machine, with a sample community. Nothing leaves it.
            </Body1>
          </div>
          <div className={styles.buttons}>
            <Button appearance="primary" onClick={() => onChapter(0)}>
              Five minutes with it
            </Button>
          </div>
        </>
      )}
      {step && typeof chapter === 'number' && (
        <>
          <div className={styles.words}>
            <Caption1 className={styles.quiet}>
              Step {chapter + 1} of {steps.length}
            </Caption1>
            <Body1Strong>{step.title}</Body1Strong>
            <Body1>{step.text}</Body1>
          </div>
          <div className={styles.buttons}>
            <Button
              appearance="subtle"
              icon={<ArrowLeftRegular />}
              aria-label="The step before"
              onClick={() => onChapter(chapter === 0 ? beginning : chapter - 1)}
            />
            <Button appearance="primary" disabledFocusable={running} onClick={() => void run(step, chapter)}>
              {step.button}
            </Button>
            <Button
              appearance="subtle"
              icon={<ArrowRightRegular />}
              aria-label="The next step"
              onClick={() => onChapter(chapter + 1)}
            />
          </div>
        </>
      )}
      {chapter === steps.length && (
        <>
          <div className={styles.words}>
            <Body1Strong>That was the round.</Body1Strong>
            <Body1>
              Now be anybody you like, write to the bot in your own words, make something go wrong, or begin a community
              from nothing.
            </Body1>
          </div>
          <div className={styles.buttons}>
            {empty && (
              <Button appearance="primary" onClick={() => onBe(empty.owners[0] ?? '', empty.threadId)}>
                Begin from nothing
              </Button>
            )}
            <Button onClick={() => onChapter(0)}>Once more</Button>
          </div>
        </>
      )}
      <Button
        appearance="subtle"
        icon={<DismissRegular />}
        aria-label="Put the story away"
        onClick={() => onChapter('put away')}
      />
    </section>
  );
}

/** Presses the first open task on somebody's newest card that has one; false when there is none. */
async function tickFirst(person: string): Promise<boolean> {
  const { conversations } = await api.state(person);
  const chat = conversations.find(({ kind }) => kind === 'personal');
  if (!chat) return false;
  const messages = await api.messages(person, chat.id);
  for (const message of messages.toReversed()) {
    const action = message.cards.flatMap(card => actionsIn(card)).find(({ verb }) => verb === 'facilitation.tick');
    if (!action) continue;
    await api.press({ user: person, message: message.id, action });
    return true;
  }
  return false;
}

/** Everything in a card that can be pressed. */
function actionsIn(value: unknown): { readonly verb?: string; readonly data?: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(actionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [...('verb' in value ? [value as { verb: string }] : []), ...Object.values(value).flatMap(actionsIn)];
}
