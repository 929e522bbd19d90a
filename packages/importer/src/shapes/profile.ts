/** A branch profile of `shared/branches_config.json`. It does not build by itself any more until somebody says so again. */
import type { BranchProfile } from '@gityard/domain';
import type { Fields } from '../reading/items-in.ts';
import { digestOf, type Shape } from './candidate.ts';
import { has, isTrue, numberOf, spoken, textOf } from './fields.ts';

const REPOSITORY = ['repository', 'repo_path', 'repo', 'repository_url', 'path', 'repo_url'] as const;

export const isProfile = (fields: Fields): boolean =>
  spoken(fields, ...REPOSITORY, 'auto_build', 'autoBuild', 'priority', 'enabled') > 1;

export const shapeProfile: Shape = ({ fields, key }, { now }) => {
  const notes: string[] = [];
  const name = textOf(fields, 'name', 'branch', 'branch_name') ?? key;
  const repository = textOf(fields, ...REPOSITORY);
  if (name === null) return { outcome: 'quarantined', reason: 'a branch profile without a name' };
  if (repository === null) return { outcome: 'quarantined', reason: `branch profile ${name} names no repository` };
  if (isTrue(fields, 'auto_build', 'autoBuild'))
    notes.push('automatic builds of a branch profile were turned off: an import starts nothing');
  const value = {
    name: name.slice(0, 255),
    repository,
    branch: textOf(fields, 'branch', 'branch_name'),
    priority: Math.min(10, Math.max(1, Math.round(numberOf(fields, 'priority') ?? 5))),
    enabled: !has(fields, 'enabled') || isTrue(fields, 'enabled'),
    autoBuild: false,
    toolchain: null,
    labels: [],
    lastCommit: null,
    lastCheckedAt: null,
  } satisfies BranchProfile;
  const digest = digestOf(name, repository);
  return { outcome: 'taken', candidate: { kind: 'branch', sourceId: name, at: now, digest, notes, value } };
};
