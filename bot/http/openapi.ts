import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { Failure, type AnyEndpoint } from '../../domain/endpoint.ts';

/** The description of `/api`, made from the same schemas that check requests and answers. */
export function describeApi(
  endpoints: Readonly<Record<string, AnyEndpoint>>,
  publicUrl: string,
  mayOf: (endpoint: AnyEndpoint) => string,
): object {
  const paths: ZodOpenApiPathsObject = {};
  const json = (schema: AnyEndpoint['answer']) => ({ 'application/json': { schema } });

  for (const [name, endpoint] of Object.entries(endpoints)) {
    const { method, path, summary, query, body, answer, conditional, file } = endpoint;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId: name,
        summary,
        'x-permission': mayOf(endpoint),
        parameters: [
          ...names.map(parameter => ({
            name: parameter,
            in: 'path' as const,
            required: true,
            schema: { type: 'string' as const },
          })),
          ...(query ?? []).map(parameter => ({
            name: parameter,
            in: 'query' as const,
            required: false,
            schema: { type: 'string' as const },
          })),
          ...(conditional
            ? [
                {
                  name: 'If-Match',
                  in: 'header' as const,
                  schema: { type: 'string' as const },
                  description: 'the ETag of the version this change is based on',
                },
                {
                  name: 'If-None-Match',
                  in: 'header' as const,
                  schema: { type: 'string' as const, enum: ['*'] },
                  description: 'instead of If-Match: there is no version yet',
                },
              ]
            : []),
        ],
        ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
        responses: {
          '200': {
            description: 'done',
            content: file
              ? { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } }
              : json(answer),
          },
          default: {
            description: 'what went wrong, with a code for machines and a sentence for people',
            content: json(Failure),
          },
        },
      },
    };
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
