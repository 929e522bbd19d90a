/** `gityard agent run`: flags to the daemon. */
import { defineCommand } from '../../command.ts';
import { flag, list, option, wholeNumber } from '../../parameters.ts';
import { runDaemon } from '../../start/run-daemon.ts';
import { homePath } from '../../start/user-config.ts';

export const command = defineCommand({
  name: 'agent run',
  summary: 'the daemon: claim jobs and build them',
  details:
    'Runs until it is told to stop: the first SIGTERM or Ctrl-C lets what runs finish, the second stops it and gives the ' +
    'jobs back. Nothing may run here until gityard agent allow says so. With --json what happens is told on stderr, one ' +
    'JSON value a line.',
  example: 'gityard agent run --yard https://git.example.com/yard.git --slots 2 --labels linux,fast',
  parameters: {
    once: flag('at most one job, then exit'),
    slots: wholeNumber('n', 'builds at once (1)', { minimum: 1 }),
    pool: option('name', 'the pool that it belongs to (by the system: Linux, Windows, MacOS)'),
    labels: list('a,b', 'what jobs may ask for'),
    keepFailed: flag('keep the workspace of every build that fails, for gityard job shell'),
    metricsFile: option(
      'path',
      'where its numbers go: a file like gityard.prom, or the folder of the textfile collector of node_exporter',
    ),
    acceptRewrite: flag('once, when somebody forced the branch and its new history is the one that counts'),
  },
  async run(context, { once, slots, pool, labels, keepFailed, metricsFile, acceptRewrite }) {
    const { id } = await context.identity();
    const home = homePath(context.io.env);
    return runDaemon(context, { id, home, once, slots, pool, labels, keepFailed, metricsFile, acceptRewrite });
  },
});
