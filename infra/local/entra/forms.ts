import { refusals } from './refusals.ts';

/** The fields of a form sent to the token endpoint. */
export type Form = Readonly<Record<string, string>>;

/** Scopes that are about signing in and not about Graph. */
export const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

export function scopesOf(text: string): readonly string[] {
  return text.split(/\s+/).filter(scope => scope !== '');
}

/** The names of the Graph permissions among these scopes. Throws when one is not a scope of Graph. */
export function graphScopes(scopes: readonly string[]): readonly string[] {
  return scopes
    .filter(scope => !openIdScopes.has(scope))
    .map(scope => {
      const name = scope.replace(/^https:\/\/graph\.microsoft\.com\/+/i, '');
      if (/^[a-z]+:\/\//i.test(name)) throw refusals.unknownResource(name.replace(/\/[^/]*$/, ''));
      if (!/^(\.default|[A-Za-z]+(\.[A-Za-z]+)+)$/.test(name)) throw refusals.badScope(scope);
      return name;
    });
}

export function needed(form: Form, parameter: string): string {
  const value = form[parameter];
  if (value === undefined || value === '') throw refusals.missing(parameter);
  return value;
}
