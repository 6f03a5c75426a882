// Which program is started. Nothing here knows VS Code, so that it can be tried without.

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import * as path from "node:path";

export interface Surroundings {
  /** The setting `copydesk.path`; empty where it is not set. */
  setting: string;
  /** The environment variable `PATH`. */
  searched: string;
  /** The folders of the workspace, as absolute paths. */
  folders: string[];
  /** Whether the user trusts them. */
  trusted: boolean;
  windows: boolean;
}

export type Found = { program: string } | { problem: string };

/**
 * The program to start, as an absolute path. In a workspace that is not trusted it never lies in there, whatever the
 * setting and the `PATH` say, nor does a link lead to one that does.
 */
export function findProgram(given: Surroundings): Found {
  const { setting } = given;
  if (setting !== "") {
    if (!path.isAbsolute(setting)) {
      return { problem: `the setting copydesk.path is “${setting}”, which is no absolute path` };
    }
    if (!runs(setting)) {
      return { problem: `there is no program at “${setting}”, which the setting copydesk.path names` };
    }
    if (isBarred(setting, given)) {
      return { problem: `“${setting}” lies in a folder that is not trusted` };
    }
    return { program: setting };
  }
  const name = given.windows ? "copydesk.exe" : "copydesk";
  let barred = false;
  for (const folder of given.searched.split(path.delimiter)) {
    // An empty or relative entry means the current folder, which may be the one that is open.
    if (!path.isAbsolute(folder)) continue;
    const program = path.join(folder, name);
    if (!runs(program)) continue;
    if (!isBarred(program, given)) return { program };
    barred = true;
  }
  const problem = barred
    ? "the only copydesk on the PATH lies in a folder that is not trusted"
    : "there is no copydesk on the PATH; install it, or name it in the setting copydesk.path";
  return { problem };
}

function runs(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return statSync(program).isFile();
  } catch {
    return false;
  }
}

function isBarred(program: string, { folders, trusted }: Surroundings): boolean {
  if (trusted) return false;
  const places = [program, realpathSync(program)];
  const roots = folders.flatMap((folder) => [folder, real(folder)]);
  return places.some((place) => roots.some((root) => isWithin(place, root)));
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function isWithin(place: string, root: string): boolean {
  const between = path.relative(root, place);
  return between === "" || (between !== ".." && !between.startsWith(`..${path.sep}`) && !path.isAbsolute(between));
}
