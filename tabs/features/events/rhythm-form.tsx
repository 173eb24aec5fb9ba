import { useState } from 'react';
import { Button, Field, Input, Select, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { eventsApi, type RhythmView } from '../../../domain/events/api.ts';
import { EventAddress, longestPlace, longestTitle, modes, mostHosts } from '../../../domain/events/event.ts';
import { eventKindIds, usualOf } from '../../../domain/events/method.ts';
import { Rhythm, rulesFrom } from '../../../domain/events/rhythm-rule.ts';
import { z } from 'zod';
import { Person } from '../../../domain/community.ts';
import { CancelWriting } from '../../components/cancel-writing.tsx';
import { DraftNotice } from '../../components/draft-notice.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { PeopleField } from '../../components/people-field.tsx';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { useDraft } from '../../lib/use-draft.ts';
import { useMethodText } from './method-text.ts';
import { ruleInWords } from './rule-in-words.ts';
import { useEventsText } from './text.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    alignSelf: 'stretch',
    maxWidth: '32rem',
  },
  pair: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  half: { flex: '1 1 9rem', minWidth: 0 },
  select: { minWidth: 0, '& > select': { width: '100%', textOverflow: 'ellipsis' } },
});

/** Any text and any number: a draft is what somebody typed, not yet what may be saved. */
const Typed = Rhythm.extend({
  title: z.string(),
  time: z.string(),
  minutes: z.number(),
  place: z.string(),
  link: z.string().nullable(),
  hosts: z.array(Person),
  until: z.string().nullable(),
});

function valuesOf({ title, kind, rule, time, minutes, mode, place, link, audience, hosts, until }: RhythmView): Rhythm {
  return { title, kind, rule, time, minutes, mode, place, link, audience, hosts, until };
}

/** Something that comes again and again: its drafts are made six weeks ahead. */
export default function RhythmForm({
  rhythm,
  today,
  close,
}: {
  readonly rhythm: RhythmView | null;
  readonly today: string;
  readonly close: () => void;
}) {
  const { communityId, announce, texts } = useSession();
  const t = useEventsText();
  const method = useMethodText();
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const [id] = useState(() => rhythm?.id ?? crypto.randomUUID());
  const [first] = useState<Rhythm>(() =>
    rhythm
      ? valuesOf(rhythm)
      : {
          ...{
            title: method('method.kind.coffee.title'),
            kind: 'coffee',
            rule: { every: 'weeks', weeks: 4, from: today },
          },
          ...{ time: '15:00', minutes: 30, mode: 'online', place: '', link: null, audience: 'everybody' },
          ...{ hosts: [], until: null },
        },
  );
  const draft = useDraft({
    thing: `events/rhythm/${rhythm?.id ?? 'new'}`,
    schema: Typed,
    stored: { value: first, etag: rhythm?.etag ?? null },
  });
  const { value: values, change: setValues } = draft;
  const from = values.rule.from;
  const rules = from === '' ? [] : rulesFrom(from);
  const chosen = rules.findIndex(rule => JSON.stringify(rule) === JSON.stringify(values.rule));
  const isRight =
    values.title.trim() !== '' &&
    from !== '' &&
    values.minutes >= 5 &&
    (values.link === null || EventAddress.safeParse(values.link).success);
  const saving = useMutation({
    mutationFn: (body: Rhythm) =>
      call(eventsApi.saveRhythm, { params: { rhythm: id }, body, ifMatch: rhythm?.etag ?? null }),
    onSuccess(view) {
      queries.setQueryData(keys.events(communityId), view);
      announce(t('rhythms.saved', { title: values.title }));
      stop();
    },
  });

  function stop(): void {
    draft.reset();
    close();
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={submitted => {
        submitted.preventDefault();
        if (isRight && !saving.isPending) saving.mutate(values);
      }}
    >
      <DraftNotice draft={draft} discard={draft.reset} />
      <div className={styles.pair}>
        <Field label={t('form.kind')} className={styles.half}>
          <Select
            className={styles.select}
            value={values.kind}
            onChange={(_, { value }) => {
              const kind = eventKindIds.find(one => one === value) ?? values.kind;
              setValues({
                ...values,
                kind,
                title: method(`method.kind.${kind}.title`),
                minutes: usualOf(kind, false).minutes,
                audience: kind === 'core' ? 'core' : kind === 'sponsor' ? 'sponsor' : 'everybody',
              });
            }}
          >
            {eventKindIds.map(kind => (
              <option key={kind} value={kind}>
                {method(`method.kind.${kind}.title`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('form.title')} className={styles.half} required>
          <Input
            dir="auto"
            value={values.title}
            maxLength={longestTitle}
            onChange={(_, { value }) => setValues({ ...values, title: value })}
          />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('rhythms.from')} className={styles.half} required>
          <Input
            type="date"
            value={from}
            onChange={(_, { value }) => {
              const kept = value === '' ? [] : rulesFrom(value);
              const same = kept[Math.max(0, Math.min(chosen, kept.length - 1))];
              setValues({ ...values, rule: same ?? { every: 'weeks', weeks: 4, from: value } });
            }}
          />
        </Field>
        <Field label={t('rhythms.every')} className={styles.half}>
          <Select
            className={styles.select}
            value={String(chosen)}
            onChange={(_, { value }) => setValues({ ...values, rule: rules[Number(value)] ?? values.rule })}
          >
            {chosen < 0 && <option value="-1">{ruleInWords(values.rule, { t, locale: texts.locale })}</option>}
            {rules.map((rule, place) => (
              <option key={JSON.stringify(rule)} value={String(place)}>
                {ruleInWords(rule, { t, locale: texts.locale })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('form.time')} className={styles.half} required>
          <Input type="time" value={values.time} onChange={(_, { value }) => setValues({ ...values, time: value })} />
        </Field>
        <Field label={t('form.minutes')} className={styles.half} required>
          <Input
            type="number"
            min={5}
            max={720}
            value={String(values.minutes)}
            onChange={(_, { value }) => setValues({ ...values, minutes: Math.round(Number(value)) || 0 })}
          />
        </Field>
        <Field label={t('rhythms.untilLabel')} className={styles.half}>
          <Input
            type="date"
            value={values.until ?? ''}
            onChange={(_, { value }) => setValues({ ...values, until: value === '' ? null : value })}
          />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('form.mode')} className={styles.half}>
          <Select
            className={styles.select}
            value={values.mode}
            onChange={(_, { value }) => setValues({ ...values, mode: modes.find(one => one === value) ?? values.mode })}
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
            value={values.place}
            maxLength={longestPlace}
            onChange={(_, { value }) => setValues({ ...values, place: value })}
          />
        </Field>
      </div>
      <Field label={t('form.link')} hint={t('form.linkHint')}>
        <Input
          type="url"
          value={values.link ?? ''}
          onChange={(_, { value }) => setValues({ ...values, link: value.trim() === '' ? null : value.trim() })}
        />
      </Field>
      <PeopleField
        label={t('form.hosts')}
        hint={t('form.hostsHint')}
        warning={null}
        people={values.hosts}
        most={mostHosts}
        change={hosts => setValues({ ...values, hosts })}
      />
      {saving.isError && <FailureNotice error={saving.error} again={() => saving.mutate(values)} />}
      <div className={styles.pair}>
        <Button type="submit" appearance="primary" disabledFocusable={!isRight || saving.isPending}>
          {t(saving.isPending ? 'panel.saving' : 'panel.save')}
        </Button>
        <CancelWriting changed={draft.changed} busy={saving.isPending} label={t('rhythms.stop')} throwAway={stop} />
      </div>
    </form>
  );
}
