/**
 * A commit as the API tells it → the object that it was. The host tells fields, and only their hash can say whether we
 * put them together as they were: signed ones from what was signed, others from names, times with their zones, and text.
 */
import { type CommitFields, encodeCommit, type Signature } from '../../codec/commit.ts';
import { type GitObject, makeObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';
import { at, type Json, list, oid, text } from './replies.ts';

export interface ToldCommit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly object: GitObject;
}

export interface CommitPage {
  readonly commits: readonly ToldCommit[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
}

/** undefined: the host knows no commit of that name. */
export function pageIn(repository: Json): CommitPage | undefined {
  const history = at(at(repository, 'object'), 'history');
  if (history === undefined) return undefined;
  const { hasNextPage, endCursor } = { hasNextPage: false, endCursor: null, ...objectOr(at(history, 'pageInfo')) };
  return {
    commits: list(at(history, 'nodes'), 'nodes').map(commitIn),
    next: hasNextPage === true && typeof endCursor === 'string' ? endCursor : null,
  };
}

const objectOr = (json: Json | undefined) => (typeof json === 'object' ? json : null);

function commitIn(json: Json): ToldCommit {
  const name = oid(at(json, 'oid'), 'oid');
  const tree = oid(at(at(json, 'tree'), 'oid'), 'tree.oid');
  const parents = list(at(at(json, 'parents'), 'nodes'), 'parents').map((it) => oid(at(it, 'oid'), 'parents.oid'));
  const [author, committer] = [personIn(at(json, 'author')), personIn(at(json, 'committer'))];
  const message = text(at(json, 'message'));
  const bodies = [
    ...signedBodies(at(json, 'signature')),
    ...plainBodies({ tree, parents, author, committer, message }),
  ];
  const object = bodies.map((it) => makeObject('commit', Buffer.from(it))).find((it) => it.oid === name);
  return { oid: name, tree, parents, object: object ?? asTold(name, { tree, parents, author, committer, message }) };
}

interface Person extends Signature {
  /** As Git writes it: +0100. */
  readonly zone: string;
}

function personIn(json: Json | undefined): Person {
  const date = text(at(json, 'date'));
  const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d\d):?(\d\d)$/.exec(date) ?? [];
  const atMs = Date.parse(date);
  return {
    name: text(at(json, 'name')),
    email: text(at(json, 'email')),
    atSeconds: Number.isNaN(atMs) ? 0 : Math.floor(atMs / 1000),
    zone: `${sign}${hours}${minutes}`,
  };
}

/** The payload is the object without its signature, which stood as the last of the headers, a space before each line. */
function signedBodies(json: Json | undefined): string[] {
  const [payload, signature] = [text(at(json, 'payload')), text(at(json, 'signature'))];
  const end = payload.indexOf('\n\n');
  if (end < 0 || signature === '') return [];
  const [head, rest] = [payload.slice(0, end), payload.slice(end)];
  // Some tools sign with a line break at the end, which is then part of the header; some answers leave it out.
  return [signature, signature.trimEnd(), `${signature.trimEnd()}\n`].map(
    (it) => `${head}\ngpgsig ${it.replaceAll('\n', '\n ')}${rest}`,
  );
}

interface Told extends Omit<CommitFields, 'author' | 'committer'> {
  readonly author: Person;
  readonly committer: Person;
}

function plainBodies({ tree, parents, author, committer, message }: Told): string[] {
  const head = [
    `tree ${tree}`,
    ...parents.map((it) => `parent ${it}`),
    `author ${personLine(author)}`,
    `committer ${personLine(committer)}`,
  ].join('\n');
  // Git ends a message with a line break; who tells of it may not.
  return [message, `${message.trimEnd()}\n`, message.trimEnd()].map((it) => `${head}\n\n${it}`);
}

const personLine = ({ name, email, atSeconds, zone }: Person): string => `${name} <${email}> ${atSeconds} ${zone}`;

/**
 * Some commits cannot be had byte for byte: one with headers that nobody tells of, or with text that is no UTF-8. Such
 * a one keeps the name that the host gave it, with the fields that it told: who reads it needs no more. It is never sent.
 */
function asTold(name: Oid, fields: CommitFields): GitObject {
  return { oid: name, type: 'commit', body: encodeCommit(fields) };
}
