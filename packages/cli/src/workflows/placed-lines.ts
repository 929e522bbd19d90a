/** What `init` tells people of the workflows. */
import type { Refs } from '@gityard/yard';
import { dim, good, type Line, line, warn } from '../text/lines.ts';
import { fileOf, WORKFLOWS } from './list.ts';
import type { PlacedWorkflows } from './place-workflows.ts';

export function placedLines({ files, onState, trouble }: PlacedWorkflows, { state }: Pick<Refs, 'state'>): Line[] {
  const branch = state.replace(/^refs\/heads\//, '');
  return [
    ...files.map(({ file, created }) => line(created ? good('wrote ') : dim('kept '), file)),
    ...onState.map((file) => line(good('put '), file, ` onto ${branch}`)),
    ...(trouble === null ? [] : troubleLines(trouble, branch)),
    line(dim('  they need the variable GITYARD_PACKAGE of the repository: what npm can install gityard from,')),
    line(dim('  and GITYARD_YARD with the secret GITYARD_TOKEN, where the yard lies in another repository')),
  ];
}

function troubleLines(trouble: string, branch: string): Line[] {
  const files = WORKFLOWS.filter((it) => it.watchesState).map(fileOf);
  return [
    line(warn('not put '), `onto ${branch}: ${trouble}`),
    line(dim(`  a token needs the right to push workflows; commit ${files.join(' and ')} to ${branch} yourself`)),
  ];
}
