/** Every text of an entity that is to come, looked at for secrets: those are kept out, or masked where somebody asked for it. */
import type { Resolved } from './references.ts';
import { redacted, secretsIn } from './secrets.ts';

export interface Screened extends Resolved {
  readonly secret: { readonly reason: string; readonly isMasked: boolean } | null;
}

export async function screen(
  named: readonly Resolved[],
  { redact }: { redact: boolean },
): Promise<readonly Screened[]> {
  const texts = named.map(({ candidate }) => stringsIn(candidate.value).join('\n'));
  const secrets = await secretsIn(texts);
  const screened: Screened[] = [];
  for (const [at, it] of named.entries()) {
    const found = secrets[at];
    if (!found) screened.push({ ...it, secret: null });
    else screened.push(await withSecret(it, { rule: found.rule, redact }));
  }
  return screened;
}

async function withSecret(named: Resolved, { rule, redact }: { rule: string; redact: boolean }): Promise<Screened> {
  const { candidate } = named;
  const masked = redact ? await maskedCopy(candidate.value) : null;
  if (masked === null)
    return { ...named, secret: { reason: `holds what looks like a credential (${rule})`, isMasked: false } };
  const reason = `a credential (${rule}) was masked`;
  return {
    ...named,
    candidate: { ...candidate, value: masked } as Resolved['candidate'],
    secret: { reason, isMasked: true },
  };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Of texts that may say anything; null where a secret stands in what must be a name. */
async function maskedCopy<T extends object>(value: T): Promise<T | null> {
  const copy = { ...value } as Record<string, unknown>;
  for (const field of ['subject', 'body']) {
    const text = copy[field];
    if (typeof text !== 'string') continue;
    const clean = await redacted(text);
    if (clean === null) return null;
    copy[field] = clean;
  }
  const rest = await secretsIn([stringsIn(copy).join('\n')]);
  return rest[0] === null ? (copy as unknown as T) : null;
}
