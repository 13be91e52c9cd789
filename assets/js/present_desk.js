// What the presenter has beside the slides: the notes window, the timer and the clock, the pointer.
(() => {
  const { slides, title, at, keys, source, now, onMove, onStep, seconds, upcoming, say } = window.lmSlides;
  const root = document.documentElement, pointer = at("pointer");
  const desk = new URLSearchParams(location.search).has("notes") || location.protocol === "blob:";

  function two(number) { return String(number).padStart(2, "0"); }

  function tick() {
    const time = seconds(), clock = new Date();
    const told = `${Math.floor(time / 60)}:${two(time % 60)}`;
    at("timer").textContent = told;
    at("desk-timer").textContent = told;
    at("clock").textContent = `${two(clock.getHours())}:${two(clock.getMinutes())}`;
  }

  function fill() {
    const slide = slides[now().number - 1], next = slides[now().number], notes = slide.querySelector(".lm-notes");
    at("desk-title").textContent = `${now().number}: ${title(slide)}`;
    at("desk-notes").replaceChildren(...(notes ? [...notes.cloneNode(true).childNodes] : ["No notes for this slide."]));
    at("desk-next").textContent = next ? title(next) : "This is the last slide.";
    at("desk-step").textContent = upcoming() ? `To be shown with Enter: ${upcoming()}` : "";
  }

  // Without the network the page is opened from itself.
  function open() {
    const here = `${location.pathname}?notes=1#${now().number}`;
    const address = navigator.onLine ? here : `${URL.createObjectURL(new Blob([source], { type: "text/html" }))}#${now().number}`;
    if (!window.open(address, "lm-notes", "popup,width=1100,height=800")) say("The browser did not let the notes window open.");
  }

  function point() {
    const on = root.classList.toggle("pointing");
    pointer.hidden = !on;
    say(on ? "Pointer on" : "Pointer off");
  }

  function follow(event) {
    pointer.style.transform = `translate(${event.clientX}px, ${event.clientY}px)`;
  }

  // The buttons fade while the mouse rests, so that they do not stand in the picture.
  let resting = 0;
  function wake() {
    root.classList.remove("idle");
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.add("idle"), 3000);
  }

  keys.p = point;
  if (!desk) keys.n = open;
  at("notes").addEventListener("click", open);
  at("point").addEventListener("click", point);
  at("restart").addEventListener("click", () => keys.r());
  addEventListener("pointermove", (event) => { follow(event); wake(); }, { passive: true });
  addEventListener("pointerdown", (event) => { follow(event); wake(); }, { passive: true });
  addEventListener("focusin", wake);
  root.classList.toggle("desk", desk);
  at("desk").hidden = !desk;
  at("notes").hidden = desk;
  if (desk) { onMove(fill); onStep(fill); fill(); document.title = `Notes: ${document.title}`; }
  setInterval(tick, 1000);
  tick();
  wake();
})();
