import { Suspense, lazy, useState } from 'react';
import { Button, MessageBar, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons';
import { charterVoicesApi, type CommentView, type SectionVoices as Said } from '../../../domain/charter/voices-api.ts';
import type { SectionView } from '../../../domain/charter/api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { hasChanged, useVoiceChange, useVoicesText } from './voices.ts';

const CommentForm = lazy(() => import('./comment-form.tsx'));

const useStyles = makeStyles({
  foot: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingTop: tokens.spacingVerticalS,
  },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  agreed: { display: 'flex', columnGap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
  mark: { color: tokens.colorPaletteGreenForeground1, flexShrink: 0, marginTop: tokens.spacingVerticalXXS },
  comments: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: tokens.spacingVerticalS },
  comment: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXXS,
    borderLeft: `3px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: tokens.spacingHorizontalM,
  },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** At the foot of a section: who agrees with it, what is said about it, and how to do both. */
export function SectionVoices({
  section,
  title,
  said,
}: {
  readonly section: SectionView;
  readonly title: string;
  readonly said: Said;
}) {
  const { texts } = useSession();
  const { me } = useCommunity();
  const call = useCall();
  const t = useVoicesText();
  const styles = useStyles();
  const change = useVoiceChange();
  const [writing, setWriting] = useState(false);
  const { ref: commentButton, focus } = useFocusTarget();
  const mine = said.agreed.some(({ id }) => id === me.id);
  const params = { section: section.id };

  function agree(agrees: boolean): void {
    change.mutate({
      ask: () => call(charterVoicesApi.agree, { params, body: { agrees }, ifMatch: section.etag }),
      done: t(agrees ? 'agreed' : 'withdrawn', { section: title }),
    });
  }

  function stop(): void {
    setWriting(false);
    // The button is there again after the next render.
    setTimeout(focus);
  }

  const names = new Intl.ListFormat(texts.locale).format(said.agreed.map(({ name }) => name));
  return (
    <div className={styles.foot}>
      {said.agreed.length > 0 && (
        <Text size={200} className={styles.agreed}>
          <CheckmarkCircleFilled className={styles.mark} aria-hidden />
          {t('agreedBy', { names })}
        </Text>
      )}
      {said.comments.length > 0 && (
        <ul className={styles.comments} aria-label={t('commentsOn', { section: title })}>
          {said.comments.map(comment => (
            <li key={comment.id} className={styles.comment}>
              <Comment comment={comment} section={section} change={change} />
            </li>
          ))}
        </ul>
      )}
      {change.isError &&
        (hasChanged(change.error) ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('changed', { section: title })}</MessageBarBody>
          </MessageBar>
        ) : (
          <FailureNotice error={change.error} />
        ))}
      {writing ? (
        <Suspense fallback={<Waiting label={t('comment')} blocks={1} />}>
          <CommentForm section={section.id} title={title} stop={stop} />
        </Suspense>
      ) : (
        <div className={styles.bar}>
          {section.text.trim() !== '' && (
            <Button
              size="small"
              appearance={mine ? 'subtle' : 'outline'}
              disabledFocusable={change.isPending}
              aria-label={t(mine ? 'withdrawNamed' : 'agreeNamed', { section: title })}
              onClick={() => agree(!mine)}
            >
              {t(mine ? 'withdraw' : 'agree')}
            </Button>
          )}
          <Button
            ref={commentButton}
            size="small"
            appearance="subtle"
            aria-label={t('commentNamed', { section: title })}
            onClick={() => setWriting(true)}
          >
            {t('comment')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Comment({
  comment: { id, by, text, at, settledBy },
  section,
  change,
}: {
  readonly comment: CommentView;
  readonly section: SectionView;
  readonly change: ReturnType<typeof useVoiceChange>;
}) {
  const { texts } = useSession();
  const { me, may } = useCommunity();
  const call = useCall();
  const t = useVoicesText();
  const styles = useStyles();
  const params = { section: section.id, comment: id };
  const mayRemove = by.id === me.id || may['charter.edit'];
  return (
    <>
      <Text size={200} className={styles.quiet}>
        {t('said', { name: by.name, when: showMoment(at, texts.locale) })}
      </Text>
      <Text className={styles.words}>{text}</Text>
      <div className={styles.bar}>
        {settledBy !== null && (
          <Text size={200} className={styles.quiet}>
            {t('settledBy', { name: settledBy.name })}
          </Text>
        )}
        {settledBy === null && may['charter.edit'] && (
          <Button
            size="small"
            appearance="subtle"
            disabledFocusable={change.isPending}
            aria-label={t('settleNamed', { name: by.name })}
            onClick={() =>
              change.mutate({ ask: () => call(charterVoicesApi.settleComment, { params }), done: t('settled') })
            }
          >
            {t('settle')}
          </Button>
        )}
        {mayRemove && (
          <Button
            size="small"
            appearance="subtle"
            disabledFocusable={change.isPending}
            aria-label={t('removeNamed', { name: by.name })}
            onClick={() =>
              change.mutate({ ask: () => call(charterVoicesApi.removeComment, { params }), done: t('removed') })
            }
          >
            {t('remove')}
          </Button>
        )}
      </div>
    </>
  );
}
