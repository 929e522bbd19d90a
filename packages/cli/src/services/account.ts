/** The account that an agent of the whole machine runs as, and the folder that is its home. */
import { OWN_USER, type ServiceFacts } from './facts.ts';
import { command, type PlannedCommand, type PlannedFolder } from './plan.ts';

const ACCOUNT = `--system --user-group --home-dir /var/lib/${OWN_USER} --no-create-home --shell /usr/sbin/nologin`;

/** It stays when its last agent goes: what that kept is still its own. */
export const ownUser = (): PlannedCommand =>
  command('sh', '-c', `id -u ${OWN_USER} >/dev/null 2>&1 || useradd ${ACCOUNT} ${OWN_USER}`);

export function plannedHome({ home, scope, user }: ServiceFacts): readonly PlannedFolder[] {
  return [{ kind: 'folder', path: home, mode: 0o700, ...(scope === 'system' ? { owner: user } : {}) }];
}
