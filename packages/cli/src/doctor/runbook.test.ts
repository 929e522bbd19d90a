/** The runbook and the program speak of the same things: whoever searches the page for what he was told finds it. */
import { readFile } from 'node:fs/promises';
import { CHECKS as MONITOR_CHECKS } from '@gityard/monitor';
import { expect, it } from 'vitest';
import type { ErrorCode } from '../exit-codes.ts';
import { CHECKS } from './list.ts';
import { RUNBOOK_HEADINGS, runbookLink } from './runbook.ts';

const page = await readFile(new URL('../../../guides/pages/runbook.md', import.meta.url), 'utf8');
const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, it = '']) => it);
const chapters = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((it) => [slug(it.split('\n')[0] ?? ''), it]),
);

/** As the host of the page makes it an address. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** What the world does wrong, and a person has to mend. A wrong word on a command line says itself what to do. */
const OPERATIONAL: readonly (
  | ErrorCode
  | 'INVALID_DATA'
  | 'SECRET_FOUND'
  | 'LOCK_HELD'
  | 'STALE_TOKEN'
  | 'DUPLICATE_AGENT'
)[] = [
  'REMOTE_UNREACHABLE',
  'REMOTE_INVALID',
  'RATE_LIMITED',
  'BRANCH_MISSING',
  'HISTORY_REWRITTEN',
  'DENIED',
  'POLICY',
  'SIGNATURE',
  'TOO_LARGE',
  'NEWER_SCHEMA',
  'TIMEOUT',
  'DISK_FULL',
  'READ_ONLY',
  'LIMIT_REACHED',
  'INTERNAL',
  'INVALID_DATA',
  'SECRET_FOUND',
  'LOCK_HELD',
  'STALE_TOKEN',
  'DUPLICATE_AGENT',
];

it('has the chapters that the doctor sends people to, and no other', () => {
  expect(headings.map(slug)).toEqual([...RUNBOOK_HEADINGS]);
  for (const { name, runbook } of CHECKS)
    expect([name, runbook && headings.map(slug).includes(runbook)]).toEqual([name, true]);
  expect(runbookLink('disk-full')).toMatch(/docs\/guide\/runbook\.html#disk-full$/);
});

it.each(OPERATIONAL)('has a chapter where the code %s is found', (code) => {
  expect(page).toMatch(new RegExp(`\\[?\\b${code}\\b`));
});

it.each(MONITOR_CHECKS.map((it) => it.name))('has a chapter where the problem %s of the monitor is found', (name) => {
  expect(page).toContain(`\`${name}\``);
});

it('says in each chapter what to do and how one sees that it is over', () => {
  for (const [heading, text] of chapters) {
    expect([heading, /\*\*(?:Look and do|Do)\b/.test(text)]).toEqual([heading, true]);
    expect([heading, text.includes('**Over when')]).toEqual([heading, true]);
  }
});
