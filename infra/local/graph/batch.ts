import { asObject, type GraphAnswer, type GraphRequest } from './call.ts';
import { GraphError, problems } from './errors.ts';

interface Step extends GraphRequest {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

interface StepAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** At most this many requests in one. */
const mostSteps = 20;

/**
 * `POST /$batch`: several requests in one. A step whose dependency failed is not run and answers 424.
 * Each step is a call of its own: for permissions, for faults and for throttling.
 */
export async function answerBatch(
  request: GraphRequest,
  answer: (step: GraphRequest) => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  const steps = readSteps(request);
  const answers = new Map<string, StepAnswer>();
  // In the order given: a step may depend only on one before it, so this is also an order in which they can run.
  for (const step of steps) {
    const failed = step.dependsOn.some(id => (answers.get(id)?.status ?? 424) >= 400);
    const { status, headers, body } = failed ? dependencyFailed : await answer(step);
    answers.set(step.id, {
      id: step.id,
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }
  return {
    status: 200,
    body: {
      responses: [...answers.values()].map(({ id, ...rest }) => ({
        id: steps.find(step => step.id === id)?.id ?? id,
        ...rest,
      })),
    },
  };
}

const dependencyFailed: GraphAnswer = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
};

function readSteps(request: GraphRequest): readonly Step[] {
  const given = asObject(request.body)?.['requests'];
  if (!Array.isArray(given))
    throw problems.invalid('Invalid batch payload format: expected an object with an array of requests.');
  if (given.length > mostSteps)
    throw new GraphError(
      400,
      'MaximumValueExceeded',
      `Number of batch request steps exceeds the maximum value of ${mostSteps}.`,
    );

  const seen = new Set<string>();
  return given.map(value => {
    const step = asObject(value);
    const { id, method, url } = step ?? {};
    if (!step || typeof id !== 'string' || id === '' || typeof method !== 'string' || typeof url !== 'string')
      throw problems.invalid('Each request of a batch needs an id, a method and a url.');
    // Ids are compared without regard to case.
    if (seen.has(id.toLowerCase())) throw problems.invalid(`Request id '${id}' is given twice in the batch.`);
    const dependsOn = step['dependsOn'] ?? [];
    if (
      !Array.isArray(dependsOn) ||
      !dependsOn.every(other => typeof other === 'string' && seen.has(other.toLowerCase()))
    ) {
      throw problems.invalid(`Request '${id}' depends on a request that does not come before it in the batch.`);
    }
    seen.add(id.toLowerCase());

    const own = Object.fromEntries(
      Object.entries(asObject(step['headers']) ?? {}).map(([name, text]) => [name.toLowerCase(), String(text)]),
    );
    if (step['body'] !== undefined && own['content-type'] === undefined)
      throw problems.invalid(`Request '${id}' of the batch has a body but no Content-Type header.`);
    return {
      id,
      method: method.toUpperCase(),
      url: url.startsWith('/') ? url : `/${url}`,
      headers: { authorization: request.headers['authorization'], ...own },
      body: step['body'],
      dependsOn: dependsOn.map(
        other =>
          given
            .map(candidate => String(asObject(candidate)?.['id']))
            .find(known => known.toLowerCase() === String(other).toLowerCase()) ?? '',
      ),
    };
  });
}
