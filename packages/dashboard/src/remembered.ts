/** Small choices of a person, kept in this browser alone. Never a token, never anything of the yard. */

export function remembered(name: string): string | null {
  return attempt(() => localStorage.getItem(`gityard-${name}`)) ?? null;
}

export function remember(name: string, value: string): void {
  attempt(() => localStorage.setItem(`gityard-${name}`, value));
}

/** A browser that blocks storage throws at the mere touch; a choice is not worth a broken page. */
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
