import { Suspense, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Subtitle2,
  Text,
  Title2,
  ToggleButton,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { agendaApi, type AgendaView, type QuestionView } from '../../../domain/agenda/api.ts';
import type { QuestionState } from '../../../domain/agenda/question.ts';
import { wordsOf } from '../../../domain/topics.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { later, usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { AskForm } from './ask-form.tsx';
import { QuestionLine } from './question-line.tsx';
import { useAgendaText } from './text.ts';
import { useShowQuestion } from './use-agenda.ts';

const QuestionPanel = later(() => import('./question-panel.tsx'));

/** How many of those that have an answer, or were let go, are shown at first. */
const fewDone = 5;
/** How many topics are offered to look through. */
const mostTopics = 12;

/** In the order in which they are read. */
const groups: readonly QuestionState[] = ['planned', 'next', 'parked', 'answered', 'let-go'];

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXL, maxWidth: '48rem' },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  topics: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, alignItems: 'stretch' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
  },
  start: { alignSelf: 'flex-start' },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.agenda, agendaApi.agenda);

/** What the community would like to know, from what is planned to what is answered. */
export default function AgendaScreen({ asked }: { readonly asked: { readonly item: string } | null }) {
  const session = useSession();
  const { announce } = session;
  const community = useCommunity();
  const t = useAgendaText();
  const styles = useStyles();
  const [openId, setOpenId] = useState(asked?.item ?? null);
  const [opened, setOpened] = useState(asked);
  // Somebody pressed another one on a card while this page is shown.
  if (asked !== opened) {
    setOpened(asked);
    setOpenId(asked?.item ?? null);
  }
  const [topic, setTopic] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const agenda = useQuery(read(session));
  usePrepared(agenda.isSuccess, QuestionPanel);

  const title = (
    <Title2 as="h1" id="agenda-title" tabIndex={-1}>
      {t('title')}
    </Title2>
  );
  if (!agenda.data) return <Loading title={title} query={agenda} label={t('loading')} blocks={4} />;
  const { questions, topics, gaps } = agenda.data;
  const shown = questions.filter(
    question => topic === null || question.topics.some(one => wordsOf(one) === wordsOf(topic)),
  );
  const askedAbout = new Set(questions.flatMap(question => question.topics.map(wordsOf)));
  const used = topics.filter(one => askedAbout.has(wordsOf(one.topic)));
  const current = questions.find(({ id }) => id === openId);

  function close(sentence: string | null): void {
    // The panel is gone: the focus goes to its question, or to the title when it is nowhere.
    setTimeout(() =>
      (document.getElementById(`question-${openId}`) ?? document.getElementById('agenda-title'))?.focus(),
    );
    setOpenId(null);
    setSaid(sentence);
    if (sentence !== null) announce(sentence);
  }

  return (
    <div className={styles.page}>
      <header className={styles.words}>
        {title}
        <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
      </header>
      <Outdated query={agenda} />
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      <AskForm questions={questions} open={setOpenId} />
      {used.length > 1 && (
        <div role="group" aria-label={t('topics')} className={styles.topics}>
          {used.slice(0, mostTopics).map(one => (
            <ToggleButton
              key={one.topic}
              size="small"
              shape="circular"
              checked={topic === one.topic}
              onClick={() => setTopic(topic === one.topic ? null : one.topic)}
            >
              {one.topic}
            </ToggleButton>
          ))}
        </div>
      )}
      {gaps.length > 0 && topic === null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('gaps', {
              topics: new Intl.ListFormat(session.texts.locale).format(
                gaps.map(gap => t('gap', { topic: gap.topic, count: gap.count })),
              ),
            })}
          </MessageBarBody>
        </MessageBar>
      )}
      {topic === null && <Forgotten agenda={agenda.data} />}
      {questions.length === 0 && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
            <div>{t('empty.hint')}</div>
          </MessageBarBody>
        </MessageBar>
      )}
      {groups.map(state => (
        <Group
          key={state}
          state={state}
          questions={shown.filter(question => question.state === state)}
          open={setOpenId}
        />
      ))}
      {current && (
        <Suspense fallback={null}>
          <QuestionPanel key={current.id} question={current} close={close} />
        </Suspense>
      )}
    </div>
  );
}

function Group({
  state,
  questions,
  open,
}: {
  readonly state: QuestionState;
  readonly questions: readonly QuestionView[];
  readonly open: (id: string) => void;
}) {
  const t = useAgendaText();
  const styles = useStyles();
  const isDone = state === 'answered' || state === 'let-go';
  const first = state === 'let-go' ? 0 : fewDone;
  const [showsAll, setShowsAll] = useState(false);
  if (questions.length === 0) return null;
  const listed = isDone && !showsAll ? questions.slice(0, first) : questions;
  const more = questions.length - listed.length;
  return (
    <section className={styles.group} aria-labelledby={`agenda-${state}`}>
      <Subtitle2 as="h2" id={`agenda-${state}`}>
        {t(`group.${state}`, { count: questions.length })}
      </Subtitle2>
      <ul className={styles.list}>
        {listed.map(question => (
          <li key={question.id}>
            <QuestionLine question={question} open={() => open(question.id)} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button className={styles.start} onClick={() => setShowsAll(true)}>
          {t('more', { count: more })}
        </Button>
      )}
    </section>
  );
}

/** What nobody else asked in nine months: one press lets all of it go, and each can be taken back. */
function Forgotten({ agenda: { forgotten } }: { readonly agenda: AgendaView }) {
  const { announce } = useSession();
  const t = useAgendaText();
  const call = useCall();
  const show = useShowQuestion();
  const letting = useMutation({
    async mutationFn(ids: readonly string[]) {
      for (const id of ids) {
        const view = await call(agendaApi.moveQuestion, { params: { question: id }, body: { to: 'let-go' } });
        await show(id, view);
      }
    },
    onSuccess: (_done, ids) => announce(t('forgotten.done', { count: ids.length })),
  });
  if (forgotten.length === 0) return null;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {t('forgotten.title', { count: forgotten.length })}
        {letting.isError && <FailureNotice error={letting.error} again={() => letting.mutate(forgotten)} />}
      </MessageBarBody>
      <MessageBarActions>
        <Button disabledFocusable={letting.isPending} onClick={() => !letting.isPending && letting.mutate(forgotten)}>
          {t('forgotten.go', { count: forgotten.length })}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
