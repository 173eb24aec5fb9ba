import { useState } from 'react';
import { Radio, RadioGroup, Text, Title2, makeStyles, tokens } from '@fluentui/react-components';
import { useCommunity } from '../lib/session.tsx';
import { LogLines, LogNotice, type LogView, type ShownLog } from './log-lines.tsx';
import { useLogText } from './log-text.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  words: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '48rem' },
  scope: { flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A log as a screen of a community; administrators may look at that of all from there. */
export function LogScreen<View extends LogView>({ log }: { readonly log: ShownLog<View> }) {
  const { t, permission } = log;
  const words = useLogText();
  const community = useCommunity();
  const mayRead = community.may[permission] === true;
  const [ofAll, setOfAll] = useState(!mayRead);
  const styles = useStyles();

  if (!mayRead && !community.administrator) {
    return (
      <div className={styles.page}>
        <Title2 as="h1">{t('title')}</Title2>
        <LogNotice title={t('closed.title')} hint={t('closed.hint')} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <div className={styles.words}>
        <Title2 as="h1">{t('title')}</Title2>
        <Text className={styles.quiet}>{ofAll ? t('introOfAll') : t('intro', { community: community.name })}</Text>
      </div>
      {community.administrator && mayRead && (
        <RadioGroup
          layout="horizontal"
          className={styles.scope}
          aria-label={words('scope.label')}
          value={ofAll ? 'all' : 'this'}
          onChange={(_, { value }) => setOfAll(value === 'all')}
        >
          <Radio value="this" label={words('scope.this')} />
          <Radio value="all" label={words('scope.all')} />
        </RadioGroup>
      )}
      <LogLines
        key={String(ofAll)}
        log={log}
        community={ofAll ? null : community.id}
        mayExport={!community.off.includes('exports')}
      />
    </div>
  );
}
