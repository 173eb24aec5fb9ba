import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'restify';
import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { Team } from '../directory.ts';
import type { LocalTenant } from '../tenant.ts';
import { teamRoute, wholeSeconds, type GraphAnswer, type Route, type TeamCall } from './call.ts';
import { problems } from './errors.ts';
import { identity } from './shapes.ts';
import { actorOf, etagOf, type Actor } from './stored.ts';
import { guid } from './sites.ts';

/** A document in a channel's folder, as the desk shows it. */
interface FileLook {
  readonly name: string;
  readonly folder: string;
  readonly url: string;
  readonly bytes: number;
  /** Counts the times it was put there. */
  readonly version: number;
  readonly modified: string;
  /** Null when the app did it for itself. */
  readonly modifiedBy: string | null;
}

/** The document library of each team's site, with a folder for each channel. */
export interface Files {
  list(team: Team): readonly FileLook[];
  /** The team whose library this is. */
  teamOf(drive: string): Team | undefined;
  onChange(listener: () => void): void;
  readonly routes: readonly Route[];
}

interface StoredFile {
  readonly id: string;
  readonly guid: string;
  readonly teamId: string;
  readonly folder: string;
  readonly name: string;
  readonly type: string;
  readonly number: number;
  readonly bytes: number;
  readonly created: string;
  readonly createdBy: Actor;
  readonly modified: string;
  readonly modifiedBy: Actor;
}

/** What SharePoint takes in no name. */
const refusedInNames = /["*:<>?/\\|]|^[ .]|[ .]$/;
const pages = '/sharepoint';

export function openFiles({
  server,
  store,
  directory,
  url,
}: Pick<LocalTenant, 'server' | 'store' | 'directory' | 'url'>): Files {
  const files = store.collection<StoredFile>('graph.files');
  /** By file and version, in base 64. */
  const contents = store.collection<string>('graph.file-contents');
  const listeners = new Set<() => void>();

  function driveOf(team: Team): string {
    return `b!${guid('drive', team.id).replaceAll('-', '')}`;
  }
  function folderId(team: Team, channel: string): string {
    return `01${guid('folder', `${team.id} ${channel}`).replaceAll('-', '').toUpperCase()}`;
  }
  function folderOf(team: Team, id: string): Team['channels'][number] | undefined {
    return team.channels.find(channel => folderId(team, channel.id) === id);
  }
  function webUrl(team: Team, folder: string, name?: string): string {
    const path = [
      ...team.sitePath.split('/').slice(1),
      'Shared Documents',
      folder,
      ...(name === undefined ? [] : [name]),
    ];
    return `${url()}${pages}/${path.map(encodeURIComponent).join('/')}`;
  }
  function inFolder(team: Team, folder: string): readonly StoredFile[] {
    return files.values().filter(file => file.teamId === team.id && file.folder === folder);
  }
  function folderName(team: Team, id: string): string {
    return folderOf(team, id)?.displayName ?? '';
  }

  function shownFolder(team: Team, channel: Team['channels'][number]): DriveItem {
    const id = folderId(team, channel.id);
    return {
      id,
      name: channel.displayName,
      webUrl: webUrl(team, channel.displayName),
      size: inFolder(team, id).reduce((sum, { bytes }) => sum + bytes, 0),
      parentReference: { driveId: driveOf(team), driveType: 'documentLibrary' },
      folder: { childCount: inFolder(team, id).length },
    };
  }
  function shownFile(team: Team, file: StoredFile): DriveItem & { '@odata.etag': string } {
    const etag = etagOf(file);
    return {
      '@odata.etag': etag,
      createdDateTime: file.created,
      eTag: etag,
      id: file.id,
      lastModifiedDateTime: file.modified,
      name: file.name,
      size: file.bytes,
      webUrl: webUrl(team, folderName(team, file.folder), file.name),
      createdBy: identity(file.createdBy),
      lastModifiedBy: identity(file.modifiedBy),
      parentReference: {
        driveId: driveOf(team),
        driveType: 'documentLibrary',
        id: file.folder,
        name: folderName(team, file.folder),
      },
      file: { mimeType: file.type },
    };
  }

  function put(call: TeamCall): GraphAnswer {
    const { team, params, headers, query, now, user } = call;
    const folder = params['item'] ?? '';
    const name = params['name'] ?? '';
    if (!folderOf(team, folder)) throw problems.itemNotFound('item');
    if (name === '' || refusedInNames.test(name))
      throw problems.invalid('The provided name cannot contain special characters');
    const content = contentOf(call.body);
    const existing = inFolder(team, folder).find(file => file.name.toLowerCase() === name.toLowerCase());
    const ifMatch = headers['if-match']?.trim();
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== (existing && etagOf(existing)))
      throw problems.changedSince();
    const behavior = query.get('@microsoft.graph.conflictBehavior') ?? 'replace';
    if (behavior !== 'replace' && behavior !== 'fail')
      throw problems.notSupported(
        `Local SharePoint replaces files or refuses to: conflictBehavior ${behavior} is not kept.`,
      );
    if (existing && behavior === 'fail') throw problems.nameAlreadyExists();

    const at = wholeSeconds(now);
    const actor = actorOf(user);
    const before = existing ?? {
      id: `01${randomUUID().replaceAll('-', '').toUpperCase()}`,
      guid: `{${randomUUID().toUpperCase()}}`,
      teamId: team.id,
      folder,
      name,
      created: at,
      createdBy: actor,
      number: 0,
    };
    const file: StoredFile = {
      ...before,
      type: headers['content-type']?.split(';')[0] ?? 'application/octet-stream',
      number: before.number + 1,
      bytes: content.byteLength,
      modified: at,
      modifiedBy: actor,
    };
    store.together(() => {
      files.put(file.id, file);
      contents.put(`${file.id}/${file.number}`, content.toString('base64'));
    });
    for (const listener of listeners) listener();
    return { status: existing ? 200 : 201, body: shownFile(team, file) };
  }

  /** What a person gets who opens the address of a file. */
  server.get(`${pages}/*`, async (request: Request, response: Response) => {
    const wanted = `${url()}${request.path()}`;
    const found = files.values().find(file => {
      const team = directory.team(file.teamId);
      return team !== undefined && webUrl(team, folderName(team, file.folder), file.name) === wanted;
    });
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('There is no such file.\n');
      return;
    }
    const bytes = Buffer.from(contents.get(`${found.id}/${found.number}`) ?? '', 'base64');
    response.writeHead(200, {
      'content-type': found.type,
      'content-length': bytes.byteLength,
      'content-disposition': `${found.type === 'application/pdf' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(found.name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    response.end(bytes);
  });

  return {
    list: team =>
      files
        .values()
        .filter(({ teamId }) => teamId === team.id)
        .map(file => ({
          name: file.name,
          folder: folderName(team, file.folder),
          url: webUrl(team, folderName(team, file.folder), file.name),
          bytes: file.bytes,
          version: file.number,
          modified: file.modified,
          modifiedBy: file.modifiedBy.user?.displayName ?? null,
        })),
    teamOf: drive => directory.teams().find(team => driveOf(team) === drive),
    onChange: listener => void listeners.add(listener),
    routes: [
      teamRoute('GET', '/teams/{team}/channels/{channel}/filesFolder', ({ team, params }) => {
        const channel = team.channels.find(({ id }) => id === params['channel']);
        if (!channel) throw problems.itemNotFound('channel');
        return { status: 200, body: shownFolder(team, channel) };
      }),
      teamRoute('PUT', '/drives/{drive}/items/{item}/{name}/content', put),
    ],
  };
}

/** A body arrives as bytes, or as text when its type is one of text. */
function contentOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'string') return Buffer.from(body);
  throw problems.invalid('Expected the content of the file in the body.');
}
