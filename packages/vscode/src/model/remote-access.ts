/**
 * How to get onto the machine of an agent: the words of `ssh`, the file of a remote desktop. The name of the host comes out of a
 * heartbeat, which whoever may push to the yard can write: it is a host and nothing else, or it is refused. Pure.
 */
import type { Checked } from './server-address.ts';

const LABEL = '[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL})(?:\\.${LABEL})*\\.?$`, 'i');
/** With a colon in it, so that no word of an option can be one. */
const IPV6 = /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}$/i;
const USER = /^[a-z_][a-z0-9_.-]{0,63}$/i;

/** An agent says `host` of itself; nothing in it may be an option, a path, another line, or a command. */
export function checkedHost(host: string): Checked<string> {
  const isHost = host.length <= 253 && (HOST.test(host) || IPV6.test(host));
  return isHost
    ? { ok: true, value: host }
    : { ok: false, reason: `${JSON.stringify(host.slice(0, 80))} is no name of a machine` };
}

/** Empty: the one that the program would take by itself. */
export function checkedUser(user: string): Checked<string> {
  if (user === '' || USER.test(user)) return { ok: true, value: user };
  return { ok: false, reason: `${JSON.stringify(user.slice(0, 80))} is no name of a user` };
}

/** Behind `--` nothing is an option, whatever it looks like. */
export const sshWords = ({ host, user }: { readonly host: string; readonly user: string }): readonly string[] => [
  ...(user === '' ? [] : ['-l', user]),
  '--',
  host,
];

/** For Windows and for the clients of other systems that open such files. */
export function rdpFile({ host, user }: { readonly host: string; readonly user: string }): string {
  const lines = [
    `full address:s:${bracketed(host)}`,
    ...(user === '' ? [] : [`username:s:${user}`]),
    'prompt for credentials:i:1',
    'authentication level:i:2',
    'redirectclipboard:i:0',
    'redirectdrives:i:0',
    'drivestoredirect:s:',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

export const freeRdpWords = ({ host, user }: { readonly host: string; readonly user: string }): readonly string[] => [
  `/v:${bracketed(host)}`,
  ...(user === '' ? [] : [`/u:${user}`]),
  '/cert:tofu',
];

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
