import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'zod';
import type { FileFault } from '../schema/fault.ts';
import { isMapping, keysOf, shapeAt, wording } from './allowed.ts';
import { choices } from './suggest.ts';

/** A step on the way to a value: a key, or an index counted from 0. */
export type Path = readonly PropertyKey[];

/** A YAML file that was read: what it says, what is wrong with it, and where each value stands. */
export interface YamlFile<T> {
  file: string;
  /** Undefined when there are faults. */
  value: T | undefined;
  faults: readonly FileFault[];
  /** A fault at the value of a path, or at the nearest parent that is there; `key` points at the key instead. */
  fault: (path: Path, message: string, on?: 'key' | 'value') => FileFault;
}

/** Writes a path as people do: `panels.received.at.w`, `units[3].code`. */
function written(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );
}

/** The offset of a path's value (or key) in the text; that of the nearest parent's key when the path leads nowhere. */
function offsetOf(document: Document, path: Path, on: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
      if (last && on === 'key') return offset;
      if (last || isSeq(node)) offset = startOf(node) ?? offset;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isNode(node: unknown): node is Node {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node);
}

/** Line and column, from 1, of an offset in a text. */
function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, offset));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}

/** How many faults of one file are explained: nobody reads more, and each costs a walk through the file. */
const MOST = 200;

const known = new WeakMap<z.ZodType, unknown>();

/** A schema as JSON Schema, which can be walked to say what is allowed. Made once: it takes longer than reading a file. */
function shapesOf(schema: z.ZodType): unknown {
  const shapes = known.get(schema) ?? z.toJSONSchema(schema, { io: 'input' });
  known.set(schema, shapes);
  return shapes;
}

/**
 * Reads a YAML file by a schema, keeping positions. Never throws: whatever is wrong becomes a fault that says where it is and
 * what is allowed there.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>): YamlFile<T> {
  const document = parseDocument(text, { prettyErrors: false, merge: false });
  const at = (offset: number) => placeOf(text, offset);
  const fault: YamlFile<T>['fault'] = (path, message, on = 'value') => ({
    file,
    ...at(offsetOf(document, path, on)),
    path: written(path),
    message,
  });
  const refused = (faults: FileFault[]): YamlFile<T> => ({ file, value: undefined, faults, fault });
  const syntax = (offset: number, message: string): FileFault => ({
    file,
    ...at(offset),
    path: '',
    message: `${message.replace(/\.$/, '')}; allowed: one YAML document, indented with spaces, each key once`,
  });
  if (document.errors.length > 0)
    return refused(document.errors.slice(0, 20).map((error) => syntax(error.pos[0], error.message)));
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return refused([syntax(0, error instanceof Error ? error.message : String(error))]);
  }
  const result = schema.safeParse(data);
  if (result.success) return { file, value: result.data, faults: [], fault };
  const shapes = shapesOf(schema);
  const faults = result.error.issues.slice(0, MOST).flatMap((issue) => explain(issue, data, shapes, fault));
  return refused(faults.length > 0 ? faults : [fault([], 'is not what the schema allows')]);
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else value = isMapping(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
  }
  return value;
}

/** The faults of one zod issue, each with what is allowed there. */
function explain(
  issue: z.core.$ZodIssue,
  data: unknown,
  shapes: unknown,
  fault: YamlFile<unknown>['fault'],
): FileFault[] {
  const shape = shapeAt(shapes, data, issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MOST)
      .map((key) => fault([...issue.path, key], `unknown key "${key}"; ${choices(key, keysOf(shape) ?? [])}`, 'key'));
  const name = issue.path.length === 0 ? 'the file' : `"${String(issue.path.at(-1))}"`;
  if (issue.code === 'invalid_key') {
    const rule = shapeAt(shapes, data, issue.path.slice(0, -1));
    const names = isMapping(rule) ? rule.propertyNames : undefined;
    return [fault(issue.path, `the name ${name} is not allowed; allowed: ${wording(names)}`, 'key')];
  }
  const value = valueAt(data, issue.path);
  const kinds =
    issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
      ? issue.options.map(String)
      : [];
  if (value === undefined)
    return [fault(issue.path, `${name} is missing; allowed: ${kinds.join(', ') || wording(shape)}`, 'key')];
  if (kinds.length > 0)
    return [fault(issue.path, `unknown ${name} ${JSON.stringify(value)}; ${choices(JSON.stringify(value), kinds)}`)];
  const reason = issue.message.replace(/^Invalid input: /, '');
  return [fault(issue.path, `${name} is not right (${reason}); allowed: ${wording(shape)}`)];
}
