/**
 * Which build was given which secret, by the files that agents keep of it for themselves (`secret-uses.jsonl` in the folder of
 * each): they stand in no yard. A line that is none of theirs is passed over, and counted.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CliError } from '../errors.ts';

export interface SecretUse {
  readonly at: string;
  readonly secret: string;
  readonly job: string;
  readonly token: number | null;
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  /** What gave it; null: nobody did. */
  readonly from: string | null;
  /** Why it was not given; null: it was. */
  readonly refused: string | null;
}

export interface SpanOfUses {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly onOdd: () => void;
}

/** Files as they are named, or the folders of agents, with what they have put away. Oldest first in each. */
export async function secretUseFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(filesAt));
  return found.flat();
}

async function filesAt(path: string): Promise<string[]> {
  if (!(await isThere(path)))
    throw new CliError('NOT_FOUND', `there is no ${path}`, {
      hint: 'name the folder of an agent, or a secret-uses.jsonl',
    });
  if (!(await stat(path)).isDirectory()) return [path];
  const own = ['secret-uses.jsonl.1', 'secret-uses.jsonl'].map((name) => join(path, name));
  const there = await Promise.all(own.map(isThere));
  return own.filter((_, at) => there[at]);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export async function* readSecretUses(
  files: readonly string[],
  { since, until, onOdd }: SpanOfUses,
): AsyncIterable<SecretUse> {
  for (const file of files)
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      const use = useIn(line);
      if (use === undefined) onOdd();
      else if (isWithin(use.at, since, until)) yield use;
    }
}

const isWithin = (at: string, since: string | undefined, until: string | undefined): boolean =>
  (since === undefined || Date.parse(at) >= Date.parse(since)) &&
  (until === undefined || Date.parse(at) < Date.parse(until));

function useIn(line: string): SecretUse | undefined {
  const said = parsed(line);
  if (typeof said !== 'object' || said === null) return undefined;
  const { at, secret, job, token, ...rest } = said as Record<string, unknown>;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return undefined;
  if (typeof secret !== 'string' || typeof job !== 'string') return undefined;
  const word = (name: string): string | null => (typeof rest[name] === 'string' ? rest[name] : null);
  return {
    at,
    secret,
    job,
    token: typeof token === 'number' ? token : null,
    repository: word('repository'),
    branch: word('branch'),
    commit: word('commit'),
    from: word('from'),
    refused: word('refused'),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Torn off in the middle of a write, most likely: the lines around it are whole.
    return undefined;
  }
}
