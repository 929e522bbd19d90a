import type { CompiledValidator } from '../src/validate-with.ts';
declare const validate: CompiledValidator;
export default validate;
