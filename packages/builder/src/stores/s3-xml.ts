/** What a bucket answers in XML, as far as we read it: texts, and lists where there may be several. Bounded, and never trusted. */
import { boundedText } from './bounded-text.ts';
import { StoreError } from './store-error.ts';

interface Item {
  readonly Key?: string;
  readonly Size?: string;
  readonly LastModified?: string;
  readonly UploadId?: string;
  readonly Initiated?: string;
  readonly PartNumber?: string;
  readonly ETag?: string;
}
interface Answered extends Item {
  readonly Contents?: readonly Item[];
  readonly Upload?: readonly Item[];
  readonly Part?: readonly Item[];
  readonly NextContinuationToken?: string;
  readonly NextKeyMarker?: string;
  readonly NextUploadIdMarker?: string;
  readonly NextPartNumberMarker?: string;
  readonly IsTruncated?: string;
}
type Roots =
  | 'ListBucketResult'
  | 'ListMultipartUploadsResult'
  | 'ListPartsResult'
  | 'InitiateMultipartUploadResult'
  | 'CompleteMultipartUploadResult';

/** A thousand rows of the longest keys. */
const MOST_BYTES = 8 * 1024 * 1024;

/** @param lists names of what may come more than once */
export async function readXml(
  response: Response,
  lists: readonly string[] = [],
): Promise<Partial<Record<Roots, Answered>>> {
  const { XMLParser } = await import('fast-xml-parser');
  const { text, isWhole } = await boundedText(response, MOST_BYTES);
  const parser = new XMLParser({
    parseTagValue: false,
    ignoreDeclaration: true,
    isArray: (name) => lists.includes(name),
  });
  try {
    if (isWhole) return parser.parse(text) as Partial<Record<Roots, Answered>>;
  } catch (cause) {
    throw new StoreError('REMOTE_INVALID', 'the store answers with something that is no XML', { cause });
  }
  throw new StoreError('REMOTE_INVALID', 'the store answers with more than anybody reads');
}
