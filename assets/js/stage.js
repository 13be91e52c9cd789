// A card and what it does: send, keep a draft, move focus, and lose nothing. Works in the app and on a plain page.

const LOST = "Not saved. Try again.";
const PATIENCE = 10000;
const QUIET = 400;
const stages = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
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
  const known = stages.get(root), stage = known || { root };
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
  const on = (name, act) => root.addEventListener(name, act);
  on("submit", (event) => {
    event.preventDefault();
    send(stage, event.target, event.submitter?.value);
  });
  on("input", ({ target }) => { pair(target); later(stage, target.form); });
  on("change", ({ target }) => later(stage, target.form));
  on("click", (event) => {
    point(event);
    const mover = event.target.closest("[data-move]");
    if (mover) { move(mover); later(stage, mover.form); }
  });
  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    if (event.target.matches("input[type=text], textarea, select, input[type=range]")) return;
    const near = event.target.closest("fieldset, form") || root;
    const chosen = near.querySelectorAll("input[type=radio], input[type=checkbox]")[event.key - 1];
    if (chosen) { chosen.click(); chosen.focus(); event.preventDefault(); }
  });
  addEventListener("pagehide", () => {
    const form = stage.unsaved;
    if (form?.isConnected) ask(stage, "POST", place(stage, form), body(stage, form, "draft"), true);
  });
}

// What was typed and where the slider stands are one value.
function pair(input) {
  const other = [...(input.closest(".lm-pair")?.querySelectorAll("input") || [])].find((one) => one !== input);
  const value = input.value.trim().replace(",", ".");
  if (other && value && !Number.isNaN(Number(value))) other.value = value;
}

// Letters beside the points that options stand for, where they cover nothing; a click near one chooses it.
function letter(root) {
  for (const option of root.querySelectorAll("[data-mark]")) {
    const dot = option.form.querySelector(`.lm-item-chart [data-path="${option.dataset.mark}"]`);
    if (!dot) continue;
    const chart = dot.closest(".lm-item-chart"), whole = chart.getBoundingClientRect(), [x, y] = centre(dot);
    const taken = [...chart.querySelectorAll("text, [data-path], .lm-at")].map((e) => e.getBoundingClientRect());
    const free = ([dx, dy]) => taken.every((t) => Math.max(t.left - x - dx, x + dx - t.right, t.top - y - dy, y + dy - t.bottom) > 11);
    const ways = [20, 28, 40, 55, 75, 100].flatMap((d) => [[-d, 0], [0, d], [0, -d]]);
    const [dx, dy] = ways.find(free) || ways[0];
    chart.insertAdjacentHTML("beforeend", '<span class="lm-at" aria-hidden="true"></span>');
    const sign = Object.assign(chart.lastChild, { option, dot });
    sign.textContent = option.nextSibling.textContent;
    sign.style = `left:${100 * (x + dx - whole.left) / whole.width}%;top:${100 * (y + dy - whole.top) / whole.height}%;` +
      `--far:${Math.hypot(dx, dy)}px;--turn:${Math.atan2(-dy, -dx)}rad`;
  }
}

function centre(drawn) {
  const at = drawn.getBoundingClientRect();
  return [at.left + at.width / 2, at.top + at.height / 2];
}

function point({ target, clientX, clientY }) {
  const far = ([x, y]) => Math.hypot(x - clientX, y - clientY);
  const signs = [...(target.closest(".lm-item-chart")?.querySelectorAll(".lm-at") || [])];
  const near = signs.map((sign) => [far(centre(sign.dot)), sign]).sort(([a], [b]) => a - b)[0];
  const option = target.option || (near && near[0] <= 30 && near[1].option);
  if (option) { option.click(); option.focus({ preventScroll: true }); }
}

function move(button) {
  const step = button.closest("li"), up = button.dataset.move < 0;
  const other = up ? step.previousElementSibling : step.nextElementSibling;
  if (!other) return;
  if (up) other.before(step); else other.after(step);
  button.focus();
  const steps = [...step.parentElement.children], words = step.querySelector(".lm-step-text").textContent;
  step.parentElement.nextSibling.textContent = `${words}: now step ${steps.indexOf(step) + 1} of ${steps.length}`;
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
  stage.keeping = new AbortController();
  const reply = await ask(stage, "POST", place(stage, form), body(stage, form, "draft"), false, stage.keeping);
  stage.keeping = null;
  if (stage.busy || !form.isConnected) return;
  if (reply?.ok && !stage.timer) stage.unsaved = null;
  say(form, reply?.ok ? "Saved" : "Not saved yet", ".lm-kept");
}

async function send(stage, form, what) {
  if (stage.busy) return;
  clearTimeout(stage.timer);
  stage.timer = 0;
  stage.busy = true;
  stage.keeping?.abort();
  form.setAttribute("aria-busy", "true");
  say(form, "");
  const url = stage.root.dataset.url;
  const reply = await ask(stage, "POST", place(stage, form), body(stage, form, what || ""));
  if (url !== stage.root.dataset.url) return;
  stage.busy = false;
  form.removeAttribute("aria-busy");
  if (reply?.html !== undefined && (reply.ok || reply.status === 409)) {
    stage.unsaved = null;
    show(stage, reply, true);
    if (reply.error) say(stage.root.querySelector("form") || stage.root, reply.error);
  } else {
    say(form, reply?.error || LOST);
  }
}

const place = (stage, form) => form.getAttribute("action") || stage.root.dataset.url;

function body(stage, form, what) {
  const fields = {};
  for (const [name, value] of new FormData(form)) (fields[name] ||= []).push(value);
  const seconds = Math.round((performance.now() - stage.shown) / 100) / 10;
  return { do: what, fields, version: form.dataset.version || "", seconds };
}

async function ask(stage, method, url, sent, leaving = false, stopper = new AbortController()) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-Landmark": "1" };
  const given = { method, headers, credentials: "same-origin", keepalive: leaving, body: sent && JSON.stringify(sent) };
  if (!leaving) given.signal = stopper.signal;
  const patience = setTimeout(() => stopper.abort(), PATIENCE);
  try {
    const answer = await fetch(url, given), { ok, status } = answer;
    return { ...(await answer.json()), ok, status };
  } catch {
    if (method === "GET") {
      stage.root.innerHTML = `<p role="alert">This could not be loaded. <button>Try again</button></p>`;
      stage.root.querySelector("button").onclick = () => start(stage.root, stage.done);
    }
    return null;
  } finally {
    clearTimeout(patience);
  }
}

function show(stage, reply, moveFocus) {
  if (reply.html === undefined) return void (stage.root.textContent = reply.error || LOST);
  stage.root.innerHTML = reply.html;
  letter(stage.root);
  stage.shown = performance.now();
  stage.root.dataset.shown = Number(stage.root.dataset.shown || 0) + 1;
  const target = moveFocus && reply.focus && stage.root.querySelector(reply.focus);
  if (target) {
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    target.scrollIntoView({ block: "nearest", behavior });
  }
  if (reply.done) stage.done(reply.done);
}

function say(form, sentence, where = ".lm-card-error") {
  const line = form.querySelector(where);
  if (line) line.textContent = sentence;
}
