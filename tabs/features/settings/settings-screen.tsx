import { Suspense, useEffect } from 'react';
import { MessageBar, MessageBarBody, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { settingsApi } from '../../../domain/settings/api.ts';
import type { Settings } from '../../../domain/community.ts';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { later } from '../../lib/later.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { fields } from './changes.ts';
import { showField } from './show-field.ts';
import { useSettingsText } from './text.ts';

// Members read; what is needed to change comes for those who may, at the same time as what is chosen.
const ToChange = later(() => import('./to-change.tsx'));

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, maxWidth: '44rem' },
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
          {settings.data.settings === null ? <p>{t('nothing')}</p> : <Facts settings={settings.data.settings} />}
        </>
      )}
    </div>
  );
}

function Facts({ settings }: { readonly settings: Settings }) {
  const { texts } = useSession();
  const t = useSettingsText();
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {fields.map(field => (
        <div key={field} className={styles.fact}>
          <dt className={styles.name}>{t(`fields.${field}`)}</dt>
          <dd>{showField(field, settings, { t, locale: texts.locale })}</dd>
        </div>
      ))}
    </dl>
  );
}
