"use strict";
// Moves through the slides and through what a chart shows in steps; every window of the same module keeps in step.
window.lmSlides = (() => {
  const root = document.documentElement, slides = [...document.querySelectorAll(".lm-slide")];
  const source = `<!doctype html>${root.outerHTML}`;
  const at = (id) => document.getElementById(id), help = at("help");
  const title = (slide) => slide.querySelector("h1, h2").textContent;
  const stepsOf = slides.map((slide) => [...slide.querySelectorAll("[data-step]")]);
  const shown = slides.map(() => 0), moved = [], stepped = [];
  const channel = new BroadcastChannel(`lm-slides ${at("main").dataset.module}`);
  let now = 0, drawn = 0, started = Date.now(), typed = "", touch = null, mode = null;

  // "#8" is the eighth slide; "#03-dual-blockade-line-29" the slide that shows what stands there.
  function fromHash() {
    const hash = decodeURIComponent(location.hash.slice(1)), named = /^\d*$/.test(hash) ? null : at(hash);
    if (named) return slides.indexOf(named.closest(".lm-slide"));
    return bounded((parseInt(hash, 10) || 1) - 1);
  }

  const bounded = (n) => Math.min(Math.max(n, 0), slides.length - 1);
  const say = (words) => { at("live").textContent = words; };
  const place = () => ({
    number: now + 1, anchor: slides[now].querySelector(".lm-anchor")?.id ?? null, poll: slides[now].dataset.poll ?? null,
  });

  function tell(name, listeners, detail) {
    listeners.forEach((listen) => listen(detail));
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }

  function mark(slide) {
    slide.classList.toggle("on", slide === slides[now]);
    slide.classList.toggle("next", slide === slides[now + 1]);
    slide.inert = slide !== slides[now];
  }

  function draw() {
    new Set([slides[drawn], slides[drawn + 1], slides[now], slides[now + 1]]).forEach((slide) => slide && mark(slide));
    drawn = now;
    stepsOf[now].forEach((step, i) => step.classList.toggle("later", i >= shown[now]));
    at("place").textContent = `${now + 1} / ${slides.length}`;
    at("previous").disabled = now === 0;
    at("next").disabled = now === slides.length - 1;
    at("more").hidden = stepsOf[now].length === 0;
    at("more").disabled = shown[now] >= stepsOf[now].length;
  }

  function show(n, announce = true) {
    now = bounded(n);
    root.classList.remove("black");
    draw();
    slides[now].querySelector(".lm-frame").scrollTop = 0;
    const more = shown[now] < stepsOf[now].length ? ". There is more to show" : "";
    if (announce) say(`Slide ${now + 1} of ${slides.length}: ${title(slides[now])}${more}`);
    if (location.hash !== `#${now + 1}`) history.replaceState(null, "", `#${now + 1}`);
    tell("lm:slide", moved, place());
  }

  function step(by, count = shown[now] + by) {
    const steps = stepsOf[now], before = shown[now];
    shown[now] = Math.min(Math.max(count, 0), steps.length);
    if (shown[now] === before) return;
    draw();
    const said = steps[Math.max(shown[now], before) - 1].dataset.step;
    say(shown[now] > before ? said : `Hidden again: ${said}`);
    tell("lm:step", stepped, { ...place(), step: shown[now], steps: steps.length, said });
  }

  const state = () => ({ slide: now, steps: shown[now], started, black: root.classList.contains("black") });
  const share = () => channel.postMessage(state());
  const shared = (act) => () => { act(); share(); };
  const move = (to) => { show(to); share(); };
  channel.onmessage = ({ data }) => {
    if (data === "where") return share();
    started = data.started;
    if (data.slide !== now) show(data.slide);
    step(0, data.steps);
    root.classList.toggle("black", data.black);
  };

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => say("Full screen is not available here."));
  }

  function theme() {
    const dark = document.body.dataset.theme ? document.body.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.body.dataset.theme = dark ? "light" : "dark";
  }

  const ahead = () => move(now + 1), back = () => move(now - 1);
  const more = shared(() => step(1)), less = shared(() => step(-1));
  const black = shared(() => root.classList.toggle("black"));
  const restart = shared(() => { started = Date.now(); say("Timer at 0:00"); });
  const keys = {
    ArrowRight: ahead, PageDown: ahead, " ": ahead, ArrowLeft: back, PageUp: back, Backspace: back,
    Enter: more, ArrowDown: more, ArrowUp: less, Home: () => move(0), End: () => move(slides.length - 1),
    f: full, b: black, ".": black, t: theme, r: restart, "?": () => help.togglePopover(),
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    if (mode) return mode(event);
    const pressed = event.target.closest?.("button, a");
    if (pressed && (event.key === " " || event.key === "Enter") && !typed) return;
    if (/^[0-9]$/.test(event.key)) { typed += event.key; return; }
    if (event.key === "Enter" && typed) { move(Number(typed) - 1); typed = ""; event.preventDefault(); return; }
    typed = "";
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
  addEventListener("hashchange", () => { if (location.hash !== `#${now + 1}`) move(fromHash()); });
  addEventListener("touchstart", (event) => { touch = event.changedTouches[0]; }, { passive: true });
  addEventListener("touchend", (event) => {
    const end = event.changedTouches[0], across = touch && !mode ? end.clientX - touch.clientX : 0;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(end.clientY - touch.clientY)) move(now + (across < 0 ? 1 : -1));
    touch = null;
  }, { passive: true });
  const buttons = { previous: back, next: ahead, more, full, theme };
  Object.entries(buttons).forEach(([id, act]) => at(id).addEventListener("click", act));
  addEventListener("beforeprint", () => slides.forEach((slide) => { slide.inert = false; }));
  addEventListener("afterprint", () => slides.forEach(mark));

  root.classList.add("live");
  slides.forEach(mark);
  show(fromHash(), false);
  channel.postMessage("where");
  return {
    go: (number) => move(number - 1), now: place, onMove: (listen) => moved.push(listen), onStep: (listen) => stepped.push(listen),
    slides, keys, source, title, say, at,
    seconds: () => Math.max(0, Math.floor((Date.now() - started) / 1000)),
    upcoming: () => stepsOf[now][shown[now]]?.dataset.step ?? "",
    capture: (listen) => { mode = listen; if (!listen) slides.forEach(mark); },
  };
})();
