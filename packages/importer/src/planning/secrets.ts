/**
 * Looks for credentials in what is about to be written, where they would stay for ever. Many texts are looked at as one, and
 * by themselves only where something was found. With --redact a line that holds a secret is written as `***REDACTED***`.
 */
import { findSecrets } from '@gityard/yard';

export interface Secret {
  readonly rule: string;
  readonly line: number;
}

/** The first secret in each text; null: none. */
export async function secretsIn(texts: readonly string[]): Promise<readonly (Secret | null)[]> {
  const secrets: (Secret | null)[] = [];
  for (const group of grouped(texts)) {
    const isClean = (await findSecrets(group.join(BETWEEN))).length === 0;
    for (const text of group) secrets.push(isClean ? null : await firstIn(text));
  }
  return secrets;
}

async function firstIn(text: string): Promise<Secret | null> {
  const [found] = await findSecrets(text);
  return found ? { rule: found.rule, line: found.line } : null;
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

const MASK = '***REDACTED***';
const KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** null: something is left that cannot be masked. */
export async function redacted(text: string): Promise<string | null> {
  let masked = text.replace(KEY_BLOCK, MASK);
  for (let round = 0; round < 3; round++) {
    const lines = new Set((await findSecrets(masked)).map((it) => it.line));
    if (lines.size === 0) return masked;
    masked = masked
      .split('\n')
      .map((line, at) => (lines.has(at + 1) ? MASK : line))
      .join('\n');
  }
  return (await findSecrets(masked)).length === 0 ? masked : null;
}
