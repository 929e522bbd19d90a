/** What `init` tells people of the workflows. */
import type { Refs } from '@gityard/yard';
import { dim, good, type Line, line, warn } from '../text/lines.ts';
import { fileOf, WORKFLOWS } from './list.ts';
import type { PlacedWorkflows } from './place-workflows.ts';

export function placedLines(
  { files, onState, pinned, trouble }: PlacedWorkflows,
  { state }: Pick<Refs, 'state'>,
): Line[] {
  const branch = state.replace(/^refs\/heads\//, '');
  return [
    ...files.map(({ file, created }) => line(created ? good('wrote ') : dim('kept '), file)),
    ...onState.map((file) => line(good('put '), file, ` onto ${branch}`)),
    ...(trouble === null ? [] : troubleLines(trouble, branch)),
    line(dim(pinned ? PINNED : UNPINNED)),
    line(
      dim(
        '  where the yard lies in another repository, they need the variable GITYARD_YARD and the secret GITYARD_TOKEN',
      ),
    ),
  ];
}

const PINNED = '  they fetch this very version by npm, and run it only when it is the same, file by file';
const UNPINNED = '  they need the variable GITYARD_PACKAGE of the repository: what npm can install gityard from';

function troubleLines(trouble: string, branch: string): Line[] {
  const files = WORKFLOWS.filter((it) => it.watchesState).map(fileOf);
  return [
    line(warn('not put '), `onto ${branch}: ${trouble}`),
    line(dim(`  a token needs the right to push workflows; commit ${files.join(' and ')} to ${branch} yourself`)),
  ];
}
