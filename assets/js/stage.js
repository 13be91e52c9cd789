// A card and what it does: send, keep a draft, move focus, and lose nothing. Works in the app and on a plain page.

const LOST = "Not saved. Try again.";
const PATIENCE = 10000;
const QUIET = 400;
const stages = new WeakMap();

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector(".lm-stage");
  if (!root || !data) return;
  root.closest(".lm").dataset.theme = data.theme;
  const done = (what) => setTriggerValue("done", what);
  if (root.dataset.url === data.url) {
    if (stages.has(root)) stages.get(root).done = done;
    return;
  }
  root.dataset.url = data.url;
  start(root, done);
}

export function start(root, done = (where) => { if (where.startsWith("/")) location.assign(where); }) {
  const known = stages.get(root);
  const stage = known || { root };
  clearTimeout(stage.timer);
  Object.assign(stage, { done, shown: performance.now(), busy: false, timer: 0, unsaved: null, keeping: null });
  if (!known) {
    stages.set(root, stage);
    listen(stage);
  }
  const url = root.dataset.url;
  ask(stage, "GET", url).then((reply) => reply && url === root.dataset.url && show(stage, reply, false));
}

function listen(stage) {
  const { root } = stage;
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    send(stage, event.target, event.submitter && event.submitter.value);
  });
  root.addEventListener("input", (event) => {
    pair(event.target);
    later(stage, event.target.form);
  });
  root.addEventListener("change", (event) => later(stage, event.target.form));
  root.addEventListener("click", (event) => {
    point(event);
    const mover = event.target.closest("[data-move]");
    if (mover) { move(mover); later(stage, mover.closest("form")); }
  });
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    if (event.target.matches("input[type=text], textarea, select, input[type=range]")) return;
    const near = event.target.closest("fieldset, form") || root;
    const inputs = near.querySelectorAll("input[type=radio], input[type=checkbox]");
    const chosen = inputs[Number(event.key) - 1];
    if (chosen) { chosen.click(); chosen.focus(); event.preventDefault(); }
  });
  addEventListener("pagehide", () => {
    const form = stage.unsaved;
    if (form && form.isConnected) ask(stage, "POST", place(stage, form), body(stage, form, "draft"), true);
  });
}

// What was typed and where the slider stands are one value.
function pair(input) {
  if (!("pair" in input.dataset)) return;
  const other = [...input.closest(".lm-pair, form").querySelectorAll("[data-pair]")].find((one) => one !== input);
  if (!other) return;
  const value = input.value.trim().replace(",", ".");
  if (other.type !== "range" || (value !== "" && !Number.isNaN(Number(value)))) other.value = value;
}

// Letters over the points of a chart that options stand for; a click near one chooses it.
function letter(root) {
  for (const option of root.querySelectorAll("[data-mark]")) {
    const chart = option.form.querySelector(".lm-item-chart");
    const dot = chart.querySelector(`[data-path="${CSS.escape(option.dataset.mark)}"]`);
    if (!dot) continue;
    const [x, y] = centre(dot), whole = chart.getBoundingClientRect();
    const sign = document.createElement("span");
    sign.className = "lm-at";
    sign.ariaHidden = "true";
    sign.textContent = option.parentElement.querySelector(".lm-key").textContent;
    sign.style.left = `${(100 * (x - whole.left)) / whole.width}%`;
    sign.style.top = `${(100 * (y - whole.top)) / whole.height}%`;
    chart.append(Object.assign(sign, { option, dot }));
  }
}

function centre(drawn) {
  const at = drawn.getBoundingClientRect();
  return [at.left + at.width / 2, at.top + at.height / 2];
}

function point({ target, clientX, clientY }) {
  const chart = target.closest(".lm-item-chart");
  const far = ({ dot }) => Math.hypot(centre(dot)[0] - clientX, centre(dot)[1] - clientY);
  const signs = chart ? [...chart.querySelectorAll(".lm-at")].sort((a, b) => far(a) - far(b)) : [];
  const near = target.option ? target : signs[0] && far(signs[0]) <= 30 && signs[0];
  if (near) { near.option.click(); near.option.focus({ preventScroll: true }); }
}

function move(button) {
  const step = button.closest("li");
  const way = Number(button.dataset.move);
  const other = way < 0 ? step.previousElementSibling : step.nextElementSibling;
  if (!other) return;
  if (way < 0) other.before(step); else other.after(step);
  button.focus();
  const steps = [...step.parentElement.children];
  const words = step.querySelector(".lm-step-text").textContent;
  step.closest("fieldset").querySelector(".lm-moved").textContent =
    `${words}: now step ${steps.indexOf(step) + 1} of ${steps.length}`;
}

function later(stage, form) {
  if (!form || !("drafts" in form.dataset)) return;
  stage.unsaved = form;
  clearTimeout(stage.timer);
  stage.timer = setTimeout(() => keep(stage, form), QUIET);
}

// One draft at a time: a later one never arrives before an earlier one, nor one after what was sent in.
async function keep(stage, form) {
  stage.timer = 0;
  if (stage.busy || !form.isConnected) return;
  if (stage.keeping) return void later(stage, form);
  stage.unsaved = null;
  stage.keeping = new AbortController();
  const reply = await ask(stage, "POST", place(stage, form), body(stage, form, "draft"), false, stage.keeping);
  stage.keeping = null;
  if (stage.busy || !form.isConnected) return;
  if (!reply || !reply.ok) stage.unsaved = form;
  const line = form.querySelector(".lm-kept");
  if (line) line.textContent = stage.unsaved ? "Not saved yet" : "Saved";
}

async function send(stage, form, what) {
  if (stage.busy) return;
  clearTimeout(stage.timer);
  stage.timer = 0;
  stage.busy = true;
  if (stage.keeping) stage.keeping.abort();
  form.setAttribute("aria-busy", "true");
  say(form, "");
  const url = stage.root.dataset.url;
  const reply = await ask(stage, "POST", place(stage, form), body(stage, form, what || ""));
  if (url !== stage.root.dataset.url) return;
  stage.busy = false;
  form.removeAttribute("aria-busy");
  if (reply && (reply.ok || reply.status === 409) && reply.html !== undefined) {
    stage.unsaved = null;
    show(stage, reply, true);
    if (reply.error) say(stage.root.querySelector("form") || stage.root, reply.error);
  } else {
    say(form, (reply && reply.error) || LOST);
  }
}

function place(stage, form) {
  return form.getAttribute("action") || stage.root.dataset.url;
}

function body(stage, form, what) {
  const fields = {};
  for (const [name, value] of new FormData(form)) (fields[name] ||= []).push(value);
  const seconds = (performance.now() - stage.shown) / 1000;
  return { do: what, fields, version: form.dataset.version || "", seconds: Math.round(seconds * 10) / 10 };
}

async function ask(stage, method, url, sent, leaving = false, stopper = new AbortController()) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-Landmark": "1" };
  const given = { method, headers, credentials: "same-origin", keepalive: leaving, body: sent && JSON.stringify(sent) };
  if (!leaving) given.signal = stopper.signal;
  const patience = setTimeout(() => stopper.abort(), PATIENCE);
  try {
    const answer = await fetch(url, given);
    const reply = await answer.json();
    return { ...reply, ok: answer.ok, status: answer.status };
  } catch {
    if (method === "GET") {
      stage.root.innerHTML = `<p class="lm-card-error" role="alert">This could not be loaded. <button type="button">Try again</button></p>`;
      stage.root.querySelector("button").onclick = () => start(stage.root, stage.done);
    }
    return null;
  } finally {
    clearTimeout(patience);
  }
}

function show(stage, reply, moveFocus) {
  if (reply.html === undefined) {
    stage.root.textContent = reply.error || LOST;
    return;
  }
  stage.root.innerHTML = reply.html;
  letter(stage.root);
  stage.shown = performance.now();
  stage.root.dataset.shown = Number(stage.root.dataset.shown || 0) + 1;
  const target = moveFocus && reply.focus && stage.root.querySelector(reply.focus);
  if (target) {
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }
  if (reply.done) stage.done(reply.done);
}

function say(form, sentence) {
  const line = form.querySelector(".lm-card-error");
  if (line) line.textContent = sentence;
}
