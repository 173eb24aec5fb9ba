import { z } from 'zod';
import type { TabPlace } from '../../domain/deep-links.ts';

const Context = z.object({ subEntityId: z.string(), channelId: z.string().optional() });

/** Where a link leads that `writeDeepLink` wrote with the same `teams`; null for any other. */
export function readDeepLink(teams: string, link: string): TabPlace | null {
  if (!link.startsWith(`${teams}/l/entity/`) || !URL.canParse(link)) return null;
  const { pathname, searchParams } = new URL(link);
  const [app = '', entity = ''] = pathname.slice('/l/entity/'.length).split('/').map(decodeURIComponent);
  const context = Context.safeParse(jsonIn(searchParams.get('context')));
  if (!context.success) return null;
  const { subEntityId: subPage, channelId: channel } = context.data;
  const webUrl = searchParams.get('webUrl');
  return {
    app,
    entity,
    subPage,
    ...(channel === undefined ? {} : { channel }),
    ...(webUrl === null ? {} : { webUrl }),
  };
}

function jsonIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
