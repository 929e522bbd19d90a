/**
 * Every command, in the order of help. A command is loaded when it runs; its summary stands here too, so that help loads
 * none (list.test.ts keeps the two alike). To add one: a file beside this that exports it, and a line here.
 */
import type { Command, CommandEntry } from '../command.ts';

/** Whatever a file exports is a command; one file may hold several that differ in a word. */
type CommandFile = Readonly<Record<string, Command>>;

export const COMMANDS: readonly CommandEntry[] = [
  entry('up', 'a whole yard on this machine, with a first real build', () => import('./up.ts')),
  entry('serve', 'the live page of a yard, and its API', () => import('./serve.ts')),
  entry('init', 'make a repository a yard', () => import('./init.ts')),
  entry('status', 'the fleet at a glance, worst first', () => import('./status.ts')),
  entry('top', 'the same, drawn anew with every change', () => import('./status.ts')),

  entry('job add', 'put a job into the queue', () => import('./job/add.ts')),
  entry('job list', 'all jobs, in the order they will run', () => import('./job/list.ts')),
  entry('job show', 'one job with its attempts', () => import('./job/show.ts')),
  entry('job why', 'why a job waits, and whether it can ever run', () => import('./job/why.ts')),
  entry('job next', 'claim the next job for an agent, by hand', () => import('./job/next.ts')),
  entry('job complete', 'end a job that was claimed by hand', () => import('./job/complete.ts')),
  entry('job cancel', 'cancel a job, or several', () => import('./job/change.ts')),
  entry('job retry', 'put an ended job back into the queue', () => import('./job/change.ts')),
  entry('job priority', 'give a job another priority', () => import('./job/change.ts')),
  entry('job assign', 'say which agent must run a job', () => import('./job/change.ts')),
  entry('job approve', 'let a job run that waits for your approval', () => import('./job/approve.ts')),
  entry('job reject', 'cancel a job that waits for your approval, and say why', () => import('./job/approve.ts')),
  entry('job pause', 'keep a waiting job from being claimed', () => import('./job/pause.ts')),
  entry('job resume', 'let a paused job be claimed again', () => import('./job/pause.ts')),
  entry('job logs', 'what a job printed', () => import('./job/logs.ts')),
  entry('job tests', 'how the tests of a job ended', () => import('./job/tests.ts')),
  entry('job wait', 'wait for the end of a job', () => import('./job/wait.ts')),
  entry('job shell', 'a shell in the workspace of a failed build', () => import('./job/shell.ts')),
  entry('job workspaces', 'failed workspaces that this machine keeps', () => import('./job/workspaces.ts')),
  entry('job watch', 'the queue, drawn anew with every change', () => import('./job/list.ts')),

  entry('run', 'run a job on this machine, without a queue', () => import('./run.ts')),
  entry('test list', 'tests that failed lately, flaky ones first', () => import('./test/list.ts')),
  entry('test quarantine', 'let builds succeed although a test fails', () => import('./test/change.ts')),
  entry('test release', 'take a test out of quarantine, and forget its past', () => import('./test/change.ts')),

  entry('agent run', 'the daemon: claim jobs and build them', () => import('./agent/run.ts')),
  entry('agent install', 'keep an agent going on this machine, from its start on', () => import('./agent/install.ts')),
  entry(
    'agent uninstall',
    'keep an agent going no more, and remove what that took',
    () => import('./agent/uninstall.ts'),
  ),
  entry('agent allow', 'say what may run on this agent', () => import('./agent/allow.ts')),
  entry('agent disallow', 'take back what may run on this agent', () => import('./agent/allow.ts')),
  entry(
    'agent policy',
    'what may run on this agent, and where each rule comes from',
    () => import('./agent/policy.ts'),
  ),
  entry('agent list', 'all agents, worst first', () => import('./agent/list.ts')),
  entry('agent show', 'one agent: what it can do and what it does', () => import('./agent/show.ts')),
  entry('agent drain', 'let an agent finish and take no more jobs', () => import('./agent/change.ts')),
  entry('agent resume', 'let an agent take jobs again', () => import('./agent/change.ts')),
  entry('agent maintenance', 'take an agent into maintenance', () => import('./agent/change.ts')),
  entry('agent remove', 'strike an agent off', () => import('./agent/change.ts')),
  entry('agent failover', 'give the jobs of an agent to another', () => import('./agent/failover.ts')),

  entry('pool pause', 'let the agents of a pool claim nothing', () => import('./fleet.ts')),
  entry('pool resume', 'let the agents of a pool claim again', () => import('./fleet.ts')),
  entry('fleet pause', 'let no agent claim anything', () => import('./fleet.ts')),
  entry('fleet resume', 'let the agents claim again', () => import('./fleet.ts')),

  entry(
    'namespace list',
    'whose jobs are whose, and how much of the yard each team has now',
    () => import('./namespace/list.ts'),
  ),
  entry(
    'namespace show',
    'one namespace: of which jobs, with which quotas, and who may do what in it',
    () => import('./namespace/list.ts'),
  ),
  entry('namespace set', 'enter a namespace, or change what is said of it', () => import('./namespace/change.ts')),
  entry(
    'namespace rm',
    'strike a namespace off; its jobs go on as nobody’s in particular',
    () => import('./namespace/change.ts'),
  ),

  entry('lock acquire', 'take a lock, or a place in its line', () => import('./lock/acquire.ts')),
  entry('lock release', 'give a lock back', () => import('./lock/release.ts')),
  entry('lock list', 'who holds which lock', () => import('./lock/list.ts')),
  entry('lock show', 'one lock, and who waits for it', () => import('./lock/list.ts')),
  entry('lock break', 'take a lock from its holder', () => import('./lock/release.ts')),
  entry('lock recover', 'free locks whose time is up', () => import('./lock/recover.ts')),
  entry('lock run', 'run a command while holding a lock', () => import('./lock/run.ts')),

  entry('branch init', 'begin the file of the branch profiles', () => import('./branch/change.ts')),
  entry('branch add', 'enter a branch to be built, or change it', () => import('./branch/add.ts')),
  entry('branch list', 'all branch profiles, most urgent first', () => import('./branch/list.ts')),
  entry('branch show', 'one branch profile: what was built, what was not and why', () => import('./branch/list.ts')),
  entry('branch toggle', 'switch a branch profile on or off', () => import('./branch/change.ts')),
  entry('branch remove', 'strike a branch profile off', () => import('./branch/change.ts')),
  entry('branch queue-all', 'a job for each enabled branch', () => import('./branch/queue-all.ts')),
  entry('branch check-updates', 'jobs for new commits, now', () => import('./branch/check-updates.ts')),
  entry('branch worktrees', 'a folder for each enabled branch', () => import('./branch/worktrees.ts')),

  entry(
    'stats cost',
    'what builds cost, by project, branch, person, namespace or agent',
    () => import('./stats/cost.ts'),
  ),
  entry(
    'stats objectives',
    'what was reached of the objectives, and what is left of their error budgets',
    () => import('./stats/objectives.ts'),
  ),

  entry('predict record', 'note how long a build took', () => import('./predict/record.ts')),
  entry('predict duration', 'how long a build will take', () => import('./predict/duration.ts')),
  entry('predict agent', 'which agent should build a branch, and why', () => import('./predict/agent.ts')),
  entry('predict stats', 'builds by agent, hour, day and branch', () => import('./predict/stats.ts')),

  entry('message send', 'tell something to an agent, a role or all', () => import('./message/send.ts')),
  entry('message list', 'messages, newest first', () => import('./message/list.ts')),
  entry('message show', 'show a message, and who has read it', () => import('./message/receipt.ts')),
  entry('message read', 'show a message and mark it as read', () => import('./message/receipt.ts')),
  entry('message ack', 'acknowledge a message', () => import('./message/receipt.ts')),
  entry('message mark-read', 'mark a message as read', () => import('./message/receipt.ts')),
  entry('message mark-all-read', 'mark everything as read', () => import('./message/receipt.ts')),
  entry('message get', 'fetch the file that a message brings', () => import('./message/get.ts')),
  entry('message thread', 'a message with all its answers', () => import('./message/thread.ts')),
  entry('message search', 'find messages by their words', () => import('./message/list.ts')),
  entry('message archive', 'put messages that are over into the archive', () => import('./message/archive.ts')),
  entry('message stats', 'how many messages, and who has not read them', () => import('./message/stats.ts')),

  entry('task receive', 'a worker: take tasks by tag and give them to a processor', () => import('./task/receive.ts')),
  entry('task send', 'ask a worker that has these tags for something', () => import('./task/send.ts')),
  entry('task list', 'all tasks, in the order they will be taken', () => import('./task/list.ts')),
  entry('task status', 'how a task stands, and what came of it', () => import('./task/status.ts')),
  entry('task stats', 'how many tasks succeeded and failed, and their average time', () => import('./task/stats.ts')),

  entry('cache stats', 'what is in the cache of this machine', () => import('./cache/stats.ts')),
  entry('cache clear', 'forget what the cache of this machine holds', () => import('./cache/clear.ts')),
  entry('cache verify', 'check what is in the cache of this machine', () => import('./cache/verify.ts')),

  entry('logbook init', 'begin a structured log for a script, and print its id', () => import('./logbook/init.ts')),
  entry('logbook event', 'write one event into a logbook', () => import('./logbook/event.ts')),
  entry(
    'logbook command',
    'run a command and keep its output and its end in a logbook',
    () => import('./logbook/command.ts'),
  ),
  entry('logbook finalize', 'close a logbook and put it into the yard', () => import('./logbook/finalize.ts')),
  entry(
    'artifact manifest',
    'digests of all files of a build, and SHA256SUMS beside them',
    () => import('./artifact/manifest.ts'),
  ),
  entry('artifact verify', 'check files against a manifest', () => import('./artifact/verify.ts')),
  entry('artifact list', 'what builds made, newest first', () => import('./artifact/list.ts')),
  entry(
    'artifact export',
    'a manifest committed to the yard, or written to a file',
    () => import('./artifact/export.ts'),
  ),
  entry('artifact get', 'copy the artifacts of a job from where they are kept', () => import('./artifact/get.ts')),
  entry('artifact link', 'a link to an artifact that works for a while', () => import('./artifact/link.ts')),
  entry('artifact cleanup', 'remove old artifacts from this machine or a store', () => import('./artifact/cleanup.ts')),
  entry('compare manifests', 'what differs between two builds', () => import('./compare/manifests.ts')),
  entry('compare latest', 'what differs between the last builds of two agents', () => import('./compare/latest.ts')),
  entry('compare jobs', 'what differs between the artifacts of two jobs', () => import('./compare/jobs.ts')),
  entry('compare report', 'a comparison of two builds as Markdown', () => import('./compare/report.ts')),
  entry('compare ledger', 'which builds of a commit agree, k of n', () => import('./compare/ledger.ts')),
  entry('rollback tag', 'make a good build a point to go back to', () => import('./rollback/tag.ts')),
  entry('rollback list', 'the points to which branches can go back', () => import('./rollback/list.ts')),
  entry('rollback show', 'one rollback point, and what was built there', () => import('./rollback/show.ts')),
  entry('rollback last-good', 'the last good build of a branch', () => import('./rollback/last-good.ts')),
  entry('rollback to', 'build the commit of a rollback point again', () => import('./rollback/to.ts')),
  entry('rollback cleanup', 'give up the oldest rollback points', () => import('./rollback/cleanup.ts')),

  entry('queue check', 'check files of the inbox before they are committed', () => import('./queue/check.ts')),
  entry('health update', 'bring what pages read up to date, by hand', () => import('./health/update.ts')),
  entry(
    'health show',
    'the state of the fleet, its machines and its last hours and days',
    () => import('./health/show.ts'),
  ),
  entry('health check', 'exit 1 when something needs a person', () => import('./health/show.ts')),
  entry('monitor', 'open, update and close issues for what fails', () => import('./monitor.ts')),
  entry('notify list', 'what is told to people, and who can tell it', () => import('./notify/list.ts')),
  entry('notify test', 'send a test over a channel of this machine', () => import('./notify/test.ts')),
  entry('quarantine list', 'files that are broken and not in force', () => import('./quarantine/list.ts')),
  entry('quarantine show', 'what a broken file said, and what became of it', () => import('./quarantine/show.ts')),
  entry(
    'quarantine restore',
    'put the last valid version of broken files back',
    () => import('./quarantine/change.ts'),
  ),
  entry('quarantine clear', 'strike a restored file off the list', () => import('./quarantine/change.ts')),
  entry('spool list', 'what this machine keeps until the remote answers', () => import('./spool/list.ts')),
  entry('spool show', 'one thing that waits, as it was asked for', () => import('./spool/list.ts')),
  entry('spool flush', 'hand in what waits for this yard, now', () => import('./spool/flush.ts')),
  entry('spool clear', 'forget what was refused, once it was seen', () => import('./spool/flush.ts')),
  entry('token new', 'make a token for the API', () => import('./token/new.ts')),
  entry('token list', 'who has tokens for the API', () => import('./token/list.ts')),
  entry('token revoke', 'take a token for the API back, for good', () => import('./token/revoke.ts')),
  entry('secrets set', 'seal a secret for agents, or keep it on this machine', () => import('./secrets/set.ts')),
  entry('secrets list', 'which secrets there are, and who can read them', () => import('./secrets/list.ts')),
  entry('secrets reseal', 'seal a secret anew, for agents that joined', () => import('./secrets/reseal.ts')),
  entry('secrets rm', 'remove a secret', () => import('./secrets/rm.ts')),
  entry('log', 'every operation of the history, newest first', () => import('./log.ts')),
  entry('at', 'ask a command of the past', () => import('./at.ts')),
  entry('explain', 'why a job waits, or waited at a time that is over', () => import('./explain.ts')),
  entry(
    'simulate',
    'what another fleet, other settings or a change of the queue would do',
    () => import('./simulate.ts'),
  ),
  entry('bisect', 'the first commit at which something is so', () => import('./bisect.ts')),
  entry('audit', 'replay the history and check every rule', () => import('./audit.ts')),
  entry('audit export', 'write who did what into a file, as JSON lines or SQLite', () => import('./audit/export.ts')),
  entry('import', 'take over a predecessor repository', () => import('./import.ts')),
  entry('compact', 'fill the archive and cut the history', () => import('./compact.ts')),
  entry('doctor', 'check this machine and the yard', () => import('./doctor.ts')),
  entry('key new', 'make a key for signing jobs', () => import('./key/new.ts')),
  entry('key show', 'the keys of this machine, and whose jobs it trusts', () => import('./key/show.ts')),
  entry('key trust', 'let jobs run that a key has signed', () => import('./key/trust.ts')),
  entry('key revoke', 'let no job run any more that a key has signed', () => import('./key/trust.ts')),
  entry('config show', 'every setting, and where its value is from', () => import('./config/show.ts')),
  entry('config lint', 'check yard.json and gityard.yml', () => import('./config/lint.ts')),
  entry('completion', 'completion for a shell', () => import('./completion.ts')),
];

function entry(name: string, summary: string, file: () => Promise<CommandFile>): CommandEntry {
  const load = async (): Promise<Command> => {
    const found = Object.values(await file()).find((it) => it.name === name);
    if (!found) throw new Error(`the file of ${name} does not export it`);
    return found;
  };
  return { name, summary, load };
}
