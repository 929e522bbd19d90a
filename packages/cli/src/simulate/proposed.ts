/** `simulate --diff`: whether a change of the queue would be taken, and what it would do to every job that waits. */
import { effectOf, type State } from '@gityard/domain';
import { canonicalJson } from '@gityard/yard';
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
  const { before, after, refused, files, ignored } = yard.suppose(proposed);
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

/** `$schema` is for editors. */
function changedSettings({ yard: before }: State, { yard: after }: State): string[] {
  const [was, is] = [new Map<string, unknown>(Object.entries(before)), new Map<string, unknown>(Object.entries(after))];
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((it) => it !== '$schema');
  const said = (value: unknown) => (value === undefined ? '' : canonicalJson(value));
  return names.filter((name) => said(was.get(name)) !== said(is.get(name))).sort();
}
