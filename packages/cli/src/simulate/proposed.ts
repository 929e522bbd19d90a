/** `simulate --diff`: whether a change of the queue would be taken, and what it would do to every job that waits. */
import { effectOf, type State } from '@gityard/domain';
import { canonicalJson, findSecrets, type ProposedFile, type RefusedFile, type Supposed } from '@gityard/yard';
import { type Answer, answer } from '../command.ts';
import type { Context } from '../context.ts';
import { readProposal } from '../proposal/read-proposal.ts';
import { effectMarkdown, effectText } from '../text/effect-text.ts';

export async function simulateDiff(
  context: Context,
  { diff, markdown }: { readonly diff: string; readonly markdown: boolean },
): Promise<Answer> {
  await context.look();
  const yard = await context.yard();
  const proposed = await readProposal(diff, { cwd: context.io.cwd, yard });
  const { before, after, files, ignored, ...supposed } = yard.suppose(proposed);
  const refused = [...supposed.refused, ...(await secretsIn(proposed, files))];
  const at = context.now();
  const value = {
    ok: refused.length === 0,
    head: yard.head,
    at,
    files,
    ignored,
    refused,
    settings: changedSettings(before, after),
    jobs: effectOf(before, after, at),
  };
  const text = () => (markdown ? effectMarkdown(value) : effectText(value));
  return answer(value, text, value.ok ? 0 : 1);
}

/** Nobody would refuse the merge of one; afterwards it is in the history. */
async function secretsIn(proposed: readonly ProposedFile[], files: Supposed['files']): Promise<RefusedFile[]> {
  const ours = new Set(files.map((it) => it.path));
  const found: RefusedFile[] = [];
  for (const { path, content } of proposed) {
    if (content === null || !ours.has(path)) continue;
    const secrets = await findSecrets(Buffer.from(content).toString(), path);
    found.push(...secrets.map(({ line, text }) => ({ path, line, reason: `looks like a secret: ${text}` })));
  }
  return found;
}

/** `$schema` is for editors. */
function changedSettings({ yard: before }: State, { yard: after }: State): string[] {
  const [was, is] = [new Map<string, unknown>(Object.entries(before)), new Map<string, unknown>(Object.entries(after))];
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((it) => it !== '$schema');
  const said = (value: unknown) => (value === undefined ? '' : canonicalJson(value));
  return names.filter((name) => said(was.get(name)) !== said(is.get(name))).sort();
}
