import { isNativeError } from 'node:util/types';
import { codeOf, reasonsOf, StartError } from '../start-error.ts';

/** PostgreSQL at an address, or else the embedded database in a folder. */
export type DatabasePlace =
  | {
      readonly databaseUrl: string;
      readonly dataDir: string | null;
      /** Asked for each new connection, where the address has no password. */
      readonly password?: (() => Promise<string>) | null;
    }
  | { readonly databaseUrl: null; readonly dataDir: string };

/** What the administrator reads when the database cannot be opened. Never the password of the address. */
export function databaseTrouble(error: unknown, place: DatabasePlace): StartError {
  if (error instanceof StartError) return error;
  const { databaseUrl, dataDir } = place;
  const { what, remedy } = databaseUrl ? ofPostgres(error, Boolean(place.password)) : ofEmbedded(error);
  const where = databaseUrl ? `DATABASE_URL leads to ${placeOf(databaseUrl)}` : `DATA_DIR is ${dataDir}`;
  return new StartError(`${where}: ${what}. ${remedy}`, { cause: error });
}

interface Trouble {
  readonly what: string;
  readonly remedy: string;
}

const network = 'Start it, or correct host and port in DATABASE_URL; a firewall may stand between.';
const room = 'Whoever looks after the database makes room, and starts this server again.';

/** By the code of the system, or of PostgreSQL ("PostgreSQL Error Codes"). */
const postgresTroubles: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: { what: 'nobody listens there', remedy: network },
  ENOTFOUND: { what: 'no host has this name', remedy: network },
  EAI_AGAIN: { what: 'the name of the host could not be looked up', remedy: network },
  ETIMEDOUT: { what: 'nobody answers there', remedy: network },
  EHOSTUNREACH: { what: 'no way leads to this host', remedy: network },
  ENETUNREACH: { what: 'no way leads to this host', remedy: network },
  ECONNRESET: { what: 'whoever listens there breaks the connection off', remedy: network },
  '28P01': { what: 'it refuses this account or its password', remedy: 'Correct them in DATABASE_URL.' },
  '28000': { what: 'it refuses this account', remedy: 'Correct DATABASE_URL, or let the account in (pg_hba.conf).' },
  '3D000': { what: 'there is no database of this name', remedy: 'Create it, or correct its name in DATABASE_URL.' },
  '42501': { what: 'the account may not create tables there', remedy: 'Make it the owner of the database.' },
  '25006': { what: 'it can only be read', remedy: 'Let DATABASE_URL lead to the server that takes writes.' },
  '53100': { what: 'its disk is full', remedy: room },
  '53300': { what: 'it has no connection left', remedy: 'Allow more (max_connections), or end others that use it.' },
  '57P03': { what: 'it is still starting', remedy: 'Start this server again in a moment.' },
};

const refusedIdentity: Trouble = {
  what: 'it refuses this account with the token of DATABASE_IDENTITY',
  remedy:
    'Let the identity in as an Entra administrator or role of the server, and name it as the account in DATABASE_URL.',
};

function ofPostgres(error: unknown, byIdentity: boolean): Trouble {
  if (byIdentity && ['28P01', '28000'].includes(codeOf(error) ?? '')) return refusedIdentity;
  const known = postgresTroubles[codeOf(error) ?? ''];
  if (known) return known;
  const reasons = reasonsOf(error).join(': ');
  if (/timeout/i.test(reasons)) return { what: 'nobody answers there as PostgreSQL does', remedy: network };
  return { what: reasons, remedy: 'Whoever looks after the database mends that, or corrects DATABASE_URL.' };
}

/** What Emscripten, in which the embedded database runs, calls a full disk. */
const noSpace = 51;

function ofEmbedded(error: unknown): Trouble {
  const errno = typeof error === 'object' && error !== null && 'errno' in error ? error.errno : undefined;
  if (errno === noSpace || ['53100', 'ENOSPC'].includes(codeOf(error) ?? '')) {
    return { what: 'its disk is full', remedy: 'Whoever runs the server makes room there, and starts it again.' };
  }
  const reasons = isNativeError(error) ? reasonsOf(error).join(': ') : JSON.stringify(error);
  return {
    what: `the embedded database cannot be opened (${reasons})`,
    remedy:
      'Whoever runs the server looks for a full disk or another server on the same folder, and else brings its backup back.',
  };
}

function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  const [database, account] = [pathname.slice(1), username].map(decodeURIComponent);
  return `PostgreSQL at ${hostname}:${port || 5432}, database ${database}, account ${account}`;
}
