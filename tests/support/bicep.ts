import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

/** A value as it is written: literals as they are, and of all else its text. */
export type BicepValue =
  | { readonly kind: 'object'; readonly properties: ReadonlyMap<string, BicepValue> }
  | { readonly kind: 'array'; readonly items: readonly BicepValue[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly text: string };

export interface BicepResource {
  readonly name: string;
  /** With its parent's type before it where it is written inside another resource. */
  readonly type: string;
  readonly existing: boolean;
  readonly body: BicepValue;
}

export interface BicepFile {
  /** What is in it that the grammar does not know. */
  readonly faults: readonly string[];
  readonly extensions: readonly string[];
  readonly parameters: ReadonlyMap<string, { readonly required: boolean }>;
  readonly variables: ReadonlyMap<string, BicepValue>;
  readonly outputs: readonly string[];
  readonly resources: readonly BicepResource[];
  readonly modules: readonly { readonly name: string; readonly path: string; readonly body: BicepValue }[];
  /** Names that are used and nowhere declared, and those that are declared and nowhere used. */
  readonly undeclared: readonly string[];
  readonly unused: readonly string[];
  /** `module.outputs.name`, by module. */
  readonly outputsUsed: readonly { readonly module: string; readonly output: string }[];
}

export type ReadBicep = (path: string) => Promise<BicepFile>;

/**
 * Reads Bicep by the grammar of tree-sitter, as there is no compiler among npm's packages. The grammar is older than
 * `extension` and the assignments of a parameter file: these lines are read here.
 */
export async function createBicepReader(): Promise<ReadBicep> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));

  return async path => {
    const extensions: string[] = [];
    const text = (await readFile(path, 'utf8'))
      .replace(/^extension (\w+)$/gm, (_line, name: string) => {
        extensions.push(name);
        return '';
      })
      .replace(/^param (\w+) = /gm, path.endsWith('.bicepparam') ? 'var $1 = ' : '$&');
    const tree = parser.parse(text);
    if (!tree) throw new Error(`${path} was not read`);
    return { ...declarationsIn(tree.rootNode), extensions, faults: faultsIn(tree.rootNode) };
  };
}

function faultsIn(node: Node): readonly string[] {
  if (node.isError || node.isMissing) return [`line ${node.startPosition.row + 1}: ${node.text.split('\n')[0]}`];
  return children(node).flatMap(faultsIn);
}

function declarationsIn(root: Node): Omit<BicepFile, 'extensions' | 'faults'> {
  const parameters = new Map<string, { required: boolean }>();
  const variables = new Map<string, BicepValue>();
  const outputs: string[] = [];
  const resources: BicepResource[] = [];
  const modules: BicepFile['modules'][number][] = [];
  for (const node of children(root)) {
    const [name, second, ...rest] = named(node);
    if (!name || !second) continue;
    const last = rest.at(-1) ?? second;
    if (node.type === 'parameter_declaration') parameters.set(name.text, { required: rest.length === 0 });
    else if (node.type === 'variable_declaration') variables.set(name.text, valueOf(last));
    else if (node.type === 'output_declaration') outputs.push(name.text);
    else if (node.type === 'module_declaration')
      modules.push({ name: name.text, path: textOf(second), body: valueOf(last) });
    else if (node.type === 'resource_declaration') resources.push(...resourcesIn(node, ''));
  }
  return { parameters, variables, outputs, resources, modules, ...namesIn(root, { parameters, variables }) };
}

function resourcesIn(node: Node, parent: string): readonly BicepResource[] {
  const [name, type, body] = named(node);
  if (!name || !type || !body) return [];
  const full = parent === '' ? textOf(type) : `${parent.split('@')[0]}/${textOf(type)}`;
  const existing = children(node).some(child => child.type === 'existing');
  const inside = named(body)
    .map(property => named(property)[0])
    .filter(child => child?.type === 'resource_declaration');
  return [
    { name: name.text, type: full, existing, body: valueOf(body) },
    ...inside.flatMap(child => resourcesIn(child!, full)),
  ];
}

function valueOf(node: Node): BicepValue {
  switch (node.type) {
    case 'object':
      return {
        kind: 'object',
        properties: new Map(
          named(node)
            .filter(property => property.type === 'object_property' && named(property).length === 2)
            .map(property => [textOf(named(property)[0]!), valueOf(named(property)[1]!)]),
        ),
      };
    case 'array':
      return { kind: 'array', items: named(node).map(valueOf) };
    case 'for_statement':
      return { kind: 'array', items: [valueOf(node.childForFieldName('body')!)] };
    case 'string':
      return named(node).every(child => child.type === 'string_content')
        ? { kind: 'text', text: textOf(node) }
        : { kind: 'expression', text: node.text };
    default:
      return { kind: 'expression', text: node.text };
  }
}

/** Names of what is not this file's own: a parameter of a function or of a loop, and what Bicep brings along. */
function namesIn(
  root: Node,
  declared: Pick<BicepFile, 'parameters' | 'variables'>,
): Pick<BicepFile, 'undeclared' | 'unused' | 'outputsUsed'> {
  const uses: string[] = [];
  const known = new Set<string>();
  const outputsUsed: { module: string; output: string }[] = [];
  function visit(node: Node): void {
    const kids = named(node);
    if (/_declaration$/.test(node.type) && kids[0]) known.add(kids[0].text);
    if (node.type === 'for_statement') known.add(node.childForFieldName('initializer')?.text ?? '');
    // Its parameter; the grammar takes what follows apart in its own way.
    if (node.type === 'lambda_expression' && kids[0]) known.add(kids[0].text);
    const output = node.type === 'member_expression' && /^(\w+)\.outputs\.(\w+)$/.exec(node.text);
    if (output) outputsUsed.push({ module: output[1]!, output: output[2]! });
    for (const [index, child] of kids.entries()) {
      const isName =
        (/_declaration$/.test(node.type) && index === 0) ||
        (node.type === 'object_property' && index === 0) ||
        (node.type === 'call_expression' && index === 0);
      if (child.type === 'identifier' && !isName) uses.push(child.text);
      if (child.type !== 'type') visit(child);
    }
  }
  visit(root);
  const own = [...declared.parameters.keys(), ...declared.variables.keys()];
  return {
    undeclared: uses.filter(name => !known.has(name)),
    unused: own.filter(name => !uses.includes(name)),
    outputsUsed,
  };
}

function textOf(node: Node): string {
  return node.text.replace(/^'|'$/g, '');
}

function children(node: Node): readonly Node[] {
  return node.children.filter(child => child !== null);
}

function named(node: Node): readonly Node[] {
  return node.namedChildren.filter(child => child !== null && child.type !== 'comment');
}
