# The component for GitLab: it is valid, its report is where GitLab looks for it, and no input is run.
. "$ROOT/tests/install/shared.sh"
cd "$CLEAN"
"$TOOLS/python" "$ROOT/tests/install/gitlab.py" "$ROOT" "$CLEAN" "$TOOLS"
