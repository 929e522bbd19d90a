/**
 * Answers one request by letting git and the client talk: is the repository there, read the body, wait for a slot,
 * start git, judge how it ended. Throws an `HttpProblem` for everything that the client has to hear instead.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';

import { openBody } from './body.ts';
import { type ConversationEnd, converse } from './conversation.ts';
import type { DirectLane } from './direct/direct-lane.ts';
import { HttpProblem } from './errors.ts';
import type { Gate } from './gate.ts';
import { type GitProcess, startGit } from './git-process.ts';
import { openReply } from './reply.ts';
import { repositoryExists, repositoryPath } from './repositories.ts';
import type { Route } from './route.ts';
import type { Upkeep } from './upkeep.ts';

export interface ServeContext {
  readonly root: string;
  readonly gate: Gate;
  readonly upkeep: Upkeep;
  readonly direct: DirectLane;
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  readonly closing: AbortSignal;
}

export interface Call {
  readonly route: Route;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Fires when the client leaves before its reply is complete. */
  readonly gone: AbortSignal;
  readonly progress: Progress;
}

/** What can be said of a request at any time while it runs. */
interface Progress {
  bytesIn: number;
  bytesOut: number;
  git?: GitProcess;
}

export async function serve(context: ServeContext, call: Call): Promise<void> {
  const path = repositoryPath(context.root, call.route.repository);
  if (!(await repositoryExists(path))) throw new HttpProblem(404, `there is no repository ${call.route.repository}`);

  const body = await bodyOf(context, call);
  const leave = await context.gate.enter(AbortSignal.any([call.gone, context.closing]));
  try {
    await talk(context, call, { path, body });
  } finally {
    leave();
  }
}

async function bodyOf({ maxBodyBytes, closing }: ServeContext, { route, request, progress, gone }: Call) {
  if (route.phase === 'advertise') return Buffer.alloc(0);

  const onBytes = (sizeBytes: number) => {
    progress.bytesIn += sizeBytes;
  };
  return openBody(request, { maxBytes: maxBodyBytes, onBytes, gone, closing });
}

type Body = Awaited<ReturnType<typeof bodyOf>>;

async function talk(context: ServeContext, call: Call, { path, body }: { path: string; body: Body }): Promise<void> {
  const { route, request, response, gone, progress } = call;
  const reply = openReply(response, route, (sizeBytes) => {
    progress.bytesOut += sizeBytes;
  });
  const isPush = route.service === 'git-receive-pack' && route.phase === 'rpc';
  const answer = await directAnswer(context, call, { path, body });
  if (answer) {
    if (isPush) context.upkeep.pushed(path);
    if (gone.aborted) return;
    await reply.write(answer, gone);
    return reply.end();
  }
  const git = startGit([...settingsFor(request), ...gitArguments(route, path)], {
    protocol: route.protocol,
    timeoutMs: context.timeoutMs,
  });
  progress.git = git;

  const isWrite = route.service === 'git-receive-pack';
  const end = await converse(git, { body, isWrite, gone, onOutput: (chunk) => reply.write(chunk, gone) });
  judge(end, call, path);
  if (!gone.aborted) reply.end();
  if (isPush) context.upkeep.pushed(path);
}

/** Without starting a program, where the request is one that we know how to answer. */
async function directAnswer(
  { direct }: ServeContext,
  { route, request }: Call,
  { path, body }: { path: string; body: Body },
): Promise<Buffer | undefined> {
  if (route.phase === 'advertise' || !Buffer.isBuffer(body)) return undefined;
  if (route.service === 'git-receive-pack') return direct.push(path, body);
  return isOurs(request) && route.protocol === 'version=2' ? direct.fetch(path, body) : undefined;
}

/**
 * A ref and its objects in one request: only for our own store. Git's own servers say first which commit the ref is and
 * then what is shallow; Git's own clients expect it the other way round, so every shallow clone of theirs would fail.
 */
function settingsFor(request: Call['request']): readonly string[] {
  return isOurs(request) ? ['-c', 'uploadpack.allowRefInWant=true'] : [];
}

const isOurs = ({ headers }: Call['request']): boolean => headers['user-agent'] === 'git/gityard';

function gitArguments({ service, phase }: Route, path: string): string[] {
  const advertise = phase === 'advertise' ? ['--advertise-refs'] : [];
  return [service.replace(/^git-/, ''), '--stateless-rpc', ...advertise, path];
}

/** A git that said something before it failed has told the client itself; any other failure is ours to tell. */
function judge(end: ConversationEnd, { route, response }: Call, path: string): void {
  if (end.bodyFailure) throw end.bodyFailure;
  if (end.timedOut) throw new HttpProblem(504, `${route.service} took longer than it may`);
  if (end.code === 0 || (end.code !== null && response.headersSent)) return;

  // The machine's own paths are nobody's business on the other side.
  const why = end.complaint.replaceAll(path, basename(path));
  throw new HttpProblem(500, `${route.service} failed: ${why}`);
}
