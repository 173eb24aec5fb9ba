// Makes what the app needs in Entra, its environment and its package: `npm run provision`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { clouds } from '../../bot/clouds.ts';
import { openCertificate } from '../../bot/graph/credential.ts';
import { readVersion } from '../../bot/version.ts';
import { buildAppPackage } from '../package/package-app.ts';
import { askerOf } from '../verify/verify-tenant.ts';
import { asAnswers, Choices, readAnswers, type Answers } from './answers.ts';
import { changeOf, readVariables, writeVariables } from './environment-file.ts';
import { provision, type Provisioned, type WantedCredential } from './provision.ts';
import { Refused } from './refused.ts';
import { directoryOver, provisionScopes } from './registration.ts';
import { runCommand, type Surroundings } from './run-command.ts';
import { signInByCode } from './sign-in.ts';

const root = join(import.meta.dirname, '../..');

const options = {
  file: { type: 'string', default: '.env' },
  from: { type: 'string' },
  unattended: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  'renew-secret': { type: 'boolean', default: false },
  cloud: { type: 'string' },
  credential: { type: 'string' },
  months: { type: 'string' },
  certificate: { type: 'string' },
  identity: { type: 'string' },
  'identity-object': { type: 'string' },
  package: { type: 'string', default: 'dist/cop-companion.zip' },
  'client-id': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** @param ask asks whoever sits there; null where nobody does */
export async function provisionCommand(
  args: readonly string[],
  surroundings: Surroundings,
  { ask, apart }: { readonly ask: ((question: string) => Promise<string>) | null; readonly apart?: number },
): Promise<number> {
  const { say, t } = surroundings;
  const { values: flags } = parseArgs({ args: [...args], options });
  if (flags.help) {
    say(t('provision.usage'));
    return 0;
  }
  const present = readVariables(flags.file);
  const given = flags.from === undefined ? {} : readVariables(flags.from);
  const choices = choicesIn(flags, present);
  const credential = credentialIn(flags, choices, present);
  const answers = await readAnswers({
    known: { ...present, ...given },
    ask: flags.unattended ? null : ask,
    say,
    t,
  });
  const told: Record<string, string> = { ...answers, ...(choices.cloud === 'public' ? {} : { CLOUD: choices.cloud }) };
  const { replaced } = changeOf(asAnswers(present), told);
  if (replaced.length > 0 && !flags.replace)
    throw new Refused('would-replace', { file: flags.file, names: replaced.join(', ') });
  writeVariables(flags.file, told);

  const cloud = clouds[choices.cloud];
  const tenantId = answers.MICROSOFT_TENANT_ID;
  const { token, person } = await signInByCode({
    cloud,
    tenantId,
    scopes: provisionScopes,
    show: sentence => say(`${t('sign-in.why', { scopes: provisionScopes.join(', ') })}\n\n  ${sentence}\n`),
    ...(flags['client-id'] ? { clientId: flags['client-id'] } : {}),
    ...(surroundings.networkClient ? { networkClient: surroundings.networkClient } : {}),
  });
  const graph = askerOf(`${cloud.graph}/v1.0`, async () => token, surroundings.fetch);
  const made = await provision(
    directoryOver(graph, apart),
    { tenantId, publicUrl: answers.PUBLIC_URL, cloud, credential, present: readVariables(flags.file) },
    variables => void writeVariables(flags.file, variables),
  );
  // Somebody has to be the first to see the page of those who look after the app, and names the others.
  if (!readVariables(flags.file)['ADMINISTRATORS']) writeVariables(flags.file, { ADMINISTRATORS: person });
  const isPackageNew = writePackage(answers, made.appId, flags.package);
  say(summary(made, { flags, isPackageNew, t }));
  const isRestThere = made.parts.every(([part, state]) => part === 'credential' || state === 'there') && !isPackageNew;
  const isRenewal = credential.kind === 'secret' && credential.renew && isRestThere;
  const isNothingNew = isRestThere && made.parts.every(([, state]) => state === 'there');
  say(checklist(made, { answers, file: flags.file, isRenewal, isNothingNew, t }));
  return 0;
}

function choicesIn(flags: Flags, present: Readonly<Record<string, string>>) {
  const { cloud = present['CLOUD'], credential = kindIn(present), months } = flags;
  const parsed = Choices.safeParse({ cloud, credential, months });
  if (!parsed.success)
    throw new Refused('provision-options', { names: parsed.error.issues.map(({ path }) => path[0]).join(', ') });
  return parsed.data;
}

/** What the file has already decided. */
function kindIn(present: Readonly<Record<string, string>>): string | undefined {
  if (present['MICROSOFT_APP_IDENTITY']) return 'identity';
  return present['MICROSOFT_APP_CERTIFICATE'] ? 'certificate' : undefined;
}

function credentialIn(
  flags: Flags,
  { credential, months }: ReturnType<typeof choicesIn>,
  present: Readonly<Record<string, string>>,
): WantedCredential {
  if (credential === 'secret') {
    const ends = new Date();
    ends.setUTCMonth(ends.getUTCMonth() + months);
    return { kind: 'secret', ends, renew: flags['renew-secret'] };
  }
  if (present['MICROSOFT_APP_PASSWORD']) throw new Refused('two-credentials', { file: flags.file });
  if (credential === 'certificate') {
    const file = flags.certificate ?? present['MICROSOFT_APP_CERTIFICATE'];
    if (!file) throw new Refused('provision-options', { names: 'certificate' });
    // Before anybody signs in for nothing.
    openCertificate(file);
    return { kind: 'certificate', file };
  }
  const clientId = flags.identity ?? present['MICROSOFT_APP_IDENTITY'];
  const objectId = flags['identity-object'];
  if (!clientId || !objectId) throw new Refused('provision-options', { names: 'identity, identity-object' });
  return { kind: 'identity', clientId, objectId };
}

/** Whether it is another than the one that was there. */
function writePackage(answers: Answers, appId: string, file: string): boolean {
  const { zip } = buildAppPackage({ environment: { ...answers, MICROSOFT_APP_ID: appId }, version: readVersion() });
  const path = join(root, file);
  if (isFile(path, zip)) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zip);
  return true;
}

function isFile(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

function summary(
  { parts }: Provisioned,
  { flags, isPackageNew, t }: { readonly flags: Flags; readonly isPackageNew: boolean; readonly t: Surroundings['t'] },
): string {
  const states = [...parts, ['package', isPackageNew ? 'done' : 'there'] as const];
  const there = states.filter(([, state]) => state === 'there').map(([part]) => t(`provision.there.${part}`));
  const values = { file: flags.file, package: flags.package, there: there.join(', ') };
  if (there.length === states.length) return t('provision.nothing', values);
  const lines = states
    .filter(([, state]) => state !== 'there')
    .map(([part, state]) => `  ${state === 'refused' ? '✘' : '✔'} ${t(`provision.part.${part}.${state}`, values)}`);
  return [
    t('provision.done', values),
    ...lines,
    ...(there.length > 0 ? [`  ✔ ${t('provision.as-before', values)}`] : []),
  ].join('\n');
}

interface Rest {
  readonly answers: Answers;
  readonly file: string;
  /** Whether all that came of it is another secret for an app that works. */
  readonly isRenewal: boolean;
  readonly isNothingNew: boolean;
  readonly t: Surroundings['t'];
}

/** What is left to do, which no call of Graph does. */
function checklist({ appId, parts }: Provisioned, { answers, file, isRenewal, isNothingNew, t }: Rest): string {
  const values = { appId, tenantId: answers.MICROSOFT_TENANT_ID, url: answers.PUBLIC_URL, file };
  const isConsentOpen = parts.some(([part, state]) => part === 'consent' && state === 'refused');
  const rest = isRenewal ? ['restart', 'earlier'] : ['bot', 'server', 'teams', 'policies', 'site', 'look-after'];
  const steps = [...(isConsentOpen ? ['consent'] : []), ...rest];
  return [
    t(`provision.left.${isNothingNew ? 'reminder' : 'title'}`),
    ...steps.map((step, index) => `  ${index + 1}. ${t(`provision.left.${step}`, values)}`),
  ].join('\n');
}

/** Asks in the terminal; null where there is none. */
function terminal(): ((question: string) => Promise<string>) | null {
  if (!process.stdin.isTTY) return null;
  return async question => {
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  };
}

if (import.meta.main)
  await runCommand((args, surroundings) => provisionCommand(args, surroundings, { ask: terminal() }));
