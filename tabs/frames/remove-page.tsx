import { useEffect } from 'react';
import { tabApi } from '../../domain/tab/api.ts';
import { NoticePage } from '../components/notice-page.tsx';
import { useVisit } from '../lib/session.tsx';
import { framesText } from './text.ts';

/** What Teams shows before it takes the tab out of a channel: from then on no card leads there. */
export default function RemovePage({ community }: { readonly community: string | null }) {
  const { host, client, texts } = useVisit();
  const t = framesText(texts);

  useEffect(() => {
    const { channel } = host.context;
    host.whenRemoved(async () => {
      if (community === null || channel === null) return;
      // Teams takes the tab away whatever comes of this.
      await client(tabApi.removeTab, { params: { community }, body: { channel: channel.id } }).catch(() => undefined);
    });
  }, [host, client, community]);

  return <NoticePage title={t('remove.title')} hint={t('remove.hint')} />;
}
