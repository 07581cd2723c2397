"""Sphinx's settings for the course's site, whose pages build.py writes."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from utils import notebooks, pages  # noqa: E402
from utils.site import page_sources  # noqa: E402

project = "Introduction to Deep Learning"
language = "en"
extensions = ["myst_nb"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 4
myst_update_mathjax = False
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]  # RESULTS.md has levels of its own
nb_execution_mode = "off"  # they were executed by the course's own run
nb_ipywidgets_js = {}  # otherwise two scripts from elsewhere
html_math_renderer = "mathml"

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_favicon = "static/icon.svg"
html_logo = "static/icon.svg"
html_copy_source = html_show_sourcelink = False
html_show_sphinx = html_use_index = False
html_show_search_summary = False  # it fetches each page found, which browsers refuse for files
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "home_page_in_toc": True,
    "navbar_persistent": [],  # the search stands in the list of pages
    "show_toc_level": 2,
    "search_bar_text": "Search the course",
    "logo": {"text": project, "alt_text": "A small network of nodes"},
    "extra_footer": "Code: MIT. Text and figures: CC BY 4.0.",
    "footer_content_items": ["extra-footer.html"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
course_code = page_sources.hash_of_files(
    [*Path(__file__).parent.glob("*.py"), ROOT / "utils" / "pages.py", pages.STYLE]
)
linkcheck_timeout, linkcheck_retries, linkcheck_workers = 20, 2, 4


def _formula(block):
    """Return how the HTML writer renders a formula: as MathML, without a script."""

    def visit(translator, node):
        import docutils.nodes

        translator.body.append(pages.as_mathml(node.astext(), block))
        raise docutils.nodes.SkipNode

    return visit, None


def _add_edit_button(app, pagename, templatename, context, doctree):
    """Let each page lead to the one file it is made of, where the repository has a name."""
    path = page_sources.file_of(pagename)
    if path and notebooks.has_slug() and "header_buttons" in context:
        repository, _ = notebooks.slug()
        context["header_buttons"].append({
            "type": "link", "url": f"https://github.com/{repository}/edit/main/{path}",
            "tooltip": "Edit this page", "text": "", "icon": "fas fa-pencil-alt",
            "label": "source-edit-button",
        })  # fmt: skip


def setup(app):
    """Called by Sphinx."""
    app.add_config_value("course_code", "", "env")  # a page is made anew when what makes it changes
    app.add_html_math_renderer("mathml", _formula(False), _formula(True))
    app.connect("html-page-context", _add_edit_button, priority=502)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
