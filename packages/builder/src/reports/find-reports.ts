/**
 * The reports that a build left: all of its reports folder, and what its plan names in the checkout, as far as they were
 * written by this build and are not too much. What is left out is told of.
 */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { matcherOf } from '../artifacts/pattern.ts';
import type { ReportPatterns } from '../toolchains/toolchain.ts';
import { openRegularFile, walk } from '../workspace-files.ts';

export interface ReportFile {
  readonly path: string;
  readonly text: string;
  /** Its plan says that it is a report. */
  readonly named: boolean;
}

export interface Places {
  readonly source: string;
  readonly reports: string;
  readonly patterns: ReportPatterns;
  /** When the first command of the build began: what is older came with the checkout, or is from an earlier build. */
  readonly since: Date;
}

export interface Found {
  readonly files: readonly ReportFile[];
  readonly notes: readonly string[];
  /** Every path of the checkout. */
  readonly paths: readonly string[];
}

const FILE_BYTES = 20 * 1024 * 1024;
const ALL_BYTES = 200 * 1024 * 1024;
const FILES = 5_000;
/** The clock of files is a little behind. */
const COARSE_MS = 20;

export async function findReports({ source, reports, patterns, since }: Places): Promise<Found> {
  const fits = [...patterns.tests, ...patterns.coverage].map(matcherOf);
  const paths = await walk(source);
  const own = (await walk(reports)).filter(mayBeReport).map((path) => ({ root: reports, path, named: false }));
  const named = paths.filter((path) => fits.some((fit) => fit(path)));
  const all = [...own, ...named.map((path) => ({ root: source, path, named: true }))];
  const notes: string[] = all.length > FILES ? [`of ${all.length} test reports only ${FILES} were read`] : [];
  const files: ReportFile[] = [];
  let left = ALL_BYTES;
  for (const { root, path, named: isNamed } of all.slice(0, FILES)) {
    if (!(await isNew(join(root, path), since))) continue;
    const text = await readReport(root, path, Math.min(FILE_BYTES, left));
    if (text instanceof Error) notes.push(`the report ${path} was not read: ${text.message}`);
    else {
      left -= text.length;
      files.push({ path, text, named: isNamed });
    }
  }
  return { files, notes, paths };
}

/** A test run leaves dumps, films and pictures beside its reports. */
const mayBeReport = (path: string): boolean => /\.(xml|trx|tap|info|txt)$/i.test(path);

async function isNew(path: string, since: Date): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status !== null && status.mtimeMs >= since.getTime() - COARSE_MS;
}

async function readReport(root: string, path: string, mostBytes: number): Promise<string | Error> {
  const handle = await openRegularFile(root, path);
  if (!handle) return new Error('it is no regular file');
  try {
    const { size } = await handle.stat();
    if (size > mostBytes) return new Error(`it has ${size} bytes, more than ${mostBytes}`);
    // A file that somebody still writes may have grown since we looked; it is read as far as it was.
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
