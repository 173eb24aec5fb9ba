import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { CalendarRegular } from '@fluentui/react-icons';
import type { ReviewView } from '../../../domain/charter/api.ts';
import { Badge } from '../../components/badge.tsx';
import { showDay } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useSession } from '../../lib/session.tsx';
import type { Translate } from '../../lib/text.ts';
import { reviewState, type ReviewState } from './review.ts';
import { useCharterText } from './text.ts';

const ReviewForm = lazy(() => import('./review-form.tsx'));

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const colours = { overdue: 'danger', today: 'warning', days: 'warning', weeks: 'informative' } as const;

/** The day of the next review and how far away it is; those who may can change it. */
export function ReviewDate({
  review,
  today,
  mayEdit,
}: {
  readonly review: ReviewView;
  readonly today: string;
  readonly mayEdit: boolean;
}) {
  const { texts } = useSession();
  const t = useCharterText();
  const styles = useStyles();
  const [editing, setEditing] = useState(false);
  const { ref: button, focus } = useFocusTarget();
  const comesBack = useRef(false);

  useEffect(() => {
    if (!editing && comesBack.current) focus();
    comesBack.current = editing;
  }, [editing, focus]);

  if (editing)
    return (
      <Suspense fallback={null}>
        <ReviewForm review={review} today={today} stop={() => setEditing(false)} />
      </Suspense>
    );
  const state = reviewState(review.on, today);
  return (
    <div className={styles.row}>
      <CalendarRegular aria-hidden />
      <Text weight="semibold">{t('review.label')}</Text>
      <Text>{review.on === null ? t('review.none') : showDay(review.on, texts.locale)}</Text>
      {state.kind !== 'none' && (
        <Badge appearance="tint" color={colours[state.kind]}>
          {sentenceFor(state, t)}
        </Badge>
      )}
      {mayEdit && (
        <Button ref={button} size="small" onClick={() => setEditing(true)}>
          {t(
            review.on === null
              ? 'review.set'
              : state.kind === 'overdue' || state.kind === 'today'
                ? 'review.reviewed'
                : 'review.change',
          )}
        </Button>
      )}
      {review.on === null && mayEdit && (
        <Text size={200} className={styles.quiet}>
          {t('review.noneHint')}
        </Text>
      )}
    </div>
  );
}

function sentenceFor(state: Exclude<ReviewState, { readonly kind: 'none' }>, t: Translate): string {
  switch (state.kind) {
    case 'overdue':
      return t('review.overdue', { count: state.days });
    case 'today':
      return t('review.today');
    case 'days':
      return t('review.days', { count: state.days });
    case 'weeks':
      return t('review.weeks', { count: state.weeks });
  }
}
