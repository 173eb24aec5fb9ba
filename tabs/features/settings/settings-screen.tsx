import { Suspense, useEffect } from 'react';
import { MessageBar, MessageBarBody, Subtitle1, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { settingsApi } from '../../../domain/settings/api.ts';
import type { Settings } from '../../../domain/community.ts';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { panelStyle } from '../../components/panel-style.ts';
import { Waiting } from '../../components/waiting.tsx';
import { dayOf } from '../../lib/dates.ts';
import { later } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import type { FieldName } from './changes.ts';
import { showField } from './show-field.ts';
import { useSettingsText } from './text.ts';

// Members read; what is needed to change comes for those who may, at the same time as what is chosen.
const ToChange = later(() => import('./to-change.tsx'));

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '44rem' },
  part: panelStyle,
  heading: { margin: 0 },
  // On a phone each name stands above its value.
  facts: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    margin: 0,
    '& dd': { margin: 0 },
    '@media (min-width: 32rem)': {
      gridTemplateColumns: 'minmax(8rem, auto) minmax(0, 1fr)',
      columnGap: tokens.spacingHorizontalL,
    },
  },
  fact: { '@media (min-width: 32rem)': { display: 'contents' } },
  name: { fontWeight: tokens.fontWeightSemibold },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.settings, settingsApi.settings);

/** What a community chose about itself: coordinators change it, everyone may look. */
export default function SettingsScreen() {
  const t = useSettingsText();
  const styles = useStyles();
  const community = useCommunity();
  const settings = useQuery(read(useSession()));
  const mayEdit = community.may['settings.edit'];
  useEffect(() => {
    if (mayEdit) ToChange.prepare();
  }, [mayEdit]);

  const title = <Title2 as="h1">{t('title', { community: community.name })}</Title2>;
  if (!settings.data) return <Loading title={title} query={settings} label={t('loading')} blocks={4} />;

  return (
    <div className={styles.page}>
      {title}
      <Outdated query={settings} />
      {mayEdit ? (
        <Suspense fallback={<Waiting label={t('loading')} blocks={4} />}>
          <ToChange view={settings.data} />
        </Suspense>
      ) : (
        <>
          <MessageBar layout="multiline">
            <MessageBarBody>{t('readOnly')}</MessageBarBody>
          </MessageBar>
          {settings.data.settings === null ? (
            <p>{t('nothing')}</p>
          ) : (
            <Facts settings={settings.data.settings} now={new Date(settings.data.now)} />
          )}
        </>
      )}
    </div>
  );
}

/** What belongs together, under the same headings as where it is changed. */
const parts = [
  { name: 'basics', shown: ['timeZone', 'coordinators'] },
  { name: 'week', shown: ['day', 'time', 'facilitators', 'destination', 'size', 'from', 'mornings'] },
  { name: 'digest', shown: ['sponsorDigest', 'memberDigest'] },
  { name: 'surveys', shown: ['perMonth'] },
  { name: 'daysOff', shown: ['country', 'quiet'] },
] as const satisfies readonly { name: string; shown: readonly FieldName[] }[];

function Facts({ settings, now }: { readonly settings: Settings; readonly now: Date }) {
  const { texts } = useSession();
  const t = useSettingsText();
  const styles = useStyles();
  const today = dayOf(now, settings.timeZone);
  return parts.map(({ name, shown }) => (
    <section key={name} className={styles.part} aria-labelledby={`settings-${name}`}>
      <Subtitle1 as="h2" id={`settings-${name}`} className={styles.heading}>
        {t(name)}
      </Subtitle1>
      <dl className={styles.facts}>
        {shown
          .filter(field => saysSomething(field, settings, today))
          .map(field => (
            <div key={field} className={styles.fact}>
              <dt className={styles.name}>{t(`fields.${field}`)}</dt>
              <dd>{showField(field, settings, { t, locale: texts.locale })}</dd>
            </div>
          ))}
      </dl>
    </section>
  ));
}

/** False for a pause that nobody asked for or that is over, and for lines that nobody gets. */
function saysSomething(field: FieldName, { facilitation }: Settings, today: string): boolean {
  if (field === 'from') return facilitation.from !== undefined && facilitation.from > today;
  return field !== 'mornings' || (facilitation.mornings ?? []).length > 0;
}
