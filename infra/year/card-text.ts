type Json = Readonly<Record<string, unknown>>;

/** A button that can be pressed, a whole row too. */
export interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: Json;
}

/** Something to fill in. */
export interface Input {
  readonly type: string;
  readonly id: string;
  readonly choices: readonly string[];
  readonly multi: boolean;
  readonly value: string;
}

/** What stands on a card, one line each, in the order in which it is read; what is folded away too. */
export function linesOf(card: Json): readonly string[] {
  return [...linesIn(card['body']), ...linesIn(card['actions'])]
    .flatMap(text => text.split('\n'))
    .filter(line => line.trim() !== '');
}

export function buttonsOf(card: Json): readonly Button[] {
  return [...objectsIn(card)]
    .filter(one => one['type'] === 'Action.Execute' && typeof one['verb'] === 'string')
    .map(one => ({
      title: words(one['title']),
      verb: words(one['verb']),
      data: (one['data'] ?? {}) as Json,
    }));
}

export function inputsOf(card: Json): readonly Input[] {
  return [...objectsIn(card['body'])]
    .filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'))
    .map(one => ({
      type: words(one['type']),
      id: words(one['id']),
      choices: Array.isArray(one['choices']) ? (one['choices'] as Json[]).map(({ value }) => words(value)) : [],
      multi: one['isMultiSelect'] === true || one['isMultiSelect'] === 'true',
      value: words(one['value']),
    }));
}

function* linesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* linesIn(item);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const one = value as Json;
  const type = words(one['type']);
  if (type === 'TextBlock' || type === 'TextRun') yield unescaped(words(one['text']));
  else if (type.startsWith('Input.')) yield* linesOfInput(one);
  else if (type.startsWith('Action.')) yield* linesOfAction(one);
  else if (type === 'FactSet')
    for (const fact of one['facts'] as Json[]) yield `${words(fact['title'])}: ${words(fact['value'])}`;
  for (const part of ['items', 'columns', 'rows', 'cells', 'inlines', 'actions'] as const) yield* linesIn(one[part]);
}

function* linesOfInput(input: Json): Generator<string> {
  const value = words(input['value']);
  yield `[ ${words(input['label'] ?? input['title'])}${value === '' ? '' : `: ${value}`} ]`;
  if (Array.isArray(input['choices']))
    for (const choice of input['choices'] as Json[]) yield `  ( ) ${words(choice['title'])}`;
}

function* linesOfAction(action: Json): Generator<string> {
  yield `<${words(action['title'])}>`;
  const shown = action['card'];
  if (typeof shown === 'object' && shown !== null) yield* linesOf(shown as Json);
}

function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Json;
    for (const inner of Object.values(value)) yield* objectsIn(inner);
  }
}

/** Cards escape what Markdown would read as its own. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([^\w\s])/g, '$1');
}

function words(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
