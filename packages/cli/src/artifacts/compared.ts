/** Two manifests compared, with a look at the bytes where they are at hand: what every `compare` command answers. */
import { realpath } from 'node:fs/promises';
import { type Comparison, compareManifests, type Hint, type Manifest, verdict } from '@gityard/domain';
import { type Answer, answer } from '../command.ts';
import type { Context } from '../context.ts';
import { bad, dim, good, type Line, line, warn } from '../text/lines.ts';
import { sizeText } from '../text/words.ts';
import { bytesOf, type Sourced } from './manifest-source.ts';

export interface Compared {
  readonly left: Manifest;
  readonly right: Manifest;
  readonly comparison: Comparison;
  readonly hints: readonly Hint[];
}

export interface Where {
  readonly store?: string | undefined;
  readonly leftDir?: string | undefined;
  readonly rightDir?: string | undefined;
}

/** To look into more would take longer than anybody waits. */
const MOST_LOOKED_AT = 50;

export async function compared(
  context: Context,
  [left, right]: readonly [Sourced, Sourced],
  where: Where,
): Promise<Compared> {
  const comparison = compareManifests(left.manifest, right.manifest);
  const { whyDifferent } = await import('@gityard/builder');
  const sides = {
    left: await realFolder(where.leftDir ?? (await bytesOf(context, left, where.store))),
    right: await realFolder(where.rightDir ?? (await bytesOf(context, right, where.store))),
  };
  const hints: Hint[] = [];
  const paths = [...comparison.checksum, ...comparison.size].map((it) => it.path).slice(0, MOST_LOOKED_AT);
  if (sides.left !== null && sides.right !== null && sides.left !== sides.right)
    for (const path of paths) hints.push(...(await whyDifferent(path, { left: sides.left, right: sides.right })));
  return { left: left.manifest, right: right.manifest, comparison, hints };
}

const realFolder = (folder: string | null): Promise<string | null> =>
  folder === null ? Promise.resolve(null) : realpath(folder).catch(() => null);

export function comparedAnswer(all: Compared, more: object = {}): Answer {
  const { comparison, hints } = all;
  const value = { ...comparison, hints, left: headOf(all.left), right: headOf(all.right), ...more };
  return answer(value, () => linesOf(all), comparison.identical ? 0 : 1);
}

const headOf = ({ job, agent, branch, commit, createdAt, artifacts }: Manifest) => ({
  job,
  agent,
  branch,
  commit,
  createdAt,
  artifacts: artifacts.length,
});

function linesOf({ left, right, comparison, hints }: Compared): Line[] {
  const { checksum, size, missing, identical } = comparison;
  return [
    line(
      `${left.job} on ${left.agent} and ${right.job} on ${right.agent}: `,
      (identical ? good : bad)(verdict(comparison)),
    ),
    ...checksum.map((it) => line(bad('checksum '), it.path, dim(` (${it.digests.join(', ')})`))),
    ...size.map((it) => line(bad('size     '), it.path, dim(` (${sizeText(it.left)}, ${sizeText(it.right)})`))),
    ...missing.left.map((path) => line(bad('missing  '), path, dim(' (left)'))),
    ...missing.right.map((path) => line(bad('missing  '), path, dim(' (right)'))),
    ...hints.flatMap((it) => [line(warn('why      '), `${it.path} ${it.text}`), line(dim(`         ${it.remedy}`))]),
  ];
}
