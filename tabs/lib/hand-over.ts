import { linkTo, type AnyEndpoint, type FileLink } from '../../domain/endpoint.ts';
import { use } from 'react';
import { SessionContext, useVisit } from './session.tsx';

/**
 * Hands a file to the person: the server keeps it for some minutes, and the host opens the link. In Teams' own windows
 * and on phones nothing becomes of a file that a page makes itself.
 */
export function useHandOver(): (file: AnyEndpoint, params?: Readonly<Record<string, string>>) => Promise<FileLink> {
  const { client, host } = useVisit();
  const session = use(SessionContext);
  return async (file, params = {}) => {
    const link = await client(linkTo(file), {
      params: { ...(session ? { community: session.communityId } : {}), ...params },
    });
    await host.openLink(link.url).catch(() => window.open(link.url, '_blank', 'noopener,noreferrer'));
    return link;
  };
}
