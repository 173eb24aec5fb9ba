import { useEffect, useState } from 'react';
import { Body1, Button, Subtitle2, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { SurveysView, SurveyView } from '../../../domain/surveys/api.ts';
import { surveyTemplates, type SurveyTemplate, templateIn } from '../../../domain/surveys/method.ts';
import { panelStyle } from '../../components/panel-style.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useDrafts } from '../../lib/use-draft.ts';
import { againFrom, draftFrom, DraftInput } from './draft.ts';
import { draftOf } from './saving.ts';
import { SurveyEditor } from './survey-editor.tsx';
import { useTemplatesText } from './templates-text.ts';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  page: panelStyle,
  grid: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 15rem), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  choice: {
    height: '100%',
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    justifyContent: 'flex-start',
    rowGap: tokens.spacingVerticalXS,
    textAlign: 'start',
    padding: tokens.spacingHorizontalM,
  },
  quiet: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

/** Chooses a survey to start from, or starts from an earlier one, then lets its words be changed. */
export default function NewSurvey({
  again,
  from,
  today,
  perMonth,
  reach,
  others,
  stop,
}: {
  /** The earlier survey that is asked once more. */
  readonly again: SurveyView | null;
  /** The id of what it starts from, where that was chosen elsewhere. */
  readonly from: string | null;
  readonly today: string;
  readonly perMonth: number;
  readonly reach: SurveysView['reach'];
  readonly others: readonly SurveyView[];
  readonly stop: (sentence: string | null) => void;
}) {
  const t = useSurveysText();
  const words = useTemplatesText();
  const styles = useStyles();
  const { ref: heading, focus } = useFocusTarget();
  const drafts = useDrafts();
  // What was written in an earlier visit is gone on with, instead of choosing anew.
  const [start, setStart] = useState(() => {
    if (again) return againFrom({ id: again.id, ...draftOf(again) }, today);
    if (drafts.find('surveys/new', DraftInput)) return draftFrom(null, today);
    const template = surveyTemplates.find(({ id }) => id === from);
    return template ? draftFrom(templateIn(words, template), today) : null;
  });
  useEffect(focus, [focus, start === null]);

  function choose(template: SurveyTemplate | null): void {
    setStart(draftFrom(template && templateIn(words, template), today));
  }

  return (
    <section className={styles.page} aria-labelledby="surveys-new">
      <Text as="h2" size={500} weight="semibold" id="surveys-new" ref={heading} tabIndex={-1}>
        {again ? t('again.heading', { title: again.title }) : t('plan.title')}
      </Text>
      {again && <Body1>{t('again.text')}</Body1>}
      {start ? (
        <SurveyEditor
          start={start}
          today={today}
          perMonth={perMonth}
          reach={reach}
          others={others}
          {...(again ? { repeats: again.id } : { back: () => setStart(null) })}
          stop={stop}
        />
      ) : (
        <>
          <Body1>{t('plan.choose')}</Body1>
          <ul className={styles.grid}>
            {surveyTemplates.map(template => (
              <li key={template.id}>
                <Button className={styles.choice} onClick={() => choose(template)}>
                  <Subtitle2>{words(`method.${template.id}.name`)}</Subtitle2>
                  <span className={styles.quiet}>{words(`method.${template.id}.when`)}</span>
                  <span
                    className={styles.quiet}
                  >{`${t('plan.questions', { count: template.questions.length })}${template.anonymous ? ` · ${t('plan.anonymous')}` : ''}`}</span>
                </Button>
              </li>
            ))}
            <li>
              <Button className={styles.choice} onClick={() => choose(null)}>
                <Subtitle2>{t('plan.own')}</Subtitle2>
                <span className={styles.quiet}>{t('plan.ownWhen')}</span>
              </Button>
            </li>
          </ul>
          <div>
            <Button appearance="subtle" onClick={() => stop(null)}>
              {t('plan.cancel')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
