import { useId, useState, type ReactNode } from 'react';
import { Button, Field, Text, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { charterApi } from '../../../domain/charter/api.ts';
import type { FirstStep } from '../../../domain/overview/overview.ts';
import { planApi } from '../../../domain/plan/api.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { Panel } from './panel.tsx';
import { useOverviewText } from './text.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  step: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    '&:not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  mark: { fontSize: tokens.fontSizeBase500, color: tokens.colorBrandForeground1, lineHeight: 1 },
  words: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  titles: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  field: { width: '100%', maxWidth: '40rem' },
});

type Step = FirstStep['step'];

/** What is done on its own page; the others are done here. */
const pages: Partial<Record<Step, ScreenName>> = { people: 'roles', sponsor: 'roles', survey: 'surveys' };

/** What a community begins with. Each step ticks itself once what it asks for is there. */
export default function StartPanel({
  steps,
  go,
}: {
  readonly steps: readonly FirstStep[];
  readonly go: (screen: ScreenName) => void;
}) {
  const t = useOverviewText();
  const styles = useStyles();
  const [open, setOpen] = useState<Step | null>(null);
  const here: Partial<Record<Step, ReactNode>> = {
    purpose: <Purpose />,
    actions: <FirstActions />,
    invite: <Invitation />,
  };
  function press(step: Step): void {
    const page = pages[step];
    if (page) go(page);
    else setOpen(step);
  }
  return (
    <Panel title={t('start.title')} accent>
      <ol className={styles.list}>
        {steps.map(({ step, done }) => (
          <li key={step} className={styles.step}>
            <span className={styles.mark}>
              {done ? <CheckmarkCircleFilled aria-label={t('start.done')} /> : <CircleRegular aria-hidden />}
            </span>
            <div className={styles.words}>
              <Text weight={done ? 'regular' : 'semibold'}>{t(`start.${step}.title`)}</Text>
              {!done && (
                <>
                  <Text size={200} className={styles.quiet}>
                    {t(`start.${step}.why`)}
                  </Text>
                  {open === step ? here[step] : <Button onClick={() => press(step)}>{t(`start.${step}.press`)}</Button>}
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** Saves, and has what shows it read anew: the step ticks itself. */
function useStep(save: () => Promise<unknown>) {
  const { communityId } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess() {
      for (const key of [keys.overview, keys.charter, keys.plan])
        void queries.invalidateQueries({ queryKey: key(communityId) });
    },
  });
}

function Purpose() {
  const community = useCommunity();
  const call = useCall();
  const t = useOverviewText();
  const styles = useStyles();
  const [text, setText] = useState(() => t('start.purpose.proposal', { community: community.name }));
  const saving = useStep(async () => {
    const { sections } = await call(charterApi.charter);
    const etag = sections.find(({ id }) => id === 'purpose')?.etag ?? null;
    await call(charterApi.saveSection, { params: { section: 'purpose' }, body: { text }, ifMatch: etag });
  });
  return (
    <>
      <Field className={styles.field} label={t('start.purpose.label')}>
        <Textarea value={text} rows={3} onChange={(_, { value }) => setText(value)} />
      </Field>
      {saving.isError && <FailureNotice error={saving.error} again={() => saving.mutate()} />}
      <Button
        appearance="primary"
        disabledFocusable={saving.isPending || text.trim() === ''}
        onClick={() => {
          if (!saving.isPending && text.trim() !== '') saving.mutate();
        }}
      >
        {t('start.purpose.save')}
      </Button>
    </>
  );
}

const proposals = ['talk', 'core', 'sponsor'] as const;

function FirstActions() {
  const { me } = useCommunity();
  const call = useCall();
  const t = useOverviewText();
  const styles = useStyles();
  /** The same ids when it is pressed again: what was added already is not added twice. */
  const [ids] = useState(() => proposals.map(() => crypto.randomUUID()));
  const saving = useStep(async () => {
    for (const [place, name] of proposals.entries())
      await call(planApi.saveAction, {
        params: { action: ids[place] ?? '' },
        body: {
          title: t(`start.actions.proposal.${name}`),
          owners: [me],
          due: null,
          state: 'to-do',
          weight: 'baseline',
          aim: null,
          notes: '',
        },
        ifMatch: null,
      });
  });
  return (
    <>
      <ul className={styles.titles}>
        {proposals.map(name => (
          <li key={name}>{t(`start.actions.proposal.${name}`)}</li>
        ))}
      </ul>
      {saving.isError && <FailureNotice error={saving.error} again={() => saving.mutate()} />}
      <Button
        appearance="primary"
        disabledFocusable={saving.isPending}
        onClick={() => {
          if (!saving.isPending) saving.mutate();
        }}
      >
        {t('start.actions.save')}
      </Button>
    </>
  );
}

function Invitation() {
  const { announce } = useSession();
  const community = useCommunity();
  const t = useOverviewText();
  const styles = useStyles();
  const id = useId();
  const [said, setSaid] = useState('');
  const text = t('start.invite.text', { community: community.name });

  async function copy(): Promise<void> {
    let sentence = t('start.invite.copied');
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.querySelector<HTMLTextAreaElement>(`[id="${id}"]`)?.select();
      sentence = t('start.invite.notCopied');
    }
    setSaid(sentence);
    announce(sentence);
  }

  return (
    <>
      <Field className={styles.field} label={t('start.invite.label')}>
        <Textarea id={id} value={text} readOnly rows={5} />
      </Field>
      <Button appearance="primary" onClick={() => void copy()}>
        {t('start.invite.copy')}
      </Button>
      {said !== '' && <Text size={200}>{said}</Text>}
    </>
  );
}
