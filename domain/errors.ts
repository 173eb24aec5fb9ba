/**
 * What can go wrong, as machines read it. Each edge translates it once: HTTP status in `bot/http`, card or sentence in
 * `bot/teams`.
 */
export type ErrorCode =
  | 'invalid' // what was sent does not fit its schema
  | 'sign-in-needed' // no token, or one that is not ours to accept
  | 'consent-needed' // Entra wants a person or an administrator to agree first
  | 'not-allowed' // known person, forbidden act
  | 'hand-over-first' // a coordinator, before they can be forgotten
  | 'switched-off' // the administrator does not want this in the organisation
  | 'set-up-by-administrator' // only the administrator sets communities up
  | 'not-found'
  | 'not-set-up' // the community has no settings yet
  | 'not-granted' // the app may not do this in Microsoft 365; IT grants it
  | 'site-unknown' // nobody has shown the app yet which SharePoint site is the team's
  | 'site-locked' // the team's site takes no changes; IT, or a team owner, opens it again
  | 'site-full' // the team's site, or the whole tenant, has no room
  | 'version-conflict' // somebody saved in between
  | 'precondition-needed' // a change without If-Match
  | 'too-large'
  | 'too-complex' // a text or document that would take too long to read or make
  | 'throttled' // Microsoft 365 asked us to wait
  | 'too-many-requests' // a person, or a community, asked for more than its share
  | 'unavailable'; // a part we depend on did not answer

/** An expected failure: a code for machines and a sentence that says what, where, what was expected and what to do. */
export class CommunityError extends Error {
  override readonly name = 'CommunityError';
  readonly code: ErrorCode;
  /** Values for translators and clients; never anything a person wrote. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
