/**
 * A build's record as a page that a person reads: what it was, how it ended, the failures first, then the stages and
 * the last lines of output. Everything that came from a build is text here and never markup.
 */
import type { Stage } from '@gityard/domain';
import { plainText } from '../stages/plain-text.ts';
import type { BuildRecord } from './build-record.ts';
import { cell, duration, fenced, table } from './markdown.ts';

const LAST_LINES = 100;
const LINE_CHARACTERS = 500;

export function markdownLog(record: BuildRecord, outputTail: string): string {
  const parts = [
    `# Build ${record.job}: ${record.status}`,
    header(record),
    failures(record),
    stageTable(record.stages),
    artifactTable(record),
    lastLines(outputTail),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function header(record: BuildRecord): string {
  const { tests } = record;
  const rows: [string, string | number | null][] = [
    ['Agent', record.agent],
    ['Attempt', `${record.attempt} (token ${record.token})`],
    ['Repository', record.repository],
    ['Branch', record.branch],
    ['Commit', record.commit],
    ['Toolchain', record.toolchain],
    ['Isolation', record.isolation],
    ['Started', record.startedAt],
    ['Duration', duration(record.durationMs)],
    ['Exit code', record.exitCode ?? record.signal],
    ['Tests', tests && `${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped of ${tests.total}`],
  ];
  return table(
    ['', ''],
    rows.filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]),
  );
}

function failures({ status, cause, reason, firstErrors }: BuildRecord): string {
  if (status === 'succeeded') return '';
  const errors = firstErrors.length > 0 ? `\n\n${fenced(firstErrors.join('\n'))}` : '';
  return `## Why\n\n${cell(`${cause ?? status}: ${reason ?? 'no reason was given'}`)}${errors}`;
}

function stageTable(stages: readonly Stage[]): string {
  const rows = stages.map((stage) => [
    stage.name,
    stage.status,
    stage.startedAt && stage.endedAt ? duration(Date.parse(stage.endedAt) - Date.parse(stage.startedAt)) : '',
    String(stage.warnings),
    String(stage.errors),
    stage.message ?? '',
  ]);
  return `## Stages\n\n${table(['Stage', 'Status', 'Duration', 'Warnings', 'Errors', 'Message'], rows)}`;
}

function artifactTable({ artifacts }: BuildRecord): string {
  if (artifacts.length === 0) return '';
  const rows = artifacts.map(({ path, sizeBytes, sha256 }) => [path, String(sizeBytes), sha256]);
  return `## Artifacts\n\n${table(['Path', 'Bytes', 'SHA-256'], rows)}`;
}

function lastLines(outputTail: string): string {
  const lines = plainText(outputTail).trimEnd().split('\n').slice(-LAST_LINES);
  const text = lines.map((line) => line.slice(0, LINE_CHARACTERS)).join('\n');
  return text.trim() === '' ? '' : `## Last lines of output\n\n${fenced(text)}`;
}
