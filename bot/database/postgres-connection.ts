import { StartError } from '../start-error.ts';

/** What pg and pg-boss are told to reach PostgreSQL. */
export type PostgresConnection =
  | { readonly connectionString: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly ssl: boolean;
      readonly password: () => Promise<string>;
    };

/**
 * @param password asked for each new connection, as a token ends after an hour and a connection lasts for days; null
 * where the address has one or needs none
 */
export function postgresConnection(
  databaseUrl: string,
  password: (() => Promise<string>) | null = null,
): PostgresConnection {
  if (password === null) return { connectionString: databaseUrl };
  // Named one by one: an address without a password would put an empty one in place of the function.
  const { hostname, port, pathname, username, searchParams } = new URL(databaseUrl);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
    // A token is the whole proof: it goes only to a server with a good certificate, unless somebody says otherwise.
    ssl: searchParams.get('sslmode') !== 'disable',
    password: () =>
      password().catch((cause: unknown) => {
        throw new StartError(
          'DATABASE_IDENTITY: Azure gives no token for PostgreSQL to this identity here. Whoever runs the server gives ' +
            'it to what the server runs on, or corrects the client id.',
          { cause },
        );
      }),
  };
}
