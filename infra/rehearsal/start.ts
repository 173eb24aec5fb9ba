// A tenant to rehearse docs/deploying.md in: `npm run rehearse`. It answers to Microsoft's own names, and has never heard
// of the app.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { administrator } from '../local/desk/administrator-page.ts';
import { tenant } from '../local/directory.ts';
import { startMicrosoft365 } from '../local/microsoft365.ts';
import { sampleTeam, seedPeople } from '../local/sample-people.ts';
import { leadHosts, makeCertificate } from './led-hosts.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.rehearsal');
/** By what the local tenant has of each. */
const microsoftHosts = {
  'graph.microsoft.com': '/graph',
  'login.microsoftonline.com': '',
  'login.botframework.com': '',
  'smba.trafficmanager.net': '',
} as const;

async function main(): Promise<void> {
  const port = Number(process.env['PORT'] || 3978);
  const localPort = Number(process.env['LOCAL_PORT'] || 4365);
  const tlsPort = Number(process.env['TLS_PORT'] || 4443);
  const host = `localhost:${tlsPort}`;
  const publicUrl = `https://${host}`;

  const microsoft365 = await startMicrosoft365({
    port: localPort,
    dataDir: null,
    productUrl: () => publicUrl,
    addresses: 'microsoft',
    withoutApp: true,
  });
  seedPeople(microsoft365.directory);
  microsoft365.entra.consent.setAdministrators([administrator.id]);
  microsoft365.entra.deviceCodes.interval = 1;

  const certificate = await makeCertificate(['localhost', ...Object.keys(microsoftHosts)]);
  const hosts = Object.entries(microsoftHosts).map(([name, path]) => [name, microsoft365.url + path] as const);
  const led = await leadHosts(
    { ...Object.fromEntries(hosts), [host]: `http://127.0.0.1:${port}` },
    certificate,
    tlsPort,
  );
  // What happens in Teams is brought to the server over TLS.
  setDefaultCACertificates([...getCACertificates('default'), certificate.certificate]);

  writeFolder({ authority: certificate.certificate, proxy: led.proxy, url: microsoft365.url, port });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      void Promise.all([led.close(), microsoft365.close()]).then(() => process.exit(0));
    });
  process.stdout.write(`
A tenant that has never heard of CoP Companion is ready, on this machine alone.

  In another terminal, in this folder:   . .rehearsal/environment
  Then follow docs/deploying.md there, with
    the tenant id    ${tenant.id}
    the address      ${publicUrl}
  An administrator’s two pages at Microsoft:   ${microsoft365.url}/administrator
  The tabs come over TLS: once the server runs, let your browser trust this:   ${publicUrl}/health/live
  Teams, where ${sampleTeam.displayName} waits:   ${microsoft365.url}

Ctrl+C ends it, and nothing of this tenant is kept.
What the guide wrote stays: delete .env, answers.env and .data afterwards.
`);
}

interface Written {
  /** PEM of what signs for the names above. */
  readonly authority: string;
  readonly proxy: string;
  readonly url: string;
  readonly port: number;
}

/** What leads the commands of a shell here instead of to Microsoft. */
function writeFolder({ authority, proxy, url, port }: Written): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'authority.pem'), authority);
  writeFileSync(
    join(folder, 'bin/az'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, 'az.ts')}' '${url}' "$@"\n`,
  );
  chmodSync(join(folder, 'bin/az'), 0o755);
  const variables = {
    PORT: String(port),
    NODE_USE_ENV_PROXY: '1',
    HTTPS_PROXY: proxy,
    NO_PROXY: 'localhost,127.0.0.1',
    NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
    CURL_CA_BUNDLE: join(folder, 'authority.pem'),
    // So that the desk may show the tabs.
    FRAME_ANCESTORS: url,
    TEAMS_HOST_ORIGINS: url,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(join(folder, 'environment'), [...lines, `export PATH='${join(folder, 'bin')}':"$PATH"`, ''].join('\n'));
}

if (import.meta.main) await main();
