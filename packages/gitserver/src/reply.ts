/**
 * Writes replies: git's output as it comes, or one line that says why not. Knows the headers that Git's protocol
 * asks for. Nothing is sent before there is something to say, so that a git that dies silent still becomes a 500.
 */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import type { HttpProblem } from './errors.ts';
import type { Route } from './route.ts';

const NEVER_CACHED = {
  Expires: 'Fri, 01 Jan 1980 00:00:00 GMT',
  Pragma: 'no-cache',
  'Cache-Control': 'no-cache, max-age=0, must-revalidate',
  'X-Content-Type-Options': 'nosniff',
};

interface Reply {
  write(chunk: Buffer, gone: AbortSignal): Promise<void>;
  end(): void;
}

export function openReply(response: ServerResponse, route: Route, onBytes: (sizeBytes: number) => void): Reply {
  function begin(): void {
    if (response.headersSent) return;
    response.writeHead(200, { ...NEVER_CACHED, 'Content-Type': contentType(route) });
    put(opening(route));
  }

  function put(chunk: Buffer | string): boolean {
    onBytes(chunk.length);
    return response.write(chunk);
  }

  async function write(chunk: Buffer, gone: AbortSignal): Promise<void> {
    begin();
    if (put(chunk)) return;
    // The client reads slower than git writes, or it leaves. Then there is nobody left to wait for.
    await once(response, 'drain', { signal: gone }).catch((error: unknown) => {
      if (!gone.aborted) throw error;
    });
  }

  return {
    write,
    end() {
      begin();
      response.end();
    },
  };
}

export function sendProblem(response: ServerResponse, problem: HttpProblem): void {
  const text = `${problem.message}\n`;
  response.writeHead(problem.status, {
    ...NEVER_CACHED,
    ...problem.headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

function contentType({ service, phase }: Route): string {
  return `application/x-${service}-${phase === 'advertise' ? 'advertisement' : 'result'}`;
}

/** Old clients expect the service named before the refs. Protocol 2, which only fetching has, leaves that out. */
function opening({ service, phase, protocol }: Route): string {
  if (phase === 'rpc' || (service === 'git-upload-pack' && protocol === 'version=2')) return '';

  const line = `# service=${service}\n`;
  return `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`;
}
