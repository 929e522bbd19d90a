/** `gityard up`: the flags, and what is printed when it is over. The work is in up/. */
import { endedWords, shellWord } from '@gityard/domain';
import { answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { LOG_FLAGS } from '../log/settings.ts';
import { flag, list, option, wholeNumber } from '../parameters.ts';
import { MAIN } from '../place.ts';
import { checkHostName } from '../serve/host-name.ts';
import { namesOf } from '../start/settings.ts';
import type { Line } from '../text/lines.ts';
import type { UpReport } from '../up/run-up.ts';

const PORT = 7420;
/** Each is a process of some 70 MB. */
const MOST_AGENTS = 100;

export const command = defineCommand({
  name: 'up',
  summary: 'a whole yard on this machine, with a first real build',
  details:
    'Starts an embedded Git server, agents in processes of their own, the REST API and the live page, and builds a ' +
    'repository. Stop it with Ctrl-C: builds that run are finished first; Ctrl-C again cancels them.',
  example: 'gityard up --agents 2 --repo https://github.com/acme/app',
  parameters: {
    agents: wholeNumber('n', 'agents to start (2)', { minimum: 1, maximum: MOST_AGENTS }),
    port: wholeNumber('port', `where the page, the API and Git answer (${PORT}; 0 = any free one)`, {
      maximum: 65_535,
    }),
    dir: option('folder', 'where everything is kept (a new temporary folder)'),
    repo: option('path or URL', 'what the first build builds (the repository you stand in)'),
    allow: list('url,…', 'repositories that the agents may build besides'),
    allowHost: list(
      'name,…',
      'let a proxy of this machine pass on callers of the page, who call it so; they need its key. Git stays for this machine',
    ),
    once: flag('end when the first build has ended: 0 when it succeeded'),
    noOpen: flag('do not open the page'),
    ...LOG_FLAGS,
  },
  async run(context, { agents = 2, port = PORT, dir, repo, allow, allowHost, once, noOpen }) {
    for (const name of allowHost) checkHostName(name);
    const { sourceRepository } = await import('../up/source-repository.ts');
    const source = await sourceRepository(repo ?? '.', context.io.cwd);
    if (!source && repo !== undefined)
      throw usageError(`${repo} holds no Git repository with a commit`, 'name one that has a commit');
    if (!source && once)
      throw usageError('there is no Git repository here to build', 'stand in one, or name one with --repo');

    const refs = await context.refs();
    const { runUp } = await import('../up/run-up.ts');
    const report = await runUp({
      program: MAIN,
      agents,
      port,
      folder: dir,
      refs: namesOf(refs),
      env: context.io.env,
      source,
      allow,
      allowHosts: allowHost,
      once,
      stop: context.interruption(),
      say: (text) => context.note(text),
      tell: (line) => context.log.tell(line),
      onPage: (url) => {
        // Nobody could act on the page otherwise: the log that is kept has the address without its key.
        if (context.log.isKept && !context.flags.json) context.show({}, () => [[`page    ${url}`]]);
        openWhereSomeoneLooks(context, url, noOpen);
      },
    });
    return answer(
      report,
      () => linesOf(report, { ref: refs.state.value, wanted: once }),
      once && report.job?.status !== 'succeeded' ? 1 : 0,
    );
  },
});

function openWhereSomeoneLooks({ io }: Context, url: string, noOpen: boolean): void {
  if (noOpen || io.terminal === null) return;
  void import('../up/open-page.ts').then(({ openPage }) => openPage(url));
}

function linesOf({ job, repository, folder }: UpReport, { ref, wanted }: { ref: string; wanted: boolean }): Line[] {
  const attempt = job?.attempts.at(-1);
  const result = job?.result;
  const told: Line[] = [];
  if (job && attempt) {
    const why = attempt.reason ? `: ${attempt.reason}` : '';
    told.push([
      `job ${job.id} ${endedWords(job.status)} on ${attempt.agent}, attempt ${attempt.number}, token ${attempt.token}${why}`,
    ]);
  }
  if (!job && wanted) told.push(['the build has not ended: see above what is in its way']);
  if (result)
    told.push([
      `${result.artifacts} artifacts, log ${result.log ?? 'not kept'}, manifest ${result.manifest ?? 'none'}`,
    ]);
  told.push([
    `the yard stays in ${folder}; its story: git -C ${shellWord(repository)} log ${ref.replace('refs/heads/', '')}`,
  ]);
  return told;
}
