/** One question to the relay. Rejects when there is no answer that carries the site's seal, whatever came instead. */
import { Agent, request as openRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { atMost } from '../pause.ts';
import { answerTo, QUESTION, seal, unseal } from './letter.ts';
import type { Ask } from './link.ts';
import type { Answer, Question } from './messages.ts';
import { PATH } from './post-office.ts';
import type { Site } from './site.ts';

/** Longer than a relay gathers, shorter than anybody's patience with an operation. */
const ANSWER_MS = 40_000;

/** A member's way to ask, over connections of its own. */
export function askerOf(site: Site): Ask {
  const agent = new Agent({ keepAlive: true });
  return (url, question, signal = new AbortController().signal) =>
    ask({ url, site, question, agent, signal: atMost(ANSWER_MS, signal) });
}

export interface Asking {
  readonly url: string;
  readonly site: Site;
  readonly question: Question;
  /** Connections of whoever asks. */
  readonly agent?: Agent;
  readonly signal: AbortSignal;
}

export async function ask({ url, site, question, agent, signal }: Asking): Promise<Answer> {
  const letter = seal(site.secret, { about: QUESTION, value: question });
  const opened = unseal(site.secret, { about: answerTo(letter), bytes: await post({ url, letter, agent, signal }) });
  if (!opened) throw new Error(`${url} is no relay of this site: its answer does not carry the seal`);
  // Sealed with our key and bound to our question: as good as our own word.
  return opened.value as Answer;
}

interface Posting extends Pick<Asking, 'url' | 'agent' | 'signal'> {
  readonly letter: Buffer;
}

function post({ url, letter, agent, signal }: Posting): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': letter.length };
    const request = openRequest(`${url}${PATH}`, { method: 'POST', agent, headers, signal }, (response) => {
      if (response.statusCode === 200) return void buffer(response).then(resolve, reject);
      response.resume();
      reject(new Error(`the relay ${url} answered with HTTP ${response.statusCode}`));
    });
    request.on('error', reject);
    request.end(letter);
  });
}
