import { useEffect, useId, useState } from 'react';
import {
  Button,
  Field,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Select,
  Text,
  makeStyles,
  mergeClasses,
  tokens,
  typographyStyles,
} from '@fluentui/react-components';
import { DismissRegular, HistoryRegular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { charterApi, type CharterView, type HistoryView } from '../../../domain/charter/api.ts';
import type { CharterSection } from '../../../domain/charter/method.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { Warning } from '../../components/warning.tsx';
import { ApiFailure } from '../../lib/api.ts';
import { showMoment } from '../../lib/dates.ts';
import { useFocusTarget } from '../../lib/focus.ts';
import { keys } from '../../lib/queries.ts';
import { useCall, useSession } from '../../lib/session.tsx';
import { withSection } from './charter-view.ts';
import { Comparison } from './comparison.tsx';
import { useHistoryText } from './history-text.ts';
import { useSectionTitle } from './text.ts';

type Version = HistoryView['versions'][number];

const useStyles = makeStyles({
  history: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
  heading: { ...typographyStyles.subtitle2, margin: 0, ':focus': { outlineStyle: 'none' } },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    '@media (min-width: 48rem)': { gridTemplateColumns: '15rem minmax(0, 1fr)' },
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    maxHeight: '14rem',
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXXS,
    '@media (min-width: 48rem)': { maxHeight: '28rem' },
  },
  version: {
    width: '100%',
    justifyContent: 'flex-start',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    borderLeft: `3px solid ${tokens.colorTransparentStroke}`,
  },
  // A ground of its own would take the contrast away from the text in high-contrast themes.
  chosen: { borderLeftColor: tokens.colorCompoundBrandStroke, fontWeight: tokens.fontWeightSemibold },
  lines: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  moment: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  quiet: { color: tokens.colorNeutralForeground2 },
  side: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    rowGap: tokens.spacingVerticalM,
    minWidth: 0,
  },
  restore: { alignSelf: 'flex-start' },
});

/** Who wrote what in one section, what a save changed, and the way back to an older text. */
export default function SectionHistory({
  guide,
  mayEdit,
  stop,
}: {
  readonly guide: CharterSection;
  readonly mayEdit: boolean;
  /** Leaves the history, with a sentence to show about what happened. */
  readonly stop: (sentence: string | null) => void;
}) {
  const { communityId, texts } = useSession();
  const t = useHistoryText();
  const title = useSectionTitle(guide.id);
  const styles = useStyles();
  const call = useCall();
  const listId = useId();
  const { ref: heading, focus } = useFocusTarget();
  const [chosen, setChosen] = useState<string | null>(null);
  // Null follows the choice: what this save changed. The empty text stands for no comparison.
  const [other, setOther] = useState<string | null>(null);
  const history = useQuery({
    queryKey: keys.history(communityId, guide.id),
    queryFn: ({ signal }) => call(charterApi.sectionHistory, { params: { section: guide.id }, signal }),
    staleTime: 0,
  });

  useEffect(focus, [focus]);

  const versions = history.data?.versions ?? [];
  const index = Math.max(
    0,
    versions.findIndex(version => version.version === chosen),
  );
  const shown = versions[index];
  const compared = other === null ? versions[index + 1] : versions.find(version => version.version === other);

  function nameOf(version: Version): string {
    return version.by ?? t('somebody');
  }
  function choose(version: Version): void {
    setChosen(version.version);
    setOther(null);
  }

  return (
    <div className={styles.history}>
      <div className={styles.head}>
        <h3 ref={heading} tabIndex={-1} className={styles.heading}>
          {t('title', { section: title })}
        </h3>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={t('close')}
          title={t('close')}
          onClick={() => stop(null)}
        />
      </div>
      {history.isPending && <Waiting label={t('loading')} blocks={1} />}
      {history.isError && <FailureNotice error={history.error} again={() => void history.refetch()} />}
      {shown && history.data && (
        <div className={styles.columns}>
          <div>
            <Text id={listId} weight="semibold">
              {t('versions')}
            </Text>
            <ol className={styles.list} aria-labelledby={listId}>
              {versions.map((version, at) => (
                <li key={version.version}>
                  <Button
                    appearance="subtle"
                    className={mergeClasses(styles.version, version === shown && styles.chosen)}
                    aria-current={version === shown}
                    onClick={() => choose(version)}
                  >
                    <span className={styles.lines}>
                      <span>
                        {nameOf(version)}
                        {at === 0 ? ` · ${t('now')}` : ''}
                      </span>
                      <span className={styles.moment}>{showMoment(version.at, texts.locale)}</span>
                    </span>
                  </Button>
                </li>
              ))}
            </ol>
            {history.data.more && (
              <Text size={200} className={styles.quiet}>
                {t('more')}
              </Text>
            )}
          </div>
          <div className={styles.side}>
            {versions.length > 1 && (
              <Field label={t('compareWith')}>
                <Select value={other ?? compared?.version ?? ''} onChange={(_, data) => setOther(data.value)}>
                  <option value="">{t('nothing')}</option>
                  {versions.map(
                    (version, at) =>
                      version !== shown && (
                        <option key={version.version} value={version.version}>
                          {t(at === 0 ? 'optionNow' : 'option', {
                            when: showMoment(version.at, texts.locale),
                            name: nameOf(version),
                          })}
                        </option>
                      ),
                  )}
                </Select>
              </Field>
            )}
            {!compared && index === versions.length - 1 && <Text className={styles.quiet}>{t('first')}</Text>}
            <Comparison {...pair(versions, shown, compared)} t={t} />
            {mayEdit && index > 0 && (
              <Restore
                key={shown.version}
                guide={guide}
                version={shown}
                etag={history.data.etag}
                name={nameOf(shown)}
                stop={stop}
              />
            )}
          </div>
        </div>
      )}
    </div>
  );
}

/** Whichever is chosen, one reads from the older text to the newer one. */
function pair(
  versions: readonly Version[],
  shown: Version,
  compared: Version | undefined,
): { readonly older: Version | null; readonly newer: Version } {
  if (!compared) return { older: null, newer: shown };
  return versions.indexOf(compared) > versions.indexOf(shown)
    ? { older: compared, newer: shown }
    : { older: shown, newer: compared };
}

/** Saves an old text as a new version, based on what is stored now. */
function Restore({
  guide,
  version,
  etag,
  name,
  stop,
}: {
  readonly guide: CharterSection;
  readonly version: Version;
  readonly etag: string | null;
  readonly name: string;
  readonly stop: (sentence: string | null) => void;
}) {
  const { communityId, texts } = useSession();
  const t = useHistoryText();
  const title = useSectionTitle(guide.id);
  const styles = useStyles();
  const call = useCall();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const when = showMoment(version.at, texts.locale);

  const restore = useMutation({
    mutationFn: () =>
      call(charterApi.saveSection, { params: { section: guide.id }, body: { text: version.text }, ifMatch: etag }),
    async onSuccess(section) {
      await queries.cancelQueries({ queryKey: keys.charter(communityId) });
      queries.setQueryData<CharterView>(keys.charter(communityId), before => before && withSection(before, section));
      stop(t('restored', { when }));
    },
    onError(error) {
      if (error instanceof ApiFailure && error.code === 'version-conflict')
        void queries.invalidateQueries({ queryKey: keys.history(communityId, guide.id) });
    },
  });
  const overtaken = restore.error instanceof ApiFailure && restore.error.code === 'version-conflict';

  return (
    <>
      {overtaken && <Warning>{t('meanwhile', { section: title })}</Warning>}
      {restore.isError && !overtaken && <FailureNotice error={restore.error} again={() => restore.mutate()} />}
      {sure ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('sure', { name, when })}</MessageBarBody>
          <MessageBarActions>
            <Button
              appearance="primary"
              autoFocus
              disabledFocusable={restore.isPending}
              onClick={() => {
                if (!restore.isPending) restore.mutate(undefined, { onError: () => setSure(false) });
              }}
            >
              {t('confirm')}
            </Button>
            <Button onClick={() => setSure(false)}>{t('cancel')}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        <Button className={styles.restore} icon={<HistoryRegular />} onClick={() => setSure(true)}>
          {t('restore')}
        </Button>
      )}
    </>
  );
}
