/** `gityard task receive`: an agent that takes tasks by their tags and gives them to a program of its owner. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineCommand } from '../../command.ts';
import { CliError, usageError } from '../../errors.ts';
import { LOG_FLAGS } from '../../log/settings.ts';
import { flag, list, option, wholeNumber } from '../../parameters.ts';
import { checkedName } from '../../start/identity.ts';
import { runDaemon } from '../../start/run-daemon.ts';
import { receiverHome } from '../../start/user-config.ts';

export const command = defineCommand({
  name: 'task receive',
  summary: 'a worker: take tasks by tag and give them to a processor',
  details:
    'Runs until it is told to stop, as gityard agent run does, and takes the tasks whose tags it has ALL of; it builds nothing ' +
    'else. The processor is started with one argument, the path of a JSON file with Id, Text, Tags, Parameters, Priority, ' +
    'From, CreatedAt, Attempt and Worker, and the same again below Task. What it prints is the result, exit code 0 is ' +
    'success. Whatever the parameters say comes from whoever may send tasks: a processor must not run them as code.',
  example: 'gityard task receive --tags build,dotnet --processor ./build-task.sh --name BuildWorker1',
  parameters: {
    tags: list('a,b', 'what it can do'),
    processor: option('path', 'the program that is given each task; .ps1 is run by PowerShell'),
    name: option('name', 'of this worker; else the agent'),
    once: flag('at most one task, then exit'),
    slots: wholeNumber('n', 'tasks at once (1)', { minimum: 1 }),
    pool: option('name', 'the pool that it belongs to (by the system: Linux, Windows, MacOS)'),
    ...LOG_FLAGS,
  },
  async run(context, { tags, processor, name, once, slots, pool }) {
    const { io } = context;
    const path = await processorPath(processor, io.cwd);
    const id = name === undefined ? (await context.identity()).id : checkedName(name, '--name');
    const home = receiverHome(io.env, id);
    return runDaemon(context, { id, home, once, slots, pool, labels: tags, processor: path });
  },
});

async function processorPath(word: string | undefined, cwd: string): Promise<string> {
  if (word === undefined) throw usageError('--processor is missing', 'name the program that is given each task');
  const path = resolve(cwd, word);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return path;
  throw new CliError('NOT_FOUND', `the processor ${path} ${found ? 'is no file' : 'does not exist'}`, {
    hint: 'give the path of a program or script',
  });
}
