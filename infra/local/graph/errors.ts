/** What Graph refuses or fails at, with the body it has for that. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly code: string;
  /** A second, finer code inside `innerError`. */
  readonly innerCode: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { readonly innerCode?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.innerCode = more.innerCode;
    this.headers = more.headers ?? {};
  }
}

/**
 * Every refusal of local Graph. Codes and sentences are what clients of the real service report where such a report
 * was found (named beside it), else the description in Graph's own table of error codes.
 */
export const problems = {
  noToken: () => new GraphError(401, 'InvalidAuthenticationToken', 'Access token is empty.'),
  badToken: (why: string) => new GraphError(401, 'InvalidAuthenticationToken', why),
  unreadableUrl: () =>
    new GraphError(400, 'BadRequest', 'The request URL is not valid: a percent-encoded part cannot be read.'),
  /** So that a test of whoever calls it fails at once, and says where the call belongs. */
  notImplemented: (what: string) =>
    new GraphError(
      501,
      'notImplemented',
      `Local Graph does not implement ${what}: add it to infra/local/graph, as Microsoft documents it.`,
    ),
  onlyDelegated: () =>
    new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.'),

  accessDenied: () => new GraphError(403, 'accessDenied', 'Access denied'),
  teamForbidden: (needed: readonly string[], roles: readonly string[], consent: readonly string[]) =>
    new GraphError(
      403,
      'Forbidden',
      `Missing role permissions on the request. API requires one of '${needed.join(', ')}'. Roles on the request '${roles.join(', ')}'. Resource specific consent grants on the request '${consent.join(', ')}'.`,
    ),
  directoryDenied: () =>
    new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  noSuchObject: (id: string) =>
    new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    ),
  directoryInvalid: (name: string) =>
    new GraphError(400, 'Request_BadRequest', `Invalid value specified for property '${name}'.`),
  /** microsoftgraph/microsoft-graph-docs-contrib issue 1395, msgraph-sdk-dotnet issue 2044. */
  scopeNotThere: () =>
    new GraphError(
      400,
      'Request_BadRequest',
      'Property api.preAuthorizedApplications.delegatedPermissionIds has a Permission Id that cannot be found in the AppPermissions sets.',
    ),
  /** Entra's supported formats of an Application ID URI: with the app's id at its end, or a domain of the tenant. */
  identifierUri: (uri: string) =>
    new GraphError(
      400,
      'Request_BadRequest',
      `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
    ),
  assignedAlready: () =>
    new GraphError(400, 'Request_BadRequest', 'Permission being assigned already exists on the object'),
  /** hashicorp/terraform-provider-azuread issue 690. */
  grantedAlready: () =>
    new GraphError(409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.'),
  noSuchTeam: (id: string) => new GraphError(404, 'NotFound', `No team found with Group Id ${id}.`),

  itemNotFound: (what: string) => new GraphError(404, 'itemNotFound', `The specified ${what} was not found`),
  nameAlreadyExists: () => new GraphError(409, 'nameAlreadyExists', 'Name already exists'),
  invalid: (message: string) => new GraphError(400, 'invalidRequest', message),
  badArgument: () =>
    new GraphError(400, 'invalidRequest', 'One of the provided arguments is not acceptable.', {
      innerCode: 'badArgument',
    }),
  /** The sentence that clients whose endpoint does not answer are shown. */
  notProven: () =>
    new GraphError(
      400,
      'ValidationError',
      'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
    ),
  notSupported: (message: string) => new GraphError(501, 'notSupported', message),
  /** microsoftgraph/msgraph-sdk-java issue 2054, msgraph-sdk-powershell issue 3208. */
  unknownField: (name: string) => new GraphError(400, 'invalidRequest', `Field '${name}' is not recognized`),
  readOnlyField: (name: string) => new GraphError(400, 'invalidRequest', `Field '${name}' is read-only`),
  unknownProperty: (name: string, type: string) =>
    new GraphError(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
    ),
  badExpression: (expression: string) =>
    new GraphError(400, 'invalidRequest', `The expression "${expression}" is not valid.`),
  notIndexed: (name: string) =>
    new GraphError(
      400,
      'invalidRequest',
      `Field '${name}' cannot be referenced in filter or orderby as it is not indexed. Provide the 'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to allow this, but be warned that such queries may fail on large lists.`,
    ),
  /** The status that Graph gives it is not published. */
  aboveThreshold: () =>
    new GraphError(
      400,
      'invalidRequest',
      'The attempted operation is prohibited because it exceeds the list view threshold enforced by the administrator.',
    ),
  /**
   * 400 and this sentence: UK-Export-Finance's and n8n's clients of Graph match on it; msgraph-sdk-dotnet issue 790
   * quotes it.
   */
  duplicate: () =>
    new GraphError(400, 'invalidRequest', 'One or more fields with unique constraints already has the provided value.'),
  /** OneDrive/onedrive-api-docs issue 1414: two changes meet, and neither said which version it began with. */
  saveConflict: () =>
    new GraphError(
      409,
      'resourceModified',
      'The resource has changed since the caller last read it; usually an eTag mismatch',
    ),
  /** microsoft-learn question 5840989: 423 with the code notAllowed, and this sentence. */
  siteBlocked: () =>
    new GraphError(
      423,
      'notAllowed',
      'Access to this site has been blocked. Please contact the administrator to resolve this problem.',
    ),
  full: () => new GraphError(507, 'quotaLimitReached', 'The user has reached their quota limit'),
  tooLarge: () =>
    new GraphError(
      413,
      'requestEntityTooLarge',
      'The request message is too big. The server does not allow messages larger than 2097152 bytes.',
    ),
  /** The code and its meaning are in Graph's table of error codes; 412 is on the page of the call. */
  changedSince: () => new GraphError(412, 'resourceModified', "ETag does not match current item's value"),
  throttled: (headers: Readonly<Record<string, string>>) =>
    new GraphError(429, 'activityLimitReached', 'The request has been throttled', { headers }),
  resync: (location: string) =>
    new GraphError(
      410,
      'resyncChangesApplyDifferences',
      "Resync required. Replace any local items with the server's version.",
      { headers: { location } },
    ),
} as const;

/** Codes that stand for a status when a fault was asked for without naming one. */
const usualCodes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['InvalidAuthenticationToken', 'Access token validation failure.'],
  403: ['accessDenied', 'Access denied'],
  404: ['itemNotFound', 'The resource could not be found.'],
  409: ['nameAlreadyExists', 'Name already exists'],
  412: ['resourceModified', "ETag does not match current item's value"],
  423: ['resourceLocked', 'The resource you are attempting to access is locked'],
  429: ['activityLimitReached', 'The request has been throttled'],
  500: ['generalException', 'General exception while processing'],
  502: ['UnknownError', 'Bad gateway'],
  503: ['serviceNotAvailable', 'The service is temporarily unavailable. Please try again later.'],
  504: ['UnknownError', 'Gateway timeout'],
  507: ['quotaLimitReached', 'Insufficient space'],
};

export function faultError(fault: {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly retryAfter?: number;
}): GraphError {
  const [code, message] = usualCodes[fault.status] ?? ['UnknownError', 'A fault that was asked for'];
  return new GraphError(fault.status, fault.code ?? code, fault.message ?? message, {
    headers: fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
  });
}

export function errorBody(
  error: GraphError,
  request: { readonly id: string; readonly clientId: string; readonly at: Date },
): unknown {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: {
        ...(error.innerCode === undefined ? {} : { code: error.innerCode }),
        date: request.at.toISOString().slice(0, 19),
        'request-id': request.id,
        'client-request-id': request.clientId,
      },
    },
  };
}
