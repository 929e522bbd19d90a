/**
 * What is wrong with a file that people write for a yard, beyond what its schema can say: by the same rules as the yard's own
 * reader and `gityard config lint`. What the newest snapshot tells of the fleet is looked at as well. Pure.
 */
import { checkRecipe } from '@gityard/builder/check-recipe';
import { SCHEMAS, settingFindings, unknownFields, validate } from '@gityard/domain';
import type { FileKind } from './file-kind.ts';
import { type Fleet, lintWish } from './lint-wish.ts';
import { type Finding, type Parsed, parsed, pathOf } from './parsed.ts';

/** No file of a yard is longer (`config lint`). */
const MOST_CHARACTERS = 1_000_000;

export async function lintFile(
  kind: FileKind,
  { name, text, fleet }: { readonly name: string; readonly text: string; readonly fleet: Fleet | undefined },
): Promise<readonly Finding[]> {
  if (text.trim() === '' || text.length > MOST_CHARACTERS) return [];
  if (kind === 'recipe') return lintRecipe(text, name);
  const file = parsed(text);
  // The editor itself says what is wrong with the JSON of a file.
  if (!file) return [];
  return kind === 'queue' ? lintQueueFile(file, fleet) : lintConfig(kind, file);
}

function lintConfig(name: 'yard' | 'branches', file: Parsed): readonly Finding[] {
  const unknown = unknownFields(file.value, SCHEMAS[name]).map(({ path, text, hint }) =>
    file.at(path, { level: 'warning', text: said(text, hint) }),
  );
  if (name !== 'yard') return unknown;
  // Of what does not fit the schema the editor tells by itself, in its own words.
  const checked = validate('yard', structuredClone(file.value));
  if (!checked.ok) return unknown;
  const settings = settingFindings(checked.value);
  return [
    ...unknown,
    ...settings.map(({ at, level, text, hint }) => file.at(pathOf(at), { level, text: said(text, hint) })),
  ];
}

/** An array of wishes is allowed. */
function lintQueueFile(file: Parsed, fleet: Fleet | undefined): readonly Finding[] {
  if (!Array.isArray(file.value)) return lintWish(file, { path: [], wish: file.value, fleet });
  return file.value.flatMap((wish, index) => lintWish(file, { path: [`${index}`], wish, fleet }));
}

async function lintRecipe(text: string, name: string): Promise<readonly Finding[]> {
  const checked = await checkRecipe(text, name);
  const level = checked.ok ? 'warning' : 'error';
  const lines = text.split('\n');
  return (checked.ok ? checked.warnings : checked.findings).map(({ line, column, text: says, hint }) => {
    const before = lines.slice(0, (line ?? 1) - 1).reduce((sum, it) => sum + it.length + 1, 0);
    const from = before + (column ?? 1) - 1;
    const word = /^[^\s:,\]}]*/.exec(text.slice(from))?.[0].length ?? 0;
    return { level, from, to: from + Math.max(1, word), text: said(says, hint) };
  });
}

const said = (text: string, hint: string | null): string => (hint === null ? text : `${text}; ${hint}`);
