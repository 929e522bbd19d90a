/** What every way to tell people something is: a message goes in, and it was taken, or an error says why not. */
import type { ChannelSettings } from './settings.ts';

export interface ChannelMessage {
  /** One line. */
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly mood: 'bad' | 'good' | 'neutral';
  /** For programs. */
  readonly facts: Readonly<Record<string, string | null>>;
}

export interface Channel {
  /** What would go, without any secret. */
  preview(message: ChannelMessage): unknown;
  /** Resolves when it was taken on the other side. Ends soon after the signal is aborted. */
  send(message: ChannelMessage, signal: AbortSignal): Promise<void>;
}

export interface ChannelKind {
  readonly kind: string;
  readonly open: (settings: ChannelSettings) => Channel;
}

/** What it says names no more of an address than its host: the rest is often the secret. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly code = 'NOTIFY_FAILED';
  /** Asking again is of no use before somebody has mended the settings. */
  readonly lasting: boolean;

  constructor(message: string, { lasting = false, cause }: { lasting?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.lasting = lasting;
  }
}

/** What others wrote must not steer where it is shown. Line ends stay, in texts of many lines. */
export const plainText = (text: string, length: number): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .slice(0, length);
export const plainLine = (text: string, length: number): string => plainText(text, length).replaceAll('\n', ' ').trim();
