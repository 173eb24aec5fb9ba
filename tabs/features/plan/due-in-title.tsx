import { useEffect, useEffectEvent, useState } from 'react';
import { Checkbox } from '@fluentui/react-components';
import { saidAtEnd } from '../../../domain/said-days.ts';
import { titleAndDue } from '../../../domain/plan/said-due.ts';
import { showWholeDay } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { useDayReaders } from './day-readers.ts';
import { useDueText } from './due-text.ts';

/** A title, and the day with which it ended. */
export interface TitleAndDue {
  readonly title: string;
  readonly due: string;
}

/** Below a new title that ends with a day: that day, which is no part of the title unless somebody says otherwise. */
export default function DueInTitle({
  title,
  today,
  change,
}: {
  readonly title: string;
  readonly today: string;
  /** Null where the title is to stay as it is. */
  readonly change: (wanted: TitleAndDue | null) => void;
}) {
  const { locale } = useSession().texts;
  const t = useDueText();
  const languages = useDayReaders(true) ?? [];
  const [refused, setRefused] = useState<string | null>(null);
  const words = { by: t('words.by'), on: t('words.on'), notDue: t('words.notDue') };
  const text = title.trim();
  const found = titleAndDue(text, saidAtEnd(text, { today, languages }), { today, words });
  const due = found.title === '' ? null : found.due;
  const isTaken = due !== null && due !== refused;
  const tell = useEffectEvent(() => change(isTaken ? { title: found.title, due } : null));
  useEffect(() => tell(), [found.title, due, isTaken]);

  if (due === null) return null;
  return (
    <Checkbox
      checked={isTaken}
      label={t('inTitle', { day: showWholeDay(due, locale) })}
      onChange={(_, { checked }) => setRefused(checked === true ? null : due)}
    />
  );
}
