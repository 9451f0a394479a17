type Shape = Record<string, unknown>;

/** Whether a value is a plain mapping. */
export function isMapping(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The shapes that a value at this place may take; of a union with a discriminator, the one that the value names. */
function branch(shape: unknown, value: unknown): unknown {
  if (!isMapping(shape) || !Array.isArray(shape.oneOf)) return shape;
  const named = shape.oneOf.find(
    (option) =>
      isMapping(option) &&
      isMapping(option.properties) &&
      Object.entries(option.properties).every(
        ([key, property]) =>
          !isMapping(property) || property.const === undefined || (isMapping(value) && value[key] === property.const),
      ),
  );
  return named ?? shape;
}

/** The shape one step further down. */
function child(shape: unknown, step: PropertyKey): unknown {
  if (!isMapping(shape)) return undefined;
  if (typeof step === 'number') {
    const fixed = Array.isArray(shape.prefixItems) ? shape.prefixItems[step] : undefined;
    return fixed ?? shape.items;
  }
  const properties = isMapping(shape.properties) ? shape.properties : {};
  return Object.hasOwn(properties, String(step)) ? properties[String(step)] : shape.additionalProperties;
}

/** The shape at a path of a JSON Schema, following the data through unions. */
export function shapeAt(schema: unknown, data: unknown, path: readonly PropertyKey[]): unknown {
  let shape = branch(schema, data);
  let value = data;
  for (const step of path) {
    if (isMapping(value)) value = Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
    else value = Array.isArray(value) && typeof step === 'number' ? value[step] : undefined;
    shape = branch(child(shape, step), value);
  }
  return shape;
}

/** The keys that a mapping of this shape may have; undefined when any may. */
export function keysOf(shape: unknown): string[] | undefined {
  return isMapping(shape) && isMapping(shape.properties) ? Object.keys(shape.properties) : undefined;
}

function bounds(shape: Shape): string {
  const from = typeof shape.minimum === 'number' ? ` from ${shape.minimum}` : '';
  const to =
    typeof shape.maximum === 'number' && shape.maximum < Number.MAX_SAFE_INTEGER ? ` up to ${shape.maximum}` : '';
  return `${from}${to}`;
}

/** What a shape of a JSON Schema allows, in words. */
export function wording(shape: unknown): string {
  if (!isMapping(shape)) return 'anything';
  const options = [shape.oneOf, shape.anyOf].find(Array.isArray);
  if (options) return options.map(wording).join(', or ');
  if (Array.isArray(shape.enum)) return shape.enum.map((value) => JSON.stringify(value)).join(', ');
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  const keys = keysOf(shape);
  if (keys) return `a mapping with the keys ${keys.join(', ')}`;
  switch (shape.type) {
    case 'object':
      return `a mapping of names${isMapping(shape.propertyNames) ? ` (${wording(shape.propertyNames)})` : ''}`;
    case 'array':
      return `a list${typeof shape.minItems === 'number' ? ` of at least ${shape.minItems}` : ''}`;
    case 'integer':
      return `a whole number${bounds(shape)}`;
    case 'number':
      return `a number${bounds(shape)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return typeof shape.pattern === 'string' ? `text like ${shape.pattern}` : 'text';
    default:
      return 'anything';
  }
}
