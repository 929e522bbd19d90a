/** The same value with a hostile text wherever its schema lets one stand: a field that is forgotten cannot be. */

export const CANARY =
  '<img src=x onerror="window.owned=1"><script>window.owned=1</script>"\'>javascript:window.owned=1 ' +
  '[x](javascript:owned) ![x](https://foreign.example/x.png) https://foreign.example/ \u001b[31m\u001b]8;;https://foreign.example\u0007x\u001b]8;;\u0007 ' +
  '\u202Egnp.exe\u200B __proto__ \u0024{7*7} {{7*7}}';

/** `isValid` judges the whole; what it does not let pass stays as it was. */
export function withCanaries<T>(value: T, isValid: (candidate: T) => boolean): T {
  const copy = structuredClone(value);
  for (const [holder, key] of [...stringsIn(copy)]) {
    const before = holder[key] as string;
    const fits = CANARIES.some((canary) => {
      holder[key] = canary;
      return isValid(copy);
    });
    if (!fits) holder[key] = before;
  }
  return copy;
}

/** Fields that are short take a short one. */
const CANARIES = [CANARY, '<img src=x onerror=owned=1>\u202E', 'javascript:owned=1'];

type Holder = Record<string, unknown>;

function* stringsIn(value: unknown): Generator<readonly [Holder, string]> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') yield [value as Holder, key];
    else yield* stringsIn(inner);
  }
}
