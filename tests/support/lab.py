"""JupyterLab as `make lab` starts it, and a real browser on it that works as a learner does."""

import json
import os
import shutil
import socket
import subprocess
from contextlib import contextmanager

import pytest

from tests.support.helpers import environment, wait_for
from utils import config

LAPTOP, NARROW = (1366, 768), (640, 900)  # pixels, width and height of the window
SCREENS = config.ROOT / "build" / "screens"
TOKEN = "browser-test"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                  "--disable-background-networking", "--disable-component-update",
                  "--disable-sync")  # fmt: skip
NOTEBOOK = "jupyterapp.shell.currentWidget"
WATCH = """() => {
    window.seen = {blinks: [], texts: new Set()};
    const had = new Map();
    let running = -1;
    window.watcher = setInterval(() => {
        const notebook = jupyterapp.shell.currentWidget.content;
        const now = notebook.widgets.findIndex(cell => cell.prompt === '*');
        if (now >= 0 && now !== running)  // cells far from the window aren't drawn
            notebook.scrollToItem(running = now, 'center', 0);
        for (const cell of notebook.widgets) {
            if (!cell.node.isConnected || !cell.outputArea) continue;
            const area = cell.outputArea.node;
            for (const line of area.innerText.split('\\n'))
                if (line.includes('█')) window.seen.texts.add(line);
            const now = area.querySelectorAll('img, svg').length > 0;
            if (had.get(cell) && !now) window.seen.blinks.push(cell.model.id);
            had.set(cell, now);
        }
    }, 30);
}"""


def find_browser():
    """Return the path of Chromium, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def chromium():
    """Yield a browser of Playwright; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    if find_browser() is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=find_browser(), args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def free_port():
    """Return a port on loopback that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serve(folder, **settings):
    """Run `make lab` in a copy of the course, with this environment's packages; yield its address.

    folder: pathlib.Path. settings: the course's variables.
    """
    port = free_port()
    flags = f"--no-browser --allow-root --ip=127.0.0.1 --port={port} "
    flags += f"--IdentityProvider.token={TOKEN} --LabApp.expose_app_in_browser=True"
    command = ["make", "-o", "requirements.lock", "lab", f"VENV={config.ROOT / '.venv'}"]
    env = {name: value for name, value in environment(**settings).items() if "MAKE" not in name}
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [*command, f"ARGS={flags}"], cwd=folder, env=env, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api/status?token={TOKEN}", folder / "lab.log", seconds=90)
        yield address
    finally:
        os.killpg(server.pid, 15)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, 9)


class Notebook:
    """A notebook in JupyterLab, in a browser's window."""

    def __init__(self, page, address, week, size=LAPTOP):
        self.page, self.week = page, week
        path = config.notebook_path(week).relative_to(config.ROOT).as_posix()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{address}/lab/tree/{path}?token={TOKEN}&reset")
        self.wait(
            f"window.jupyterapp && {NOTEBOOK} && {NOTEBOOK}.content && {NOTEBOOK}.content.widgets"
            f" && {NOTEBOOK}.sessionContext.session?.kernel?.status === 'idle'",
            60,
        )

    def wait(self, condition, seconds):
        """Wait until a JavaScript expression holds."""
        self.page.wait_for_function(f"() => {condition}", timeout=1000 * seconds)

    def ask(self, expression):
        """Return the value of a JavaScript expression, in which `cells` are the notebook's."""
        return self.page.evaluate(
            f"() => {{ const cells = {NOTEBOOK}.content.widgets; return {expression}; }}"
        )

    def place(self, cell_id):
        """Return the number of a cell. cell_id: str."""
        return self.ask(f"cells.findIndex(cell => cell.model.id === {json.dumps(cell_id)})")

    def run_all(self, seconds):
        """Run all cells as the menu does, until the end or the first error."""
        self.page.get_by_role("menuitem", name="Run", exact=True).first.click()
        self.page.locator("li[data-command='runmenu:run-all']").click()
        self._settle(seconds)

    def _settle(self, seconds):
        """Wait until no cell waits or runs."""
        self.page.wait_for_timeout(300)
        self.wait(
            f"{NOTEBOOK}.sessionContext.session.kernel.status === 'idle' && "
            f"{NOTEBOOK}.content.widgets.every(cell => !cell.promptNode || "
            "cell.prompt !== '*')",
            seconds,
        )

    def select(self, cell_id):
        """Scroll to a cell and make it the active one."""
        place = self.place(cell_id)
        self.page.evaluate(
            f"""async () => {{ const notebook = {NOTEBOOK}.content;
                notebook.activeCellIndex = {place}; notebook.deselectAll();
                await notebook.scrollToItem({place}, 'start', 0); }}"""
        )
        self.page.wait_for_timeout(300)

    def type(self, cell_id, source):
        """Replace a cell's text with the keyboard, and run it."""
        self.select(cell_id)
        self.page.locator(".jp-Cell.jp-mod-active .cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(source)
        self.run(cell_id)

    def run(self, cell_id, seconds=60):
        """Run a cell with Shift+Enter."""
        self.select(cell_id)
        self.page.keyboard.press("Shift+Enter")
        self._settle(seconds)

    def shown(self, cell_id):
        """Scroll to a cell; return the text that its outputs show on the screen."""
        self.select(cell_id)
        return self.ask(f"cells[{self.place(cell_id)}].outputArea.node.innerText")

    def outputs(self):
        """Return {id: list of outputs as the file format has them} of the code cells."""
        return self.ask(
            "Object.fromEntries(cells.filter(cell => cell.outputArea).map("
            "cell => [cell.model.id, cell.model.outputs.toJSON()]))"
        )

    def errors(self):
        """Return the ids of the cells that ended in an error."""
        return [
            name
            for name, outputs in self.outputs().items()
            if any(output["output_type"] == "error" for output in outputs)
        ]

    def save(self):
        """Press Control+S and wait until it is written."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+s")
        self.wait(f"!{NOTEBOOK}.context.model.dirty", 20)

    def screenshot(self, name):
        """Write what the window shows to build/screens."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"week{self.week}-{name}.png")

    def sources(self):
        """Return the texts of all cells."""
        return self.ask("cells.map(cell => cell.model.sharedModel.getSource())")

    def pictures(self):
        """Return (id of the cell, 'image/png' or 'image/gif') of each cell that shows a picture."""
        kinds = ("image/gif", "image/png")
        found = []
        for cell_id, outputs in self.outputs().items():
            text = json.dumps(outputs)
            kind = next((kind for kind in kinds if kind in text), None)
            if kind:
                found.append((cell_id, kind))
        return found

    def is_drawn(self, cell_id):
        """Whether each picture of a cell has been loaded, and fits into the window."""
        return self.ask(
            f"[...cells[{self.place(cell_id)}].outputArea.node.querySelectorAll('img')].every("
            "image => image.complete && image.naturalWidth > 0 && "
            "image.getBoundingClientRect().right <= window.innerWidth)"
        )

    def moves(self, cell_id, seconds):
        """Whether a picture of a cell shows something else within some seconds."""
        picture = self.page.locator(".jp-Cell.jp-mod-active .jp-OutputArea img").first
        before = picture.screenshot()
        for _ in range(10):
            self.page.wait_for_timeout(100 * seconds)
            if picture.screenshot() != before:
                return True
        return False
