import { useState } from 'react';
import { Field, Input } from '@fluentui/react-components';
import { saidAtEnd, type DayReader } from '../../../domain/said-days.ts';
import { showWholeDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { useDayReaders } from './day-readers.ts';
import { useDueText } from './due-text.ts';

/** The whole text is a day, and nothing else. */
function dayIn(text: string, today: string, languages: readonly DayReader[]): string | null {
  const said = saidAtEnd(text, { today, languages });
  return said?.before === '' ? said.day : null;
}

/**
 * The day in words. While somebody types, the form has the day that is understood, and the one from before where there
 * is none; what is understood stands below.
 */
export function DueWords({
  due,
  today,
  change,
}: {
  readonly due: string | null;
  readonly today: string;
  readonly change: (due: string | null) => void;
}) {
  const { locale } = useSession().texts;
  const t = useDueText();
  const [typed, setTyped] = useState('');
  const [before, setBefore] = useState(due);
  const [entered, setEntered] = useState(false);
  const readers = useDayReaders(entered);
  const understood = readers ? dayIn(typed, today, readers) : null;
  const isSaid = typed.trim() !== '';

  function type(text: string): void {
    setTyped(text);
    if (!readers) return;
    const day = text.trim() === '' ? null : dayIn(text, today, readers);
    if ((day ?? before) !== due) change(day ?? before);
  }

  const message =
    !isSaid || !readers
      ? {}
      : understood === null
        ? { validationState: 'none' as const, validationMessage: t('notYet') }
        : { validationState: 'success' as const, validationMessage: showWholeDay(understood, locale) };
  return (
    <Field label={{ children: t('label'), size: 'small' }} {...message}>
      <Input
        size="small"
        dir="auto"
        placeholder={t('placeholder')}
        value={typed}
        onFocus={() => {
          setEntered(true);
          if (!isSaid) setBefore(due);
        }}
        onChange={(_, { value }) => type(value)}
        onKeyDown={event => {
          // It is in the form already; the form itself is saved by its button, or with Ctrl.
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
        }}
        onBlur={() => {
          if (understood !== null) setTyped('');
        }}
      />
    </Field>
  );
}
