// A card and what it does: send, keep a draft, move focus, and lose nothing. Works in the app and on a plain page.

const LOST = "Not saved. Try again.";
const PATIENCE = 10000;
const QUIET = 400;

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector(".lm-stage");
  if (!root || !data) return;
  root.closest(".lm").dataset.theme = data.theme;
  if (root.dataset.url === data.url) return;
  root.dataset.url = data.url;
  start(root, (done) => setTriggerValue("done", done));
}

export function start(root, done = (where) => { if (where.startsWith("/")) location.assign(where); }) {
  const stage = { root, done, shown: 0, busy: false, timer: 0 };
  if (!root.dataset.started) {
    root.dataset.started = "1";
    listen(stage);
  }
  ask(stage, "GET").then((reply) => reply && show(stage, reply, false));
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
  addEventListener("pagehide", () => { if (stage.timer) keep(stage, stage.waiting, true); });
}

// What was typed and where the slider stands are one value.
function pair(input) {
  if (!("pair" in input.dataset)) return;
  const other = [...input.closest(".lm-pair, form").querySelectorAll("[data-pair]")].find((one) => one !== input);
  if (!other) return;
  const value = input.value.trim().replace(",", ".");
  if (other.type !== "range" || (value !== "" && !Number.isNaN(Number(value)))) other.value = value;
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
  stage.waiting = form;
  clearTimeout(stage.timer);
  stage.timer = setTimeout(() => keep(stage, form, false), QUIET);
}

async function keep(stage, form, leaving) {
  clearTimeout(stage.timer);
  stage.timer = 0;
  const reply = await ask(stage, "POST", body(stage, form, "draft"), leaving);
  const line = form.querySelector(".lm-kept");
  if (line) line.textContent = reply && reply.ok ? "Saved" : "Not saved yet";
}

async function send(stage, form, what) {
  if (stage.busy) return;
  clearTimeout(stage.timer);
  stage.timer = 0;
  stage.busy = true;
  form.setAttribute("aria-busy", "true");
  say(form, "");
  const reply = await ask(stage, "POST", body(stage, form, what || ""));
  stage.busy = false;
  form.removeAttribute("aria-busy");
  if (reply && (reply.ok || reply.status === 409) && reply.html !== undefined) {
    show(stage, reply, true);
    if (reply.error) say(stage.root.querySelector("form") || stage.root, reply.error);
  } else {
    say(form, (reply && reply.error) || LOST);
  }
}

function body(stage, form, what) {
  const fields = {};
  for (const [name, value] of new FormData(form)) (fields[name] ||= []).push(value);
  const seconds = (performance.now() - stage.shown) / 1000;
  return { do: what, fields, version: form.dataset.version || "", seconds: Math.round(seconds * 10) / 10 };
}

async function ask(stage, method, sent, leaving = false) {
  const given = { method, credentials: "same-origin", keepalive: leaving, headers: { Accept: "application/json", "X-Landmark": "1" } };
  if (sent) {
    given.body = JSON.stringify(sent);
    given.headers["Content-Type"] = "application/json";
  }
  if (!leaving) given.signal = AbortSignal.timeout(PATIENCE);
  try {
    const answer = await fetch(stage.root.dataset.url, given);
    const reply = await answer.json();
    return { ...reply, ok: answer.ok, status: answer.status };
  } catch {
    if (method === "GET") {
      stage.root.innerHTML = `<p class="lm-card-error" role="alert">This could not be loaded. <button type="button">Try again</button></p>`;
      stage.root.querySelector("button").onclick = () => start(stage.root, stage.done);
    }
    return null;
  }
}

function show(stage, reply, moveFocus) {
  if (reply.html === undefined) {
    stage.root.innerHTML = "";
    const line = document.createElement("p");
    line.textContent = reply.error || LOST;
    stage.root.append(line);
    return;
  }
  stage.root.innerHTML = reply.html;
  stage.shown = performance.now();
  stage.root.setAttribute("data-shown", String(Number(stage.root.dataset.shown || 0) + 1));
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
