import { ResourceAddress } from '../../../domain/library/resource.ts';

/** What links carry about who sent them, by the name before the `=`. It leads nowhere else. */
const aboutTheSender = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|_hsenc|_hsmi)$/i;
/** The same of links to files in SharePoint: the app in which they open, and who was shown them. */
const aboutTheView = /^(?:web|csf|e|action|mobileredirect|default|file|or|cid|isspofile|clickparams|xsdata|sdata)$/i;
const sharePoint = /\.sharepoint(?:-mil)?\.(?:com|us|cn|de)$/;

/**
 * By this two addresses lead to the same: without what says who sent the link, the fragment, a slash at the end, and
 * whatever does not matter in the name of a server. A file in SharePoint is known by its own id where its link says it,
 * so that it stays the same when it is renamed or moved within its site.
 *
 * @param text an address that {@link ResourceAddress} takes
 */
export function identityOf(text: string): string {
  const url = new URL(text);
  const isSharePoint = sharePoint.test(url.hostname);
  const file = isSharePoint ? fileIn(url) : null;
  if (file !== null) return `file ${url.hostname} ${file}`;
  const kept = [...url.searchParams].filter(
    ([name]) => !aboutTheSender.test(name) && !(isSharePoint && aboutTheView.test(name)),
  );
  const query = new URLSearchParams(kept.toSorted(([one], [other]) => one.localeCompare(other))).toString();
  const path = url.pathname.replace(/\/+$/, '');
  const host = url.host.replace(/^www\./, '');
  return `${host}${isSharePoint ? path.toLowerCase() : path}${query === '' ? '' : `?${query}`}`;
}

/** The unique id of a file, as `Doc.aspx?sourcedoc={…}` and `/:w:/r/…?d=w…` say it. */
function fileIn({ searchParams }: URL): string | null {
  const hexes = /^(?:\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?|w([0-9a-f]{32}))$/i;
  for (const [name, value] of searchParams) {
    const [, whole, short] = (/^(?:sourcedoc|d)$/i.test(name) && hexes.exec(value)) || [];
    const id = whole ?? short;
    if (id !== undefined) return id.replaceAll('-', '').toLowerCase();
  }
  return null;
}

/** In a text: what begins like an address goes on until a space, a quotation mark or a bracket that it did not open. */
const inText = /https:\/\/[^\s<>"“”„«»]+/gi;
/** Most addresses of one message that are offered. */
const mostOffered = 10;

/** The addresses that stand in a text, in their order, each once. */
export function addressesIn(text: string): readonly string[] {
  const found = new Map<string, string>();
  for (const [raw] of text.matchAll(inText)) {
    const address = ResourceAddress.safeParse(withoutEnd(raw)).data;
    if (address !== undefined && !found.has(identityOf(address))) found.set(identityOf(address), address);
  }
  return [...found.values()].slice(0, mostOffered);
}

/** What ends the sentence is no part of the address. */
function withoutEnd(text: string): string {
  let address = text;
  for (;;) {
    const shorter = address.replace(/[.,;:!?'’…*_]+$/, '');
    const unopened = /[)\]}]$/.test(shorter) && !hasPair(shorter);
    const next = unopened ? shorter.slice(0, -1) : shorter;
    if (next === address) return address;
    address = next;
  }
}

/** Whether the bracket at the end was opened within. */
function hasPair(text: string): boolean {
  const close = text.at(-1) ?? '';
  const open = { ')': '(', ']': '[', '}': '{' }[close] ?? '';
  return text.split(open).length >= text.split(close).length;
}
