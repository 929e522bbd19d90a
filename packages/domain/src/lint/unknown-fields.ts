/** Fields of a file that nobody knows, and what was probably meant. */
import { didYouMean } from '../did-you-mean.ts';

export interface UnknownField {
  readonly path: readonly string[];
  readonly text: string;
  readonly hint: string | null;
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** Fields that the schema does not name. They are kept, since a newer program may have written them. */
export function unknownFields(value: unknown, shape: object, path: readonly string[] = []): UnknownField[] {
  const { properties } = shape as Shape;
  if (!properties || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known) return unknownFields(inner, known, [...path, key]);
    const near = didYouMean(key, Object.keys(properties));
    return [
      {
        path: [...path, key],
        text: `unknown field ${[...path, key].join('.')}`,
        hint: near ? `did you mean ${near}?` : null,
      },
    ];
  });
}
