/**
 * The life of one request for Git, from its arrival to the moment its reply is out and its git is gone. The only
 * place that turns a failure into a reply, and the one that reports how it went. How it is answered: serve.ts.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { HttpProblem } from './errors.ts';
import { sendProblem } from './reply.ts';
import type { GitService, Phase, Route } from './route.ts';
import { type Call, type ServeContext, serve } from './serve.ts';

export interface GitRequestInfo {
  readonly repository: string;
  readonly service: GitService;
  readonly phase: Phase;
  /** Bytes of the body as sent, before unpacking. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly durationMs: number;
  /** Answered without starting a program. */
  readonly isDirect: boolean;
  /** The status of the reply; 499 when the client left before it was complete. */
  readonly status: number;
}

interface ExchangeContext extends ServeContext {
  readonly onRequest: ((info: GitRequestInfo) => void) | undefined;
}

export interface Exchange {
  /** Resolves when git is gone and the reply is out. */
  readonly done: Promise<void>;
  /** Ends it now, whatever it is doing. */
  cut(): void;
}

interface Arrival {
  readonly route: Route;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const CLIENT_LEFT = 499;

export function startExchange(context: ExchangeContext, arrival: Arrival): Exchange {
  const call: Call = { ...arrival, gone: whenGone(arrival.response), progress: { bytesIn: 0, bytesOut: 0 } };
  const cut = () => {
    call.progress.git?.stop();
    call.response.destroy();
  };
  return { done: carryOut(context, call), cut };
}

async function carryOut(context: ExchangeContext, call: Call): Promise<void> {
  const startedAt = performance.now();
  await serve(context, call).catch((error: unknown) => refuse(call, error));

  // What is left of a body that nobody wanted is read and dropped, so that the client gets to hear our reply.
  call.request.unpipe();
  call.request.resume();
  await sent(call.response);
  context.onRequest?.(report(call, performance.now() - startedAt));
}

function refuse({ response, gone }: Call, error: unknown): void {
  if (gone.aborted) return;
  // Half a reply cannot be taken back; a broken connection tells the client that it is not whole.
  if (response.headersSent) response.destroy();
  else if (error instanceof HttpProblem) sendProblem(response, error);
  else sendProblem(response, new HttpProblem(500, `the request failed: ${(error as Error).message}`));
}

function report({ route, response, gone, progress }: Call, durationMs: number): GitRequestInfo {
  const { repository, service, phase } = route;
  const { bytesIn, bytesOut } = progress;
  const status = gone.aborted ? CLIENT_LEFT : response.statusCode;
  const isDirect = status === 200 && progress.git === undefined;
  return { repository, service, phase, bytesIn, bytesOut, durationMs, isDirect, status };
}

function whenGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('the client left'));
  });
  return controller.signal;
}

function sent(response: ServerResponse): Promise<void> {
  if (response.writableFinished || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    response.once('finish', resolve);
    response.once('close', resolve);
  });
}
