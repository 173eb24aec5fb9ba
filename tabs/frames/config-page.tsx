import { useEffect } from 'react';
import { MessageBar, MessageBarBody, Text, Title3, makeStyles, tokens } from '@fluentui/react-components';
import type { Host } from '../lib/teams.ts';
import type { Texts } from '../lib/text.ts';
import { framesText } from './text.ts';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    maxWidth: '40rem',
  },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXXL, '& li': { marginBottom: tokens.spacingVerticalS } },
});

/** What Teams shows when somebody adds the tab to a channel. */
export default function ConfigPage({ host, texts }: { readonly host: Host; readonly texts: Texts }) {
  const t = framesText(texts);
  const styles = useStyles();
  const { groupId } = host.context;

  useEffect(() => {
    if (groupId === null) return;
    const content = new URL('/tabs/', location.origin);
    content.searchParams.set('community', groupId);
    host.configure({
      contentUrl: content.href,
      websiteUrl: content.href,
      entityId: `community-${groupId}`,
      suggestedDisplayName: t('config.tabName'),
    });
  }, [host, groupId, t]);

  return (
    <main className={styles.page}>
      <Title3 as="h1">{t('config.title')}</Title3>
      {groupId === null ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('config.notHere')}</MessageBarBody>
        </MessageBar>
      ) : (
        <>
          <Text>{t('config.what')}</Text>
          <ul className={styles.list}>
            <li>{t('config.charter')}</li>
            <li>{t('config.settings')}</li>
            <li>{t('config.welcome')}</li>
          </ul>
          <Text>{t('config.where')}</Text>
          <Text weight="semibold">{t('config.save')}</Text>
        </>
      )}
    </main>
  );
}
