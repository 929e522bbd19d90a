/** Whether the workflows on the state branch are those of this program. What lies on other branches only their host sees. */
import type { Context } from '../context.ts';
import { namesOf } from '../start/settings.ts';
import { fileOf, WORKFLOWS } from '../workflows/list.ts';
import { renderWorkflow } from '../workflows/render-workflow.ts';
import { doubtful, type Finding, fine, skipped } from './check.ts';

export async function checkWorkflows(context: Context): Promise<Finding> {
  const yard = await context.yard();
  const refs = namesOf(await context.refs());
  const there = WORKFLOWS.filter((it) => it.watchesState).flatMap((it) => {
    const bytes = yard.read(fileOf(it));
    return bytes ? [{ ...it, file: fileOf(it), text: new TextDecoder().decode(bytes) }] : [];
  });
  if (there.length === 0) return skipped('none watches this yard (gityard init --github owner/repo)');
  for (const { name, file, text } of there) {
    const ours = await Promise.all(
      (['package', 'checkout'] as const).map((program) => renderWorkflow({ name }, { refs, docs: 'docs', program })),
    );
    if (!ours.includes(text))
      return doubtful(
        `${file} is not what this program writes: an older one wrote it, or somebody changed it`,
        `compare it; to have the new one, remove it from the branch and run gityard init --github owner/repo again`,
      );
  }
  return fine(`${there.map((it) => it.file).join(', ')} are of this version`);
}
