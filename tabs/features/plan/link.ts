import { ActionLink, longestLinkTitle } from '../../../domain/plan/details.ts';

/**
 * What somebody typed or pasted as an address, and what it is called: the title, else the file's name, else the host.
 * Null for what is no https address; one without a scheme is taken for https.
 */
export function linkFrom(id: string, typed: string, title: string): ActionLink | null {
  const text = typed.trim();
  const full = /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return null;
  const { href, hostname, pathname } = new URL(full);
  const link = ActionLink.safeParse({
    id,
    title: title.trim() || fileOf(pathname) || hostname.replace(/^www\./, ''),
    address: href,
  });
  return link.success && hostname.includes('.') ? link.data : null;
}

/** Only a name with an ending tells something: the last part of a sharing link does not. */
function fileOf(pathname: string): string {
  const last = pathname.split('/').at(-1) ?? '';
  return /\.[a-z\d]{1,5}$/i.test(last) ? decoded(last).slice(0, longestLinkTitle) : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
