import { Field, Input, Select, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import {
  EventAddress,
  longestPlace,
  longestSaid,
  longestTitle,
  modes,
  mostHosts,
  mostNamed,
  type Event,
} from '../../../domain/events/event.ts';
import {
  eventAudiences,
  eventKindIds,
  learningMenu,
  usualOf,
  type ActivityId,
  type EventKindId,
} from '../../../domain/events/method.ts';
import { PeopleField } from '../../components/people-field.tsx';
import { AgendaBuilder } from './agenda-builder.tsx';
import { useMethodText } from './method-text.ts';
import { usualAgenda } from './saving.ts';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  pair: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  half: { flex: '1 1 9rem', minWidth: 0, gridTemplateColumns: 'minmax(0, 1fr)' },
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
});

/** What there is to say against what somebody typed; null when it can be saved. */
export function faultIn(event: Event): 'title' | 'when' | 'link' | 'recording' | 'agenda' | null {
  if (event.title.trim() === '' || event.title.trim().length > longestTitle) return 'title';
  if (event.day === '' || event.time === '' || !(event.minutes >= 5 && event.minutes <= 720)) return 'when';
  if (event.link !== null && !EventAddress.safeParse(event.link.trim()).success) return 'link';
  if (event.recording !== null && !EventAddress.safeParse(event.recording.trim()).success) return 'recording';
  return event.agenda.some(({ title }) => title.trim() === '') ? 'agenda' : null;
}

/** The fields of an event. What this person may not change can be read. */
export function EventForm({
  event,
  isNew,
  hasBegun,
  readOnly,
  isFixed,
  change,
  submit,
}: {
  readonly event: Event;
  /** Its kind still decides how long it takes and what is on its agenda. */
  readonly isNew: boolean;
  /** It can be said how it was. */
  readonly hasBegun: boolean;
  readonly readOnly: boolean;
  /** Its moment stays what it was. */
  readonly isFixed: boolean;
  readonly change: (event: Event) => void;
  readonly submit: () => void;
}) {
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const fault = faultIn(event);
  const says = (field: typeof fault) => (fault === field ? { validationMessage: t(`fault.${field}`) } : {});

  function chooseKind(kind: EventKindId): void {
    const wasUsual = event.title === '' || event.title === method(`method.kind.${event.kind}.title`);
    const next = { ...event, kind, activity: kind === 'learning' ? event.activity : null };
    if (!isNew) return change(next);
    change({
      ...next,
      title: wasUsual ? method(`method.kind.${kind}.title`) : event.title,
      minutes: usualOf(kind, false).minutes,
      audience: kind === 'core' || kind === 'first-core' ? 'core' : kind === 'sponsor' ? 'sponsor' : 'everybody',
      agenda: usualAgenda(kind, false, method),
    });
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={submitted => {
        submitted.preventDefault();
        submit();
      }}
    >
      <Field label={t('form.kind')} hint={method(`method.kind.${event.kind}.about`)}>
        <Select
          className={styles.select}
          value={event.kind}
          disabled={readOnly}
          onChange={(_, { value }) => chooseKind(eventKindIds.find(kind => kind === value) ?? event.kind)}
        >
          {eventKindIds.map(kind => (
            <option key={kind} value={kind}>
              {method(`method.kind.${kind}.title`)}
            </option>
          ))}
        </Select>
      </Field>
      {event.kind === 'learning' && (
        <Field label={t('form.activity')}>
          <Select
            className={styles.select}
            value={event.activity ?? ''}
            disabled={readOnly}
            onChange={(_, { value }) => change({ ...event, activity: (value || null) as ActivityId | null })}
          >
            <option value="">{t('form.noActivity')}</option>
            {learningMenu.map(cluster => (
              <optgroup key={cluster.id} label={method(`method.menu.${cluster.id}.title`)}>
                {cluster.activities.map(({ id, effort }) => (
                  <option key={id} value={id}>
                    {t('form.effort', { title: method(`method.menu.${cluster.id}.activity.${id}`), count: effort })}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('form.title')} required {...says('title')}>
        <Input
          dir="auto"
          value={event.title}
          readOnly={readOnly}
          onChange={(_, { value }) => change({ ...event, title: value })}
        />
      </Field>
      <div className={styles.pair}>
        <Field label={t('form.day')} className={styles.half} required {...says('when')}>
          <Input
            type="date"
            value={event.day}
            readOnly={readOnly || isFixed}
            onChange={(_, { value }) => change({ ...event, day: value })}
          />
        </Field>
        <Field label={t('form.time')} className={styles.half} required>
          <Input
            type="time"
            value={event.time}
            readOnly={readOnly || isFixed}
            onChange={(_, { value }) => change({ ...event, time: value })}
          />
        </Field>
        <Field label={t('form.minutes')} className={styles.half} required>
          <Input
            type="number"
            min={5}
            max={720}
            step={5}
            value={String(event.minutes)}
            readOnly={readOnly || isFixed}
            onChange={(_, { value }) => change({ ...event, minutes: Math.round(Number(value)) || 0 })}
          />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('form.mode')} className={styles.half}>
          <Select
            className={styles.select}
            value={event.mode}
            disabled={readOnly}
            onChange={(_, { value }) => change({ ...event, mode: modes.find(mode => mode === value) ?? event.mode })}
          >
            {modes.map(mode => (
              <option key={mode} value={mode}>
                {t(`mode.${mode}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('form.place')} className={styles.half}>
          <Input
            dir="auto"
            value={event.place}
            maxLength={longestPlace}
            readOnly={readOnly}
            onChange={(_, { value }) => change({ ...event, place: value })}
          />
        </Field>
      </div>
      <Field label={t('form.link')} hint={t('form.linkHint')} {...says('link')}>
        <Input
          type="url"
          value={event.link ?? ''}
          readOnly={readOnly}
          onChange={(_, { value }) => change({ ...event, link: value.trim() === '' ? null : value.trim() })}
        />
      </Field>
      <Field label={t('form.audience')} hint={t('form.everybodyReads')}>
        <Select
          className={styles.select}
          value={event.audience}
          disabled={readOnly}
          onChange={(_, { value }) =>
            change({ ...event, audience: eventAudiences.find(one => one === value) ?? event.audience })
          }
        >
          {eventAudiences.map(audience => (
            <option key={audience} value={audience}>
              {t(`audience.${audience}`)}
            </option>
          ))}
        </Select>
      </Field>
      {event.audience === 'named' && (
        <PeopleField
          label={t('form.named')}
          hint={t('form.namedHint')}
          warning={null}
          people={event.named}
          most={mostNamed}
          readOnly={readOnly}
          change={named => change({ ...event, named })}
        />
      )}
      <PeopleField
        label={t('form.hosts')}
        hint={t('form.hostsHint')}
        warning={null}
        people={event.hosts}
        most={mostHosts}
        readOnly={readOnly}
        change={hosts => change({ ...event, hosts })}
      />
      <AgendaBuilder
        agenda={event.agenda}
        minutes={event.minutes}
        usual={usualAgenda(event.kind, false, method)}
        readOnly={readOnly}
        change={agenda => change({ ...event, agenda })}
      />
      {hasBegun &&
        (['keep', 'change', 'summary'] as const).map(field => (
          <Field key={field} label={t(`form.${field}`)}>
            <Textarea
              dir="auto"
              resize="vertical"
              value={event[field]}
              maxLength={longestSaid}
              readOnly={readOnly}
              onChange={(_, { value }) => change({ ...event, [field]: value })}
            />
          </Field>
        ))}
      {hasBegun && (
        <Field label={t('form.recording')} {...says('recording')}>
          <Input
            type="url"
            value={event.recording ?? ''}
            readOnly={readOnly}
            onChange={(_, { value }) => change({ ...event, recording: value.trim() === '' ? null : value.trim() })}
          />
        </Field>
      )}
    </form>
  );
}
