import { beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentVariables } from '../../../bot/config.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'infra/compose');

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly restart: string;
  readonly read_only?: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly stop_grace_period?: string;
}
const { services, volumes } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8')) as {
  readonly services: Readonly<Record<'server' | 'database' | 'backup', Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};

describe('compose.yaml', () => {
  test('sets what the server reads, by its names, and leaves the rest to .env', () => {
    const names = environmentVariables().map(({ name }) => name);

    expect(Object.keys(services.server.environment).filter(name => !names.includes(name))).toEqual([]);
    expect(services.server.environment['DATABASE_URL']).toMatch(/^postgres:\/\/cop:.*@database\/cop$/);
  });

  test('builds the image that is here, and lets it write to its volumes alone', () => {
    const dockerfile = readFileSync(join(folder, services.server.build!.context, services.server.build!.dockerfile));
    const places = services.server.volumes.map(volume => volume.split(':')[1]);

    expect(services.server.read_only).toBe(true);
    expect(places).toEqual(['/data', '/keys']);
    // A volume takes over who may write from the folder of the image it covers.
    expect(dockerfile.toString()).toContain('mkdir -m 1777 ../data ../keys');
    expect(dockerfile.toString()).toContain('DATA_DIR=/data');
  });

  test('starts each part again, the server after a database that answers, and gives it time to end', () => {
    expect(Object.values(services).map(({ restart }) => restart)).toEqual(Array(3).fill('unless-stopped'));
    expect(services.server.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(Number.parseInt(services.server.stop_grace_period ?? '', 10)).toBeGreaterThan(20);
  });

  test('has each volume it names, and keeps the keys of anonymous surveys out of the backup', () => {
    const used = Object.values(services).flatMap(service => service.volumes.map(volume => volume.split(':')[0]!));

    expect(used.filter(name => !name.startsWith('.')).toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(services.backup.volumes.join()).not.toContain('keys');
    expect(services.backup.image).toBe(services.database.image);
  });
});

describe('backup.sh', () => {
  let place: string;
  beforeEach(async () => {
    place = (await temporaryFolder('backup')).path;
  });

  /** @param dump what stands in for pg_dump, whose own version has to be that of the database */
  function backup(dump: string): { readonly status: number | null; readonly said: string } {
    const program = join(place, 'pg_dump');
    writeFileSync(program, `#!/bin/sh\nfor last; do :; done\nfile=\${last#--file=}\n${dump}\n`);
    chmodSync(program, 0o755);
    const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'backup.sh'), 'once'], {
      encoding: 'utf8',
      env: { PATH: `${place}:${process.env['PATH']}`, BACKUPS: place, KEEP_DAYS: '14' },
    });
    return { status, said: stdout + stderr };
  }
  function kept(): readonly string[] {
    return readdirSync(place).filter(name => name.startsWith('cop-'));
  }
  function old(days: number): string {
    const name = `cop-old-${days}.dump`;
    const then = Date.now() / 1000 - days * 86_400;
    writeFileSync(join(place, name), 'kept');
    utimesSync(join(place, name), then, then);
    return name;
  }

  test('keeps what pg_dump made, for its owner alone, and lets go of what is too old', () => {
    const [young] = [old(10), old(20)];

    const { status, said } = backup('echo dumped > "$file"');

    expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(/^kept .*\.dump\n$/) });
    expect(kept()).toEqual([expect.stringMatching(/^cop-\d{8}T\d{6}Z\.dump$/), young]);
    expect(readFileSync(join(place, kept()[0]!), 'utf8')).toBe('dumped\n');
    expect(statSync(join(place, kept()[0]!)).mode & 0o077).toBe(0);
  });

  test('one that broke off says so, leaves nothing behind and takes no other away', () => {
    const before = [old(10), old(20)];

    const { status, said } = backup('echo half > "$file"; exit 1');

    expect({ status, said }).toEqual({ status: 1, said: 'no backup was made: pg_dump failed\n' });
    expect(kept()).toEqual(before);
  });
});
