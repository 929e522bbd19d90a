/** A branch and a commit as a person wrote them, checked by the rules of the yard before anything is done for them. */
import { SCHEMA_VERSION, validate } from '@gityard/domain';
import { CliError } from '../errors.ts';

export function checkBuild({ branch, commit }: { branch: string | undefined; commit: string | undefined }): void {
  const nobody = { job: 'none', agent: 'none', token: 0, createdAt: '2000-01-01T00:00:00.000Z', artifacts: [] };
  const said = { branch: branch ?? null, commit: commit ?? null };
  const checked = validate('manifest', { schemaVersion: SCHEMA_VERSION, ...nobody, ...said });
  if (!checked.ok)
    throw new CliError('INVALID_DATA', checked.reason, { hint: 'write <branch> and <commit> as Git has them' });
}
