/** Headers of every answer, also of a refusal that no route made. A route that knows better sets its own over them. */
export function headersOf({ publicUrl }: { readonly publicUrl: string }): Readonly<Record<string, string>> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': permissions,
    'Cache-Control': 'no-store',
    // A year. A browser that came once over https never again tries without, also where an attacker stands between.
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** None of what a browser may ask a person for is needed here. */
const permissions = [
  'camera',
  'display-capture',
  'microphone',
  'geolocation',
  'gyroscope',
  'accelerometer',
  'magnetometer',
  'midi',
  'payment',
  'usb',
  'serial',
  'hid',
]
  .map(feature => `${feature}=()`)
  .join(', ');

/** What the tab's page adds and takes back: it is there to be shown inside Teams, which is another origin. */
export function pageHeadersOf({
  frameAncestors,
}: {
  readonly frameAncestors: string;
}): Readonly<Record<string, string>> {
  return {
    // Teams JS asks this one address for the hosts Microsoft added since it was built.
    'Content-Security-Policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "font-src 'self' data: https://res.cdn.office.net; connect-src 'self' https://res.cdn.office.net; " +
      `base-uri 'none'; form-action 'none'; frame-ancestors ${frameAncestors}`,
    // The consent window tells the Teams that opened it how it went, which any other policy would cut off.
    'Cross-Origin-Opener-Policy': 'unsafe-none',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    // Vite puts a hash into the name of everything but the page itself.
    'Cache-Control': 'no-cache',
  };
}
