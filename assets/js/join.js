"use strict";
(() => {
  const stage = document.getElementById("stage"), net = document.getElementById("net"), code = document.body.querySelector("main").dataset.code;
  let key = stage.dataset.key, timer = null, misses = 0, heard = false;

  const say = (form, words, bad) => {
    const at = form.querySelector(".said") || form.appendChild(document.createElement("p"));
    at.hidden = false; at.className = bad ? "said bad" : "said good"; at.setAttribute("role", bad ? "alert" : "status"); at.textContent = words;
  };
  const online = (yes) => { net.textContent = yes ? "" : "No connection to the room. This page goes on when it is back."; };

  // Only a new question or a new state is drawn: a vote half made stays.
  function show(told) {
    online(true); misses = 0;
    if (told.key === key) return;
    key = told.key;
    stage.innerHTML = told.html;
    const head = stage.querySelector("h1");
    if (head) { head.tabIndex = -1; head.focus({ preventScroll: true }); scrollTo(0, 0); }
  }

  async function look() {
    try {
      const reply = await fetch(`/join/${code}/now?key=${encodeURIComponent(key)}`, { cache: "no-store" });
      if (reply.status === 200) show(await reply.json()); else if (reply.status === 204) online(true); else online(false);
    } catch { online(false); }
  }
  // Hundreds of phones are told at once: each asks a moment later, not all in the same one.
  const soon = (act, most) => setTimeout(act, Math.random() * most);
  async function questions() {
    const at = document.getElementById("floor");
    if (at.contains(document.activeElement) && document.activeElement.value) return;
    try { at.innerHTML = (await (await fetch(`/join/${code}/floor`, { cache: "no-store" })).json()).floor; } catch { online(false); }
  }
  const slowly = () => { if (!timer) timer = setInterval(look, 3000); };

  function listen() {
    if (!window.EventSource) return slowly();
    const source = new EventSource(`/join/${code}/events`);
    source.addEventListener("open", () => { clearInterval(timer); timer = null; });
    source.addEventListener("poll", (event) => { if (event.data !== key) soon(look, 300); else online(true); });
    source.addEventListener("floor", () => { if (heard) soon(questions, 3000); heard = true; });
    source.addEventListener("error", () => { misses += 1; look(); if (misses > 2) { source.close(); slowly(); setTimeout(listen, 60000); } });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target, button = form.querySelector("button[type=submit]");
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    const body = new URLSearchParams(new FormData(form));
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await reply.json();
      if (told.floor) document.getElementById("floor").innerHTML = told.floor;
      if (!reply.ok) { say(form, told.error, true); if (reply.status === 409) look(); }
      else if (told.said) { say(form, told.said, false); if (told.button) button.textContent = told.button; }
      online(true);
    } catch { say(form, "No connection. This was not sent; it is still here. Try again.", true); }
    button.disabled = false;
  });
  document.addEventListener("input", (event) => {
    const pair = event.target.closest(".lm-pair");
    if (pair) pair.querySelectorAll("input").forEach((one) => { if (one !== event.target && event.target.value !== "") one.value = event.target.value.replace(",", "."); });
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  listen();
})();
