/** Whether the workflows on the state branch are those of this program. What lies on other branches only their host sees. */
import type { Context } from '../context.ts';
import { namesOf } from '../start/settings.ts';
import { programVersion } from '../version.ts';
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
  const version = await programVersion();
  for (const { name, file, text } of there) {
    const settings = (['package', 'checkout'] as const).map((program) => ({ refs, docs: 'docs', program }));
    const ours = await Promise.all(settings.map((it) => renderWorkflow({ name }, it)));
    if (!ours.map(withoutInstall).includes(withoutInstall(text)))
      return doubtful(`${file} is not what this program writes: an older one wrote it, or somebody changed it`, ANEW);
    const pinned = pinnedIn(text);
    if (pinned !== undefined && pinned !== version)
      return doubtful(`${file} runs version ${pinned}, and this is ${version}`, ANEW);
  }
  return fine(`${there.map((it) => it.file).join(', ')} are of this version`);
}

const ANEW =
  'compare it; to have the new one, remove it from the branch and run gityard init --github owner/repo again';

/** The steps that bring the program differ by who wrote them: a checkout, or the package of a release. */
const withoutInstall = (text: string): string =>
  text
    .split(/\n(?= {6}- )/)
    .filter((it) => !/^ {6}- (?:uses: actions\/(?:checkout|setup-node)@|name: (?:Install|Build) gityard\b)/.test(it))
    .join('\n');

/** The version that it fetches by itself; undefined: it runs what a variable or a checkout says. */
export const pinnedIn = (text: string): string | undefined => /^ {10}VERSION: "?([^"\s]+)"?$/m.exec(text)?.[1];
