import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands/list.ts';

const packages = new URL('../../', import.meta.url);
const table = readFileSync(new URL('requirements.md', packages), 'utf8');

interface Row {
  readonly id: string;
  readonly commands: readonly string[];
  readonly specs: readonly string[];
}

const rows: readonly Row[] = table
  .split('\n')
  .filter((line) => /^\| (?:R|X|hurt )\d/.test(line))
  .map((line) => {
    const [id = '', , commands = '', specs = ''] = line
      .split(/(?<!\\)\|/)
      .slice(1)
      .map((it) => it.trim());
    return { id, commands: quoted(commands), specs: quoted(specs) };
  });

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words.replaceAll('\\|', '|'));
}

const OWED = range(1, 141);

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `R${from + at}`);
}

describe('the table of requirements', () => {
  it('has a row for each that is owed', () => {
    const known = new Set(rows.map((it) => it.id));
    expect(OWED.filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(rows)('$id names commands that exist', ({ commands }) => {
    const names = new Set(COMMANDS.map((it) => it.name));
    expect(commands.filter((it) => !names.has(it))).toEqual([]);
  });

  it.each(rows)('$id names specs that exist', ({ specs }) => {
    expect(specs.length).toBeGreaterThan(0);
    expect(specs.filter((it) => !existsSync(new URL(it, packages)))).toEqual([]);
  });
});
