import { useEffect, useState } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { charterApi, ReviewView, type CharterView } from '../../../domain/charter/api.ts';
import { reviewIn, reviewMonths } from '../../../domain/charter/review.ts';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Warning } from '../../components/warning.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { showDay } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession, useText } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import english from './review-text.en.json' with { type: 'json' };

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
});

/** Sets or removes the day of the next review. */
export default function ReviewForm({
  review,
  today,
  stop,
}: {
  readonly review: ReviewView;
  readonly today: string;
  readonly stop: () => void;
}) {
  const { texts, communityId, announce } = useSession();
  const t = useText('charter-review', { en: english });
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const { ref: field, focus } = useFocusTarget();
  const draft = useDraft({
    thing: 'charter/review',
    schema: z.string(),
    stored: { value: review.on ?? '', etag: review.etag },
  });
  const day = draft.value;
  const [meanwhile, setMeanwhile] = useState<string | null>(null);

  useEffect(focus, [focus]);

  function show(newReview: ReviewView): void {
    queries.setQueryData<CharterView>(keys.charter(communityId), before => before && { ...before, review: newReview });
  }

  const save = useMutation({
    mutationFn: (on: string | null) => call(charterApi.saveReview, { body: { on }, ifMatch: draft.etag }),
    onSuccess(saved) {
      draft.forget();
      show(saved);
      announce(t('saved'));
      stop();
    },
    async onError(error) {
      if (!(error instanceof ApiFailure) || error.code !== 'version-conflict') return;
      const sent = ReviewView.safeParse(error.current);
      const current = sent.success ? sent.data : (await call(charterApi.charter)).review;
      show(current);
      draft.rebase({ value: day, base: current.on ?? '', etag: current.etag });
      setMeanwhile(current.on === null ? t('conflictNone') : t('conflict', { day: showDay(current.on, texts.locale) }));
    },
  });

  function submit(on: string | null): void {
    setMeanwhile(null);
    save.mutate(on);
  }

  return (
    <div className={styles.page}>
      <DraftNotice draft={draft} discard={draft.reset} />
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault();
          if (day !== '' && !save.isPending) submit(day);
        }}
      >
        <Field label={t('field')}>
          <Input ref={field} type="date" value={day} onChange={(_, data) => draft.change(data.value)} />
        </Field>
        <Button appearance="primary" type="submit" disabledFocusable={day === '' || save.isPending}>
          {t('save')}
        </Button>
        {review.on !== null && (
          <Button disabledFocusable={save.isPending} onClick={() => submit(null)}>
            {t('clear')}
          </Button>
        )}
        <CancelWriting
          changed={draft.changed}
          busy={save.isPending}
          throwAway={() => {
            draft.forget();
            stop();
          }}
        />
      </form>
      <div className={styles.form} role="group" aria-label={t('quick')}>
        {reviewMonths.map(months => (
          <Button
            key={months}
            size="small"
            disabledFocusable={save.isPending}
            onClick={() => {
              if (!save.isPending) submit(reviewIn(months, today));
            }}
          >
            {t('months', { count: months })}
          </Button>
        ))}
      </div>
      {meanwhile !== null && <Warning>{meanwhile}</Warning>}
      {save.isError && meanwhile === null && <FailureNotice error={save.error} again={() => submit(day || null)} />}
    </div>
  );
}
