/**
 * A log as it may be published: what looks like a secret is taken out. What a build prints nobody can be asked about, and the
 * builder knows only the secrets that it handed out itself.
 */
import { findSecrets, withoutSecrets } from './find-secrets.ts';
import { withTextsAsync } from './texts-of.ts';

interface File {
  readonly path: string;
  readonly content: Uint8Array;
}

/** Byte for byte, so that what is no text stays as it is. */
export async function maskedLog(file: File): Promise<File> {
  const text = Buffer.from(file.content).toString('latin1');
  if ((await findSecrets(text, file.path)).length === 0) return file;
  const clean = await masked(file.path.endsWith('.json') ? await maskedJson(text) : text);
  return { ...file, content: Buffer.from(clean, 'latin1') };
}

const masked = async (text: string): Promise<string> => withoutSecrets(text, await findSecrets(text));

/** String by string, so that what is taken out of two cannot take away the quotes between them. */
async function maskedJson(text: string): Promise<string> {
  const value = parsed(text);
  if (value === undefined) return text;
  return `${JSON.stringify(await withTextsAsync(value, masked), null, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half a log, or none of ours: then it is a text like any other.
    return undefined;
  }
}
