import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DockerfileParser, type Copy, type From, type Instruction } from 'dockerfile-ast';

const root = join(import.meta.dirname, '../..');
const node = process.execPath;

/** What is in the image, in a folder. */
export interface Image {
  /** The root of its file system. */
  readonly root: string;
  /** What stages before the last one left. */
  readonly stages: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  readonly labels: readonly string[];
}

interface Stage {
  readonly root: string;
  readonly environment: Record<string, string>;
  readonly labels: string[];
  workingDirectory: string;
  user: string;
  command: readonly string[];
  healthCheck: readonly string[];
}

/**
 * The steps of a Dockerfile in a folder, for a machine without Docker: each stage is a folder, and the base image is
 * this machine with its Node. What a step does outside its folder cannot be held back, so a RUN may name no absolute
 * path.
 * @param given what a RUN leaves behind, where it is here already: its command, and from where to what it is linked
 * @throws Error for an instruction that is not understood here
 */
export async function runImageSteps(
  dockerfile: string,
  folder: string,
  given: Readonly<Record<string, { readonly from: string; readonly to: string }>> = {},
): Promise<Image> {
  const allowed = await allowedInContext(`${dockerfile}.dockerignore`);
  const stages = new Map<string, Stage>();
  let current: Stage | undefined;

  for (const instruction of DockerfileParser.parse(await readFile(dockerfile, 'utf8')).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const name = (instruction as From).getBuildStage() ?? 'last';
      current = newStage(join(folder, name));
      await mkdir(current.root, { recursive: true });
      stages.set(name, current);
    } else if (current) await step(instruction, current, { stages, allowed, given });
    else throw new Error(`${instruction.getKeyword()} stands before the first FROM`);
  }
  if (!current) throw new Error(`${dockerfile} has no stage`);
  return { ...current, stages: new Map([...stages].map(([name, stage]) => [name, stage.root])) };
}

function newStage(place: string): Stage {
  return {
    root: place,
    environment: {},
    labels: [],
    workingDirectory: '/',
    user: '0',
    command: [],
    healthCheck: [],
  };
}

interface Surroundings {
  readonly stages: ReadonlyMap<string, Stage>;
  readonly allowed: ReadonlySet<string>;
  readonly given: Readonly<Record<string, { readonly from: string; readonly to: string }>>;
}

async function step(instruction: Instruction, stage: Stage, around: Surroundings): Promise<void> {
  const content = instruction.getArgumentsContent() ?? '';
  switch (instruction.getKeyword()) {
    case 'WORKDIR':
      stage.workingDirectory = content;
      await mkdir(join(stage.root, content), { recursive: true });
      return;
    case 'COPY':
      return copy(instruction as Copy, stage, around);
    case 'RUN':
      return run(content, stage, around);
    case 'ENV':
      for (const argument of content.split(/\s+/)) {
        const [name = '', value = ''] = argument.split('=');
        stage.environment[name] = value;
      }
      return;
    case 'LABEL':
      stage.labels.push(content);
      return;
    case 'USER':
      stage.user = content;
      return;
    case 'CMD':
      stage.command = JSON.parse(content) as string[];
      return;
    case 'HEALTHCHECK':
      stage.healthCheck = JSON.parse(content.slice(content.indexOf('CMD') + 3)) as string[];
      return;
    case 'ARG':
    case 'EXPOSE':
      return;
    default:
      throw new Error(`${instruction.getKeyword()} is not understood here`);
  }
}

async function copy(instruction: Copy, stage: Stage, { stages, allowed }: Surroundings): Promise<void> {
  const from = instruction.getFromFlag()?.getValue();
  const paths = instruction.getArguments().map(argument => argument.getValue());
  const [target = '', ...sources] = [paths.at(-1), ...paths.slice(0, -1)];
  const source = from == null ? root : stages.get(from)?.root;
  if (source === undefined) throw new Error(`COPY --from=${from}: there is no such stage`);

  for (const path of sources) {
    if (from == null && !allowed.has(path)) throw new Error(`COPY ${path}: .dockerignore keeps it out`);
    const to = join(stage.root, stage.workingDirectory, target.endsWith('/') ? join(target, basename(path)) : target);
    await mkdir(dirname(to), { recursive: true });
    await cp(join(source, path), to, { recursive: true, verbatimSymlinks: true });
  }
}

async function run(command: string, stage: Stage, { given }: Surroundings): Promise<void> {
  if (/(^|\s)\//.test(command)) throw new Error(`RUN ${command}: names an absolute path`);
  const cwd = join(stage.root, stage.workingDirectory);
  const known = given[command];
  if (known) return symlink(known.from, join(cwd, known.to));
  const { npm_config_cache: _cache, NODE_ENV: _mode, ...environment } = process.env;
  const env = {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('npm_'))),
    ...stage.environment,
    PATH: `${join(node, '..')}:${process.env['PATH']}`,
    // What was installed on this machine before need not be fetched again; package-lock.json says what is in it.
    npm_config_prefer_offline: 'true',
  };
  await promisify(execFile)('/bin/sh', ['-c', command], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
}

/** A list of what may come along, each by its path from the root of the project, after `*` has kept everything out. */
async function allowedInContext(file: string): Promise<ReadonlySet<string>> {
  const [first, ...lines] = (await readFile(file, 'utf8')).split('\n').filter(line => line && !line.startsWith('#'));
  if (first !== '*' || lines.some(line => !/^![\w./-]+$/.test(line)))
    throw new Error(`${file}: expected * and then paths from the root of the project, each after !`);
  return new Set(lines.map(line => line.slice(1)));
}
