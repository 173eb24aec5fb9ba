import { useRef, useState } from 'react';
import { Button, Checkbox, Field, Select, Spinner, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import {
  largestReport,
  reportApi,
  type FoundInReport,
  type RefusedReport,
  type ReportView,
} from '../../../domain/events/report-api.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Warning } from '../../components/warning.tsx';
import { showMoment } from '../../lib/dates.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { asGuest, noChoices, presenceOf, toggled, type NotedPresence, type ReportChoices } from './report-choices.ts';
import { useReportText } from './report-text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  bar: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, rowGap: tokens.spacingVerticalS },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '20rem', overflowY: 'auto' },
  item: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Reads Teams' attendance report from a file: what it says is shown first, and noted once the host saves. */
export function ReportPanel({
  event,
  note,
}: {
  readonly event: string;
  /** Notes who was there; the panel closes when it is done. */
  readonly note: (presence: NotedPresence) => Promise<unknown>;
}) {
  const t = useReportText();
  const styles = useStyles();
  const call = useCall();
  const { announce } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const reading = useMutation({
    async mutationFn(file: File): Promise<ReportView> {
      // What the server would not take need not travel.
      if (file.size > largestReport) return { refused: 'too-large', meeting: null };
      const body = new Uint8Array(await file.arrayBuffer());
      return call(reportApi.readReport, { params: { event }, body });
    },
  });
  const noting = useMutation({
    mutationFn: note,
    onSuccess() {
      announce(t('saved'));
      reading.reset();
    },
  });
  const { data } = reading;

  return (
    <section className={styles.part} aria-label={t('label')}>
      <div className={styles.bar}>
        <Button
          disabledFocusable={reading.isPending || noting.isPending}
          {...(reading.isPending ? { icon: <Spinner size="tiny" aria-label={t('reading')} /> } : {})}
          onClick={() => input.current?.click()}
        >
          {t('choose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/csv"
          aria-label={t('choose')}
          hidden
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            noting.reset();
            if (file) reading.mutate(file);
            // The same file can be chosen again.
            currentTarget.value = '';
          }}
        />
      </div>
      <Text size={200} className={styles.quiet}>
        {t('hint')}
      </Text>
      {reading.isError && <FailureNotice error={reading.error} again={() => reading.mutate(reading.variables)} />}
      {data?.refused && <Refusal report={data} />}
      {data?.refused === null && (
        <Found
          found={data}
          busy={noting.isPending}
          save={presence => noting.mutate(presence)}
          leave={() => {
            noting.reset();
            reading.reset();
          }}
        />
      )}
      {noting.isError && <FailureNotice error={noting.error} again={() => noting.mutate(noting.variables)} />}
    </section>
  );
}

function Refusal({ report: { refused, meeting } }: { readonly report: RefusedReport }) {
  const t = useReportText();
  const when = useWhen();
  const title = meeting?.title ?? null;
  const kind = refused === 'other-meeting' && title === null ? 'other-meetingUntitled' : refused;
  return <Warning>{t(`refused.${kind}`, { title, when: when(meeting?.startedAt ?? null) })}</Warning>;
}

/** The clock of the report, which has no zone. */
function useWhen(): (startedAt: string | null) => string {
  const { texts } = useSession();
  return startedAt => (startedAt === null ? '' : showMoment(`${startedAt}Z`, texts.locale, 'UTC'));
}

function Found({
  found,
  busy,
  save,
  leave,
}: {
  readonly found: FoundInReport;
  readonly busy: boolean;
  readonly save: (presence: NotedPresence) => void;
  readonly leave: () => void;
}) {
  const t = useReportText();
  const styles = useStyles();
  const when = useWhen();
  const [choices, setChoices] = useState<ReportChoices>(noChoices);
  const { title, startedAt } = found.meeting;
  const leaveOut = (id: string, isOut: boolean): void =>
    setChoices({ ...choices, leftOut: toggled(choices.leftOut, id, isOut) });

  return (
    <>
      <Text weight="semibold">{[title, when(startedAt)].filter(Boolean).join(', ')}</Text>
      <Text>{t('found', { count: found.was.length })}</Text>
      {found.cut && <Warning>{t('cut')}</Warning>}
      {found.was.length > 0 && (
        <ul className={styles.list} aria-label={t('was')}>
          {found.was.map(({ person, minutes, by }) => (
            <li key={person.id} className={styles.item}>
              <Checkbox
                label={person.name}
                checked={!choices.leftOut.has(person.id)}
                disabled={busy}
                onChange={(_, { checked }) => leaveOut(person.id, checked !== true)}
              />
              <Text size={200} className={styles.quiet}>
                {[t('minutes', { count: minutes }), ...(by === 'name' ? [t('byName')] : [])].join(', ')}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {found.unsure.length > 0 && (
        <div role="group" aria-label={t('unsure')} className={styles.part}>
          <Text size={200} className={styles.quiet}>
            {t('unsureHint')}
          </Text>
          {found.unsure.map(({ name, organisation, candidates }, place) => (
            <Field key={place} label={t('unsureOf', { name: [name, organisation].filter(Boolean).join(', ') })}>
              <Select
                value={choices.chosen.get(place) ?? ''}
                disabled={busy}
                onChange={(_, { value }) =>
                  setChoices({ ...choices, chosen: withChoice(choices.chosen, place, value) })
                }
              >
                <option value="">{t('notChosen')}</option>
                {candidates.map(person => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
                <option value={asGuest}>{t('asGuest')}</option>
              </Select>
            </Field>
          ))}
        </div>
      )}
      {found.missing.length > 0 && (
        <div role="group" aria-label={t('missing')} className={styles.part}>
          <Text>{t('missing')}</Text>
          <Text size={200} className={styles.quiet}>
            {t('missingHint')}
          </Text>
          <ul className={styles.list}>
            {found.missing.map(person => (
              <li key={person.id}>
                <Checkbox
                  label={person.name}
                  checked={!choices.leftOut.has(person.id)}
                  disabled={busy}
                  onChange={(_, { checked }) => leaveOut(person.id, checked !== true)}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
      {found.guests.length > 0 && (
        <div role="group" aria-label={t('guests')} className={styles.part}>
          <Text>{t('guests')}</Text>
          <ul className={styles.list}>
            {found.guests.map(({ name, organisation, minutes }, place) => (
              <li key={place} className={styles.item}>
                <Checkbox
                  label={[name, organisation].filter(Boolean).join(', ')}
                  checked={!choices.guestsLeftOut.has(place)}
                  disabled={busy}
                  onChange={(_, { checked }) =>
                    setChoices({ ...choices, guestsLeftOut: toggled(choices.guestsLeftOut, place, checked !== true) })
                  }
                />
                <Text size={200} className={styles.quiet}>
                  {t('minutes', { count: minutes })}
                </Text>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.bar}>
        <Button
          appearance="primary"
          disabledFocusable={busy}
          {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={() => busy || save(presenceOf(found, choices))}
        >
          {t('save')}
        </Button>
        <Button disabledFocusable={busy} onClick={() => busy || leave()}>
          {t('leave')}
        </Button>
      </div>
    </>
  );
}

function withChoice(chosen: ReportChoices['chosen'], place: number, value: string): ReportChoices['chosen'] {
  const changed = new Map(chosen);
  if (value === '') changed.delete(place);
  else changed.set(place, value);
  return changed;
}
