/** Makes a repository a yard, or a folder a repository first. Done twice, it changes nothing. */
import { resolve } from 'node:path';
import { createYard, newId } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { pageSource } from '../pages/page-source.ts';
import { writePages } from '../pages/write-pages.ts';
import { option, optionalArgument } from '../parameters.ts';
import { accessFor } from '../start/access.ts';
import { withoutSecrets } from '../start/address.ts';
import { actorOf } from '../start/identity.ts';
import { namesOf } from '../start/settings.ts';
import { dim, good, line } from '../text/lines.ts';
import { fileOf, WORKFLOWS } from '../workflows/list.ts';
import { placeWorkflows } from '../workflows/place-workflows.ts';
import { placedLines } from '../workflows/placed-lines.ts';
import { foretellInit } from '../yard/foretell-init.ts';
import { prepareRepository } from '../yard/prepare-repository.ts';

export const command = defineCommand({
  name: 'init',
  summary: 'make a repository a yard',
  details:
    'A folder that is missing or empty becomes a bare repository. What exists already is left as it is. With --github or --gitea the page is written too, for that host to serve; with --github also the workflows, into .github.',
  example: 'gityard init /srv/yard.git --name acme',
  acts: true,
  parameters: {
    dir: optionalArgument('dir', 'the repository or a new folder; default: where you stand'),
    remote: option('url', 'the address of the repository, or the name of a remote of the one you stand in'),
    name: option('name', 'what the yard is called'),
    github: option('owner/repo', 'the repository on GitHub, or its whole address on an Enterprise host'),
    gitea: option('url', 'the address of the repository on a Gitea or Forgejo'),
    docs: option('folder', 'where the page is written; default: docs'),
  },
  run: async (context, { dir, remote, name, github, gitea, docs }) => {
    const { cwd, env } = context.io;
    const page = pageSource({ github, gitea });
    if (docs !== undefined && !page)
      throw usageError('--docs needs a host for the page', 'add --github owner/repo or --gitea <url>');
    const place = await prepareRepository({
      dir: dir ?? context.flags.yard ?? (remote === undefined ? page?.address : undefined),
      remote,
      cwd,
      dryRun: context.flags.dryRun,
    });
    const refs = namesOf(await context.refs());
    const files = await context.localConfigs();
    const access = accessFor({ address: place.address, source: 'flag' }, { env, cwd, files });
    const shown = withoutSecrets(place.address);
    const pages = page && resolve(cwd, docs ?? 'docs');
    const planned = github === undefined ? [] : WORKFLOWS.map(fileOf);
    if (context.flags.dryRun) return foretellInit({ ...place, refs, access, pages, workflows: planned });

    const actor = actorOf(await context.identity());
    // By this signed jobs name the yard, wherever it moves.
    const config = { yardId: newId(), ...(name !== undefined && { name }) };
    const created = await createYard({
      address: place.address,
      ...access,
      refs,
      config,
      actor,
      reason: context.reason,
    });
    if (name !== undefined && created[0]?.created === false)
      context.note('the yard is there already; its name is in yard.json, and stays');
    if (page && pages) await writePages({ folder: pages, source: page, refs });
    const workflows =
      github === undefined || !pages
        ? undefined
        : await placeWorkflows({ cwd, pages, address: place.address, access, refs, actor });
    const next = nextSteps(shown);
    const value = {
      yard: shown,
      created: created.some((it) => it.created),
      repositoryMade: place.made,
      refs: created,
      ...(pages && { pages }),
      ...(workflows && { workflows }),
      next,
    };
    return answer(value, () => [
      ...(place.made ? [[`made the bare repository ${shown}`]] : []),
      ...created.map((it) => line(it.created ? good('made ') : dim('kept '), it.ref)),
      ...(pages
        ? [line(good('wrote '), pages, dim(`, which reads ${page.word}; commit it for your host's Pages`))]
        : []),
      ...(workflows ? placedLines(workflows, refs) : []),
      [],
      [`${shown} is a yard. Next:`],
      ...next.map((it) => [`  ${it}`]),
    ]);
  },
});

const nextSteps = (address: string): string[] => [
  `gityard agent run --yard ${address}`,
  `gityard job add --yard ${address} -- echo hello`,
  `gityard status --yard ${address}`,
];
