/**
 * The one place where everything that would be written is looked at first, whoever asks for it: a command, the API, a relay,
 * a spool, a file of the inbox. What people write is refused when it holds a secret. What a build says of itself is written
 * without it: nobody is there to mend it, and a result must not be lost.
 */
import { type OperationName, type Refused, refuse } from '@gityard/domain';
import type { View } from '../reading/view.ts';
import type { Operation, Screened } from '../writing/compose.ts';
import { type FoundSecret, findSecrets, withoutSecrets } from './find-secrets.ts';
import { textsIn, withTextsAsync } from './texts-of.ts';

/** Acts of programs, which nobody is there to ask again. */
const BY_PROGRAMS: ReadonlySet<OperationName> = new Set([
  'register',
  'finish',
  'progress',
  'note-late',
  'requeue',
  'expire',
]);
/** They write nothing but what stands in the history already, or names. */
const NO_TEXTS: ReadonlySet<OperationName> = new Set(['claim', 'start', 'quarantine', 'clear', 'archive', 'prune']);

export async function screen(operation: Operation, view?: View): Promise<Screened> {
  const { name, input, reason } = operation;
  if (name === 'take-up') return screenFile(operation, view);
  if (NO_TEXTS.has(name)) return { operation, allowed: [] };
  const found = await findIn({ ...(input as object), ...(reason != null && { reason }) });
  const waved = allowedBy(operation);
  const [first] = found.filter((it) => !waved.has(it.rule));
  const allowed = [...new Set(found.map((it) => it.rule).filter((it) => waved.has(it)))];
  if (!first) return { operation, allowed };
  if (BY_PROGRAMS.has(name)) return { operation: await masked(operation), allowed };
  return { operation, allowed, refused: refusalOf(first) };
}

interface Placed extends FoundSecret {
  readonly place: string;
}

async function findIn(value: unknown): Promise<readonly Placed[]> {
  const found = textsIn(value).map(async ({ place, text }) =>
    (await findSecrets(text, place)).map((it) => ({ ...it, place })),
  );
  return (await Promise.all(found)).flat();
}

/** It may come from another machine: whatever else stands there allows nothing. */
function allowedBy({ allowSecrets }: Operation): ReadonlySet<string> {
  const isList = Array.isArray(allowSecrets) && allowSecrets.every((it) => typeof it === 'string');
  return new Set(isList ? allowSecrets : []);
}

async function masked(operation: Operation): Promise<Operation> {
  const change = async (text: string) => withoutSecrets(text, await findSecrets(text));
  return { ...operation, input: (await withTextsAsync(operation.input, change)) as Operation['input'] };
}

/** The file is in the history already; what it asks for must not carry the secret on. */
async function screenFile(operation: Operation, view: View | undefined): Promise<Screened> {
  const { path, blob } = operation.input as { path: string; blob: string };
  const file = view?.state.queue.get(path);
  const content = file?.blob === blob ? view?.snapshot.read(blob) : undefined;
  if (!file || !content) return { operation, allowed: [] };
  const [found] = await findSecrets(new TextDecoder().decode(content), path);
  // Words of a command are read together, which in the file stand apart.
  const [wish] = found ? [] : await findIn(file.wishes);
  const first = found ?? wish;
  if (!first) return { operation, allowed: [] };
  const reason = `is not taken up: ${first.text} (rule ${first.rule}); take it out and make it void, as the history keeps what was pushed`;
  return { operation, allowed: [], fileProblem: { reason, line: found?.line ?? null } };
}

function refusalOf({ place, line, rule, text }: Placed): Refused {
  return refuse('SECRET_FOUND', `${place}, line ${line}: ${text} (rule ${rule})`);
}
