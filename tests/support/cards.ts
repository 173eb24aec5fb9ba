import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { renderCard, type Card } from '../../bot/cards.ts';

// The bundle for browsers: the package's own modules leave out file extensions, which Node does not forgive.
const { AdaptiveCard, SerializationContext, Version } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof import('adaptivecards');

/** Our own limits: Teams takes up to 100 KB and shows six actions. */
const mostBytes = 25 * 1024;
const mostActions = 6;
/** In pixels, of what is pressed: a thumb is wider than a line of small text is high. */
const leastPressed = 44;

type Json = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a card, in sentences; an empty list for a good one. It must be a 1.5 card that the
 * `adaptivecards` package parses without a warning, with a fallback text, at most six buttons, under 25 KB, every
 * input with a label, every toggle with a target, every short text that is pressed tall enough for a thumb, one primary button at most, the way
 * out behind the three dots, no picture drawn in characters, and every
 * Action.Execute with a `feature.action` verb and its community.
 */
export function faultsOf(card: Card): readonly string[] {
  const faults: string[] = [];
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes >= mostBytes) faults.push(`the card has ${bytes} bytes, expected fewer than ${mostBytes}`);
  if (card['version'] !== '1.5') faults.push(`version is ${String(card['version'])}, expected 1.5`);
  if (typeof card['fallbackText'] !== 'string' || card['fallbackText'] === '') faults.push('fallbackText is missing');

  const context = new SerializationContext(new Version(1, 5));
  const parsed = new AdaptiveCard();
  parsed.parse(structuredClone(card), context);
  for (let index = 0; index < context.eventCount; index++) faults.push(context.getEventAt(index).message);
  for (const event of parsed.validateProperties().validationEvents) faults.push(event.message);

  const objects = [...objectsIn(card)];
  const buttons = objects.flatMap(object => (Array.isArray(object['actions']) ? (object['actions'] as Json[]) : []));
  if (buttons.length > mostActions) faults.push(`${buttons.length} buttons, expected at most ${mostActions}`);
  const ids = objects
    .filter(object => typeof object['type'] === 'string' && typeof object['id'] === 'string')
    .map(object => object['id'] as string);
  for (const object of objects) {
    for (const [name, value] of Object.entries(object))
      if (value === null) faults.push(`${name} of a ${String(object['type'])} is null, which the schema refuses`);
    const type = String(object['type']);
    // Block elements and geometric shapes.
    if (/[\u2580-\u25ff]{2}/.test(String(object['text'])))
      faults.push(`a screen reader reads each character of "${String(object['text'])}": expected words`);
    for (const text of [object['text'], object['value']])
      if (typeof text === 'string' && /\]\(https:\/\/(teams\.|example\.org\/)/.test(text))
        faults.push(`the link in "${text}" leaves Teams: expected an Action.OpenUrl`);
    if (isShortPress(object) && !(Number.parseInt(String(object['minHeight'])) >= leastPressed))
      faults.push(`a pressed ${type} has a minHeight of ${String(object['minHeight'])}, expected ${leastPressed}px`);
    if (type === 'Action.ToggleVisibility') faults.push(...togglesNothing(object, ids));
    if (type === 'Action.Execute') faults.push(...faultsOfExecute(object));
    if (type === 'AdaptiveCard') faults.push(...faultsOfPrimary(object), ...faultsOfOptOut(object));
    if (type.startsWith('Input.') && type !== 'Input.Toggle' && typeof object['label'] !== 'string')
      faults.push(`input ${String(object['id'])} has no label for screen readers`);
  }
  return faults;
}

/** Throws with every fault of {@link faultsOf}. */
export function checkCard(card: Card): void {
  const faults = faultsOf(card);
  if (faults.length > 0) throw new Error(`the card is not as Teams wants it:\n- ${faults.join('\n- ')}`);
}

/**
 * Every `<name>.card.json` of a feature's folder, filled with its `<name>.sample.json`:
 * `test.each(samplesOf('charter'))`.
 */
export function samplesOf(feature: string): readonly { readonly name: string; readonly card: Card }[] {
  const folder = join(import.meta.dirname, '../../bot/features', feature, 'cards');
  const names = readdirSync(folder)
    .filter(file => file.endsWith('.card.json'))
    .map(file => file.slice(0, -'.card.json'.length));
  if (names.length === 0) throw new Error(`${folder} has no .card.json`);
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object;
  return names.map(name => ({ name, card: renderCard(read(`${name}.card.json`), read(`${name}.sample.json`)) }));
}

/** Everything a person reads on the card, from top to bottom: titles, texts, buttons, choices. */
export function textsIn(card: Card): readonly string[] {
  const shown = ['text', 'title', 'label', 'placeholder'] as const;
  return [...objectsIn(card)].flatMap(object =>
    shown.map(name => object[name]).filter(value => typeof value === 'string'),
  );
}

/** Every action on the card with this type (`Action.Execute` when left out), those of whole rows too. */
export function actionsIn(card: Card, type = 'Action.Execute'): readonly Json[] {
  return [...objectsIn(card)].filter(object => object['type'] === type);
}

function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Json;
    for (const inner of Object.values(value)) yield* objectsIn(inner);
  }
}

/**
 * What a card is there for is one button, which stands out; where something is filled in, the one that sends it.
 * Buttons of equal weight, such as the answers to "Which one?", have none.
 */
function faultsOfPrimary(card: Json): readonly string[] {
  const actions = Array.isArray(card['actions']) ? (card['actions'] as Json[]) : [];
  const primary = actions.filter(({ style }) => style === 'positive').length;
  const hasInputs = [...objectsIn(card['body'])].some(({ type }) => String(type).startsWith('Input.'));
  const sends = hasInputs && actions.some(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');
  if (primary > 1) return [`${primary} buttons are primary, expected one at most`];
  return sends && primary === 0 ? ['no button is primary, and something is filled in'] : [];
}

/**
 * The way out stands behind the three dots: nobody takes it by a slip. Those of `privacy.stop` answer who asked for it.
 */
function faultsOfOptOut(card: Json): readonly string[] {
  const actions = Array.isArray(card['actions']) ? (card['actions'] as Json[]) : [];
  const loud = actions.filter(
    ({ verb, mode }) => /\.stop$/.test(String(verb)) && verb !== 'privacy.stop' && mode !== 'secondary',
  );
  return loud.map(({ verb }) => `${String(verb)} stands beside what is wanted: expected mode secondary`);
}

/** A text that is pressed in the place of a button; rows of several columns are taller by themselves. */
function isShortPress({ type, selectAction }: Json): boolean {
  return selectAction !== undefined && (type === 'Column' || type === 'Container');
}

function togglesNothing(action: Json, ids: readonly string[]): readonly string[] {
  const targets = Array.isArray(action['targetElements'])
    ? (action['targetElements'] as (string | { elementId: string })[])
    : [];
  const wanted = targets.map(target => (typeof target === 'string' ? target : target.elementId));
  if (wanted.length === 0) return ['a toggle has no target'];
  return wanted.filter(id => !ids.includes(id)).map(id => `a toggle’s target ${id} is not on the card`);
}

function faultsOfExecute(action: Json): readonly string[] {
  const verb = String(action['verb']);
  const data = action['data'] as Json | undefined;
  const faults: string[] = [];
  if (!/^[a-z]+\.[a-zA-Z]+$/.test(verb)) faults.push(`verb ${verb} is not feature.action`);
  if (typeof data?.['community'] !== 'string') faults.push(`the data of ${verb} lacks its community`);
  return faults;
}
