#!/usr/bin/env node
/** The program `gityard` (also `git yard` and `build-cli`): hands the process to `runProgram`, and takes its exit code. */
import { runProgram } from './program.ts';
import { endQuietlyOnClosedPipe, processIo } from './start/io.ts';

endQuietlyOnClosedPipe(process.stdout);
endQuietlyOnClosedPipe(process.stderr);
process.exitCode = await runProgram(process.argv.slice(2), processIo());
