import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { tenant } from '../directory.ts';
import type { Form } from './forms.ts';
import type { SigningKeys } from './keys.ts';
import { refusals } from './refusals.ts';
import { certificateNamed, type Registration } from './registration.ts';

export interface ProofParts {
  readonly registration: Registration;
  /** What sign the tokens of managed identities. */
  readonly keys: SigningKeys;
  /** The address of the token endpoint, which an assertion must be for. */
  readonly audiences: () => readonly string[];
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** In seconds. */
const tolerance = 300;

/** Checks how the app proves that it is the app: by a secret, by a certificate's signature, or by another's token. */
export function createProofCheck({ registration, keys, audiences }: ProofParts): (form: Form) => Promise<void> {
  function checkSecret(appId: string, secret: string): void {
    const known = registration.secrets().find(({ value }) => sameText(value, secret));
    if (!known) throw refusals.wrongSecret(appId);
    if (known.ends !== null && Date.parse(known.ends) <= Date.now()) throw refusals.secretExpired(appId);
  }

  async function checkCertificate(appId: string, assertion: string): Promise<void> {
    const header = decodeProtectedHeader(assertion);
    const certificate = certificateNamed(registration.certificates(), header['x5t#S256']);
    if (!certificate) throw refusals.certificateUnknown(String(header['x5t#S256'] ?? header.kid ?? ''));
    if (Date.parse(certificate.validTo) <= Date.now()) throw refusals.certificateExpired();
    try {
      await jwtVerify(assertion, certificate.publicKey, {
        algorithms: ['PS256', 'RS256'],
        audience: [...audiences()],
        issuer: appId,
        subject: appId,
        requiredClaims: ['exp', 'aud', 'iss', 'sub'],
        clockTolerance: tolerance,
      });
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw refusals.assertionTooOld();
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') throw refusals.assertionFor();
      if (error instanceof errors.JWTClaimValidationFailed) throw refusals.assertionOf();
      throw refusals.certificateSignature();
    }
  }

  async function checkFederated(assertion: string): Promise<void> {
    const { iss = '', sub = '', aud = '' } = decodeJwt(assertion);
    const trusted = registration.federated().filter(({ issuer }) => issuer === iss);
    if (trusted.length === 0) throw refusals.federatedIssuer(iss);
    const ofSubject = trusted.filter(({ subject }) => subject === sub);
    if (ofSubject.length === 0) throw refusals.federatedSubject(sub);
    const known = ofSubject.find(({ audience }) => audience === aud);
    if (!known) throw refusals.federatedAudience(String(aud));
    await keys.verify(assertion, { issuer: known.issuer, audience: known.audience }).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired) throw refusals.assertionTooOld();
      throw refusals.certificateSignature();
    });
  }

  return async form => {
    const appId = (form['client_id'] ?? '').toLowerCase();
    const { client_secret: secret, client_assertion: assertion } = form;
    if (assertion === undefined || assertion === '') {
      if (secret === undefined || secret === '') throw refusals.noSecret();
      return checkSecret(appId, secret);
    }
    if (form['client_assertion_type'] !== assertionType) throw refusals.missing('client_assertion_type');
    const issuer = issuerOf(assertion);
    if (issuer === undefined) throw refusals.certificateSignature();
    return issuer.toLowerCase() === tenant.appId ? checkCertificate(appId, assertion) : checkFederated(assertion);
  };
}

function issuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch {
    return undefined;
  }
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map(text => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
