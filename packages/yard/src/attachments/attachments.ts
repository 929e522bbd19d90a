/**
 * The files that messages bring: their bytes lie in chunks on the ref of the logs, never in the state, and the message says
 * what they are. They are published before the message is sent, and go when their message has gone into the archive.
 */
import { createHash } from 'node:crypto';
import type { Message, State } from '@gityard/domain';
import { bornMsOf } from '../ids.ts';
import { findSecrets } from '../secrets/find-secrets.ts';
import { SecretFound } from '../secrets/secret-found.ts';
import type { Yard } from '../yard.ts';
import { AttachmentError } from './attachment-error.ts';

export type Attachment = NonNullable<Message['attachment']>;

export interface PublishAttachment {
  readonly messageId: string;
  readonly name: string;
  readonly content: Uint8Array;
  /** Rules of the scanner whose finds are no secrets, says the sender. */
  readonly allowSecrets?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_BYTES = 256 * 1024;

/** What the message will say of it, once it was found to be fit. Throws SecretFound, AttachmentError. */
export async function describeAttachment({ state }: Pick<Yard, 'state'>, file: PublishAttachment): Promise<Attachment> {
  const { messageId, name, content } = file;
  checkSize(state, file);
  await refuseSecrets(file);
  return { name, sizeBytes: content.length, sha256: sha256Of(content), path: `files/${messageId}` };
}

/** Throws SecretFound, AttachmentError, StoreError. */
export async function publishAttachment(yard: Yard, file: PublishAttachment): Promise<Attachment> {
  const { messageId, content, signal } = file;
  const attachment = await describeAttachment(yard, file);
  const { state } = yard;
  const isOver = (path: string) => isLeftBehind(path, { state, nowMs: Date.parse(yard.now()) });
  const summary = `file of message ${messageId}`;
  const chunks = chunksOf(attachment, content);
  if (chunks.length > 0) await yard.logs.put(chunks, { summary, isOver, signal });
  return attachment;
}

/** Whole and as it was sent. Throws AttachmentError, StoreError. */
export async function fetchAttachment(
  yard: Pick<Yard, 'logs'>,
  { id, attachment }: Message,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (!attachment) throw new AttachmentError('NOT_FOUND', `message ${id} brought no file`, 'gityard message show <id>');
  const chunks = await yard.logs.filesIn(`${attachment.path}/`, signal);
  if (chunks.length === 0 && attachment.sizeBytes > 0)
    throw new AttachmentError('NOT_FOUND', `the file of message ${id} is not there any more`, 'ask for it again');
  const content = Buffer.concat(chunks.map((it) => it.content));
  if (content.length === attachment.sizeBytes && sha256Of(content) === attachment.sha256) return content;
  throw new AttachmentError('INVALID_DATA', `the file of message ${id} is not as it was sent`, 'ask for it again');
}

function checkSize({ yard }: State, { name, content }: PublishAttachment): void {
  const { attachmentKB } = yard.messages;
  if (content.length <= attachmentKB * 1024) return;
  const most = `at most ${attachmentKB} KB fit (messages.attachmentKB of yard.json)`;
  const hint = 'put it into a repository or on a server, and send its address';
  throw new AttachmentError('TOO_LARGE', `${name} has ${content.length} bytes; ${most}`, hint);
}

/** Byte for byte: a key is a key also in the midst of what is no text. */
async function refuseSecrets({ name, content, allowSecrets = [] }: PublishAttachment): Promise<void> {
  const found = await findSecrets(Buffer.from(content).toString('latin1'), name);
  const first = found.find((it) => !allowSecrets.includes(it.rule));
  if (first) throw new SecretFound(`${name}, line ${first.line}: ${first.text} (rule ${first.rule})`);
}

function chunksOf({ path }: Attachment, content: Uint8Array) {
  const starts = Array.from({ length: Math.ceil(content.length / CHUNK_BYTES) }, (_, at) => at * CHUNK_BYTES);
  return starts.map((start, at) => ({
    path: `${path}/${String(at).padStart(5, '0')}`,
    content: content.subarray(start, start + CHUNK_BYTES),
  }));
}

/** A file is there before its message: one that is young may be waiting for it. */
const YOUNG_MS = 86_400_000;

function isLeftBehind(path: string, { state, nowMs }: { readonly state: State; readonly nowMs: number }): boolean {
  const [, messageId] = /^files\/([^/]+)\//.exec(path) ?? [];
  if (messageId === undefined || state.messages.has(messageId)) return false;
  return bornMsOf(messageId) < nowMs - YOUNG_MS;
}

const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
