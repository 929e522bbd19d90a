/** Makes a repository a yard, or a folder a repository first. Done twice, it changes nothing. */
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { askLeave, askWish, isAsked, proposedWish } from '../init/ask-wish.ts';
import { accessTo, carryOut, pagesFolder } from '../init/carry-out.ts';
import { buildsHere } from '../init/first-agent.ts';
import { initReport } from '../init/init-report.ts';
import type { InitWish } from '../init/wish.ts';
import { type PageSource, pageSource } from '../pages/page-source.ts';
import { flag, option, optionalArgument } from '../parameters.ts';
import { namesOf } from '../start/settings.ts';
import { fileOf, WORKFLOWS } from '../workflows/list.ts';
import { foretellInit } from '../yard/foretell-init.ts';
import { type PreparedRepository, prepareRepository } from '../yard/prepare-repository.ts';

export const command = defineCommand({
  name: 'init',
  summary: 'make a repository a yard',
  details:
    'At a terminal, and with no place named, it asks: four questions at most, then shows what it will do, and does it when you agree. ' +
    'A folder that is missing or empty becomes a bare repository. What exists already is left as it is, and what is missing is added. ' +
    'With --github or --gitea the page is written too, for that host to serve; with --github also the workflows, into .github.',
  example: 'gityard init /srv/yard.git --name acme',
  acts: true,
  parameters: {
    dir: optionalArgument('dir', 'the repository or a new folder; else where you stand'),
    remote: option('url', 'the address of the repository, or the name of a remote of the one you stand in'),
    name: option('name', 'what the yard is called'),
    github: option('owner/repo', 'the repository on GitHub, or its whole address on an Enterprise host'),
    gitea: option('url', 'the address of the repository on a Gitea or Forgejo'),
    docs: option('folder', 'where the page is written; else docs'),
    firstAgent: flag('this machine becomes an agent of it, and may build the repository that you stand in'),
    yes: flag('ask nothing; with no place named, take all that the questions propose', 'y'),
  },
  run: async (context, { yes, ...given }) => {
    const { flags, io } = context;
    const isNamed = [given.dir, given.remote, given.github, given.gitea, flags.yard].some((it) => it !== undefined);
    const asks = !yes && !isNamed && !flags.json && !flags.dryRun && isAsked(io);
    const wish = asks ? await askWish(io, given) : yes && !isNamed ? await proposedWish(io, given) : given;
    const page = pageOf(wish);
    const dir = wish.dir ?? flags.yard ?? (wish.remote === undefined ? page?.address : undefined);
    const seeking = { dir, remote: wish.remote, cwd: io.cwd };
    if (flags.dryRun)
      return foretold(context, { wish, page, place: await prepareRepository({ ...seeking, dryRun: true }) });
    if (asks) {
      const planned = await prepareRepository({ ...seeking, dryRun: true });
      await askLeave(io, (await foretold(context, { wish, page, place: planned })).text());
    }
    const place = await prepareRepository({ ...seeking, dryRun: false });
    const done = await carryOut(context, { wish, place, page, tell: asks ? context.note : () => undefined });
    return initReport({
      wish,
      place,
      page,
      refs: namesOf(await context.refs()),
      isFound: typeof done.agent?.config === 'string',
      done,
    });
  },
});

function pageOf({ github, gitea, docs }: InitWish): PageSource | undefined {
  const page = pageSource({ github, gitea });
  if (docs !== undefined && !page)
    throw usageError('--docs needs a host for the page', 'add --github owner/repo or --gitea <url>');
  return page;
}

interface Foretelling {
  readonly wish: InitWish;
  readonly place: PreparedRepository;
  readonly page: PageSource | undefined;
}

async function foretold(context: Context, { wish, place, page }: Foretelling) {
  const { cwd } = context.io;
  return foretellInit({
    ...place,
    refs: namesOf(await context.refs()),
    access: await accessTo(context, place.address),
    pages: pagesFolder(wish, { page, cwd }),
    workflows: wish.github === undefined ? [] : WORKFLOWS.map(fileOf),
    agent: wish.firstAgent ? { builds: await buildsHere(cwd) } : null,
  });
}
