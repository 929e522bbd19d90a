/** The chapters of the runbook, as addresses have them. A spec holds the page to this list. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PAGES } from '../place.ts';

export const RUNBOOK_HEADINGS = [
  'the-program-does-not-start',
  'the-yard-cannot-be-reached',
  'token-expired',
  'branch-missing',
  'history-rewritten',
  'rate-limit',
  'push-budget-empty',
  'server-silent',
  'duplicate-agent',
  'lost-agent',
  'agent-takes-no-jobs',
  'disk-full',
  'machine-strained',
  'clock-wrong',
  'nothing-may-run',
  'stuck-job',
  'slow-queue',
  'failing-build',
  'lock-left',
  'bad-file',
  'quarantine',
  'newer-program',
  'secrets-pushed',
  'monitor-late',
  'page-shows-old-data',
  'nobody-is-notified',
  'upkeep-fails',
  'store-unreachable',
  'history-long',
  'spool-refused',
  'failed-update',
  'restore',
] as const;

export type RunbookHeading = (typeof RUNBOOK_HEADINGS)[number];

/** The page that came with the program; else where it lies beside the page of a yard. */
const PAGE = join(PAGES, 'guide', 'runbook.html');
const ADDRESS = existsSync(PAGE) ? pathToFileURL(PAGE).href : 'docs/guide/runbook.html';

export const runbookLink = (heading: RunbookHeading): string => `${ADDRESS}#${heading}`;
