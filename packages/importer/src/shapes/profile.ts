/** A branch profile of `shared/branches_config.json`. It does not build by itself any more until somebody says so again. */
import { type BranchProfile, validate } from '@gityard/domain';
import type { Fields } from '../reading/items-in.ts';
import { digestOf, type Shape, unfit } from './candidate.ts';
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
  const checked = profileOf(name, {
    repository,
    branch: textOf(fields, 'branch', 'branch_name'),
    priority: Math.min(10, Math.max(1, Math.round(numberOf(fields, 'priority') ?? 5))),
    enabled: !has(fields, 'enabled') || isTrue(fields, 'enabled'),
    autoBuild: false,
  });
  if (!checked) return unfit('its name or its repository is none that a yard knows');
  const about = { sourceId: name, at: now, digest: digestOf(name, repository), notes, refers: [] };
  return { outcome: 'taken', candidate: { kind: 'branch', ...about, value: checked } };
};

/** Its schema is that of the whole file: it fills in the rest. */
function profileOf(name: string, wish: Partial<BranchProfile>): BranchProfile | undefined {
  const checked = validate('branches', { branches: { [name]: { ...wish, name } } });
  return checked.ok ? checked.value.branches[name] : undefined;
}
