/** What a body may be: JSON, or nothing where nothing need be said. Many clients name the type of a body that they do not send. */
import { isUtf8 } from 'node:buffer';
import { errorCodes, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Problem, sendProblem } from './problem.ts';

export const BODY_LIMIT_BYTES = 256 * 1024;
/** Where a schema leaves a place open, JSON without end would fit, and break whoever walks it afterwards. */
const DEEPEST = 50;

export function useBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, null);
    if (!isPlainUtf8(request)) return done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
    // Read leniently, a name in another encoding would quietly become another name.
    return isUtf8(body) ? parse(request, body.toString(), done) : done(new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY());
  });
  // A form of another site can send it.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser<string>('*', { parseAs: 'string' }, (_, body, done) =>
    body === '' ? done(null, null) : done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE()),
  );
  app.addHook('preValidation', async (request, reply) =>
    isDeeper(request.body, DEEPEST) ? sendProblem(reply, TOO_DEEP) : undefined,
  );
}

function isPlainUtf8({ headers }: FastifyRequest): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  return /^utf-?8$/i.test(charset) && (headers['content-encoding'] ?? 'identity') === 'identity';
}

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((it) => isDeeper(it, most - 1)));

const TOO_DEEP: Problem = {
  status: 400,
  code: 'INVALID_DATA',
  detail: `the request nests more than ${DEEPEST} objects and lists in each other`,
};

/** What is wrong with it, for people; of the library's own words those that say nothing are replaced. */
export const bodyFault = ({ code, message }: Pick<FastifyError, 'code' | 'message'>): string => WORDS[code] ?? message;

const WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'a body has to be JSON in UTF-8, sent with content-type: application/json and not compressed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON in UTF-8',
  FST_ERR_CTP_BODY_TOO_LARGE: `a body may have ${BODY_LIMIT_BYTES} bytes`,
};
