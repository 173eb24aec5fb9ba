import { Suspense, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Subtitle1,
  Text,
  Title2,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { surveysApi, type SurveyView } from '../../../domain/surveys/api.ts';
import { Waiting } from '../../components/waiting.tsx';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { useFocusTarget } from '../../lib/focus.ts';
import { usePrepared } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { AnswerForm, EditSurvey, NewSurvey } from './forms.ts';
import { SurveyPanel } from './survey-panel.tsx';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXL, maxWidth: '48rem' },
  // The form has its preview beside it.
  wide: { maxWidth: '70rem' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, flex: '1 1 16rem' },
  quiet: { color: tokens.colorNeutralForeground2 },
  group: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
  },
});

/** What stands in the form: a new survey, perhaps one that asks again or starts from a template, or one that is changed. */
type Planning =
  | { readonly kind: 'new'; readonly again: SurveyView | null; readonly from?: string }
  | { readonly kind: 'change'; readonly survey: SurveyView };

/** Ready-made surveys of the method that a community begins with. */
const firstSurveys = ['energy', 'pulse'] as const;

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.surveys, surveysApi.surveys);

/** What is asked now, and what came of what was asked before. */
export default function SurveysScreen({ asked }: { readonly asked: { readonly item: string } | null }) {
  const session = useSession();
  const { announce } = session;
  const t = useSurveysText();
  const styles = useStyles();
  const community = useCommunity();
  const mayPlan = community.may['surveys.plan'];
  const [planning, setPlanning] = useState<Planning | null>(
    asked && mayPlan ? { kind: 'new', again: null, from: asked.item } : null,
  );
  const [said, setSaid] = useState<string | null>(null);
  const { ref: newButton, focus } = useFocusTarget();
  const surveys = useQuery(read(session));
  usePrepared(surveys.isSuccess, AnswerForm, ...(mayPlan ? [NewSurvey, EditSurvey] : []));

  const title = <Title2 as="h1">{t('title')}</Title2>;
  if (!surveys.data) return <Loading title={title} query={surveys} label={t('loading')} blocks={3} />;
  const { today, perMonth, reach, surveys: all } = surveys.data;

  const waits = all.some(({ phase, mine }) => phase === 'open' && !mine.answered);

  function plan(what: Planning): void {
    setSaid(null);
    setPlanning(what);
  }

  function stopPlanning(sentence: string | null): void {
    setPlanning(null);
    setSaid(sentence);
    if (sentence !== null) announce(sentence);
    // The form is gone, so the focus goes back to where it came from.
    setTimeout(focus);
  }

  return (
    <div className={mergeClasses(styles.page, planning !== null && styles.wide)}>
      <header className={styles.head}>
        <div className={styles.words}>
          {title}
          <Text className={styles.quiet}>{t('intro', { community: community.name })}</Text>
        </div>
        {mayPlan && (
          <Button
            ref={newButton}
            // One thing is wanted most: where a survey waits for an answer, that is it.
            appearance={waits ? 'secondary' : 'primary'}
            icon={<AddRegular />}
            disabledFocusable={planning !== null}
            onClick={() => plan({ kind: 'new', again: null })}
          >
            {t('new')}
          </Button>
        )}
      </header>
      <Outdated query={surveys} />
      {said !== null && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      )}
      {planning !== null && (
        <Suspense fallback={<Waiting label={t('loading')} />}>
          {planning.kind === 'new' ? (
            <NewSurvey
              key={planning.again?.id}
              again={planning.again}
              from={planning.from ?? null}
              today={today}
              perMonth={perMonth}
              reach={reach}
              others={all}
              stop={stopPlanning}
            />
          ) : (
            <EditSurvey
              survey={planning.survey}
              today={today}
              perMonth={perMonth}
              reach={reach}
              others={all}
              stop={stopPlanning}
            />
          )}
        </Suspense>
      )}
      {all.length === 0 && planning === null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
            <div>{t(mayPlan ? 'empty.plan' : 'empty.read')}</div>
          </MessageBarBody>
          {mayPlan && (
            <MessageBarActions>
              {firstSurveys.map(from => (
                <Button key={from} onClick={() => plan({ kind: 'new', again: null, from })}>
                  {t(`empty.start.${from}`)}
                </Button>
              ))}
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      {(['open', 'planned', 'closed'] as const).map(phase => {
        const group = all.filter(survey => survey.phase === phase);
        return (
          group.length > 0 && (
            <section key={phase} className={styles.group} aria-labelledby={`surveys-${phase}`}>
              <Subtitle1 as="h2" id={`surveys-${phase}`}>
                {t(`groups.${phase}`)}
              </Subtitle1>
              <ul className={styles.list}>
                {group.map(survey => (
                  <li key={survey.id}>
                    <SurveyPanel
                      survey={survey}
                      today={today}
                      planning={planning !== null}
                      edit={() => plan({ kind: 'change', survey })}
                      again={() => plan({ kind: 'new', again: survey })}
                    />
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
    </div>
  );
}
