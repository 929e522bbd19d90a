/**
 * A build's record as a page that a person reads: what it was, how it ended, the failures first, then the stages and
 * the last lines of output. Everything that came from a build is text here and never markup.
 */
import { coverageText, type Stage } from '@gityard/domain';
import { plainText } from '../stages/plain-text.ts';
import type { BuildRecord } from './build-record.ts';
import { cell, duration, fenced, table } from './markdown.ts';

const LAST_LINES = 100;
const LINE_CHARACTERS = 500;
const FAILED_TESTS = 50;
const STACKS = 5;
const FINDINGS = 30;

export function markdownLog(record: BuildRecord, outputTail: string): string {
  const parts = [
    `# Build ${record.job}: ${record.status}`,
    header(record),
    failures(record),
    failedTests(record),
    summaryOf(record),
    stageTable(record.stages),
    findings(record),
    slowTests(record),
    artifactTable(record),
    lastLines(outputTail),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function header(record: BuildRecord): string {
  const { tests, coverage, flakyTests } = record;
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
    ['Flaky', flakyTests.length > 0 ? flakyTests.join(', ') : null],
    ['Coverage', coverage && coverageText(coverage)],
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

function failedTests({ testCases }: BuildRecord): string {
  if (testCases.failed.length === 0) return '';
  const shown = testCases.failed.slice(0, FAILED_TESTS);
  const rows = shown.map(({ name, path, line, message }) => [name, placeText(path, line), message ?? '']);
  const stacks = shown
    .filter(({ details }) => details !== null)
    .slice(0, STACKS)
    .map(({ name, details }) => `${cell(name)}\n\n${fenced(plainText(details ?? ''))}`);
  const left = testCases.failed.length - shown.length;
  const more = left > 0 ? [`${left} more are in the JSON beside this.`] : [];
  return ['## Failed tests', table(['Test', 'Place', 'Message'], rows), ...more, ...stacks].join('\n\n');
}

function slowTests({ testCases }: BuildRecord): string {
  if (testCases.slow.length === 0) return '';
  const rows = testCases.slow.map(({ name, durationMs }) => [name, duration(durationMs)]);
  return `## Slowest tests\n\n${table(['Test', 'Duration'], rows)}`;
}

function findings({ annotations }: BuildRecord): string {
  if (annotations.length === 0) return '';
  const rows = annotations
    .slice(0, FINDINGS)
    .map((it) => [it.level, placeText(it.path, it.line), it.code ?? '', it.message]);
  return `## Findings\n\n${table(['Level', 'Place', 'Code', 'Message'], rows)}`;
}

const placeText = (path: string | null, line: number | null): string =>
  path === null ? '' : [path, line].filter((it) => it !== null).join(':');

/** It is Markdown by its nature; what could draw something else than text is taken out of it. */
function summaryOf({ summary }: BuildRecord): string {
  if (summary === null) return '';
  const lines = summary.split('\n').map((line) => plainText(line).replaceAll('<', '&lt;').replaceAll('![', '!\\['));
  return `## Summary\n\n${lines.map((line) => line.replace(/^\s{0,3}#{1,6} /, '#### ')).join('\n')}`.trimEnd();
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
  const lines = outputTail.trimEnd().split('\n').slice(-LAST_LINES).map(lastDrawn);
  const text = lines.map((line) => line.slice(0, LINE_CHARACTERS)).join('\n');
  return text.trim() === '' ? '' : `## Last lines of output\n\n${fenced(text)}`;
}

/** Progress that a program drew over itself: only what was there in the end. */
function lastDrawn(line: string): string {
  const drawn = line.split('\r').map(plainText);
  return drawn.findLast((it) => it.trim() !== '') ?? '';
}
