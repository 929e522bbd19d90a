/**
 * The relay's door: one route over HTTP that takes sealed questions and gives sealed answers. Bounded in size, time and
 * number; who does not have the key learns nothing but that. Knows no yard.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo, QUESTION, seal, unseal } from './letter.ts';
import { type Answer, type Question, readQuestion } from './messages.ts';
import type { Site } from './site.ts';

export interface PostOffice {
  readonly url: string;
  close(): Promise<void>;
}

export interface PostOfficeOptions {
  readonly site: Site;
  readonly host: string;
  readonly answer: (question: Question) => Promise<Answer>;
}

export const PATH = '/gityard/v1/relay';
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_CONNECTIONS = 512;
/** For a question to come in whole. Answers take as long as the remote does. */
const QUESTION_MS = 15_000;

export async function openPostOffice({ site, host, answer }: PostOfficeOptions): Promise<PostOffice> {
  const server = createServer({ requestTimeout: QUESTION_MS, headersTimeout: QUESTION_MS }, (request, response) => {
    // Who asked may leave at any moment, and is owed nothing then.
    serve({ request, response, site, answer }).catch(() => response.destroy());
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port, address, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

interface Visit extends Pick<PostOfficeOptions, 'site' | 'answer'> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serve({ request, response, site, answer }: Visit): Promise<void> {
  if (request.method !== 'POST' || request.url !== PATH) return refuse(response, 404);
  const letter = await read(request);
  if (!letter) return refuse(response, 413);
  const opened = unseal(site.secret, { about: QUESTION, bytes: letter });
  if (!opened) return refuse(response, 401);
  const question = readQuestion(opened.value);
  if (!question) return refuse(response, 400);
  const value = await answer(question);
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  response.end(seal(site.secret, { about: answerTo(letter), value }));
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close' }).end();
}

/** Undefined: too much. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
