import { createDocument, type ZodOpenApiPathsObject, type ZodOpenApiOperationObject } from 'zod-openapi';
import { Failure, linkTo, type AnyEndpoint } from '../../domain/endpoint.ts';

/** The description of `/api`, made from the same schemas that check requests and answers. */
export function describeApi(
  endpoints: Readonly<Record<string, AnyEndpoint>>,
  publicUrl: string,
  mayOf: (endpoint: AnyEndpoint) => string,
): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const { path, method } = endpoint;
    const operation = { operationId: name, 'x-permission': mayOf(endpoint), ...operationOf(endpoint) };
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
    if (!endpoint.file) continue;
    const link = linkTo(endpoint);
    const linked = {
      ...operation,
      ...operationOf(link),
      operationId: `${name}AsLink`,
      summary: `${link.summary}, as a link`,
    };
    paths[path] = { ...paths[path], post: linked };
  }

  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'CoP Companion',
      version: '1',
      description: 'What the tabs ask. Every call needs the token that Teams gives a tab.',
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { teams: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ teams: [] }],
    paths,
  });
}

function operationOf({
  path,
  summary,
  query,
  body,
  mostBytes,
  conditional,
  ...content
}: AnyEndpoint): ZodOpenApiOperationObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
  return {
    summary,
    parameters: [
      ...names.map(name => parameter('path', name)),
      ...(query ?? []).map(name => parameter('query', name)),
      ...(conditional ? conditions : []),
    ],
    ...(body ? { requestBody: { required: true, content: mostBytes === undefined ? json(body) : aFile } } : {}),
    responses: {
      '200': {
        description: 'done',
        content: contentOf(content),
      },
      default: {
        description: 'what went wrong, with a code for machines and a sentence for people',
        content: json(Failure),
      },
    },
  };
}

function contentOf({ answer, file, event }: Pick<AnyEndpoint, 'answer' | 'file' | 'event'>) {
  if (file) return aFile;
  return event ? { 'text/event-stream': { schema: event } } : json(answer);
}

const aFile = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;
const text = { type: 'string' } as const;

/** Headers of a save that is based on what was read. */
const conditions: NonNullable<ZodOpenApiOperationObject['parameters']> = [
  {
    name: 'If-Match',
    in: 'header',
    schema: text,
    description: 'the ETag of the version this change is based on',
  },
  {
    name: 'If-None-Match',
    in: 'header',
    schema: { ...text, enum: ['*'] },
    description: 'instead of If-Match: there is no version yet',
  },
];

function parameter(place: 'path' | 'query', name: string) {
  return { name, in: place, required: place === 'path', schema: text };
}

function json(schema: AnyEndpoint['answer']) {
  return { 'application/json': { schema } };
}
