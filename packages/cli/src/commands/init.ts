/** Makes a repository a yard, or a folder a repository first. Done twice, it changes nothing. */
import { createYard, newId } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import { option, optionalArgument } from '../parameters.ts';
import { accessFor } from '../start/access.ts';
import { withoutSecrets } from '../start/address.ts';
import { actorOf } from '../start/identity.ts';
import { namesOf } from '../start/settings.ts';
import { dim, good, line } from '../text/lines.ts';
import { foretellInit } from '../yard/foretell-init.ts';
import { prepareRepository } from '../yard/prepare-repository.ts';

export const command = defineCommand({
  name: 'init',
  summary: 'make a repository a yard',
  details: 'A folder that is missing or empty becomes a bare repository. What exists already is left as it is.',
  example: 'gityard init /srv/yard.git --name acme',
  acts: true,
  parameters: {
    dir: optionalArgument('dir', 'the repository or a new folder; default: where you stand'),
    remote: option('url', 'the address of the repository, or the name of a remote of the one you stand in'),
    name: option('name', 'what the yard is called'),
  },
  run: async (context, { dir, remote, name }) => {
    const { cwd, env } = context.io;
    const place = await prepareRepository({
      dir: dir ?? context.flags.yard,
      remote,
      cwd,
      dryRun: context.flags.dryRun,
    });
    const refs = namesOf(await context.refs());
    const files = await context.localConfigs();
    const access = accessFor({ address: place.address, source: 'flag' }, { env, cwd, files });
    const shown = withoutSecrets(place.address);
    if (context.flags.dryRun) return foretellInit({ ...place, refs, access });

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
    const next = nextSteps(shown);
    const value = {
      yard: shown,
      created: created.some((it) => it.created),
      repositoryMade: place.made,
      refs: created,
      next,
    };
    return answer(value, () => [
      ...(place.made ? [[`made the bare repository ${shown}`]] : []),
      ...created.map((it) => line(it.created ? good('made ') : dim('kept '), it.ref)),
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
