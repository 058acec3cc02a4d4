// Previews (_ext/previews.py): what a link leads to, where a pointer or the focus from the keyboard rests on it.
// A finger opens none. Escape closes it; the pointer may go into it.
"use strict";
(() => {
  const templates = new Map([...document.querySelectorAll("template[data-for]")].map((at) => [at.dataset.for, at]));
  const templateOf = (link) => link && templates.get(link.getAttribute("href"));
  for (const link of document.querySelectorAll("article a[title]")) {
    if (templateOf(link)) link.removeAttribute("title"); // the browser would show it too
  }
  const box = document.body.appendChild(document.createElement("div"));
  box.id = "preview";
  box.className = "mathjax_ignore"; // but for what is marked as mathematics
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  let shown = null; // the link
  let timer = 0;

  const later = (what) => {
    clearTimeout(timer);
    timer = setTimeout(what, 250);
  };

  // Below the link's first line, or above where there is more room.
  const place = () => {
    const line = shown.getClientRects()[0];
    const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - box.offsetWidth - 8));
    const fits = line.bottom + 6 + box.offsetHeight <= innerHeight || line.top < innerHeight / 2;
    const top = fits ? line.bottom + 6 : line.top - 6 - box.offsetHeight;
    Object.assign(box.style, { left: `${left + scrollX}px`, top: `${top + scrollY}px` });
  };

  const hide = () => {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  };

  const show = (link) => {
    clearTimeout(timer);
    if (link === shown) return;
    hide();
    shown = link;
    window.MathJax?.typesetClear?.([box]);
    box.replaceChildren(templateOf(link).content.cloneNode(true));
    box.hidden = false;
    link.setAttribute("aria-describedby", box.id);
    place();
    window.MathJax?.typesetPromise?.([box]).then(() => shown === link && place());
  };

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const link = target.closest("a");
    if (templateOf(link)) later(() => show(link));
    else if (box.contains(target)) clearTimeout(timer);
    else later(hide);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (templateOf(target) && target.matches(":focus-visible")) show(target);
  });
  document.addEventListener("focusout", ({ target }) => target === shown && hide());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
})();
