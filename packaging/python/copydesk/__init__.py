"""A linter for article text. The program is `copydesk`; this package only knows where it was installed."""

from __future__ import annotations

import os
import sys
import sysconfig


def program() -> str:
    """The path of the program that came with this package.

    Raises FileNotFoundError where it is in none of the folders that installers use.
    """
    name = "copydesk" + (sysconfig.get_config_var("EXE") or "")
    user = {"posix": "posix_user", "nt": "nt_user"}.get(os.name, os.name + "_user")
    folders = [sysconfig.get_path("scripts")]
    if sys.platform == "darwin" and sysconfig.get_config_var("PYTHONFRAMEWORK"):
        user = "osx_framework_user"
    if user in sysconfig.get_scheme_names():
        folders.append(sysconfig.get_path("scripts", scheme=user))
    # With `pip install --target` the programs stand in a folder beside the package.
    folders.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bin"))
    for folder in folders:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    raise FileNotFoundError("%s is in none of these: %s" % (name, ", ".join(folders)))
