/** The content type of an artifact by its name; what is not listed is plain bytes, which is always safe to say. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.(tgz|gz)$/i, 'application/gzip'],
  [/\.(zip|nupkg|jar|war)$/i, 'application/zip'],
  [/\.json$/i, 'application/json'],
  [/\.xml$/i, 'application/xml'],
  [/\.(txt|log|md)$/i, 'text/plain; charset=utf-8'],
];

export function contentTypeOf(path: string): string {
  return TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'application/octet-stream';
}
