import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { FileAnswer } from '../../domain/endpoint.ts';
import type { Clock } from '../ports.ts';
import type { Db } from './tables.ts';

/** How long a file waits to be fetched, in milliseconds: the link is opened at once, perhaps by a slow phone. */
const fetchedWithin = 5 * 60_000;

/** Files on their way from a tab to the person's browser, which comes without the tab's token. */
export interface HandedFiles {
  /** Keeps a file for a few minutes. What comes back is the only way to it. */
  keep(file: FileAnswer): Promise<string>;
  /** The file, as often as it is asked for in that time: a phone may ask twice. Undefined when it is over. */
  take(token: string): Promise<FileAnswer | undefined>;
}

/**
 * Each file is sealed with a key that is in its link alone, so that the database and its backups hold nothing that
 * anybody can read.
 */
export function createHandedFiles(db: Db, now: Clock): HandedFiles {
  return {
    async keep({ name, type, bytes }) {
      const token = randomBytes(32);
      const { id, key } = derived(token);
      await db.deleteFrom('handed_files').where('expires_at', '<', now()).execute();
      await db
        .insertInto('handed_files')
        .values({
          id,
          label: seal(key, Buffer.from(`${type}\n${name}`)),
          content: seal(key, Buffer.from(bytes)),
          expires_at: new Date(now().getTime() + fetchedWithin),
        })
        .execute();
      return token.toString('base64url');
    },
    async take(token) {
      const { id, key } = derived(Buffer.from(token, 'base64url'));
      const row = await db
        .selectFrom('handed_files')
        .select(['label', 'content'])
        .where('id', '=', id)
        .where('expires_at', '>=', now())
        .executeTakeFirst();
      if (!row) return undefined;
      // A media type has no line break, a name could.
      const [type = '', ...name] = unseal(key, row.label).toString().split('\n');
      return { name: name.join('\n'), type, bytes: new Uint8Array(unseal(key, row.content)) };
    },
  };
}

function derived(token: Buffer): { readonly id: string; readonly key: Buffer } {
  const of = (use: string) => createHash('sha256').update(use).update(token).digest();
  return { id: of('id').toString('base64url'), key: of('key') };
}

function seal(key: Buffer, bytes: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Buffer, stored: Uint8Array): Buffer {
  const sealed = Buffer.from(stored);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}
