/** A text without what looks like a credential in it, for what a program printed and nobody looked at before it is published. */
import { findSecrets, withoutSecrets } from './find-secrets.ts';

/** Of a text alone, so that a list of them can be mapped by it. */
export const maskSecrets = async (text: string): Promise<string> => withoutSecrets(text, await findSecrets(text));
