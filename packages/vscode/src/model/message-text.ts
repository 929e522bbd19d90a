/** A message as a document. Its body is text of strangers and stays text: nothing in it becomes a link or an image. Pure. */
import type { Message } from '@gityard/domain';
import { clock, code, plain } from './words.ts';

export function messageText({
  id,
  from,
  to,
  type,
  priority,
  subject,
  body,
  sentAt,
  ackBy,
  readBy,
  ackedBy,
}: Message): string {
  const facts = [
    `- From ${code(from)} to ${code(to)}`,
    `- Sent ${clock(sentAt)}, ${priority} ${type}`,
    ...(ackBy === null ? [] : [`- To be acknowledged by ${clock(ackBy)}`]),
    ...receipts('Read by', readBy),
    ...receipts('Acknowledged by', ackedBy),
    `- Message ${code(id)}`,
  ];
  return `# ${plain(subject === '' ? 'no subject' : subject)}\n\n${facts.join('\n')}\n${fenced(body)}`;
}

function receipts(what: string, times: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(times);
  return names.length === 0 ? [] : [`- ${what} ${names.map(code).join(', ')}`];
}

/** Between more backticks than it has itself. */
function fenced(body: string): string {
  if (body.trim() === '') return '';
  const longest = Math.max(2, ...(body.match(/`+/g) ?? []).map((it) => it.length));
  const fence = '`'.repeat(longest + 1);
  return `\n${fence}text\n${body.replace(/\n+$/, '')}\n${fence}\n`;
}
