#!/usr/bin/env node
/** The program `gityard` (also `git yard` and `build-cli`): hands the process to `runProgram`, and takes its exit code. */
import { endOnFailingOutput } from './failing-output.ts';
import { runProgram } from './program.ts';
import { processIo } from './start/io.ts';

const io = processIo();
endOnFailingOutput(io);
process.exitCode = await runProgram(process.argv.slice(2), io);
