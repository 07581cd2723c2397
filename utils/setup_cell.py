# Setup: find the course, or fetch it (Colab). Run this first; it is the same in all weeks.
import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY, REVISION = "YOUR_GITHUB_NAME/intro-to-deep-learning", "main"
here = Path.cwd()
places = [here, *here.parents, here / REPOSITORY.split("/")[1]]
found = [place for place in places if (place / "utils" / "course.py").is_file()]
root = found[0] if found else places[-1]
if not found:
    source = os.environ.get("COURSE_REPOSITORY", f"https://github.com/{REPOSITORY}")
    fresh = root.with_name(root.name + "-being-fetched")
    shutil.rmtree(fresh, ignore_errors=True)  # left by a try that was cut off
    clone = ["git", "clone", "-q", "--depth", "1", "-b", REVISION, source, str(fresh)]
    if subprocess.run(clone, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"}).returncode:
        raise RuntimeError(f"Could not fetch {source}: is there a network? Is the name right?")
    fresh.rename(root)
for name in [name for name in sys.modules if name.split(".")[0] == "utils"]:
    file = getattr(sys.modules[name], "__file__", None)
    if not (file and Path(file).is_relative_to(root)):
        del sys.modules[name]  # another package of that name: the course's must win
sys.path.insert(0, str(root))

from utils import course

course.setup()
