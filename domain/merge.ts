import { diff3Merge } from 'node-diff3';

/** A text that two people changed at once: merged, or in parts where somebody has to choose. */
export type MergedEdits =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflict'; readonly parts: readonly MergedPart[] };

export type MergedPart =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'clash'; readonly mine: string; readonly current: string };

/**
 * Merges my edit of `base` with what was saved meanwhile. Different lines merge, and so do different sentences of
 * one line; a sentence that both changed is a clash, shown side by side, because words merged into one sentence can
 * say what neither meant. Nothing that either wrote is dropped. Windows and old Mac line ends become `\n`.
 */
export function mergeEdits(base: string, mine: string, current: string): MergedEdits {
  const [ours, theirs, before] = [unixLines(mine), unixLines(current), unixLines(base)];
  if (ours === theirs || before === ours) return { kind: 'merged', text: theirs };
  if (before === theirs) return { kind: 'merged', text: ours };

  const parts: MergedPart[] = [];
  for (const region of merge(lines(before), lines(ours), lines(theirs))) {
    addSame(parts, region.ok?.join('') ?? '');
    if (region.conflict)
      addClash(parts, region.conflict.o.join(''), region.conflict.a.join(''), region.conflict.b.join(''));
  }
  if (parts.some(part => part.kind === 'clash')) return { kind: 'conflict', parts };
  return { kind: 'merged', text: parts.map(part => (part.kind === 'same' ? part.text : '')).join('') };
}

interface Region {
  readonly ok?: string[];
  readonly conflict?: { readonly o: string[]; readonly a: string[]; readonly b: string[] };
}

/** Lines clash: perhaps their sentences do not. When they do, the lines stay whole, for a person can compare lines. */
function addClash(parts: MergedPart[], base: string, mine: string, current: string): void {
  const [ours, theirs] = [sentences(mine), sentences(current)];
  const regions = merge(sentences(base), ours, theirs);
  if (isClean(regions)) {
    for (const region of regions) addSame(parts, region.ok?.join('') ?? '');
    return;
  }

  const start = countEqual(ours, theirs, 0);
  const end = countEqual(ours.toReversed(), theirs.toReversed(), start);
  addSame(parts, ours.slice(0, start).join(''));
  parts.push({
    kind: 'clash',
    mine: ours.slice(start, ours.length - end).join(''),
    current: theirs.slice(start, theirs.length - end).join(''),
  });
  addSame(parts, ours.slice(ours.length - end).join(''));
}

function addSame(parts: MergedPart[], text: string): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.kind === 'same') parts[parts.length - 1] = { kind: 'same', text: last.text + text };
  else parts.push({ kind: 'same', text });
}

/**
 * More pairs of equal tokens than this are not compared: the time grows with the cube of equal lines. An ordinary
 * charter has some thousands of pairs; thousands of equal lines become one clash instead of a frozen page.
 */
const mostPairs = 300_000;

/**
 * Where lines repeat, such as the empty ones, a deleted paragraph may be read as "the paragraph and the empty line
 * after it" or "…before it"; one reading can touch a neighbour's edit when the other does not. Both are tried.
 */
function merge(base: string[], mine: string[], current: string[]): readonly Region[] {
  if (countPairs(base, mine) + countPairs(base, current) > mostPairs) return mergeMiddle(base, mine, current);

  const forwards = diff3Merge(mine, base, current) as Region[];
  if (isClean(forwards)) return forwards;

  const backwards = diff3Merge(mine.toReversed(), base.toReversed(), current.toReversed()) as Region[];
  return isClean(backwards) ? backwards.toReversed().map(region => ({ ok: region.ok?.toReversed() ?? [] })) : forwards;
}

/** Too much to compare: what all three share at both ends stays, the rest is one clash. */
function mergeMiddle(base: string[], mine: string[], current: string[]): readonly Region[] {
  const start = Math.min(countEqual(base, mine, 0), countEqual(base, current, 0));
  const reversed = base.toReversed();
  const end = Math.min(
    countEqual(reversed, mine.toReversed(), start),
    countEqual(reversed, current.toReversed(), start),
  );
  const middle = (tokens: string[]) => tokens.slice(start, tokens.length - end);
  return [
    { ok: base.slice(0, start) },
    { conflict: { o: middle(base), a: middle(mine), b: middle(current) } },
    { ok: base.slice(base.length - end) },
  ];
}

function countPairs(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const token of other) counts.set(token, (counts.get(token) ?? 0) + 1);
  return one.reduce((pairs, token) => pairs + (counts.get(token) ?? 0), 0);
}

function isClean(regions: readonly Region[]): boolean {
  return regions.every(region => region.ok);
}

/** How many leading tokens are equal, when `taken` tokens at the other end are not to be counted twice. */
function countEqual(one: readonly string[], other: readonly string[], taken: number): number {
  const most = Math.min(one.length, other.length) - taken;
  let count = 0;
  while (count < most && one[count] === other[count]) count++;
  return count;
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Lines with their line ends. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

const sentenceEnds = /^(.*?)(\s*)$/s;

/** Sentences, and the space between them as tokens of its own, so that edits of two neighbours do not touch. */
function sentences(text: string): string[] {
  const tokens: string[] = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    const [, words = '', space = ''] = sentenceEnds.exec(segment) ?? [];
    if (words !== '') tokens.push(words);
    tokens.push(...space);
  }
  return tokens;
}
