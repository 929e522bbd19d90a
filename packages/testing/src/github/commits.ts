/** Commits as GitHub makes them and tells of them: under its own name, with its own signature, the times with zones. */
import { createHash } from 'node:crypto';

import type { RawObject } from './plumbing.ts';

export interface NewCommit {
  readonly tree: string;
  readonly parent: string;
  readonly headline: string;
  readonly body: string | undefined;
}

/** What the web interface and the API's mutation make: the token's owner as author, the host as committer and signer. */
export function webFlowCommit({ tree, parent, headline, body }: NewCommit): string {
  const seconds = Math.floor(Date.now() / 1000);
  const head = [
    `tree ${tree}`,
    `parent ${parent}`,
    `author Octo Cat <octocat@users.noreply.github.com> ${seconds} +0000`,
    `committer GitHub <noreply@github.com> ${seconds} +0000`,
  ].join('\n');
  return signed(head, body === undefined ? headline : `${headline}\n\n${body}`);
}

interface SentPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface SentCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: SentPerson;
  readonly committer: SentPerson;
  readonly message: string;
}

export function sentCommit({ tree, parents, author, committer, message }: SentCommit, signs: boolean): string {
  const line = ({ name, email, date }: SentPerson) => `${name} <${email}> ${Date.parse(date) / 1000} +0000`;
  const lines = [`tree ${tree}`, ...parents.map((it) => `parent ${it}`)];
  const head = [...lines, `author ${line(author)}`, `committer ${line(committer)}`].join('\n');
  return signs ? signed(head, message) : `${head}\n\n${message}`;
}

function signed(head: string, message: string): string {
  const digest = createHash('sha256').update(head).update(message).digest('base64');
  // As armoured signatures come: a line break ends them, and so the header ends with a line of one space.
  const signature = `-----BEGIN PGP SIGNATURE-----\n\n${digest}\n-----END PGP SIGNATURE-----\n`;
  return `${head}\ngpgsig ${signature.replaceAll('\n', '\n ')}\n\n${message}`;
}

/** The fields that GraphQL has for a commit. */
export function commitNode({ oid, body }: RawObject) {
  const text = body.toString();
  const end = text.indexOf('\n\n');
  const [head, message] = [text.slice(0, end), text.slice(end + 2)];
  const values = (key: string) => [...head.matchAll(new RegExp(`^${key} (.*)$`, 'gm'))].map(([, value = '']) => value);
  const signed = /\ngpgsig ((?:.*\n )*.*)/.exec(head);
  return {
    oid,
    message,
    tree: { oid: values('tree')[0] },
    parents: { nodes: values('parent').map((parent) => ({ oid: parent })) },
    author: person(values('author')[0]),
    committer: person(values('committer')[0]),
    signature: signed?.[1]
      ? { payload: `${head.replace(signed[0], '')}\n\n${message}`, signature: signed[1].replaceAll('\n ', '\n') }
      : null,
  };
}

/** Times keep their zone: "GitTimestamp is not converted in UTC". */
function person(line = '') {
  const [, name = '', email = '', seconds = '0', sign = '+', hours = '00', minutes = '00'] =
    /^(.*) <(.*)> (\d+) ([+-])(\d\d)(\d\d)$/.exec(line) ?? [];
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const local = new Date(Number(seconds) * 1000 + offsetMs).toISOString().slice(0, 19);
  const zone = hours === '00' && minutes === '00' ? 'Z' : `${sign}${hours}:${minutes}`;
  return { name, email, date: `${local}${zone}` };
}
