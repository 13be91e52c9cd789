// All slides at once, small, to choose one from: the slides themselves, drawn smaller by the style sheet.
(() => {
  const { slides, title, at, keys, go, now, say, capture } = window.lmSlides, root = document.documentElement;
  let picks = null, from = null;

  function pick(slide, i) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lm-pick";
    button.setAttribute("aria-label", `${i + 1}: ${title(slide)}`);
    button.addEventListener("click", () => { close(); go(i + 1); });
    slide.append(button);
    return button;
  }

  function focus(i) {
    const to = Math.min(Math.max(i, 0), picks.length - 1);
    picks.forEach((button, n) => { button.tabIndex = n === to ? 0 : -1; });
    picks[to].focus();
    picks[to].scrollIntoView({ block: "nearest" });
  }

  function open() {
    picks ??= slides.map(pick);
    from = document.activeElement;
    root.classList.add("grid");
    root.classList.remove("black");
    slides.forEach((slide) => { slide.inert = false; slide.querySelector(".lm-frame").inert = true; });
    document.querySelector(".lm-controls").inert = true;
    picks.forEach((button, i) => button.setAttribute("aria-current", String(i === now().number - 1)));
    capture(press);
    focus(now().number - 1);
    say(`Overview of ${slides.length} slides. Arrows choose, Enter opens, Escape closes.`);
  }

  function close() {
    root.classList.remove("grid");
    slides.forEach((slide) => { slide.querySelector(".lm-frame").inert = false; });
    document.querySelector(".lm-controls").inert = false;
    capture(null);
    if (from && from !== document.body) from.focus();
    else document.activeElement.blur();
    say(`Overview closed. Slide ${now().number} of ${slides.length}`);
  }

  // As many to a row as stand at the height of the first.
  const across = () => picks.filter((button) => button.getBoundingClientRect().top === picks[0].getBoundingClientRect().top).length;

  function press(event) {
    const i = picks.indexOf(document.activeElement);
    const moves = {
      ArrowRight: i + 1, ArrowLeft: i - 1, ArrowDown: i + across() < picks.length ? i + across() : i,
      ArrowUp: i - across() >= 0 ? i - across() : i, Home: 0, End: picks.length - 1,
    };
    if (event.key in moves) focus(moves[event.key]);
    else if (event.key === "Escape" || event.key.toLowerCase() === "o") close();
    else return;
    event.preventDefault();
  }

  keys.o = open;
  at("overview").addEventListener("click", open);
})();
