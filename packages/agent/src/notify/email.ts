/** Mail through a server: `smtps://user:password@host:465`, or `smtp://` with the way made safe as soon as there is a password. */
import type { ChannelKind, ChannelMessage } from './channel.ts';
import { ChannelError } from './channel.ts';

const STEP_MS = 15_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const email: ChannelKind = {
  kind: 'email',
  open: ({ url, from, to }) => {
    const server = serverOf(url);
    if (to.length === 0 || from === '') throw new ChannelError('mail needs "from" and "to"', { lasting: true });
    return {
      preview: (message) => ({ from, to, ...mailOf(message) }),
      send: (message, signal) => sendMail(server, { from, to: [...to], ...mailOf(message) }, signal),
    };
  },
};

interface Server {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly auth: { user: string; pass: string } | undefined;
  readonly requireTLS: boolean;
}
interface Mail {
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
}

function serverOf(url: string): Server {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['smtp:', 'smtps:'].includes(address.protocol) || address.hostname === '')
    throw new ChannelError('its address is no smtp or smtps URL', { lasting: true });
  const { hostname, port, username, password } = address;
  const secure = address.protocol === 'smtps:';
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  const requireTLS = auth !== undefined && !secure && !LOOPBACK.has(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 465 : 587)),
    secure,
    auth,
    requireTLS,
  };
}

const mailOf = ({ title, text, url }: ChannelMessage): Pick<Mail, 'subject' | 'text'> => ({
  subject: title,
  text: `${text}\n${url === null ? '' : `\n${url}\n`}`,
});

async function sendMail(server: Server, mail: Mail, signal: AbortSignal): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const limits = { connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: STEP_MS };
  const transport = createTransport({ ...server, ...limits, disableFileAccess: true, disableUrlAccess: true });
  const stop = () => transport.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([transport.sendMail(mail), aborted(signal)]);
  } catch (error) {
    throw mailError(server, error);
  } finally {
    signal.removeEventListener('abort', stop);
    transport.close();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error('it took too long'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** 5xx is a server's last word, and so is a login that it does not take. What it says may hold what it was told. */
function mailError({ host }: Server, error: unknown): ChannelError {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  const lasting = (responseCode !== undefined && responseCode >= 500) || code === 'EAUTH';
  const why = responseCode === undefined ? (code ?? message ?? 'unknown') : `status ${responseCode}`;
  return new ChannelError(`${host} did not take the mail: ${why}`, { lasting, cause: error });
}
