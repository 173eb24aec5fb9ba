import { Text, makeStyles, tokens } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { surveysApi } from '../../../domain/surveys/api.ts';
import CardView from '../../components/card-view.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettled } from '../../lib/use-settled.ts';
import { drawable, type DraftInput } from './draft.ts';
import { useSurveysText } from './text.ts';

const useStyles = makeStyles({
  preview: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The card that a survey would be, drawn anew while it is written. */
export default function SurveyPreview({
  id,
  draft,
  today,
}: {
  readonly id: string;
  readonly draft: DraftInput;
  readonly today: string;
}) {
  const { communityId } = useSession();
  const t = useSurveysText();
  const styles = useStyles();
  const call = useCall();
  const settled = useSettled(drawable(draft, today, { title: t('plan.name'), event: t('plan.preview.event') }));
  const preview = useQuery({
    queryKey: keys.surveyPreview(communityId, settled),
    queryFn: ({ signal }) =>
      settled && call(surveysApi.previewSurvey, { params: { survey: id }, body: settled, signal }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return (
    <div className={styles.preview}>
      <Text size={200} className={styles.quiet}>
        {t(settled ? 'plan.preview.hint' : 'plan.preview.none')}
      </Text>
      {settled && preview.data && <CardView card={preview.data.card} label={t('plan.preview.label')} />}
      {preview.isError && <FailureNotice error={preview.error} again={() => void preview.refetch()} />}
    </div>
  );
}
