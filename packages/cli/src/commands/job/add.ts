/** Puts a job into the queue. */
import { after, isRole, NO_GATE, RETRIED_CAUSES, STRATEGIES, SUPERSEDES, TOOLCHAINS } from '@gityard/domain';
import { readTraceparent, traceparentHere } from '@gityard/telemetry';
import { newId } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { choices, duration, flag, list, oneOf, option, pairs, rest, size, wholeNumber } from '../../parameters.ts';
import { priorityOption } from '../../priority.ts';
import { PRIORITY_DIRECTION } from '../../text/job-text.ts';
import { good, line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';
import { findNeed } from '../../yard/find.ts';
import { namingFlags } from '../../yard/naming-flags.ts';
import { repositoryToBuild } from '../../yard/repository-to-build.ts';
import { signedWish } from '../../yard/sign-wish.ts';
import { reach, wholeId } from '../../yard/spool.ts';

export const command = defineCommand({
  name: 'job add',
  summary: 'put a job into the queue',
  details:
    'It builds a repository, or runs a command, or a command in a repository. Without either: the one you stand in.',
  example: 'gityard job add --repo https://git.example.org/acme/app.git --branch main --priority High -- make test',
  acts: true,
  parameters: {
    repo: option('url', 'what to build; a relative path is meant from where you stand'),
    branch: option('name', 'the branch; else the default one'),
    commit: option('hash', 'the commit; else the newest of the branch'),
    priority: priorityOption,
    toolchain: oneOf(TOOLCHAINS, 'how to build it; else it is detected'),
    strategy: oneOf(STRATEGIES, 'over what and where; else as gityard.yml says, or Incremental'),
    labels: list('a,b', 'labels that the agent must all have'),
    requires: list('dotnet>=8,…', 'what the agent must be able to do'),
    needs: list('id,…', 'jobs that must have succeeded first'),
    locks: list('name,…', 'locks to hold while it runs'),
    group: option('name', 'one job of a group runs at a time, or as many as yard.json lets'),
    key: option('text', 'while a job with this key is open, it is returned instead'),
    param: pairs('name=value', 'a parameter for the build; may be given more than once'),
    supersede: oneOf(SUPERSEDES, 'cancel older jobs of the same work that wait, or also those that run'),
    timeout: duration('time', 'how long it may run'),
    queueTimeout: duration('time', 'how long it may wait before it expires; 0 = for ever'),
    startTimeout: duration('time', 'how long a claim may go without a start; 0 = for ever'),
    silentTimeout: duration('time', 'how long its commands may print nothing; 0 = for ever'),
    retries: wholeNumber('N', 'more tries after a failure'),
    retryOn: choices([...RETRIED_CAUSES, 'never'], 'the causes after which it is tried again'),
    noCache: flag('take nothing from a cache, and put nothing there'),
    keepWorkspace: flag('keep the workspace of an attempt that fails, for a look into it'),
    secrets: list('NAME,…', 'secrets that the build asks for; the policy of the agent decides'),
    cores: wholeNumber('N', 'processors that it takes for itself while it runs'),
    memory: size('size', 'memory that it takes for itself while it runs'),
    namespace: option('name', 'whose it is, where what it builds does not say so'),
    approval: list('who,…', 'it waits until one of them has approved it: people, or a role'),
    approvals: wholeNumber('N', 'with --approval: so many of them; else 1'),
    delay: duration('time', 'how long it waits before it may start'),
    assign: option('agent', 'only this agent may run it'),
    assignFor: duration('time', 'with --assign: afterwards anyone may run it'),
    traceparent: option(
      'id',
      'the trace that it belongs to, as the W3C writes it; else TRACEPARENT, or one of its own',
    ),
    sign: flag('sign it, for agents that want to know whose it is'),
    signingKey: option('file', 'sign with this private key; else with that of the settings'),
    validFor: duration('time', 'how long the signature lets it run; else 24h'),
    command: rest('command', 'the command and its arguments', 'optional'),
  },
  run: async (context, args) => {
    const { id: by } = await context.identity();
    const repository = await repositoryToBuild(context, args);
    const seen = await reach(context, 'submit');
    const needs = args.needs.flatMap((it) => (seen.yard ? (findNeed(seen.yard, it) ?? []) : wholeId(it, seen.away)));
    const now = context.now();
    if (args.assignFor !== undefined && args.assign === undefined)
      throw usageError('--assign-for says for how long, and nothing says for whom', 'add --assign <agent>');
    const job = {
      repository,
      branch: args.branch,
      commit: args.commit,
      priority: args.priority,
      toolchain: args.toolchain,
      strategy: args.strategy,
      labels: [...args.labels],
      requires: [...args.requires],
      needs,
      locks: [...args.locks],
      group: args.group,
      key: args.key,
      parameters: { ...args.param },
      supersede: args.supersede,
      timeoutSeconds: secondsOf(args.timeout),
      queueTimeoutSeconds: secondsOf(args.queueTimeout),
      startTimeoutSeconds: secondsOf(args.startTimeout),
      silentTimeoutSeconds: secondsOf(args.silentTimeout),
      retries: args.retries,
      retryOn: args.retryOn?.filter((it) => it !== 'never'),
      noCache: args.noCache,
      keepWorkspace: args.keepWorkspace,
      secrets: [...args.secrets],
      reserves: reservation(args),
      namespace: args.namespace,
      approval: gateOf(args),
      notBefore: args.delay === undefined ? undefined : after(now, args.delay),
      assignedTo: args.assign,
      assignedUntil: args.assignFor === undefined ? undefined : after(now, args.assignFor),
      command: args.command.length === 0 ? undefined : [...args.command],
      traceparent: args.traceparent ?? traceparentHere() ?? readTraceparent(context.io.env.TRACEPARENT),
    };
    const wish = { id: newId(), job, by };
    const signed = args.sign || args.signingKey !== undefined ? await signedWish(context, wish, args) : wish;
    const reply = await act(context, 'submit', signed, ({ result, commit }) =>
      // Where nothing had to change, the commit that was just seen holds the job.
      answer({ id: result.id, commit: commit ?? seen.yard?.head ?? null }, () => [
        line(
          'job ',
          good(result.id),
          commit === null
            ? ' is there already, under that key'
            : ` is queued, priority ${result.priority} (${PRIORITY_DIRECTION})`,
        ),
      ]),
    );
    return namingFlags(reply, FLAGS);
  },
});

const secondsOf = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

/** Memory in bytes. */
function reservation({ cores, memory }: { cores: number | undefined; memory: number | undefined }) {
  return cores === undefined && memory === undefined ? undefined : { cores: cores ?? 0, memoryGB: (memory ?? 0) / 1e9 };
}

/** Words that are a role stand for all who have it. */
function gateOf({ approval, approvals }: { approval: readonly string[]; approvals: number | undefined }) {
  if (approval.length === 0 && approvals === undefined) return undefined;
  const [role = null, other] = approval.filter(isRole);
  if (other !== undefined)
    throw usageError(`--approval names ${role} and ${other}`, 'name the lower role: others have it too');
  return { ...NO_GATE, role, people: approval.filter((it) => !isRole(it)), count: approvals ?? 1 };
}

/** The fields of a job that its author gives by flags, under the names of the flags. */
const FLAGS = {
  repository: 'repo',
  branch: 'branch',
  commit: 'commit',
  labels: 'labels',
  requires: 'requires',
  needs: 'needs',
  locks: 'locks',
  group: 'group',
  key: 'key',
  parameters: 'param',
  supersede: 'supersede',
  timeoutSeconds: 'timeout',
  queueTimeoutSeconds: 'queueTimeout',
  startTimeoutSeconds: 'startTimeout',
  silentTimeoutSeconds: 'silentTimeout',
  retries: 'retries',
  retryOn: 'retryOn',
  secrets: 'secrets',
  reserves: 'cores',
  namespace: 'namespace',
  approval: 'approval',
  notBefore: 'delay',
  assignedTo: 'assign',
  assignedUntil: 'assignFor',
  traceparent: 'traceparent',
} as const;
