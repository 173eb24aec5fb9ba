import { Suspense, lazy } from 'react';
import {
  Field,
  Input,
  Radio,
  RadioGroup,
  Select,
  Subtitle1,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import {
  DigestRhythm,
  mostInOneRole,
  type Destination,
  type Settings,
  type Weekday,
} from '../../../domain/community.ts';
import { rhythmsOf } from '../../../domain/digest/digest.ts';
import { languages } from '../../../domain/locale.ts';
import { surveysPerMonth } from '../../../domain/surveys/pace.ts';
import { panelStyle } from '../../components/panel-style.ts';
import { PeopleField } from '../../components/people-field.tsx';
import { weekdayName } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { languageName } from './show-field.ts';
import { StartNow } from './start-now.tsx';
import { useSettingsText } from './text.ts';
import { TimeZoneField } from './time-zone-field.tsx';
import { WeekRhythm } from './week-rhythm.tsx';

// Computing with time zones brings a library along, so it comes after the form.
const NextCard = lazy(() => import('./next-card.tsx'));

const useStyles = makeStyles({
  group: {
    ...panelStyle,
    rowGap: tokens.spacingVerticalL,
    margin: 0,
    minWidth: 0,
  },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  // A choice is no wider than the page, however long the words are that can be chosen.
  pair: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    '& > *, & > * > *': { minWidth: 0, maxWidth: '100%' },
  },
});

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const surveyPaces: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

interface Fields {
  readonly settings: Settings;
  readonly change: (settings: Settings) => void;
}

/** Where the community lives, and who coordinates it. */
export function BasicFields({
  settings,
  change,
  now,
  zoneKnown,
  setZoneKnown,
  mayChooseCoordinators,
}: Fields & {
  readonly now: Date;
  readonly zoneKnown: boolean;
  readonly setZoneKnown: (known: boolean) => void;
  readonly mayChooseCoordinators: boolean;
}) {
  const { locale } = useSession().texts;
  const t = useSettingsText();
  const styles = useStyles();
  return (
    <section className={styles.group} aria-labelledby="settings-basics">
      <Subtitle1 as="h2" id="settings-basics" className={styles.title}>
        {t('basics')}
      </Subtitle1>
      <TimeZoneField
        zone={settings.timeZone}
        now={now}
        change={timeZone => change({ ...settings, timeZone })}
        known={zoneKnown}
        setKnown={setZoneKnown}
      />
      <Field label={t('fields.language')} hint={t('language.hint')}>
        <Select
          value={settings.language ?? 'en'}
          onChange={(_, data) => {
            const language = languages.find(one => one === data.value);
            if (language) change({ ...settings, language });
          }}
        >
          {languages.map(language => (
            <option key={language} value={language}>
              {languageName(language, locale)}
            </option>
          ))}
        </Select>
      </Field>
      <PeopleField
        label={t('fields.coordinators')}
        hint={t('coordinators.hint')}
        readOnly={!mayChooseCoordinators}
        warning={settings.coordinators.length === 0 ? t('coordinators.nobody') : null}
        people={settings.coordinators}
        most={mostInOneRole}
        change={coordinators => change({ ...settings, coordinators })}
      />
      {!mayChooseCoordinators && <Text className={styles.quiet}>{t('coordinators.fixed')}</Text>}
    </section>
  );
}

/** The facilitation week: when, by whom, and where its card goes. */
export function WeekFields({
  settings,
  change,
  now,
  timeKnown,
  showsNext,
  startsNow,
}: Fields & {
  readonly now: Date;
  readonly timeKnown: boolean;
  readonly showsNext: boolean;
  /** Whether these settings hold already, so that their card can be sent. */
  readonly startsNow: boolean;
}) {
  const { texts } = useSession();
  const t = useSettingsText();
  const styles = useStyles();
  const { facilitation } = settings;

  function changeWeek(part: Partial<Settings['facilitation']>): void {
    change({ ...settings, facilitation: { ...facilitation, ...part } });
  }

  return (
    <section className={styles.group} aria-labelledby="settings-week">
      <Subtitle1 as="h2" id="settings-week" className={styles.title}>
        {t('week')}
      </Subtitle1>
      <Text className={styles.quiet}>{t('weekHint')}</Text>
      <div className={styles.pair}>
        <Field label={t('fields.day')}>
          <Select
            value={String(facilitation.day)}
            onChange={(_, data) => changeWeek({ day: Number(data.value) as Weekday })}
          >
            {weekdays.map(day => (
              <option key={day} value={day}>
                {weekdayName(day, texts.locale)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('fields.time')} {...(timeKnown ? {} : { validationMessage: t('time.missing') })}>
          <Input type="time" value={facilitation.time} onChange={(_, data) => changeWeek({ time: data.value })} />
        </Field>
      </div>
      <PeopleField
        label={t('fields.facilitators')}
        hint={t('facilitators.hint')}
        warning={
          facilitation.facilitators.length === 0 && facilitation.destination === 'chats'
            ? t('facilitators.nobody')
            : null
        }
        people={facilitation.facilitators}
        most={mostInOneRole}
        change={facilitators => changeWeek({ facilitators })}
      />
      <Field label={t('fields.destination')}>
        <RadioGroup
          value={facilitation.destination}
          onChange={(_, data) => changeWeek({ destination: data.value as Destination })}
        >
          <Radio value="chats" label={t('destination.chats')} />
          <Radio value="channel" label={t('destination.channel')} />
        </RadioGroup>
      </Field>
      <WeekRhythm settings={settings} change={changeWeek} now={now} />
      {showsNext && (
        <Suspense fallback={<Text>{`${weekdayName(facilitation.day, texts.locale)}, ${facilitation.time}`}</Text>}>
          <NextCard settings={settings} now={now} />
        </Suspense>
      )}
      {startsNow && <StartNow />}
    </section>
  );
}

/** How often the digests go out. */
export function DigestFields({ settings, change }: Fields) {
  const t = useSettingsText();
  const styles = useStyles();
  const rhythms = rhythmsOf(settings);
  return (
    <section className={styles.group} aria-labelledby="settings-digest">
      <Subtitle1 as="h2" id="settings-digest" className={styles.title}>
        {t('digest')}
      </Subtitle1>
      <Text className={styles.quiet}>{t('digestHint')}</Text>
      <div className={styles.pair}>
        <Field label={t('fields.sponsorDigest')}>
          <Select
            value={rhythms.sponsor}
            onChange={(_, data) =>
              change({ ...settings, digest: { ...rhythms, sponsor: data.value as DigestRhythm['sponsor'] } })
            }
          >
            {DigestRhythm.shape.sponsor.options.map(rhythm => (
              <option key={rhythm} value={rhythm}>
                {t(`rhythm.${rhythm}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('fields.memberDigest')}>
          <Select
            value={rhythms.members}
            onChange={(_, data) =>
              change({ ...settings, digest: { ...rhythms, members: data.value as DigestRhythm['members'] } })
            }
          >
            {DigestRhythm.shape.members.options.map(rhythm => (
              <option key={rhythm} value={rhythm}>
                {t(`rhythm.${rhythm}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </section>
  );
}

/** How many surveys a member is sent. */
export function SurveyFields({ settings, change }: Fields) {
  const t = useSettingsText();
  const styles = useStyles();
  return (
    <section className={styles.group} aria-labelledby="settings-surveys">
      <Subtitle1 as="h2" id="settings-surveys" className={styles.title}>
        {t('surveys')}
      </Subtitle1>
      <Text className={styles.quiet}>{t('surveysHint')}</Text>
      <div className={styles.pair}>
        <Field label={t('fields.perMonth')}>
          <Select
            value={String(surveysPerMonth(settings))}
            onChange={(_, data) => change({ ...settings, surveys: { perMonth: Number(data.value) } })}
          >
            {surveyPaces.map(perMonth => (
              <option key={perMonth} value={perMonth}>
                {t('perMonth', { count: perMonth })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </section>
  );
}
