/**
 * Looks for credentials in what is about to be written, where they would stay for ever, as the yard itself does before it
 * writes. Many texts are looked at as one, and by themselves only where something was found: each look costs.
 */
import { findSecrets } from '@gityard/yard';

/** The rule that found the first secret in each text; null: none did. */
export async function secretsIn(texts: readonly string[]): Promise<readonly (string | null)[]> {
  const secrets: (string | null)[] = [];
  for (const group of grouped(texts)) {
    const isClean = (await findSecrets(group.join(BETWEEN))).length === 0;
    for (const text of group) secrets.push(isClean ? null : await firstIn(text));
  }
  return secrets;
}

async function firstIn(text: string): Promise<string | null> {
  const [found] = await findSecrets(text);
  return found?.rule ?? null;
}

const BETWEEN = '\n\n';
const GROUP_CHARACTERS = 50_000;

function grouped(texts: readonly string[]): string[][] {
  const groups: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    size += text.length;
    if (size > GROUP_CHARACTERS) {
      groups.push([]);
      size = text.length;
    }
    groups.at(-1)?.push(text);
  }
  return groups;
}
