import { useState } from 'react';
import { Button, Checkbox, Field, Input, Text, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { eventsApi, type AttendanceLine, type AttendanceView, type EventView } from '../../../domain/events/api.ts';
import { guestsIn, isLikelyThere, mostGuests, mostNoted } from '../../../domain/events/attendance.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useSettled } from '../../lib/use-settled.ts';
import { inParts, type NotedPresence } from './report-choices.ts';
import { ReportPanel } from './report-panel.tsx';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '20rem', overflowY: 'auto' },
  item: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Who answered what, and, once it has begun, who was there: a tick each, guests in a box. */
export function AttendanceList({ event, hasBegun }: { readonly event: EventView; readonly hasBegun: boolean }) {
  const { communityId, announce } = useSession();
  const t = useEventsText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [guests, setGuests] = useState('');
  const asked = useSettled(name);
  const key = keys.attendance(communityId, event.id, asked);
  const attendance = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(eventsApi.attendance, { params: { event: event.id, name: asked }, signal }),
  });
  const noting = useMutation({
    mutationFn: (body: Parameters<typeof bodyFor>[0]) =>
      call(eventsApi.noteAttendance, { params: { event: event.id }, body: bodyFor(body) }),
    async onSuccess({ counts }) {
      announce(t('attendance.noted', { count: counts.there }));
      setGuests('');
      await showAnew();
    },
  });

  if (!attendance.data) return <Loading query={attendance} label={t('attendance.loading')} blocks={1} />;
  const { rows, counts, compared, found, organisations } = attendance.data;
  const mayNote = event.mayEdit && hasBegun && event.state !== 'cancelled';
  const likely = rows.filter(({ person }) => person !== null);
  const typed = guestsIn(guests);

  return (
    <section className={styles.part} aria-label={t('attendance.label')}>
      <Text weight="semibold">{summaryOf(attendance.data, hasBegun)}</Text>
      {event.state === 'held' && compared.asSaid + compared.missing > 0 && (
        <Text size={200} className={styles.quiet}>
          {t('attendance.compared', compared)}
        </Text>
      )}
      {organisations.length > 0 && (
        <Text size={200} className={styles.quiet}>
          {organisations
            .map(({ name: from, count }) => t('attendance.from', { name: from || t('attendance.nowhere'), count }))
            .join(' · ')}
        </Text>
      )}
      {(found > 20 || asked !== '') && (
        <Field label={t('attendance.search')}>
          <Input value={name} onChange={(_, { value }) => setName(value)} />
        </Field>
      )}
      <ul className={styles.list}>
        {rows.map(row => (
          <li key={row.person?.id ?? `${row.guest}/${row.organisation}`} className={styles.item}>
            {mayNote ? (
              <Checkbox
                label={nameOf(row)}
                checked={row.was === 'yes'}
                disabled={noting.isPending}
                onChange={(_, { checked }) =>
                  noting.mutate({ rows: [{ ...row, was: checked === true ? 'yes' : 'no' }], guests: [] })
                }
              />
            ) : (
              <Text>{nameOf(row)}</Text>
            )}
            {row.says !== null && (
              <Text size={200} className={styles.quiet}>
                {t(row.before ? 'attendance.before' : `attendance.${row.says}`)}
              </Text>
            )}
          </li>
        ))}
      </ul>
      {found > rows.length && <Text size={200}>{t('attendance.more', { count: found - rows.length })}</Text>}
      {mayNote && event.state === 'announced' && likely.some(row => row.was === 'unknown' && isLikelyThere(row)) && (
        <Button
          disabledFocusable={noting.isPending}
          onClick={() =>
            noting.mutate({
              rows: likely.filter(isLikelyThere).map(row => ({ ...row, was: 'yes' })),
              guests: [],
            })
          }
        >
          {t('attendance.asSaid', { count: likely.filter(isLikelyThere).length })}
        </Button>
      )}
      {mayNote && (
        <>
          <Field label={t('attendance.guests')} hint={t('attendance.guestsHint')}>
            <Textarea dir="auto" value={guests} onChange={(_, { value }) => setGuests(value)} />
          </Field>
          {typed.length > 0 && (
            <Button disabledFocusable={noting.isPending} onClick={() => noting.mutate({ rows: [], guests: typed })}>
              {t('attendance.addGuests', { count: typed.length })}
            </Button>
          )}
        </>
      )}
      {noting.isError && <FailureNotice error={noting.error} again={() => noting.mutate(noting.variables)} />}
      {mayNote && <ReportPanel event={event.id} note={noteReport} />}
    </section>
  );

  async function showAnew(): Promise<void> {
    await queries.invalidateQueries({ queryKey: keys.attendances(communityId, event.id) });
    await queries.invalidateQueries({ queryKey: keys.event(communityId, event.id) });
    await queries.invalidateQueries({ queryKey: keys.events(communityId) });
  }

  /** Noted again after a failure, it is the same. */
  async function noteReport(presence: NotedPresence): Promise<void> {
    for (const { people, guests: some } of inParts(presence, { people: mostNoted, guests: mostGuests }))
      await call(eventsApi.noteAttendance, {
        params: { event: event.id },
        body: { people: [...people], guests: [...some] },
      });
    await showAnew();
  }

  function summaryOf(_view: AttendanceView, isOver: boolean): string {
    if (event.state === 'held') return t('there', { count: counts.there });
    if (isOver) return t('attendance.whoWas');
    return t('attendance.answered', { coming: counts.coming, maybe: counts.maybe, not: counts.not });
  }
}

function bodyFor({
  rows,
  guests,
}: {
  readonly rows: readonly AttendanceLine[];
  readonly guests: readonly { readonly name: string; readonly organisation: string }[];
}) {
  return {
    people: rows.flatMap(({ person, was }) => (person ? [{ id: person.id, was }] : [])),
    guests: [
      ...rows.flatMap(({ person, guest, organisation, was }) => (person ? [] : [{ name: guest, organisation, was }])),
      ...guests.map(guest => ({ ...guest, was: 'yes' as const })),
    ],
  };
}

function nameOf({ person, guest, organisation }: AttendanceLine): string {
  if (person) return person.name;
  return [guest, organisation].filter(part => part !== '').join(', ');
}
