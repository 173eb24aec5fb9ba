const allowed = new Set(['http:', 'https:', 'mailto:']);

/** The link as it may be followed, or null for what is not a whole http, https or mailto address. */
export function safeLink(link: string): string | null {
  try {
    const url = new URL(link);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
