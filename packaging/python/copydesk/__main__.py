"""`python -m copydesk`: the program, with the same arguments, streams and exit code."""

import os
import subprocess
import sys

from copydesk import program

if __name__ == "__main__":
    try:
        path = program()
    except FileNotFoundError as error:
        sys.exit("copydesk: " + str(error))
    if os.name == "nt":
        # There, a process that replaces itself returns to the shell before it is done.
        sys.exit(subprocess.run([path] + sys.argv[1:]).returncode)
    os.execv(path, [path] + sys.argv[1:])
