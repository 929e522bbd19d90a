/** Does what `init` is asked for, in steps that each leave alone what is there: whatever broke off goes on with the next run. */
import { resolve } from 'node:path';
import { type CreatedRef, createYard, newId } from '@gityard/yard';
import type { Context } from '../context.ts';
import type { PageSource } from '../pages/page-source.ts';
import { writePages } from '../pages/write-pages.ts';
import { type Access, accessFor } from '../start/access.ts';
import { actorOf } from '../start/identity.ts';
import { namesOf } from '../start/settings.ts';
import { type PlacedWorkflows, placeWorkflows } from '../workflows/place-workflows.ts';
import type { PreparedRepository } from '../yard/prepare-repository.ts';
import { type FirstAgent, makeFirstAgent } from './first-agent.ts';
import type { InitWish } from './wish.ts';

export interface Initialized {
  readonly refs: readonly CreatedRef[];
  /** The folder of the page. */
  readonly pages: string | undefined;
  readonly workflows: PlacedWorkflows | undefined;
  readonly agent: FirstAgent | undefined;
}

export interface CarryOut {
  readonly wish: InitWish;
  readonly place: PreparedRepository;
  readonly page: PageSource | undefined;
  /** A line of progress. */
  tell(text: string): void;
}

export async function carryOut(context: Context, { wish, place, page, tell }: CarryOut): Promise<Initialized> {
  const { cwd, env } = context.io;
  const { address } = place;
  const [refs, actor, access] = [
    namesOf(await context.refs()),
    actorOf(await context.identity()),
    await accessTo(context, address),
  ];
  tell('the branches of the yard …');
  // By this signed jobs name the yard, wherever it moves.
  const config = { yardId: newId(), ...(wish.name !== undefined && { name: wish.name }) };
  const created = await createYard({ address, ...access, refs, config, actor, reason: context.reason });
  if (wish.name !== undefined && created[0]?.created === false)
    context.note('the yard is there already; its name is in yard.json, and stays');
  const pages = pagesFolder(wish, { page, cwd });
  if (page && pages) {
    tell('the page …');
    await writePages({ folder: pages, source: page, refs });
  }
  const workflows =
    wish.github === undefined || !pages
      ? undefined
      : await placeWorkflows({ cwd, pages, address, access, refs, actor });
  if (!wish.firstAgent) return { refs: created, pages, workflows, agent: undefined };
  tell('what this machine can …');
  return { refs: created, pages, workflows, agent: await makeFirstAgent({ env, cwd, address }) };
}

export const pagesFolder = (
  { docs }: InitWish,
  { page, cwd }: { page: PageSource | undefined; cwd: string },
): string | undefined => page && resolve(cwd, docs ?? 'docs');

export async function accessTo(context: Context, address: string): Promise<Access> {
  const { cwd, env } = context.io;
  return accessFor({ address, source: 'flag' }, { env, cwd, files: await context.localConfigs() });
}
