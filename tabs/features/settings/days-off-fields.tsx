import { Button, Field, Input, Select, Subtitle1, Text, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, DismissRegular } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { settingsApi, type HolidaysView } from '../../../domain/settings/api.ts';
import {
  longestQuietTitle,
  mostQuietTimes,
  QuietDays,
  type Country,
  type QuietDays as Quiet,
  type Settings,
} from '../../../domain/community.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { dayOf } from '../../lib/dates.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { daysOffAhead, showDaysOff } from './days-off.ts';
import { countryName } from './show-field.ts';
import { useSettingsText } from './text.ts';

const useStyles = makeStyles({
  group: { ...panelStyle, rowGap: tokens.spacingVerticalL, margin: 0, minWidth: 0 },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  // A choice is no wider than the page, however long the words are that can be chosen.
  pair: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    '& > *, & > * > *': { minWidth: 0, maxWidth: '100%' },
  },
  times: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    border: 0,
    margin: 0,
    padding: 0,
  },
  time: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalM },
  button: { alignSelf: 'flex-start' },
});

/** How many days off ahead are named. */
const mostNamed = 6;

/** What is known of the holidays of the country that these settings name, in their zone. */
export function useHolidays({ country, timeZone }: Pick<Settings, 'country' | 'timeZone'>) {
  const { communityId } = useSession();
  const call = useCall();
  const params = {
    zone: timeZone,
    ...(country ? { country: country.code } : {}),
    ...(country?.region ? { region: country.region } : {}),
  };
  return useQuery({
    queryKey: keys.holidays(communityId, params),
    queryFn: ({ signal }) => call(settingsApi.holidays, { params, signal }),
    placeholderData: keepPreviousData,
  });
}

/** When the community is left in peace. */
export function DaysOffFields({
  settings,
  change,
  now,
}: {
  readonly settings: Settings;
  readonly change: (settings: Settings) => void;
  readonly now: Date;
}) {
  const { texts } = useSession();
  const t = useSettingsText();
  const styles = useStyles();
  const holidays = useHolidays(settings);
  const today = dayOf(now, settings.timeZone);
  const ahead = daysOffAhead(settings, holidays.data?.holidays ?? [], today);

  return (
    <section className={styles.group} aria-labelledby="settings-days-off">
      <Subtitle1 as="h2" id="settings-days-off" className={styles.title}>
        {t('daysOff')}
      </Subtitle1>
      <Text className={styles.quiet}>{t('daysOffHint')}</Text>
      {holidays.error && <FailureNotice error={holidays.error} again={() => void holidays.refetch()} />}
      <CountryFields settings={settings} change={change} known={holidays.data} />
      <QuietTimes settings={settings} change={change} today={today} />
      {ahead.length > 0 && (
        <Text>{t('off.ahead', { days: showDaysOff(ahead.slice(0, mostNamed), { t, locale: texts.locale }) })}</Text>
      )}
    </section>
  );
}

function CountryFields({
  settings,
  change,
  known,
}: {
  readonly settings: Settings;
  readonly change: (settings: Settings) => void;
  readonly known: HolidaysView | undefined;
}) {
  const { texts } = useSession();
  const t = useSettingsText();
  const styles = useStyles();
  const { country } = settings;
  const named = (code: string): string => countryName(code, texts.locale);
  const codes = [...new Set([...(known?.countries ?? []), ...(country ? [country.code] : [])])].toSorted((one, other) =>
    named(one).localeCompare(named(other), texts.locale),
  );
  const suggested = known?.suggested ?? null;

  function choose(chosen: Country | null): void {
    const { country: _before, ...others } = settings;
    change(chosen ? { ...others, country: chosen } : others);
  }

  return (
    <>
      <div className={styles.pair}>
        <Field label={t('fields.country')}>
          <Select
            value={country?.code ?? ''}
            onChange={(_, { value }) => choose(value === '' ? null : { code: value, region: null })}
          >
            <option value="">{t('country.none')}</option>
            {codes.map(code => (
              <option key={code} value={code}>
                {named(code)}
              </option>
            ))}
          </Select>
        </Field>
        {country && known && known.regions.length > 0 && (
          <Field label={t('country.region')}>
            <Select
              value={country.region ?? ''}
              onChange={(_, { value }) => choose({ ...country, region: value === '' ? null : value })}
            >
              <option value="">{t('country.whole')}</option>
              {known.regions.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      {!country && suggested !== null && (
        <Button className={styles.button} onClick={() => choose({ code: suggested, region: null })}>
          {t('country.suggested', { country: named(suggested) })}
        </Button>
      )}
    </>
  );
}

function QuietTimes({
  settings,
  change,
  today,
}: {
  readonly settings: Settings;
  readonly change: (settings: Settings) => void;
  readonly today: string;
}) {
  const t = useSettingsText();
  const styles = useStyles();
  const { quiet = [], ...others } = settings;

  function set(times: readonly Quiet[]): void {
    change(times.length > 0 ? { ...others, quiet: [...times] } : others);
  }
  const setOne = (at: number, part: Partial<Quiet>): void =>
    set(quiet.map((time, index) => (index === at ? { ...time, ...part } : time)));

  return (
    <>
      {quiet.map((time, index) => (
        <fieldset key={index} className={styles.times}>
          <div className={styles.time}>
            <Field label={t('quiet.from')}>
              <Input type="date" value={time.from} onChange={(_, { value }) => setOne(index, { from: value })} />
            </Field>
            <Field label={t('quiet.to')} {...(isKnown(time) ? {} : { validationMessage: t('quiet.wrong') })}>
              <Input
                type="date"
                min={time.from}
                value={time.to}
                onChange={(_, { value }) => setOne(index, { to: value })}
              />
            </Field>
            <Field label={t('quiet.title')}>
              <Input
                value={time.title}
                maxLength={longestQuietTitle}
                onChange={(_, { value }) => setOne(index, { title: value })}
              />
            </Field>
            <Button
              icon={<DismissRegular />}
              aria-label={t('quiet.remove', { title: time.title })}
              onClick={() => set(quiet.filter((_time, other) => other !== index))}
            />
          </div>
        </fieldset>
      ))}
      {quiet.length < mostQuietTimes && (
        <Button
          className={styles.button}
          icon={<AddRegular />}
          onClick={() => set([...quiet, { from: today, to: today, title: '' }])}
        >
          {t('quiet.add')}
        </Button>
      )}
    </>
  );
}

/** Whether every quiet time can be saved as it stands. */
export function quietKnown({ quiet = [] }: Settings): boolean {
  return quiet.every(isKnown);
}

function isKnown(time: Quiet): boolean {
  return QuietDays.safeParse(time).success;
}
