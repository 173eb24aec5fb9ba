import { useId, useState, type ReactNode } from 'react';
import { Button, Field, Text, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { charterApi } from '../../../domain/charter/api.ts';
import type { FirstStep } from '../../../domain/overview/overview.ts';
import { Person } from '../../../domain/community.ts';
import { planApi } from '../../../domain/plan/api.ts';
import { rolesApi } from '../../../domain/roles/api.ts';
import { coordinatorRole, sponsorRole } from '../../../domain/roles/method.ts';
import type { templateIds } from '../../../domain/surveys/method.ts';
import type { ScreenName } from '../../../domain/tab/screens.ts';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { PeopleField } from '../../components/people-field.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useCommunity, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
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
  presses: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  field: { width: '100%', maxWidth: '40rem' },
});

type Step = FirstStep['step'];

/** What a community that begins asks first. */
const firstSurvey = 'energy' satisfies (typeof templateIds)[number];
/** Nobody looks after a community with more people than this at once. */
const mostFirst = 3;

/** What a community begins with. Each step ticks itself once what it asks for is there. */
export default function StartPanel({
  steps,
  go,
}: {
  readonly steps: readonly FirstStep[];
  readonly go: (screen: ScreenName, item?: string) => void;
}) {
  const t = useOverviewText();
  const styles = useStyles();
  const [open, setOpen] = useState<Step | null>(null);
  const here: Readonly<Record<Exclude<Step, 'survey'>, ReactNode>> = {
    purpose: <Purpose />,
    people: <FirstPeople role={coordinatorRole} step="people" go={go} />,
    sponsor: <FirstPeople role={sponsorRole} step="sponsor" go={go} />,
    actions: <FirstActions />,
    invite: <Invitation />,
  };
  function press(step: Step): void {
    // A survey has its words looked at before it goes out, on its own page.
    if (step === 'survey') go('surveys', firstSurvey);
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
                  {open === step && step !== 'survey' ? (
                    here[step]
                  ) : (
                    <Button onClick={() => press(step)}>{t(`start.${step}.press`)}</Button>
                  )}
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
      for (const key of [keys.overview, keys.charter, keys.plan, keys.roles])
        void queries.invalidateQueries({ queryKey: key(communityId) });
    },
  });
}

function Purpose() {
  const community = useCommunity();
  const call = useCall();
  const t = useOverviewText();
  const styles = useStyles();
  const draft = useDraft({
    thing: 'start/purpose',
    schema: z.string(),
    stored: { value: t('start.purpose.proposal', { community: community.name }), etag: null },
  });
  const text = draft.value;
  const saving = useStep(async () => {
    const { sections } = await call(charterApi.charter);
    const etag = sections.find(({ id }) => id === 'purpose')?.etag ?? null;
    await call(charterApi.saveSection, { params: { section: 'purpose' }, body: { text }, ifMatch: etag });
    draft.reset();
  });
  return (
    <>
      <DraftNotice draft={draft} discard={draft.reset} />
      <Field className={styles.field} label={t('start.purpose.label')}>
        <Textarea value={text} rows={3} onChange={(_, { value }) => draft.change(value)} />
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

/** Gives one of the first roles to people of the team; who is outside, or gets another role, is given it on its page. */
function FirstPeople({
  role,
  step,
  go,
}: {
  readonly role: string;
  readonly step: 'people' | 'sponsor';
  readonly go: (screen: ScreenName) => void;
}) {
  const call = useCall();
  const t = useOverviewText();
  const styles = useStyles();
  const draft = useDraft({
    thing: `start/${step}`,
    schema: z.array(Person),
    stored: { value: [], etag: null },
  });
  const people = draft.value;
  const saving = useStep(async () => {
    const { today, termEnd } = await call(rolesApi.roles);
    for (const { id } of people)
      await call(rolesApi.giveRole, {
        params: { role },
        body: { person: { id }, term: { since: today, until: termEnd, note: '' } },
      });
    draft.reset();
  });
  return (
    <>
      <DraftNotice draft={draft} discard={draft.reset} />
      <div className={styles.field}>
        <PeopleField
          label={t(`start.${step}.label`)}
          hint={t(`start.${step}.hint`)}
          warning={null}
          people={people}
          most={step === 'sponsor' ? 1 : mostFirst}
          change={draft.change}
        />
      </div>
      {saving.isError && <FailureNotice error={saving.error} again={() => saving.mutate()} />}
      <div className={styles.presses}>
        <Button
          appearance="primary"
          disabledFocusable={saving.isPending || people.length === 0}
          onClick={() => {
            if (!saving.isPending && people.length > 0) saving.mutate();
          }}
        >
          {t(`start.${step}.save`)}
        </Button>
        <Button appearance="subtle" onClick={() => go('roles')}>
          {t(`start.${step}.other`)}
        </Button>
      </div>
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
