// A box that scrolls sideways is reached by the Tab key, as long as it does.
const reach = () =>
  document.querySelectorAll("pre, .formula, .output, .pst-scrollable-table-container").forEach((box) => {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
addEventListener("load", reach);
addEventListener("resize", reach);
addEventListener("toggle", reach, true);
