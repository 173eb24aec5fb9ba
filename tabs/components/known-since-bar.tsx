import { useEffect, useSyncExternalStore } from 'react';
import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { showRecent } from '../lib/dates.ts';
import { useSession, useVisit } from '../lib/session.tsx';
import { useShellText } from '../lib/shell-text.ts';

const useStyles = makeStyles({ bar: { borderRadius: 0, borderLeft: 'none', borderRight: 'none', borderTop: 'none' } });

/** Nothing, as long as SharePoint answers; else as of when everything is. It goes by itself. */
export function KnownSinceBar() {
  const { locale } = useVisit().texts;
  const t = useShellText();
  const styles = useStyles();
  const since = useKnownSince();
  if (since === null) return null;
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.bar} politeness="polite">
      <MessageBarBody>{t('knownSince', { when: showRecent(since, locale) })}</MessageBarBody>
    </MessageBar>
  );
}

/** How often it is looked whether SharePoint says something again, in milliseconds. */
const lookEvery = 15_000;

/** As of when what is on this page is known; null for now. While it is old, it is asked for again. */
function useKnownSince(): Date | null {
  const { client, communityId } = useSession();
  const queries = useQueryClient();
  const since = useSyncExternalStore(client.knownSince.listen, () => client.knownSince.of(communityId));
  const isOld = since !== null;
  useEffect(() => {
    if (!isOld) return undefined;
    const looking = setInterval(() => void queries.refetchQueries({ type: 'active' }), lookEvery);
    return () => clearInterval(looking);
  }, [isOld, queries]);
  return since;
}
