/**
 * Reads what a request wants from its method, path and headers, or says which status refuses it. Pure: it opens
 * no file and starts no process, so every hostile path is judged here, as text, before anything else sees it.
 * The path is matched as it came over the wire. Nothing is decoded, so an encoded slash or dot is no slash or
 * dot to anybody: it simply fails the grammar.
 */
import type { IncomingHttpHeaders } from 'node:http';

import { HttpProblem } from './errors.ts';
import { isRepositoryName } from './repositories.ts';

export type GitService = 'git-upload-pack' | 'git-receive-pack';
/** `advertise` lists refs or capabilities; `rpc` moves objects. */
export type Phase = 'advertise' | 'rpc';

export interface Route {
  readonly repository: string;
  readonly service: GitService;
  readonly phase: Phase;
  /** The value for GIT_PROTOCOL, already checked; absent means the original protocol. */
  readonly protocol: string | undefined;
}

export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Whether this path is for Git at all; another server that mounts us keeps every other path for itself. */
export function isGitPath(url: string): boolean {
  return /^\/[^/?#]*\.git(?:[/?#]|$)/.test(url);
}

export function routeOf(request: RequestHead): Route | HttpProblem {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const [, repository = '', endpoint = ''] = /^\/([^/]*)\.git\/(.*)$/.exec(path) ?? [];
  if (!isRepositoryName(repository)) return new HttpProblem(404, 'there is no repository at this path');

  const protocol = protocolOf(request.headers);
  if (endpoint === 'info/refs') return advertisement(request, { repository, query, protocol });
  if (endpoint.startsWith('git-')) return call(request, { repository, endpoint, protocol });
  // The files of a repository are never handed out: the "dumb" protocol would show half-written ones.
  return new HttpProblem(404, 'only the smart HTTP protocol is spoken here');
}

interface Target {
  readonly repository: string;
  readonly protocol: string | undefined;
}

function advertisement(request: RequestHead, target: Target & { query: string }): Route | HttpProblem {
  if (request.method !== 'GET') return new HttpProblem(405, 'info/refs is read with GET', { Allow: 'GET' });

  const { query, repository, protocol } = target;
  const service = new URLSearchParams(query).get('service');
  if (!isService(service)) return new HttpProblem(403, 'ask for service=git-upload-pack or git-receive-pack');
  return { repository, service, phase: 'advertise', protocol };
}

function call(request: RequestHead, target: Target & { endpoint: string }): Route | HttpProblem {
  const { endpoint: service, repository, protocol } = target;
  if (!isService(service)) return new HttpProblem(403, 'only git-upload-pack and git-receive-pack are served');
  if (request.method !== 'POST') return new HttpProblem(405, `${service} is called with POST`, { Allow: 'POST' });

  // This type is outside what a web page may send without asking first, so the check also keeps pages out.
  const wanted = `application/x-${service}-request`;
  if (request.headers['content-type'] !== wanted) return new HttpProblem(415, `the content type must be ${wanted}`);
  return { repository, service, phase: 'rpc', protocol };
}

function isService(value: string | null): value is GitService {
  return value === 'git-upload-pack' || value === 'git-receive-pack';
}

/** The header ends in the environment of a process, so only the three known values pass; Git ignores others too. */
function protocolOf(headers: IncomingHttpHeaders): string | undefined {
  const asked = headers['git-protocol'];
  return typeof asked === 'string' && /^version=[0-2]$/.test(asked) ? asked : undefined;
}
