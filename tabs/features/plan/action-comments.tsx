import { Fragment, useState } from 'react';
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ActionView } from '../../../domain/plan/api.ts';
import { mentionedIn, mostComments, textOf, type Words } from '../../../domain/plan/comments.ts';
import {
  actionCommentsApi,
  type ActionCommentsView,
  type ActionCommentView,
} from '../../../domain/plan/comments-api.ts';
import { Avatar } from '../../components/avatar.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { CommentWriter } from './comment-writer.tsx';
import { useCommentsText } from './comments-text.ts';
import { useDetailStyles } from './detail-style.ts';

const useStyles = makeStyles({
  comments: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  comment: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  said: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS, flexGrow: 1, minWidth: 0 },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  mention: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** What people say on an action. It is sent at once, whatever else of the action is being written. */
export function ActionComments({ action }: { readonly action: ActionView }) {
  const { communityId, announce } = useSession();
  const call = useCall();
  const queries = useQueryClient();
  const t = useCommentsText();
  const styles = useStyles();
  const details = useDetailStyles();
  const params = { action: action.id };
  const queryKey = keys.actionComments(communityId, action.id);
  const comments = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(actionCommentsApi.actionComments, { params, signal }),
  });

  function show(view: ActionCommentsView, sentence: string): void {
    void queries.cancelQueries({ queryKey }).then(() => queries.setQueryData(queryKey, view));
    announce(sentence);
  }

  return (
    <section className={details.part} aria-labelledby="plan-comments">
      <Subtitle2 as="h3" id="plan-comments">
        {t('title')}
      </Subtitle2>
      {comments.isPending && <Waiting label={t('loading')} blocks={1} />}
      {comments.isError && <FailureNotice error={comments.error} again={() => void comments.refetch()} />}
      {comments.data && comments.data.comments.length > 0 && (
        <ul className={styles.comments} aria-labelledby="plan-comments">
          {comments.data.comments.map(comment => (
            <li key={comment.id} className={styles.comment}>
              <Avatar name={comment.by.name} size={24} />
              <Comment action={action} comment={comment} show={show} />
            </li>
          ))}
        </ul>
      )}
      {comments.data && comments.data.comments.length < mostComments && (
        <CommentWriter
          thing={`plan/${action.id}/comment`}
          label={t('write')}
          hint={t('hint')}
          button={t('send')}
          stored={{ text: '', people: [] }}
          ask={typed => call(actionCommentsApi.commentOnAction, { params, body: typed })}
          done={view => show(view, t('sent'))}
        />
      )}
    </section>
  );
}

function Comment({
  action,
  comment,
  show,
}: {
  readonly action: ActionView;
  readonly comment: ActionCommentView;
  readonly show: (view: ActionCommentsView, sentence: string) => void;
}) {
  const { texts } = useSession();
  const { me, may } = useCommunity();
  const call = useCall();
  const t = useCommentsText();
  const styles = useStyles();
  const details = useDetailStyles();
  const { ref: changeButton, focus: focusChange } = useFocusTarget();
  const { ref: keepButton, focus: focusKeep } = useFocusTarget();
  const { ref: removeButton, focus: focusRemove } = useFocusTarget();
  const [does, setDoes] = useState<'writes' | 'removes' | null>(null);
  const { id, by, words, at, changedAt } = comment;
  const when = showMoment(at, texts.locale);
  const params = { action: action.id, comment: id };
  const isMine = by.id === me.id;
  const removing = useMutation({
    mutationFn: () => call(actionCommentsApi.removeActionComment, { params }),
    onSuccess(view) {
      show(view, t('removed'));
      // Its button is gone, so the focus needs a place nearby.
      setTimeout(() => document.getElementById('plan-comments')?.parentElement?.querySelector('textarea')?.focus());
    },
  });

  function leave(focus: () => void): void {
    setDoes(null);
    // The button is there again after the next render.
    setTimeout(focus);
  }

  if (does === 'writes')
    return (
      <div className={styles.said}>
        <CommentWriter
          thing={`plan/${action.id}/comment/${id}`}
          label={t('words')}
          button={t('save')}
          stored={{ text: textOf(words), people: mentionedIn(words) }}
          ask={typed => call(actionCommentsApi.changeActionComment, { params, body: typed })}
          done={view => {
            show(view, t('saved'));
            leave(focusChange);
          }}
          stop={() => leave(focusChange)}
        />
      </div>
    );
  return (
    <div className={styles.said}>
      <Text size={200} className={details.quiet}>
        {[
          t('said', { name: by.name, when }),
          ...(changedAt === null ? [] : [t('changed', { when: showMoment(changedAt, texts.locale) })]),
        ].join(' · ')}
      </Text>
      <SaidWords words={words} />
      {does === 'removes' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('removeSure')}</MessageBarBody>
          <MessageBarActions>
            <Button disabledFocusable={removing.isPending} onClick={() => removing.mutate()}>
              {t('removeYes')}
            </Button>
            <Button ref={keepButton} appearance="primary" onClick={() => leave(focusRemove)}>
              {t('removeNo')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {removing.isError && <FailureNotice error={removing.error} again={() => removing.mutate()} />}
      {does === null && (isMine || may['plan.edit']) && (
        <div className={details.bar}>
          {isMine && (
            <Button
              ref={changeButton}
              size="small"
              appearance="subtle"
              aria-label={t('changeNamed', { when })}
              onClick={() => setDoes('writes')}
            >
              {t('change')}
            </Button>
          )}
          <Button
            ref={removeButton}
            size="small"
            appearance="subtle"
            aria-label={t('removeNamed', { name: by.name, when })}
            onClick={() => {
              setDoes('removes');
              setTimeout(focusKeep);
            }}
          >
            {t('remove')}
          </Button>
        </div>
      )}
    </div>
  );
}

function SaidWords({ words }: { readonly words: Words }) {
  const styles = useStyles();
  return (
    <Text className={styles.words} dir="auto">
      {words.map((word, place) =>
        // What was said does not move.
        typeof word === 'string' ? (
          <Fragment key={place}>{word}</Fragment>
        ) : (
          <bdi key={place} className={styles.mention}>
            @{word.name}
          </bdi>
        ),
      )}
    </Text>
  );
}
