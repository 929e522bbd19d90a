/** A text without what looks like a credential in it, for what a program printed and nobody looked at before it is published. */
import { findSecrets, withoutSecrets } from './find-secrets.ts';

export const maskSecrets = async (text: string, place?: string): Promise<string> =>
  withoutSecrets(text, await findSecrets(text, place));
