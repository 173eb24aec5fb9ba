/** An answer of the Bot Connector other than success. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;
  readonly retryAfter: number | undefined;

  constructor(status: number, body: object, retryAfter?: number) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** `{error:{code,message}}`, the shape of every refusal but one. */
export function refusal(status: number, code: string, message: string, retryAfter?: number): Refusal {
  return new Refusal(status, { error: { code, message } }, retryAfter);
}

export const notAuthorized = () => refusal(401, 'BotNotRegistered', 'Authorization has been denied for this request.');
export const conversationNotFound = () => refusal(404, 'ConversationNotFound', 'Conversation not found.');
export const activityNotFound = () =>
  refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found in this conversation.');
/** The address of the connector is another person's, or was this one's once. */
export const otherRegion = () => refusal(403, 'BadArgument', 'User is from different region');
export const notImplemented = (what: string) =>
  refusal(
    501,
    'NotImplemented',
    `The local Bot Connector does not know ${what}. Teach it to infra/local/connector, with a fact, before the product uses it.`,
  );
export const memberNotFound = () =>
  refusal(404, 'MemberNotFoundInConversation', 'The member was not found in this conversation.');
export const notInRoster = () =>
  refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
export const badArgument = (message: string) => refusal(400, 'BadArgument', message);
export const tooBig = () => refusal(413, 'MessageSizeTooBig', 'Message size too large.');
export const concurrent = () => refusal(412, 'PreconditionFailed', 'Precondition failed, please try again.');
export const throttled = (retryAfter: number) => refusal(429, 'Throttled', 'Too many requests.', retryAfter);

/** A person who blocked the bot. The only refusal that carries a number and JSON inside a string. */
export function writesBlocked(): Refusal {
  const message = JSON.stringify({
    subCode: 'MessageWritesBlocked',
    details: 'Thread is blocked for message writes.',
    errorCode: null,
    errorSubCode: null,
  });
  return new Refusal(403, { errorCode: 209, message });
}
