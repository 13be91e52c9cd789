"use strict";
(() => {
  const root = document.documentElement, slides = [...document.querySelectorAll(".lm-slide")];
  const at = (id) => document.getElementById(id), help = at("help");
  const started = Date.now();
  let now = 0, typed = "", touch = null;

  // "#8" is the eighth slide; "#03-dual-blockade-line-29" the slide that shows what stands there.
  function fromHash() {
    const hash = decodeURIComponent(location.hash.slice(1)), named = /^\d*$/.test(hash) ? null : at(hash);
    if (named) return slides.indexOf(named.closest(".lm-slide"));
    return Math.min(Math.max((parseInt(hash, 10) || 1) - 1, 0), slides.length - 1);
  }

  function show(n, announce = true) {
    now = Math.min(Math.max(n, 0), slides.length - 1);
    root.classList.remove("black");
    slides.forEach((slide, i) => { slide.classList.toggle("on", i === now); slide.inert = i !== now; });
    slides[now].scrollTop = 0;
    at("place").textContent = `${now + 1} / ${slides.length}`;
    at("previous").disabled = now === 0;
    at("next").disabled = now === slides.length - 1;
    if (announce) at("live").textContent = `Slide ${now + 1} of ${slides.length}: ${slides[now].querySelector("h1, h2").textContent}`;
    if (location.hash !== `#${now + 1}`) history.replaceState(null, "", `#${now + 1}`);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => { at("live").textContent = "Full screen is not available here."; });
  }

  function theme() {
    const dark = document.body.dataset.theme ? document.body.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.body.dataset.theme = dark ? "light" : "dark";
  }

  const acts = {
    ArrowRight: () => show(now + 1), ArrowDown: () => show(now + 1), PageDown: () => show(now + 1), " ": () => show(now + 1),
    ArrowLeft: () => show(now - 1), ArrowUp: () => show(now - 1), PageUp: () => show(now - 1), Backspace: () => show(now - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    f: full, b: () => root.classList.toggle("black"), ".": () => root.classList.toggle("black"), t: theme,
    "?": () => help.togglePopover(),
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = event.target.closest && event.target.closest("button, a");
    if (pressed && (event.key === " " || event.key === "Enter") && !typed) return;
    if (/^[0-9]$/.test(event.key)) { typed += event.key; return; }
    if (event.key === "Enter" && typed) { show(Number(typed) - 1); typed = ""; event.preventDefault(); return; }
    typed = "";
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
  addEventListener("hashchange", () => show(fromHash()));
  addEventListener("touchstart", (event) => { touch = event.changedTouches[0]; }, { passive: true });
  addEventListener("touchend", (event) => {
    const end = event.changedTouches[0], across = touch ? end.clientX - touch.clientX : 0;
    if (touch && Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(end.clientY - touch.clientY)) show(now + (across < 0 ? 1 : -1));
    touch = null;
  }, { passive: true });
  at("previous").addEventListener("click", () => show(now - 1));
  at("next").addEventListener("click", () => show(now + 1));
  at("full").addEventListener("click", full);
  at("theme").addEventListener("click", theme);
  addEventListener("beforeprint", () => slides.forEach((slide) => { slide.inert = false; }));
  addEventListener("afterprint", () => show(now, false));
  setInterval(() => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    at("timer").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);

  root.classList.add("live");
  show(fromHash(), false);
})();
