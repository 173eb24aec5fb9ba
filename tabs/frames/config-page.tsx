import { useEffect, useState } from 'react';
import {
  Field,
  MessageBar,
  MessageBarBody,
  Select,
  Text,
  Title3,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { tabApi } from '../../domain/tab/api.ts';
import { tabEntity } from '../../domain/deep-links.ts';
import { firstScreen, pagesOf, roomNames, screenNames, type ScreenName } from '../../domain/tab/screens.ts';
import { useVisit, type Visit } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';
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

/** What everybody in the team may open, and comes back to. */
const offered: readonly ScreenName[] = ['overview', 'charter', 'plan', 'roles', 'digest', 'surveys'];

/** What Teams shows when somebody adds the tab to a channel, or changes it. */
export default function ConfigPage() {
  const { host, client, texts } = useVisit();
  const t = framesText(texts);
  const words = useShellText();
  const styles = useStyles();
  const [opensOn, setOpensOn] = useState<ScreenName>(firstScreen);
  const { groupId, channel } = host.context;
  const name = t('config.tabName');

  useEffect(() => {
    if (groupId === null) return;
    const page = (parameters: Readonly<Record<string, string>>) =>
      `${location.origin}/tabs/?${new URLSearchParams({ ...parameters, community: groupId })}`;
    const contentUrl = page(opensOn === firstScreen ? {} : { screen: opensOn });
    host.configure(
      {
        contentUrl,
        websiteUrl: contentUrl,
        removeUrl: page({ frame: 'remove' }),
        entityId: tabEntity,
        suggestedDisplayName: name,
      },
      () => remember({ host, client }, groupId, opensOn),
    );
  }, [host, client, groupId, opensOn, name]);

  return (
    <main className={styles.page}>
      <Title3 as="h1">{t('config.title')}</Title3>
      {groupId === null ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('config.notHere')}</MessageBarBody>
        </MessageBar>
      ) : (
        <>
          {channel?.isStandard === false && (
            <MessageBar intent="info" layout="multiline">
              <MessageBarBody>{t('config.wholeTeam')}</MessageBarBody>
            </MessageBar>
          )}
          <Text>{t('config.what')}</Text>
          <ul className={styles.list}>
            {roomNames
              .filter(room => pagesOf(room).length > 0)
              .map(room => (
                <li key={room}>
                  <Text weight="semibold">{words(`rooms.${room}`)}</Text>: {t(`config.rooms.${room}`)}
                </li>
              ))}
          </ul>
          <Text>{t('config.where')}</Text>
          <Field label={t('config.opensOn')}>
            <Select
              value={opensOn}
              onChange={(_, { value }) => setOpensOn(screenNames.find(one => one === value) ?? firstScreen)}
            >
              {offered.map(screen => (
                <option key={screen} value={screen}>
                  {words(`screens.${screen}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Text weight="semibold">{t('config.save')}</Text>
        </>
      )}
    </main>
  );
}

/** From now on cards in the channel lead to this tab. When this fails, the tab says so itself when it is opened. */
async function remember(
  { host, client }: Pick<Visit, 'host' | 'client'>,
  community: string,
  opensOn: ScreenName,
): Promise<void> {
  const { channel, appId } = host.context;
  const tab = channel?.isStandard
    ? { channel: channel.id, entity: tabEntity, subPage: opensOn === firstScreen ? null : opensOn }
    : undefined;
  const body = { ...(tab ? { tab } : {}), ...(appId === null ? {} : { app: appId }) };
  await client(tabApi.seeTab, { params: { community }, body }).catch(() => undefined);
}
