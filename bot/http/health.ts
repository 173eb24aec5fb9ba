import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { reasonsOf } from '../start-error.ts';
import { on } from './on.ts';

export interface HealthPart {
  readonly name: string;
  /**
   * Resolves when the part works, if need be with what all may know of it; throws with the reason when it does
   * not. The reason is for the log: a caller from outside does not read it.
   */
  check(): Promise<string | undefined>;
}

/** What is said of a part that does not work, to people who may be anybody. */
const notReady = 'not ready, the server’s log says why';
/** How long an answer is used again, and how long is waited for one, in milliseconds. */
const usuallyFreshFor = 5000;
const maxWait = 5000;

/**
 * Asks the part at most every few seconds, however often `/health/ready` is called, and gives up when it does not
 * answer. The log hears when it stops working, with the reason, and when it works again.
 * @param freshFor in milliseconds; longer for a part that asks somebody else’s service
 */
export function sparingly(part: HealthPart, log: Logger, freshFor = usuallyFreshFor): HealthPart {
  let asked: { readonly answer: Promise<string | undefined>; readonly at: number } | undefined;
  /** One that does not come back is not asked a second time meanwhile. */
  let underWay: Promise<string | undefined> | undefined;
  let works = true;

  async function ask(): Promise<string | undefined> {
    try {
      underWay ??= part.check().finally(() => (underWay = undefined));
      const answer = await inTime(underWay);
      if (!works) log.info({ part: part.name }, 'a part of the server works again');
      works = true;
      return answer;
    } catch (error) {
      const reason = reasonsOf(error).join(': ');
      if (works) log.error({ part: part.name, reason }, 'a part of the server does not work');
      works = false;
      throw error;
    }
  }
  return {
    name: part.name,
    check() {
      if (!asked || performance.now() - asked.at > freshFor) asked = { answer: ask(), at: performance.now() };
      return asked.answer;
    },
  };
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${maxWait / 1000} seconds`)), maxWait);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The paths of health, which answer while the server still starts. */
const paths = { live: '/health/live', ready: ['/health/ready', '/health'] } as const;

export function isAboutHealth(path: string): boolean {
  return path === paths.live || paths.ready.some(one => one === path);
}

/**
 * `GET /health/live`: 200 as long as this process answers at all; whoever supervises it starts it anew when it does
 * not.
 * `GET /health/ready`: 200 when all parts work, 503 otherwise; whoever spreads requests sends none then. `/health` is
 * its earlier name. Anybody may ask, so parts say by their names how they are, and no more.
 * @param health null while the server starts
 */
export function addHealth(server: Server, health: () => readonly HealthPart[] | null, version: string): void {
  on(server, 'GET', paths.live, async (_request: Request, response: Response) => {
    response.header('Cache-Control', 'no-store');
    response.json(200, { state: 'live', version });
  });
  for (const path of paths.ready) {
    on(server, 'GET', path, async (_request: Request, response: Response) => {
      const known = health();
      const answers = await Promise.all(
        (known ?? []).map(({ name, check }) =>
          check().then(
            said => ({ name, said: said ?? 'ready', works: true }),
            () => ({ name, said: notReady, works: false }),
          ),
        ),
      );
      const ready = known !== null && answers.every(({ works }) => works);
      response.header('Cache-Control', 'no-store');
      response.json(ready ? 200 : 503, {
        state: ready ? 'ready' : known === null ? 'starting' : 'not ready',
        parts: Object.fromEntries(answers.map(({ name, said }) => [name, said])),
      });
    });
  }
}
