import { useRef, useState } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { DigestAudience } from '../../../domain/digest/digest.ts';
import { longestTime, mostAsked, type MemberQuestion } from '../../../domain/digest/digest.ts';
import { CheckList } from '../../components/check-list.tsx';
import { RichTextField } from '../../components/rich-text.tsx';
import { useSession } from '../../lib/session.tsx';
import { useDigestText } from './text.ts';
import { limits, type LongField, type WordsInForm } from './words.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  group: {
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
  chosen: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  legend: { padding: 0, fontSize: tokens.fontSizeBase300 },
  hint: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** Everything of a digest that is words. */
export function WordsForm({
  audience,
  words,
  asked,
  tomorrow,
  change,
}: {
  readonly audience: DigestAudience;
  readonly words: WordsInForm;
  /** What members asked, to choose from. */
  readonly asked: readonly MemberQuestion[];
  readonly tomorrow: string;
  readonly change: (words: WordsInForm) => void;
}) {
  const t = useDigestText();
  const styles = useStyles();
  // What was chosen stays to be taken back, also when it is offered no more.
  const offered = [
    ...asked,
    ...words.questions.filter(({ text }) => asked.every(question => question.text !== text)),
  ].filter((one, place, all) => all.findIndex(({ text }) => text === one.text) === place);

  const isChosen = (text: string): boolean => words.questions.some(question => question.text === text);

  function choose(text: string, wanted: boolean): void {
    const others = words.questions.filter(question => question.text !== text);
    const chosen = offered.filter(question => wanted && question.text === text);
    change({ ...words, questions: [...others, ...chosen] });
  }

  function long(field: LongField) {
    const text = words[field];
    const [count, most] = [text.trim().length, limits[field]];
    return (
      <RichTextField
        label={t(`fields.${field}`)}
        hint={t(`fields.${field}Hint`)}
        fault={count > most ? t('fields.tooLong', { count, most }) : null}
        value={text}
        change={value => change({ ...words, [field]: value })}
      />
    );
  }

  return (
    <div className={styles.fields}>
      {long('intro')}
      {audience === 'sponsor' && long('ask')}
      {long('story')}
      {audience === 'sponsor' && offered.length > 0 && (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('fields.questions')}</legend>
          <span className={styles.hint}>{t('fields.questionsHint', { most: mostAsked })}</span>
          <CheckList
            items={offered.map(({ text, name }) => ({
              key: text,
              label: name === null ? text : `${text} (${name})`,
              checked: isChosen(text),
              disabled: !isChosen(text) && words.questions.length >= mostAsked,
            }))}
            change={choose}
          />
        </fieldset>
      )}
      {audience === 'sponsor' && (
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{t('fields.times')}</legend>
          <span className={styles.hint}>{t('fields.timesHint')}</span>
          {words.times.map((time, place) => (
            <Input
              key={place}
              aria-label={t('fields.time', { count: place + 1 })}
              value={time}
              maxLength={longestTime}
              {...(place === 0 ? { placeholder: t('fields.timeExample') } : {})}
              onChange={(_, data) =>
                change({ ...words, times: words.times.map((other, at) => (at === place ? data.value : other)) })
              }
            />
          ))}
          {words.times.some(isFree) && (
            <ChosenTime
              tomorrow={tomorrow}
              choose={time => {
                const free = words.times.findIndex(isFree);
                change({ ...words, times: words.times.map((other, at) => (at === free ? time : other)) });
              }}
            />
          )}
        </fieldset>
      )}
      <Field label={t('fields.sendOn')} hint={t('fields.sendOnHint')}>
        <Input
          type="date"
          value={words.sendOn ?? ''}
          min={tomorrow}
          onChange={(_, data) => change({ ...words, sendOn: data.value === '' ? null : data.value })}
        />
      </Field>
    </div>
  );
}

const isFree = (time: string): boolean => time.trim() === '';

/** A day and an hour from the browser's own calendar, put into words beside those that are typed. */
function ChosenTime({ tomorrow, choose }: { readonly tomorrow: string; readonly choose: (time: string) => void }) {
  const { texts } = useSession();
  const t = useDigestText();
  const styles = useStyles();
  const field = useRef<HTMLInputElement>(null);
  const [moment, setMoment] = useState('');
  return (
    <div className={styles.chosen}>
      <Input
        type="datetime-local"
        input={{ ref: field }}
        aria-label={t('fields.chooseTime')}
        min={`${tomorrow}T00:00`}
        value={moment}
        onChange={(_, { value }) => setMoment(value)}
      />
      <Button
        onClick={() => {
          if (moment === '' || !field.current?.validity.valid) return field.current?.focus();
          choose(showTalk(moment, texts.locale));
          setMoment('');
        }}
      >
        {t('fields.offerTime')}
      </Button>
    </div>
  );
}

/** "Tuesday 1 December at 14:00", of a day and an hour without a zone. */
function showTalk(moment: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(new Date(`${moment}Z`));
}
