import { useEffect, useState } from 'react';
import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  Field,
  Input,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  OverlayDrawer,
  Text,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { agendaApi, type QuestionView } from '../../../domain/agenda/api.ts';
import {
  changedFields,
  isOpen,
  longestDetails,
  longestQuestion,
  type Question,
  type QuestionField,
  type QuestionMove,
} from '../../../domain/agenda/question.ts';
import { withField } from '../../../domain/merge-fields.ts';
import { topicsFrom } from '../../../domain/topics.ts';
import { BusySign } from '../../components/busy-sign.tsx';
import { ClashChooser } from '../../components/clash-chooser.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { TopicsField } from '../../components/topics-field.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget, type FocusTarget } from '../../lib/focus.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useVersionedEdit } from '../../lib/use-versioned-edit.ts';
import { AnswerForm } from './answer-form.tsx';
import { questionDraft } from './draft.ts';
import { factsOf } from './facts.ts';
import { NextWays } from './next-ways.tsx';
import { useAgendaText } from './text.ts';
import { useSaveQuestion, useShowQuestion, wordsOf } from './use-agenda.ts';
import { VoiceButtons } from './voice-buttons.tsx';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalL,
  },
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  foot: { flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  title: { overflowWrap: 'anywhere' },
  start: { alignSelf: 'flex-start' },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

/** One question: who joins in, its answer, and the ways to one. */
export default function QuestionPanel({
  question,
  close,
}: {
  readonly question: QuestionView;
  readonly close: (sentence: string | null) => void;
}) {
  const { texts, announce } = useSession();
  const t = useAgendaText();
  const styles = useStyles();
  const call = useCall();
  const show = useShowQuestion();
  const saveQuestion = useSaveQuestion();
  const { ref: sureButton, focus: focusSure } = useFocusTarget();
  const { ref: firstField, focus: focusFirst } = useFocusTarget();
  const [rewords, setRewords] = useState(false);
  const [asks, setAsks] = useState<'leave' | 'remove' | null>(null);
  const { id, etag, title, mayChange } = question;
  const open = isOpen(question);

  const edit = useVersionedEdit<Question, QuestionView, QuestionField>({
    ...questionDraft(id, { value: wordsOf(question), etag }, mayChange),
    save: wanted => saveQuestion(id, wanted),
    onSaved: ({ view }) => close(t('panel.saved', { title: view.title })),
    onClash: ({ view }) => announce(t('clash.came', { name: view.changed.by.name })),
  });
  const { value, clash, changed } = edit;
  const moving = useMutation({
    mutationFn: (to: QuestionMove) => call(agendaApi.moveQuestion, { params: { question: id }, body: { to } }),
    async onSuccess(view, to) {
      await show(id, view);
      announce(t(`moved.${to}`, { title: view.title }));
    },
  });
  const removing = useMutation({
    mutationFn: () => call(agendaApi.removeQuestion, { params: { question: id }, ifMatch: etag }),
    async onSuccess() {
      close(t('panel.removed', { title }));
      await show(id, null);
    },
  });
  const facts = [
    question.askedBy === null
      ? t('panel.byHand')
      : t('panel.asked', { name: question.askedBy.name, when: showMoment(question.askedAt, texts.locale) }),
    ...(open ? factsOf(question, t, texts.locale) : []),
  ];
  const busy = edit.saving || moving.isPending || removing.isPending;
  const words = value.title.trim();
  const maySave =
    mayChange &&
    !busy &&
    changed &&
    words !== '' &&
    words.length <= longestQuestion &&
    value.details.length <= longestDetails;
  useEffect(() => {
    if (asks !== null) focusSure();
  }, [asks, focusSure]);
  useEffect(() => {
    if (rewords) focusFirst();
  }, [rewords, focusFirst]);

  function leave(): void {
    if (busy) return;
    if (changed && mayChange) setAsks('leave');
    else close(null);
  }

  function throwAway(): void {
    edit.reset();
    close(null);
  }

  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_, { open: stays }) => {
        if (!stays) leave();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          heading={{ className: styles.title, dir: 'auto' }}
          action={
            <Button appearance="subtle" aria-label={t('panel.close')} icon={<DismissRegular />} onClick={leave} />
          }
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <Text className={styles.quiet}>{facts.join(' · ')}</Text>
          {question.link !== null && (
            <Link href={question.link} target="_blank" rel="noopener noreferrer">
              {t('panel.message')}
            </Link>
          )}
          {question.answer !== '' && (
            <MessageBar intent={open ? 'info' : 'success'} layout="multiline">
              <MessageBarBody className={styles.words} dir="auto">
                {t(open ? 'panel.before' : 'panel.answer', {
                  name: question.answeredBy?.name ?? '',
                  answer: question.answer,
                })}
              </MessageBarBody>
            </MessageBar>
          )}
          {question.resource !== null && (
            <Link href={question.resource.url} target="_blank" rel="noopener noreferrer" dir="auto">
              {question.resource.title}
            </Link>
          )}
          {question.event?.held === true && open && <Text>{t('panel.held', { title: question.event.title })}</Text>}
          {open && !question.isMine && <VoiceButtons question={question} />}
          {question.mayAnswer && <AnswerForm question={question} />}
          {mayChange && open && <NextWays question={question} />}
          <DraftNotice draft={edit} discard={edit.reset} />
          {clash && (
            <ClashChooser
              title={t('clash.title', { name: clash.view.changed.by.name })}
              by={clash.view.changed.by.name}
              clash={clash}
              label={field => t(`form.${field}`)}
              show={(field, from) => (field === 'topics' ? from.topics.join(', ') : from[field])}
              chosen={field => (changedFields(value, clash.theirs).includes(field) ? 'mine' : 'theirs')}
              take={(field, from) => edit.change(withField(field, value, from))}
            />
          )}
          {mayChange && (rewords || changed) ? (
            <QuestionForm first={firstField} value={value} readOnly={busy} change={edit.change} />
          ) : (
            <>
              {question.details !== '' && (
                <Text className={styles.words} dir="auto">
                  {question.details}
                </Text>
              )}
              {question.topics.length > 0 && <Text className={styles.quiet}>{question.topics.join(' · ')}</Text>}
              {mayChange && (
                <Button className={styles.start} onClick={() => setRewords(true)}>
                  {t('panel.reword')}
                </Button>
              )}
            </>
          )}
          {edit.error && <FailureNotice error={edit.error} again={() => edit.submit()} />}
          {moving.isError && <FailureNotice error={moving.error} again={() => moving.mutate(moving.variables)} />}
          {removing.isError && <FailureNotice error={removing.error} again={() => removing.mutate()} />}
          {asks !== null && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t(asks === 'leave' ? 'panel.sure' : 'panel.removeSure')}</MessageBarBody>
              <MessageBarActions>
                <Button onClick={() => (asks === 'leave' ? throwAway() : removing.mutate())}>
                  {t(asks === 'leave' ? 'panel.throwAway' : 'panel.removeYes')}
                </Button>
                <Button ref={sureButton} appearance="primary" onClick={() => setAsks(null)}>
                  {t(asks === 'leave' ? 'panel.goOn' : 'panel.removeNo')}
                </Button>
              </MessageBarActions>
            </MessageBar>
          )}
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.foot}>
        {mayChange && changed && (
          <Button
            appearance="primary"
            disabledFocusable={!maySave}
            onClick={() => maySave && edit.submit({ ...value, title: words, topics: topicsFrom(value.topics) })}
            {...(edit.saving ? { icon: <BusySign /> } : {})}
          >
            {t(edit.saving ? 'panel.saving' : 'panel.save')}
          </Button>
        )}
        {!changed &&
          question.moves.map(to => (
            <Button key={to} disabledFocusable={busy} onClick={() => !busy && moving.mutate(to)}>
              {t(`move.${to}`)}
            </Button>
          ))}
        {mayChange && !changed && (
          <Button disabledFocusable={busy} onClick={() => setAsks('remove')}>
            {t('panel.remove')}
          </Button>
        )}
        <Button onClick={leave} disabledFocusable={busy}>
          {t('panel.close')}
        </Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
}

function QuestionForm({
  first,
  value,
  readOnly,
  change,
}: {
  /** Goes to the first field. */
  readonly first: FocusTarget['ref'];
  readonly value: Question;
  readonly readOnly: boolean;
  readonly change: (question: Question) => void;
}) {
  const t = useAgendaText();
  const styles = useStyles();
  return (
    <div className={styles.form}>
      <Field label={t('form.title')} required>
        <Input
          ref={first}
          dir="auto"
          value={value.title}
          readOnly={readOnly}
          onChange={(_, data) => change({ ...value, title: data.value })}
        />
      </Field>
      <Field label={t('form.details')}>
        <Textarea
          dir="auto"
          value={value.details}
          readOnly={readOnly}
          onChange={(_, data) => change({ ...value, details: data.value })}
        />
      </Field>
      <TopicsField
        label={t('form.topics')}
        hint={t('form.topicsHint')}
        topics={value.topics}
        readOnly={readOnly}
        change={topics => change({ ...value, topics })}
      />
    </div>
  );
}
