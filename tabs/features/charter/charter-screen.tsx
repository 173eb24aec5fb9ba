import { Suspense, lazy, useEffect } from 'react';
import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  Title2,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { charterApi, type CharterView } from '../../../domain/charter/api.ts';
import type { SectionId } from '../../../domain/charter/charter.ts';
import { charterSections } from '../../../domain/charter/method.ts';
import { ErrorBoundary } from '../../components/error-boundary.tsx';
import { Loading } from '../../components/loading.tsx';
import { Outdated } from '../../components/outdated.tsx';
import { keys } from '../../lib/queries.ts';
import { readingOf, type Reader } from '../../lib/reading.ts';
import { useCommunity, useSession } from '../../lib/session.tsx';
import { sectionOf } from './charter-view.ts';
import { ConsentRound } from './consent-round.tsx';
import { Contents } from './contents.tsx';
import { loadEditor } from './load-editor.ts';
import { ReviewDate } from './review-date.tsx';
import { SectionPanel } from './section-panel.tsx';
import { showSection } from './show-section.ts';
import { useCharterText } from './text.ts';
import { voicesOf } from './voices.ts';

const DownloadCharter = lazy(() => import('./download-charter.tsx'));

const useStyles = makeStyles({
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalL,
    '@media (min-width: 56rem)': { gridTemplateColumns: '15rem minmax(0, 1fr)' },
  },
  head: { gridColumn: '1 / -1', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  acts: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, ':empty': { display: 'none' } },
  intro: { color: tokens.colorNeutralForeground2 },
  sections: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
});

/** For `screens.ts`, which takes it from whatever screen is next. @public */
export const read = (reader: Reader) => readingOf(reader, keys.charter, charterApi.charter);

/** The charter: everyone reads it, coordinators write it in place. */
export default function CharterScreen({ section: wanted }: { readonly section: SectionId | null }) {
  const t = useCharterText();
  const charter = useQuery({ ...read(useSession()), refetchInterval: 60_000 });
  const community = useCommunity();
  const styles = useStyles();
  const mayEdit = community.may['charter.edit'];
  const arrived = charter.isSuccess;

  useEffect(() => {
    if (arrived && wanted) showSection(wanted);
  }, [arrived, wanted]);

  useEffect(() => {
    // A failure shows when the editor is opened, not here.
    if (arrived && mayEdit) loadEditor().catch(() => undefined);
  }, [arrived, mayEdit]);

  const title = <Title2 as="h1">{t('title', { community: community.name })}</Title2>;
  if (!charter.data) return <Loading title={title} query={charter} label={t('loading')} blocks={5} />;
  const { voices } = charter.data;
  const written = new Set(
    charter.data.sections.filter(section => section.text.trim() !== '').map(section => section.id),
  );

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {title}
        <Text className={styles.intro}>{t('intro')}</Text>
        <ReviewDate review={charter.data.review} today={charter.data.today} mayEdit={mayEdit} />
        {written.size > 0 && (
          <div className={styles.acts}>
            {!community.off.includes('exports') && (
              <Suspense fallback={null}>
                <DownloadCharter />
              </Suspense>
            )}
            <ConsentRound round={voices.round} today={charter.data.today} mayAsk={mayEdit} />
          </div>
        )}
        {!mayEdit && <WhoMayEdit coordinators={charter.data.coordinators} />}
        <Outdated query={charter} />
        {written.size === 0 && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t('empty.title')}</MessageBarTitle>
              <div>{t(mayEdit ? 'empty.mine' : 'empty.others')}</div>
            </MessageBarBody>
          </MessageBar>
        )}
      </header>
      <Contents written={written} />
      <div className={styles.sections}>
        {charterSections.map(guide => (
          // One that breaks takes none of the others with it.
          <ErrorBoundary
            key={guide.id}
            instead={
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>
                  <MessageBarTitle>{t(`method.${guide.id}.title`)}</MessageBarTitle>
                  {t('brokenSection')}
                </MessageBarBody>
              </MessageBar>
            }
          >
            <SectionPanel
              guide={guide}
              section={sectionOf(charter.data, guide.id)}
              mayEdit={mayEdit}
              said={voicesOf(voices, guide.id)}
              drafts={voices.drafts.filter(draft => draft.section === guide.id)}
            />
          </ErrorBoundary>
        ))}
      </div>
    </div>
  );
}

/** Says who can change the charter, by name when we know the coordinators. */
function WhoMayEdit({ coordinators }: Pick<CharterView, 'coordinators'>) {
  const { texts } = useSession();
  const t = useCharterText();
  const names = new Intl.ListFormat(texts.locale, { type: 'unit', style: 'long' }).format(
    coordinators.map(person => person.name),
  );
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>{coordinators.length > 0 ? t('readOnlyNames', { names }) : t('readOnly')}</MessageBarBody>
    </MessageBar>
  );
}
