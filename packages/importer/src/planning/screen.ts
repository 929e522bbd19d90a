/**
 * Everything that is to come, looked at for secrets as it would be written, its id and its names with it: what holds one is
 * kept out, or masked where somebody asked for it. The yard refuses a whole batch for one secret, so none may come so far.
 */
import { type ImportedEntity, validate } from '@gityard/domain';
import { maskSecrets, textsIn, withTextsAsync } from '@gityard/yard';
import { secretsIn } from './secrets.ts';

export type Screened =
  | { readonly entity: ImportedEntity; readonly masked: string | null }
  /** Why it is kept out. */
  | { readonly entity: null; readonly reason: string };

/** In the order of the entities. */
export async function screen(
  entities: readonly ImportedEntity[],
  { redact }: { redact: boolean },
): Promise<readonly Screened[]> {
  const rules = await rulesFoundIn(entities);
  const screened: Screened[] = [];
  for (const [at, entity] of entities.entries()) {
    const rule = rules[at] ?? null;
    if (rule === null) screened.push({ entity, masked: null });
    else screened.push(await withSecret(entity, { rule, redact }));
  }
  return screened;
}

/** The same texts that the yard looks at: words of one list are read together, and a field says what its value is. */
async function rulesFoundIn(entities: readonly ImportedEntity[]): Promise<readonly (string | null)[]> {
  const texts = entities.map((it) => textsIn({ entities: [it] }).map(({ text }) => text));
  const found = await secretsIn(texts.flat());
  let from = 0;
  return texts.map((own) => {
    const rules = found.slice(from, from + own.length);
    from += own.length;
    return rules.find((it) => it !== null) ?? null;
  });
}

async function withSecret(
  entity: ImportedEntity,
  { rule, redact }: { rule: string; redact: boolean },
): Promise<Screened> {
  const clean = redact ? await masked(entity) : null;
  if (clean === null) return { entity: null, reason: `holds what looks like a credential (${rule})` };
  return { entity: clean, masked: `a credential (${rule}) was masked` };
}

/** null where a secret stands in what must be a name. */
async function masked(entity: ImportedEntity): Promise<ImportedEntity | null> {
  const { kind } = entity;
  if (kind === 'branch') return null;
  const checked = validate(kind, await withTextsAsync(entity.value, (text) => maskSecrets(text)));
  if (!checked.ok) return null;
  const clean = { ...entity, value: checked.value } as ImportedEntity;
  const [left = null] = await rulesFoundIn([clean]);
  return left === null ? clean : null;
}
