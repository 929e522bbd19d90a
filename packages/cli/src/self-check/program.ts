/** What the program is, and whether its parts that are made when it is built are those of its sources. */
import { SCHEMA_VERSION, SCHEMAS, type SchemaName, validate } from '@gityard/domain';
import { type Finding, fine, wrong } from '../doctor/check.ts';
import { PACKAGE_FOLDER } from '../place.ts';
import { programVersion } from '../version.ts';

const REMEDY = 'install it anew: npm install -g gityard';

export async function checkVersion(): Promise<Finding> {
  const version = await programVersion();
  return fine(`gityard ${version} in ${PACKAGE_FOLDER}, for yards up to version ${SCHEMA_VERSION}`);
}

/** No schema lets a number pass, and an empty yard.json is a good one: a validator that fails this judges nothing. */
export async function checkValidators(): Promise<Finding> {
  const names = Object.keys(SCHEMAS) as SchemaName[];
  const blind = names.filter((it) => validate(it, 42).ok);
  if (blind.length > 0) return wrong(`the validators of ${blind.join(', ')} let anything pass`, REMEDY);
  const yard = validate('yard', {});
  return yard.ok ? fine(`${names.length} schemas`) : wrong(`an empty yard.json is refused: ${yard.reason}`, REMEDY);
}
