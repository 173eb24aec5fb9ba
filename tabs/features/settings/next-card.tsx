import { Text, makeStyles, tokens } from '@fluentui/react-components';
import { restOf } from '../../../domain/attention/open-days.ts';
import type { Settings } from '../../../domain/community.ts';
import { workingDays } from '../../../domain/facilitation/facilitation.ts';
import { nextWeekCard } from '../../../domain/facilitation/card-day.ts';
import { weekdayName } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { useHolidays } from './days-off-fields.tsx';
import { showNames } from './show-field.ts';
import { useSettingsText } from './text.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

/** What these settings lead to: when the next card goes out, to whom, for which days. */
export default function NextCard({ settings, now }: { readonly settings: Settings; readonly now: Date }) {
  const { texts } = useSession();
  const t = useSettingsText();
  const styles = useStyles();
  const {
    timeZone,
    facilitation: { day, facilitators, destination },
  } = settings;
  const { locale } = texts;
  const holidays = useHolidays(settings);
  const rest = restOf(settings, off => holidays.data?.holidays.some(holiday => holiday.day === off) ?? false);
  const next = nextWeekCard(settings, rest, now);
  const there = showIn(next, locale, timeZone);
  const here = showIn(next, locale);
  const days = new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    workingDays(day).map(weekday => weekdayName(weekday, locale)),
  );

  return (
    <div className={styles.box} role="group" aria-label={t('next.label')}>
      <Text weight="semibold">{t('next.when', { moment: there })}</Text>
      {here !== there && <Text>{t('next.yours', { moment: here })}</Text>}
      <Text>
        {recipients()} {t('next.days', { days })}
      </Text>
    </div>
  );

  function recipients(): string {
    if (destination === 'channel') return t('next.toChannel');
    return facilitators.length === 0
      ? t('next.toNobody')
      : t('next.to', { count: facilitators.length, names: showNames(facilitators, locale) });
  }
}

function showIn(moment: Date, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(moment);
}
