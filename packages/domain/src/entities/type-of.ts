/**
 * The TypeScript type of what a schema literal admits once its defaults are filled in. Covers just the vocabulary of
 * `schema.ts`: the general library for this answers `never` for an object that may be null and has defaults inside.
 */
interface Primitives {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  null: null;
}
type Flat<T> = { [K in keyof T]: T[K] } & {};

/** A field is always there after validation when the schema requires it or gives it a default. */
type Present<P, R> = {
  [K in keyof P]: K extends R ? K : P[K] extends { readonly default: unknown } ? K : never;
}[keyof P];

type ObjectOf<S> = S extends {
  readonly properties: infer P;
  readonly required: readonly (infer R)[];
}
  ? Flat<
      { -readonly [K in Present<P, R>]: TypeOf<P[K]> } & {
        -readonly [K in Exclude<keyof P, Present<P, R>>]?: TypeOf<P[K]>;
      }
    >
  : S extends { readonly additionalProperties: infer V }
    ? { [key: string]: V extends true ? unknown : TypeOf<V> }
    : { [key: string]: unknown };

type OfType<T, S> = T extends keyof Primitives
  ? Primitives[T]
  : T extends 'array'
    ? S extends { readonly items: infer I }
      ? TypeOf<I>[]
      : unknown[]
    : T extends 'object'
      ? ObjectOf<S>
      : never;

export type TypeOf<S> = S extends { readonly enum: readonly (infer V)[] }
  ? V
  : S extends { readonly type: readonly (infer T)[] }
    ? OfType<T, S>
    : S extends { readonly type: infer T }
      ? OfType<T, S>
      : unknown;
