#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds the image: Python and the course's packages.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
umask 022 # what is installed must be readable for the user that answers run as

cd "$(dirname "$0")"
[ -f requirements.lock ] || cd /autograder/source

apt-get update -qq
# bubblewrap can't make a box on Gradescope; on a platform where it can, it is used
apt-get install -y -qq --no-install-recommends bubblewrap python3 python3-venv >/dev/null
python=python3
if ! $python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then # Ubuntu 22.04 has 3.10
    apt-get install -y -qq --no-install-recommends python3.11 python3.11-venv >/dev/null
    python=python3.11
fi
$python -m venv /opt/course
/opt/course/bin/python -m pip install -q --no-cache-dir --disable-pip-version-check -r requirements.lock
/opt/course/bin/python -m compileall -q utils # each submission then starts sooner
