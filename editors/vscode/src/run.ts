// Running the program for what the server does not do.

import { execFile } from "node:child_process";

/** At most so many bytes are read of what it prints. */
const AT_MOST = 64 * 1024 * 1024;

export interface Ran {
  code: number;
  output: string;
  errors: string;
}

/** Runs the program in a folder. It fails only where the program cannot be run; the exit code tells the rest. */
export function run(program: string, words: string[], folder?: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const environment = { ...process.env, NO_COLOR: "1" };
    execFile(program, words, { cwd: folder, maxBuffer: AT_MOST, env: environment }, (error, output, errors) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, output, errors });
      else reject(error);
    });
  });
}
