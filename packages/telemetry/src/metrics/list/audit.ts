/** What a replay of the whole history found. A server makes none by itself: `gityard audit --metrics-file` does, by a timer. */
import { metric } from '../metric.ts';

export const audit = {
  auditOk: metric({
    name: 'gityard_audit_ok',
    type: 'gauge',
    help: 'Whether no commit of the history breaks a rule: 1 = none does',
    labels: {},
    by: 'audit',
  }),
  auditCommits: metric({
    name: 'gityard_audit_commits',
    type: 'gauge',
    help: 'Commits that were replayed',
    labels: {},
    by: 'audit',
  }),
  auditOperations: metric({
    name: 'gityard_audit_operations',
    type: 'gauge',
    help: 'Operations that were replayed',
    labels: {},
    by: 'audit',
  }),
  auditMissing: metric({
    name: 'gityard_audit_epochs_missing',
    type: 'gauge',
    help: 'Parts of a history that was cut which were not there to be replayed',
    labels: {},
    by: 'audit',
  }),
  auditAt: metric({
    name: 'gityard_audit_timestamp_seconds',
    type: 'gauge',
    help: 'When the history was last replayed',
    labels: {},
    by: 'audit',
  }),
} as const;
