import { useEffect } from 'react';
import { Body1, Text, makeStyles } from '@fluentui/react-components';
import type { SurveysView, SurveyView } from '../../../domain/surveys/api.ts';
import { panelStyle } from '../../components/panel-style.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { inputOf } from './draft.ts';
import { draftOf } from './saving.ts';
import { SurveyEditor } from './survey-editor.tsx';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  page: panelStyle,
});

/**
 * Changes a survey that has not opened. It keeps the survey it began with, so that nothing typed goes when the list
 * behind it is read anew.
 */
export default function EditSurvey({
  survey,
  today,
  perMonth,
  reach,
  others,
  stop,
}: {
  readonly survey: SurveyView;
  readonly today: string;
  readonly perMonth: number;
  readonly reach: SurveysView['reach'];
  readonly others: readonly SurveyView[];
  readonly stop: (sentence: string | null) => void;
}) {
  const t = useSurveysText();
  const styles = useStyles();
  const { ref: heading, focus } = useFocusTarget();
  useEffect(focus, [focus]);

  return (
    <section className={styles.page} aria-labelledby="surveys-edit">
      <Text as="h2" size={500} weight="semibold" id="surveys-edit" ref={heading} tabIndex={-1}>
        {t('change.heading', { title: survey.title })}
      </Text>
      <Body1>{t('change.until')}</Body1>
      <SurveyEditor
        start={inputOf(draftOf(survey))}
        today={today}
        perMonth={perMonth}
        reach={reach}
        others={others}
        survey={survey}
        stop={stop}
      />
    </section>
  );
}
